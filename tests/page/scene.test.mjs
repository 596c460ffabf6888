// The stage when there is much on it: many partitions and members, tapes over older records, the network, and rest where nobody looks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opensADenseSession } from "./dense.mjs";
import { speed } from "./faults.mjs";
import { follows } from "./flows.mjs";
import { ALL, axe, comes, frames, inspector, isFocused, logEnds, names, pages, pane, picture, records, sheet, tape, topic, until } from "./page.mjs";

const { on } = pages();

const element = (page, what, ...args) => page.evaluate(([call, given]) => document.querySelector("partita-playground")[call](...given), [what, args]);

for (const size of ALL) {
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

  test(`any of the strips is one step away, for a pointer and for the keyboard (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await opensADenseSession(page, { partitions: 100, members: 3 });
    await pane(page, "Log");
    const isOpen = (index) => topic(page, "clicks").getByRole("row", { name: new RegExp(`^clicks partition ${index}, `) }).waitFor();
    const reach = page.getByRole("group", { name: "Partitions of clicks" });
    await reach.getByRole("textbox", { name: "partition" }).fill("87");
    await page.keyboard.press("Enter");
    await isOpen(87);
    await reach.getByRole("button", { name: "The strip after" }).click();
    await isOpen(88);
    await comes(() => reach.getByRole("textbox", { name: "partition" }).inputValue(), "88");
    await picture(page, `dense-stepped-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    const strip = (index) => topic(page, "clicks").getByRole("gridcell", { name: new RegExp(`^partition ${index}, leader`) });
    await strip(0).focus();
    await page.keyboard.press("End");
    await isFocused(page, await strip(99).getAttribute("aria-label"));
    await page.keyboard.press("Home");
    await isFocused(page, await strip(0).getAttribute("aria-label"));
  }));
}

for (const size of ALL) {
  test(`strips stand in the order that is chosen, and keep it while the scene changes (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await opensADenseSession(page, { members: 4 });
    await pane(page, "Log");
    const order = page.getByRole("combobox", { name: "Order of clicks's partitions" });
    const leaders = async () => {
      const strips = await names(topic(page, "clicks").getByRole("gridcell", { name: /^partition \d+, leader/ }));
      return strips.map((name) => /(\d+), leader broker (\d+)/.exec(name).slice(1).map(Number));
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
    await order.getByRole("option", { name: "by lag", selected: true }).waitFor({ state: "attached" });
    await order.selectOption("by partition");
    await until(page, async () => numbered(await leaders()), "strips by number");
  }));
}

for (const size of ALL) {
  test(`members of a large group are lines, with what they own and how late they are (${size})`, () => on({ size }, async (page) => {
    await opensADenseSession(page);
    await follows(page, "sessions");
    const members = page.getByRole("button", { name: /^c\d+, owns / });
    await comes(() => members.count(), 15);
    const member = page.getByRole("button", { name: /^c7, owns [\d, ]+$/ });
    await member.click();
    await inspector(page).getByRole("heading", { name: "Member" }).waitFor();
    await inspector(page).getByText("c7 of sessions").waitFor();
    await comes(() => member.getAttribute("aria-pressed"), "true");
  }));
}

test("what was scrolled away of a busy scene shows what is, once it is in sight", () => on({}, async (page) => {
  await opensADenseSession(page, { partitions: 100, members: 40 });
  for (let n = 0; n < 3; n += 1) await element(page, "command", { do: "addProducer", name: `busy${n}`, topic: "clicks", perMinute: 60_000, keys: { is: "drawn", prefix: "user-", count: 500 } });
  await element(page, "time", { do: "play" });
  // The last member's line, far below the stage's edge.
  const line = page.getByRole("button", { name: /^c40, owns / });
  const lag = async () => /\d[\d\s]*$/.exec((await line.locator("xpath=..").innerText()).trim())?.[0];
  await line.scrollIntoViewIfNeeded();
  const lags = new Set();
  await until(page, async () => lags.add(await lag()).size > 3, "lags that change", 30_000);
  // The strip that Publish aims at is open.
  const open = topic(page, "clicks").getByRole("row", { name: /^clicks partition \d+, / });
  await open.scrollIntoViewIfNeeded();
  const row = async () => /partition (\d+), .*offsets \d+ to (\d+)/.exec((await names(open))[0]).slice(1).map(Number);
  const [partition, end] = await row();
  const known = async () => (await element(page, "view")).topics.find((it) => it.name === "clicks").partitions[partition].logEnd;
  await until(page, async () => (await known()) > end, "records", 30_000);
  const least = await known();
  await until(page, async () => (await row())[1] >= least, "the row as it is", 30_000);
}));

for (const size of ALL) {
  test(`a tape goes back over older records, stands still, and comes back to its head (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await page.evaluate(() => {
      for (let n = 0; n < 130; n += 1) document.querySelector("partita-playground").command({ do: "publish", topic: "orders", partition: 0, key: `user-${n % 9}`, value: "{}", headers: [] });
    });
    await until(page, async () => (await logEnds(page, "orders"))[0] > 120, "a log that is longer than its window", 60_000);
    const cells = records(page, "orders", 0);
    const newer = tape(page, "orders", 0).getByRole("gridcell", { name: /newer$/ });
    const offset = async (cell) => Number(/^offset (\d+)/.exec((await names(cell))[0])[1]);
    // By keys, one page after another.
    await tape(page, "orders", 0).getByRole("gridcell", { name: /^orders partition 0, / }).focus();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("PageUp");
    await newer.waitFor();
    await until(page, async () => (await cells.count()) > 4 && (await offset(cells.last())) < 120, "older records");
    const [first, last] = [await offset(cells.first()), await offset(cells.last())];
    await picture(page, `moved-${size}`);
    assert.deepEqual(await axe(page), []);
    // It stands still while records are written.
    const [end] = await logEnds(page, "orders");
    await element(page, "command", { do: "publish", topic: "orders", partition: 0, key: "user-1", value: "{}", headers: [] });
    await until(page, async () => (await logEnds(page, "orders"))[0] > end, "one more");
    assert.deepEqual([await offset(cells.first()), await offset(cells.last())], [first, last]);
    await page.keyboard.press("PageDown");
    await until(page, async () => (await offset(cells.first())) > first, "newer ones");
    // A record of then is told of like any other.
    await cells.first().click();
    await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
    await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    await newer.press("Enter");
    await newer.waitFor({ state: "detached" });
    // By a press on its left end, and by a wheel that goes across.
    await tape(page, "orders", 0).getByRole("gridcell", { name: /^Older records, from offset 0$/ }).click();
    await newer.waitFor();
    const there = await offset(cells.first());
    await cells.first().hover();
    await page.mouse.wheel(-60, 0);
    await until(page, async () => (await offset(cells.first())) < there, "older still");
    await page.mouse.wheel(100_000, 0);
    await newer.waitFor({ state: "detached" });
  }));
}

for (const size of ALL) {
  test(`the network shows links, a cut, and packets while time rests (${size})`, () => on({ size }, async (page) => {
    await element(page, "command", { do: "setLink", from: 1, to: 3, latencyUs: 80_000 });
    await element(page, "command", { do: "cutLink", from: 1, to: 2 });
    await pane(page, "Brokers");
    await sheet(page, "Brokers");
    await page.getByRole("button", { name: "Links", exact: true }).click();
    const network = page.getByRole("dialog", { name: "Network" });
    await network.getByRole("button", { name: "Link between 1 and 2: cut" }).waitFor();
    await network.getByRole("button", { name: "Link between 1 and 3: 80 ms" }).waitFor();
    await network.getByRole("button", { name: "Broker 1" }).waitFor();
    await network.getByText(/At 0.3× and below/).waitFor();
    await element(page, "time", { do: "pause" });
    await until(page, async () => {
      await element(page, "time", { do: "step" });
      return network.getByText(/^.*On their way now: /).isVisible();
    }, "packets on their way");
    await picture(page, `network-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await network.waitFor({ state: "detached" });
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

// Dots are for the eye alone, and have neither role nor name. On the phone they have no room: the network tells of them there.
for (const [size, dots] of [["wide", ".pt-packet, .is-packet"], ["embed", ".is-packet"]]) {
  for (const motion of ["no-preference", "reduce"]) {
    test(`while time stands, records on their way are dots on the stage, unless motion is not wanted (${size}, ${motion})`, () => on({ size, motion }, async (page) => {
      await element(page, "time", { do: "pause" });
      await element(page, "command", { do: "publish", topic: "orders", key: "user-42", value: "{}", headers: [] });
      let seen = 0;
      for (let steps = 0; steps < 60; steps += 1) {
        await element(page, "time", { do: "step" });
        await frames(page, 2);
        seen = Math.max(seen, await page.locator(dots).count());
        if (motion === "no-preference" && (await page.locator(".is-packet").count()) > 0) break;
      }
      assert.equal(seen > 0, motion === "no-preference");
      if (seen > 0) {
        await picture(page, `packets-${size}`);
        assert.deepEqual(await axe(page), []);
      }
    }));
  }
}

test("at slow speeds a record is seen for as long as it flies, and no shorter than an eye needs", () => on({}, async (page) => {
  await speed(page, 0.1);
  // By frames of the looker's, from the first in which a dot of one kind is seen to the last. Who sends first, and looks then, may come too late.
  const seen = await page.evaluate(async () => {
    const playground = document.querySelector("partita-playground");
    const { shadowRoot } = playground;
    playground.command({ do: "publish", topic: "orders", key: "user-42", value: "{}", headers: [] });
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
