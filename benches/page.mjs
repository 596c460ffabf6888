// The page's weight, and how long it takes to a live cluster: node page.mjs FOLDER, with $CHROMIUM.

import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const folder = process.argv[2];
const require = createRequire(new URL("../tests/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const files = new Map();
const weight = { raw: 0, gzip: 0, brotli: 0 };
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const content = await readFile(path);
  const gzip = gzipSync(content, { level: 9 });
  files.set(`/${path.slice(folder.length).replace(/^\/+/, "")}`, { gzip, type: TYPES[extname(path)] ?? "application/octet-stream" });
  weight.raw += content.length;
  weight.gzip += gzip.length;
  weight.brotli += brotliCompressSync(content).length;
}
for (const [how, bytes] of Object.entries(weight)) console.log(`weight ${how}\t${bytes}`);

const server = createServer((request, response) => {
  const file = files.get(request.url === "/" ? "/index.html" : request.url);
  response.writeHead(file ? 200 : 404, file && { "content-type": file.type, "content-encoding": "gzip" });
  response.end(file?.gzip);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
const times = [];
for (let turn = 0; turn < 5; turn += 1) {
  // A new context has nothing in its cache.
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "commit" });
  await page.locator("partita-playground .pt[data-ready]").waitFor();
  times.push(await page.evaluate(() => performance.now()));
  await context.close();
}
await browser.close();
server.close();
console.log(`live\t${(Math.min(...times) / 1000).toFixed(2)}`);
