// What those hear who listen: a sentence of what happened, and nothing of what happens all the time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act } from "./faults.mjs";
import { pages, until } from "./page.mjs";

const { visit } = pages();

const element = (page, what, ...args) => page.evaluate(([call, given]) => document.querySelector("partita-playground")[call](...given), [what, args]);

/** Listens from now on: every sentence, with the moment in ms in which it was said. */
async function listens(page) {
  await page.evaluate(() => {
    const region = document.querySelector("partita-playground").shadowRoot.querySelector("[aria-live=polite]");
    globalThis.heard = [];
    new MutationObserver(() => globalThis.heard.push([region.textContent, performance.now()])).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => globalThis.heard);
}
const sentences = async (heard) => (await heard()).map(([said]) => said);

test("a broker that is killed, a leader that is elected, a rebalance that is over: each in a sentence", async () => {
  const page = await visit();
  const heard = await listens(page);
  await act(page, 2, "Kill the process");
  await until(page, async () => (await sentences(heard)).some((said) => /broker 2/.test(said)), "the broker");
  await until(page, async () => (await sentences(heard)).some((said) => /^broker \d leads \S+ \d/.test(said)), "a leader", 40_000);
  await page.getByRole("region", { name: "Group billing" }).getByRole("button", { name: "Add member" }).click();
  await until(page, async () => (await sentences(heard)).some((said) => /^billing is Stable, generation \d+/.test(said)), "the rebalance", 40_000);
  const all = await heard();
  assert.ok(all.every(([said]) => said.length > 10 && said.length < 200), JSON.stringify(all));
  // Two sentences have two seconds between them, unless the second tells of a fault.
  const gaps = all.slice(1).map(([said, at], before) => [at - all[before][1], said]);
  assert.ok(gaps.filter(([gap]) => gap < 1_900).length <= 2, JSON.stringify(gaps));
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("five thousand records a second say nothing", async () => {
  const page = await visit();
  for (let n = 0; n < 5; n += 1) await element(page, "command", { do: "addProducer", topic: "orders", perMinute: 60_000 });
  const written = () => page.evaluate(() => document.querySelector("partita-playground").view().topics.find((t) => t.name === "orders").records);
  await until(page, async () => (await written()) > 2_000, "a flood", 60_000);
  const heard = await listens(page);
  const before = await written();
  await until(page, async () => (await written()) > before + 10_000, "ten thousand records", 60_000);
  assert.ok((await sentences(heard)).length <= 1, JSON.stringify(await heard()));
  assert.deepEqual(page.errors, []);
  await page.context().close();
});
