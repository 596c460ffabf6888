// The work of a frame in the page: engine, view, what Yew does with it, style, layout and paint, on the page's own thread.
// 9 brokers, 100 partitions, 100 consumers, 5,000 records a second; with few records in the logs, and with very many.
// node frame.mjs FOLDER [RECORDS …], with $CHROMIUM; $SECONDS: how long it is watched, $PARTITA_PICTURES: a folder for pictures of it.
//
// Prints, for each number of records in the logs, the median and the 99th percentile of a frame's work and of its parts, how many frames
// there were, and how time and records went: where the engine cannot keep pace within the frame's budget, virtual time lags.

import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";

const [folder, ...asked] = process.argv.slice(2);
const RECORDS = asked.length > 0 ? asked.map(Number) : [1_000, 1_000_000];
const SECONDS = Number(process.env.SECONDS ?? 20);
const require = createRequire(new URL("../tests/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const clock = (s) => `${Math.floor(s / 60)}:${(s % 60).toFixed(3).padStart(6, "0")}`;

/** The session that is measured, as a file: the logs are filled first, then those come that are watched. */
function session(records) {
  const inputs = [{ at: clock(6), do: "createTopic", name: "clicks", partitions: 100, replicationFactor: 3 }];
  const producer = (name, rate) => ({ do: "addProducer", name, topic: "clicks", perMinute: rate, keys: { is: "drawn", prefix: "user-", count: 1000 } });
  let at = 8;
  if (records > 10_000) {
    // Fifty quick producers with large batches; they are closed before anything is measured.
    const filling = records / 50_000;
    for (let n = 1; n <= 50; n += 1) inputs.push({ at: clock(at), ...producer(`fill${n}`, 60_000), config: { "linger.ms": "2000" } });
    at += filling;
    for (let n = 1; n <= 50; n += 1) inputs.push({ at: clock(at), do: "removeProducer", producer: `fill${n}` });
    at += 4;
  }
  for (let n = 1; n <= 100; n += 1) inputs.push({ at: clock(at), do: "addConsumer", group: "sessions", topics: ["clicks"], from: "latest" });
  at += 12;
  for (let n = 1; n <= 5; n += 1) inputs.push({ at: clock(at), ...producer(`web${n}`, 60_000) });
  const until = clock(at + (records > 10_000 ? 1 : records / 5_000));
  return JSON.stringify({ partita: 1, setup: { seed: 42, brokers: 9 }, opening: inputs.length, inputs, until: { at: until } });
}

/**
 * Runs in the page before its scripts: notes, for each frame, when its callbacks ended, when Yew was done, when it was drawn, and how long
 * timers worked until the next frame: there the engine has what is left of the frame's time.
 */
function watch() {
  const own = requestAnimationFrame.bind(globalThis);
  const ownTimeout = setTimeout.bind(globalThis);
  const frames = (globalThis.frames_seen = []);
  const channel = new MessageChannel();
  let open = null;
  channel.port1.onmessage = () => {
    // A timer that came before this message has its time in `later` alone.
    if (open) open.drawn = performance.now() - open.began - open.later;
  };
  globalThis.setTimeout = (callback, ...rest) =>
    ownTimeout((...args) => {
      const began = performance.now();
      callback(...args);
      if (open) open.later += performance.now() - began;
    }, ...rest);
  globalThis.requestAnimationFrame = (callback) =>
    own((now) => {
      const began = performance.now();
      // Several callbacks may be of one frame.
      if (open?.now !== now) {
        if (open?.drawn) frames.push(open);
        open = { now, began, called: 0, rendered: 0, drawn: 0, later: 0 };
        // Comes after the microtasks of those before it.
        channel.port2.postMessage(0);
      }
      const frame = open;
      callback(now);
      frame.called += performance.now() - began;
      setMicrotask(() => { frame.rendered = performance.now() - frame.began; }, 4);
    });
  // Yew renders in microtasks, and those begin others: a few turns later all are done.
  const setMicrotask = (then, turns) => queueMicrotask(() => (turns > 0 ? setMicrotask(then, turns - 1) : then()));
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const server = createServer((request, response) => {
  const path = join(folder, request.url === "/" ? "index.html" : request.url);
  const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  response.writeHead(existsSync(path) ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "text/plain", ...isolated });
  if (existsSync(path)) createReadStream(path).pipe(response);
  else response.end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const of = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const spread = (values) => values.sort((a, b) => a - b);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
for (const records of RECORDS) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => console.error(error));
  await page.addInitScript(watch);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.locator("partita-playground .pt[data-ready]").waitFor();
  await page.evaluate((text) => document.querySelector("partita-playground").open(text), session(records));
  await page.waitForFunction(() => document.querySelector("partita-playground").view().topics.some((topic) => topic.name === "clicks"), null, { timeout: 900_000, polling: 500 });
  const told = () => page.evaluate(() => {
    const view = document.querySelector("partita-playground").view();
    return { now: view.now, records: view.topics.find((topic) => topic.name === "clicks").records };
  });
  await page.evaluate(() => document.querySelector("partita-playground").time({ do: "play" }));
  await page.waitForTimeout(3_000);
  const before = await told();
  const began = performance.now();
  await page.evaluate(() => { globalThis.frames_seen.length = 0; });
  await page.waitForTimeout(SECONDS * 1_000);
  const frames = await page.evaluate(() => globalThis.frames_seen.slice());
  const wall = performance.now() - began;
  const after = await told();
  if (process.env.PARTITA_PICTURES) await page.screenshot({ path: join(process.env.PARTITA_PICTURES, `frame-${records}.png`) });
  await page.close();
  const print = (what, figure) => console.log(`${records} records: ${what}\t${figure.toFixed(2)}`);
  const parts = {
    "the frame's work": ({ drawn, later }) => drawn + later,
    "engine and view": ({ called, later }) => called + later,
    "Yew": ({ called, rendered }) => rendered - called,
    "style, layout, paint": ({ rendered, drawn }) => drawn - rendered,
  };
  for (const [what, part] of Object.entries(parts)) {
    const sorted = spread(frames.map(part));
    print(`${what}, p50, ms`, of(sorted, 0.5));
    print(`${what}, p99, ms`, of(sorted, 0.99));
  }
  print("frames a second", (frames.length / wall) * 1_000);
  print("virtual ÷ real time", (after.now - before.now) / 1_000 / wall);
  print("records in the logs", after.records);
  print("records a second", ((after.records - before.records) / wall) * 1_000);
}
await browser.close();
server.close();
