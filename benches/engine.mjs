// Times the workloads of engine.rs in wasm: node engine.mjs FOLDER NAME..., where wasm-bindgen's `engine.js` lies in
// the folder.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";

// The module registers its element when it is loaded. Here are no elements: let it find that done.
globalThis.customElements ??= { get: () => true };
const { run } = createRequire(import.meta.url)(join(resolve(process.argv[2]), "engine.js"));
for (const name of process.argv.slice(3)) {
  let best = Infinity;
  for (let turn = 0; turn < 3; turn += 1) {
    const began = performance.now();
    if (!run(name)) throw new Error(`there is no workload ${name}`);
    best = Math.min(best, performance.now() - began);
  }
  console.log(`${name}\t${(best / 1000).toFixed(3)}`);
}
