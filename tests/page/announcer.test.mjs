// What those hear who listen: a sentence of what happened, and nothing of what happens all the time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act } from "./faults.mjs";
import { pages, until } from "./page.mjs";

const { on } = pages();

const element = (page, what, ...args) => page.evaluate(([call, given]) => document.querySelector("partita-playground")[call](...given), [what, args]);

/** Listens from now on to all that is read out: every sentence, with the moment in ms in which it was said. */
async function listens(page) {
  await page.evaluate(() => {
    const live = "[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]";
    const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(live);
    globalThis.heard = [];
    new MutationObserver((changes) => {
      const regions = new Set(changes.map(({ target }) => within(target)).filter(Boolean));
      for (const region of regions) globalThis.heard.push([region.textContent, performance.now()]);
    }).observe(document.querySelector("partita-playground").shadowRoot, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => globalThis.heard);
}
const sentences = async (heard) => (await heard()).map(([said]) => said);

test("a broker that is killed, a leader that is elected, a rebalance that is over: each in a sentence", () => on({}, async (page) => {
  const heard = await listens(page);
  await act(page, 2, "Kill the process");
  await until(page, async () => (await sentences(heard)).some((said) => /(broker|node) 2/.test(said)), "the broker");
  await until(page, async () => (await sentences(heard)).some((said) => /^broker \d leads \S+ \d/.test(said)), "a leader", 40_000);
  await page.getByRole("region", { name: "Group billing" }).getByRole("button", { name: "Add member" }).click();
  await until(page, async () => (await sentences(heard)).some((said) => /^billing is Stable, generation \d+/.test(said)), "the rebalance", 40_000);
  const all = await heard();
  assert.ok(all.every(([said]) => said.length < 200), JSON.stringify(all));
  // Two sentences have two seconds between them, unless the second tells of a fault.
  const gaps = all.slice(1).map(([said, at], before) => [at - all[before][1], said]);
  assert.ok(gaps.filter(([gap]) => gap < 1_900).length <= 2, JSON.stringify(gaps));
}));

test("five thousand records a second say nothing", () => on({}, async (page) => {
  for (let n = 0; n < 5; n += 1) await element(page, "command", { do: "addProducer", topic: "orders", perMinute: 60_000 });
  const written = () => page.evaluate(() => document.querySelector("partita-playground").view().topics.find((t) => t.name === "orders").records);
  await until(page, async () => (await written()) > 500, "a flood", 60_000);
  const heard = await listens(page);
  const before = await written();
  await until(page, async () => (await written()) > before + 2_000, "two thousand records more", 60_000);
  // What began before may be told still; nothing is of records.
  const said = await sentences(heard);
  assert.ok(said.length <= 3 && said.every((sentence) => !/record|offset|got|Lands/.test(sentence)), JSON.stringify(said));
}));
