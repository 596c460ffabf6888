// The stage when there is much on it: many partitions and members, tapes over older records, the network, and rest where nobody looks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opensADenseSession } from "./dense.mjs";
import { axe, comes, frames, pages, pane, picture, topic, until } from "./page.mjs";

const { on } = pages();

const element = (page, what, ...args) => page.evaluate(([call, given]) => document.querySelector("partita-playground")[call](...given), [what, args]);

for (const size of ["wide", "embed", "phone"]) {
  test(`sixty partitions are strips, and one that is chosen opens in its place (${size})`, () => on({ size }, async (page) => {
    await opensADenseSession(page);
    await pane(page, "Log");
    const strip = (index) => topic(page, "clicks").getByRole("gridcell", { name: new RegExp(`^partition ${index}, leader broker \\d$`) });
    await until(page, async () => (await topic(page, "clicks").getByRole("gridcell", { name: /^partition \d+, leader/ }).count()) >= 59, "strips");
    await strip(12).press("Enter");
    const open = topic(page, "clicks").getByRole("row", { name: /^clicks partition 12, / });
    await open.waitFor();
    await strip(12).waitFor({ state: "detached" });
    await picture(page, `dense-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await open.waitFor({ state: "detached" });
  }));
}

for (const size of ["wide", "embed", "phone"]) {
  test(`strips stand in the order that is chosen, and keep it while the scene changes (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await opensADenseSession(page, { members: 4 });
    await pane(page, "Log");
    const order = page.getByRole("combobox", { name: "Order of clicks's partitions" });
    const leaders = async () => {
      const names = await topic(page, "clicks").getByRole("gridcell", { name: /^partition \d+, leader/ }).evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-label")));
      return names.map((name) => /(\d+), leader broker (\d+)/.exec(name).slice(1).map(Number));
    };
    const sorted = (all) => all.every(([index, leader], at) => at === 0 || all[at - 1][1] < leader || (all[at - 1][1] === leader && all[at - 1][0] < index));
    const numbered = (all) => all.every(([index], at) => at === 0 || all[at - 1][0] < index);
    assert.ok(!sorted(await leaders()) && numbered(await leaders()));
    await order.selectOption("by leader");
    await until(page, async () => sorted(await leaders()), "strips by leader");
    await element(page, "time", { do: "speed", times: 3 });
    await element(page, "time", { do: "play" });
    await topic(page, "clicks").getByRole("gridcell", { name: /^partition 12, leader/ }).press("Enter");
    await topic(page, "clicks").getByRole("row", { name: /^clicks partition 12, / }).waitFor();
    assert.ok(sorted(await leaders()));
    await picture(page, `sorted-${size}`);
    await page.keyboard.press("Escape");
    await order.selectOption("by rate");
    await until(page, async () => !numbered(await leaders()) && !sorted(await leaders()), "strips by rate", 30_000);
    assert.deepEqual(await axe(page), []);
    await picture(page, `sorted-rate-${size}`);
    await order.selectOption("by lag");
    await until(page, async () => !numbered(await leaders()), "strips by lag");
    await element(page, "time", { do: "pause" });
    assert.equal(await order.locator("option:checked").innerText(), "by lag");
    await order.selectOption("by partition");
    await until(page, async () => numbered(await leaders()), "strips by number");
  }));
}

test("members of a large group are lines, with what they own and how late they are", () => on({}, async (page) => {
  await opensADenseSession(page);
  const member = page.getByRole("button", { name: /^c7, owns [\d, ]+$/ });
  await member.click();
  await page.getByRole("complementary").or(page.locator("partita-playground")).getByText("c7").first().waitFor();
  await comes(() => member.getAttribute("aria-pressed"), "true");
  assert.equal(await page.getByRole("button", { name: /^c\d+, owns / }).count(), 15);
}));

test("a tape goes back over older records, stands still, and comes back to its head", () => on({}, async (page) => {
  await element(page, "time", { do: "speed", times: 300 });
  const newest = async () => Number(await topic(page, "orders").locator(".pt-slot--next i").first().innerText());
  await until(page, async () => (await newest()) > 120, "a log that is longer than its window", 60_000);
  await element(page, "time", { do: "speed", times: 1 });
  const first = topic(page, "orders").getByRole("row", { name: /^orders partition 0, / });
  await first.getByRole("gridcell", { name: /^orders partition 0, / }).focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press("PageUp");
  const newer = first.getByRole("gridcell", { name: /newer$/ });
  await newer.waitFor();
  const records = () => first.getByRole("gridcell", { name: /^offset \d+, key user-\d+, committed$/ });
  await until(page, async () => (await records().count()) > 8, "older records");
  const seen = await records().first().getAttribute("aria-label");
  assert.ok(Number(/offset (\d+)/.exec(seen)[1]) < (await newest().catch(() => 121)), seen);
  await picture(page, "moved-wide");
  assert.deepEqual(await axe(page), []);
  await newer.press("Enter");
  await newer.waitFor({ state: "detached" });
}));

for (const size of ["wide", "embed", "phone"]) {
  test(`the network shows links, a cut, and packets while time rests (${size})`, () => on({ size }, async (page) => {
    await element(page, "command", { do: "setLink", from: 1, to: 3, latencyUs: 80_000 });
    await element(page, "command", { do: "cutLink", from: 1, to: 2 });
    await pane(page, "Brokers");
    if (size === "embed") await page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { name: "Brokers" }).click();
    await page.getByRole("button", { name: "Links", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Network" });
    await sheet.getByRole("button", { name: "Link between 1 and 2: cut" }).waitFor();
    await sheet.getByRole("button", { name: "Link between 1 and 3: 80 ms" }).waitFor();
    await sheet.getByRole("button", { name: "Broker 1" }).waitFor();
    await sheet.getByText(/At 0.3× and below/).waitFor();
    await element(page, "time", { do: "pause" });
    await until(page, async () => {
      await element(page, "time", { do: "step" });
      return sheet.getByText(/^.*On their way now: /).isVisible();
    }, "packets on their way");
    await picture(page, `network-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
  }));
}

test("what nobody sees rests, and goes on where it was", () => on({}, async (page) => {
  const now = async () => (await element(page, "view")).now;
  await page.evaluate(() => { document.body.style.paddingBlockStart = "400vh"; });
  let before = -1;
  await until(page, async () => {
    const rested = before === (await now());
    before = await now();
    return rested;
  }, "time that rests");
  await page.evaluate(() => { document.body.style.paddingBlockStart = ""; });
  await until(page, async () => (await now()) > before, "time that goes on");
  assert.ok((await now()) - before < 5_000_000, "no time is made up for");
}));

test("while time stands, records on their way are dots on the stage, unless motion is not wanted", async () => {
  for (const motion of ["no-preference", "reduce"]) {
    await on({ motion }, async (page) => {
      await element(page, "time", { do: "pause" });
      await element(page, "command", { do: "publish", topic: "orders", key: "user-42", value: "{}", headers: [] });
      const dots = page.locator(".pt-packet, .is-packet");
      let seen = 0;
      for (let steps = 0; steps < 60; steps += 1) {
        await element(page, "time", { do: "step" });
        await frames(page, 2);
        seen = Math.max(seen, await dots.count());
        if (motion === "no-preference" && (await page.locator(".is-packet").count()) > 0) break;
      }
      assert.equal(seen > 0, motion === "no-preference");
      if (seen > 0) {
        await picture(page, "packets-wide");
        assert.deepEqual(await axe(page), []);
      }
    });
  }
});

test("at slow speeds a record is seen for as long as it flies, and no shorter than an eye needs", () => on({}, async (page) => {
  await element(page, "time", { do: "speed", times: 0.1 });
  await element(page, "command", { do: "publish", topic: "orders", key: "user-42", value: "{}", headers: [] });
  // By frames of the looker's, from the first in which a dot of one kind is seen to the last.
  const seen = await page.evaluate(async () => {
    const { shadowRoot } = document.querySelector("partita-playground");
    const kinds = { in: ".pt-packet:not([data-copy])", copy: ".pt-packet[data-copy]" };
    const seen = { in: [], copy: [] };
    const end = performance.now() + 8_000;
    while (performance.now() < end && !(seen.copy.length > 0 && shadowRoot.querySelector(kinds.copy) === null)) {
      const at = await new Promise((next) => requestAnimationFrame(next));
      for (const [kind, dots] of Object.entries(kinds)) if (shadowRoot.querySelector(dots)) seen[kind].push(at);
    }
    return Object.fromEntries(Object.entries(seen).map(([kind, at]) => [kind, at.length && at.at(-1) - at[0]]));
  });
  assert.ok(seen.in > 250 && seen.copy > 250, JSON.stringify(seen));
}));
