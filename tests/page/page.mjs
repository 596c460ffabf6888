// What the page's tests share: the page served, a browser, and words for what a person does.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DIST = process.env.PARTITA_PAGE ?? join(ROOT, "dist");
const SERVER = process.env.PARTITA ?? join(ROOT, "target/debug/partita");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Where pictures of the page are put. */
export const PICTURES = process.env.PARTITA_PICTURES ?? join(ROOT, "target/screenshots");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const SIZES = { wide: { width: 1440, height: 900 }, embed: { width: 720, height: 420 }, phone: { width: 390, height: 844 } };

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" };

/** Serves the page's files as any static host would. */
export async function serveFiles() {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = join(DIST, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

/** Starts `partita serve` with the page, on ports that are free. */
export async function serveCluster(httpPort) {
  const http = httpPort ?? await freePort();
  const kafka = 20_000 + Math.floor(Math.random() * 10_000);
  const settings = ["--set", "group.initial.rebalance.delay.ms=0"];
  const child = spawn(SERVER, ["serve", "--port", String(kafka), "--http-port", String(http), "--page", DIST, ...settings], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((ready, failed) => {
    let said = "";
    child.stdout.on("data", (bytes) => {
      said += bytes;
      if (/^ready$/m.test(said)) ready();
    });
    child.once("exit", (code) => failed(new Error(`partita serve ended with ${code}: ${said}`)));
  });
  const stop = () => new Promise((ended) => {
    child.once("exit", ended);
    child.kill("SIGINT");
  });
  return { url: `http://127.0.0.1:${http}/`, http, stop };
}

export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/**
 * Opens the page at a size and waits until the cluster is on the screen; what the page throws or logs as an error is kept in `page.errors`.
 * `meets` is done with the page before it opens: then there is nothing to wait for.
 */
export async function open(browser, url, { size = "wide", scheme = "light", motion = "no-preference", contrast, touch = false, meets } = {}) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: scheme, reducedMotion: motion, forcedColors: contrast, hasTouch: touch, isMobile: touch });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await meets?.(page);
  await page.goto(url);
  if (!meets) await ready(page);
  page.errors = errors;
  return page;
}

/** The stage, where the cluster is: it is there as soon as there is one to be shown. */
export const stage = (page) => page.getByRole("region", { name: "Topics and consumer groups" });

/** Waits until the cluster is on the screen. */
export const ready = (page) => stage(page).waitFor();

/** What a file of tests needs: a browser, and a host of the page (or what `serve` starts), for as long as its tests run; and the ways to open the page there. */
export function pages(serve = serveFiles) {
  let browser, host;
  before(async () => {
    browser = await launch();
    host = await serve();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });
  /** Opens the host's page, or the one at `url`, with the options of `open`. */
  const visit = ({ url = host.url, ...options } = {}) => open(browser, url, options);
  /** Runs a test on a page that is opened for it and closed after it. What the page throws or logs as an error fails the test. */
  const on = async (options, run) => {
    const page = await visit(options);
    try {
      await run(page);
      assert.deepEqual(page.errors, []);
    } finally {
      await page.context().close();
    }
  };
  return { on, visit, address: () => host.url };
}

/** The page's sizes: what is done by everybody is done at each of them. */
export const ALL = Object.keys(SIZES);

/** What things are called, as those hear it who listen. */
export const names = (things) => things.evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));

export const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });
export const topic = (page, name) => page.getByRole("region", { name: `Topic ${name}`, exact: true });
export const group = (page, name) => page.getByRole("region", { name: `Group ${name}`, exact: true });

/** The tapes of a topic: a row each, whose name says all but its records. */
export const tapes = (page, name) => topic(page, name).getByRole("row", { name: new RegExp(`^${name} partition \\d+, `) });

/** One of them, and the records on it. */
export const tape = (page, name, partition) => topic(page, name).getByRole("row", { name: new RegExp(`^${name} partition ${partition}, `) });
export const records = (page, name, partition) => tape(page, name, partition).getByRole("gridcell", { name: /^offset \d+, / });

/** The log end of each partition of a topic. */
export async function logEnds(page, name) {
  await pane(page, "Log");
  return (await names(tapes(page, name))).map((row) => Number(/, offsets \d+ to (\d+)/.exec(row)[1]));
}

/** How many records were ever written to a topic. */
export const written = async (page, name) => (await logEnds(page, name)).reduce((sum, end) => sum + end, 0);

/** Opens a session as a page around the element would; what was on the screen stays there until it is there. */
export async function opensSession(page, session) {
  await page.evaluate((text) => document.querySelector("partita-playground").open(text), JSON.stringify({ partita: 1, ...session }));
  await page.getByText("Opened. Time rests at the moment that was shared.").first().waitFor({ state: "attached", timeout: 60_000 });
}

/** Picks an item of the menu that a button opens. */
export async function menu(page, button, item) {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** On the phone, goes to one of the five views; elsewhere all are there. */
export async function pane(page, name) {
  const view = page.getByRole("navigation", { name: "Views" }).getByRole("button", { name, exact: true });
  if ((await view.isVisible()) && (await view.getAttribute("aria-pressed")) === "false") await view.click();
}

/** On the small page, opens one of its sheets; elsewhere there are none. */
export async function sheet(page, name) {
  const button = page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { name, exact: true });
  if ((await button.isVisible()) && (await button.getAttribute("aria-expanded")) === "false") await button.click();
}

/** Opens a tab of the drawer, wherever it is at this size. */
export async function tab(page, name) {
  await pane(page, "Trace");
  await sheet(page, name);
  const own = page.getByRole("tab", { name });
  if (await own.isVisible()) await own.click();
}

/** Opens what is written with, wherever it is at this size: the form. */
export async function publishing(page) {
  await pane(page, "Publish");
  await sheet(page, "Publish");
  return page.getByRole("form", { name: "Publish" });
}

/** What axe finds wrong, by these of its rules or all. Those on whole pages (landmarks, one main heading) apply as well: the page is ours. */
export async function axe(page, rules) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) }), rules);
  return violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.target.flat().join(" ")}: ${n.failureSummary}`).join("\n")}`);
}

/** A picture of the page, or of one thing on it. */
export async function picture(page, name, of = page) {
  mkdirSync(PICTURES, { recursive: true });
  await of.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Waits until so many frames of the page have gone by. */
export const frames = (page, count) => page.evaluate(async (count) => {
  for (let i = 0; i < count; i++) await new Promise((next) => requestAnimationFrame(next));
}, count);

/** Waits until what moves now has arrived. */
export const settled = (page) => page.evaluate(async () => {
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  const roots = [document, ...[...document.querySelectorAll("partita-playground")].map((element) => element.shadowRoot)];
  const ending = roots.flatMap((root) => root?.getAnimations() ?? []).filter((it) => it.effect.getComputedTiming().endTime < 5_000);
  await Promise.allSettled(ending.map((it) => it.finished));
});

/** Axe finds nothing wrong with what shows now, in either theme. The other theme differs in its colours alone. */
export async function well(page, state) {
  for (const [colorScheme, rules] of [["dark", ["color-contrast", "link-in-text-block"]], ["light", undefined]]) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    assert.deepEqual(await axe(page, rules), [], `${state}, ${colorScheme}`);
  }
}

/** Waits until `look` answers something true. */
export async function until(page, look, what, ms = 15_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await setTimeout(50);
  }
}

/** Waits until `look` answers what is wanted: the same, or a text that matches. What it answered last is in the error. */
export async function comes(look, wanted, ms = 15_000) {
  for (const end = Date.now() + ms; ;) {
    const found = await look();
    try {
      return wanted instanceof RegExp ? assert.match(found, wanted) : assert.deepEqual(found, wanted);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await setTimeout(50);
  }
}

/** Makes the page's keys its own: the focus is on its stage. */
export const keys = (page) => stage(page).focus();

/** What the page's focus is on, by its name: at once. */
export const focused = (page) => page.evaluate(() => {
  const active = document.querySelector("partita-playground").shadowRoot.activeElement;
  return active?.getAttribute("aria-label") ?? active?.labels?.[0]?.innerText.trim();
});

/** Waits until the focus is on what is called `name`: what goes away gives it back once it is gone. */
export const isFocused = (page, name) => until(page, async () => await focused(page) === name, `the focus is on ${name}`);
