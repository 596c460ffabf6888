// The page with its own engine, from static files.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as flows from "./flows.mjs";
import { axe, comes, focused, frames, group, isFocused, logEnds, menu, pages, pane, picture, settled, topic, until } from "./page.mjs";

const { on } = pages();

test("the page opens with a small live scene", () => on({}, async (page) => {
  assert.equal((await logEnds(page, "orders")).length, 3);
  assert.equal(await group(page, "billing").locator(".pt-mem").count(), 2);
  assert.equal(await group(page, "billing").locator(".pt-state").innerText(), "Stable");
  assert.equal(await page.locator(".pt-brk").count(), 3);
  await flows.seesRecordsArrive(page);
}));

for (const size of ["wide", "embed", "phone"]) {
  test(`a person creates, writes, reads and deletes (${size})`, () => on({ size }, async (page) => {
    await flows.seesKafkasRuleBesideABadName(page);
    await flows.createsATopic(page);
    await picture(page, `topics-${size}`);
    await flows.publishesWhereItWasToldBefore(page);
    await flows.publishesWithoutAKey(page);
    await picture(page, `publish-${size}`);
    await page.keyboard.press("Escape");
    await flows.addsAMember(page);
    await flows.addsAGroup(page, "audit");
    await picture(page, `groups-${size}`);
    await flows.stopsAMember(page, "billing", "c3");
    // Nobody reads or writes this one: else it would be created again at once.
    await flows.createsATopic(page, "passing", "1");
    await flows.deletesATopic(page, "passing");
  }));
}

for (const size of ["wide", "embed", "phone"]) {
  test(`a topic is created with settings of its own, and gets more partitions (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    const create = await flows.createsATopicWithSettings(page, "ledger");
    await picture(page, `create-settings-${size}`);
    assert.deepEqual(await axe(page), []);
    await create.click();
    await topic(page, "ledger").waitFor();
    await menu(page, "ledger: actions", "Settings");
    await page.getByRole("list", { name: "Settings of ledger" }).getByRole("listitem").filter({ hasText: "60000" }).first().waitFor();
    if (size === "embed") await page.keyboard.press("Escape");
    await flows.addsPartitions(page, "ledger", "5");
  }));
}

test("a crashed member keeps its partitions until its session times out", () => on({}, async (page) => {
  await flows.crashesAMember(page, "c2");
  await picture(page, "crash-wide");
  // 45 s of virtual time: ten times as fast.
  for (let i = 0; i < 2; i++) await page.keyboard.press("]");
  await until(page, async () => (await page.locator('.pt-mem[data-member="c2"]').count()) === 0, "c2 removed", 30_000);
  await until(page, async () => (await group(page, "billing").locator('.pt-mem[data-member="c1"] .pt-own').count()) === 3, "c1 owns all", 30_000);
}));

test("lag grows while a member is slow and shrinks when it is not", () => on({}, async (page) => {
  const lag = async () => {
    const all = await group(page, "billing").locator(".pt-own span:nth-child(3)").allInnerTexts();
    return all.reduce((sum, text) => sum + (Number(text) || 0), 0);
  };
  await menu(page, "c1: actions", /Slow down/);
  await menu(page, "c2: actions", /Slow down/);
  const rate = page.getByLabel("checkout: records a second");
  await rate.fill("20");
  await rate.press("Enter");
  await until(page, async () => (await lag()) > 40, "lag", 30_000);
  await picture(page, "lag-wide");
  await page.getByRole("button", { name: "Stop checkout" }).click();
  await menu(page, "c1: actions", /full speed/);
  await menu(page, "c2: actions", /full speed/);
  for (let i = 0; i < 2; i++) await page.keyboard.press("]");
  await until(page, async () => (await lag()) === 0, "no lag", 30_000);
}));

test("time stands still, goes step by step, and fast", () => on({}, async (page) => {
  const clock = () => page.locator(".pt-clock").innerText();
  await page.getByRole("button", { name: "Pause" }).click();
  const stood = await clock();
  await frames(page, 20);
  assert.equal(await clock(), stood);
  await page.getByRole("button", { name: "Step one event" }).click();
  await until(page, async () => (await clock()) !== stood, "a step");
  await page.getByLabel("Speed", { exact: true }).fill("5");
  await page.getByRole("button", { name: "Play" }).click();
  const begun = Date.now();
  const seconds = async () => (await clock()).split(/[:.]/).reduce((s, part, i) => s + Number(part) * [3600, 60, 1, 0][i], 0);
  const from = await seconds();
  await until(page, async () => (await seconds()) >= from + 20, "20 s of virtual time");
  assert.ok(Date.now() - begun < 10_000, "30 times as fast");
}));

test("a record published while time stands still waits, and says so", () => on({}, async (page) => {
  await page.getByRole("button", { name: "Pause" }).click();
  await page.locator("[data-act=send]").click();
  await page.getByText("time stands still").waitFor();
  await page.getByRole("button", { name: "Play" }).click();
  await until(page, async () => /offset \d+/.test(await page.locator(".pt-result").innerText()), "the result");
}));

test("reset brings the first scene back", () => on({}, async (page) => {
  await flows.createsATopic(page, "extra", "2");
  await menu(page, "More", "Reset to the first scene");
  await topic(page, "extra").waitFor({ state: "detached" });
  await comes(async () => (await logEnds(page, "orders")).length, 3);
  await comes(() => group(page, "billing").locator(".pt-mem").count(), 2);
}));

test("without topics, the page says what to do", () => on({}, async (page) => {
  // Whoever reads or writes a topic has it created again: they go first.
  await menu(page, "checkout: actions", "Close producer");
  await flows.stopsAMember(page, "billing", "c1");
  await flows.stopsAMember(page, "billing", "c2");
  await flows.deletesATopic(page, "orders");
  await page.getByText("Nothing is written yet").waitFor();
  await picture(page, "empty-wide");
  assert.deepEqual(await axe(page), []);
  const form = page.getByRole("form", { name: "New topic" });
  await form.getByLabel("topic", { exact: true }).fill("second");
  await form.getByRole("button", { name: "Create topic" }).click();
  await topic(page, "second").waitFor();
}));

test("an event's causes lead back to what the person did", () => on({}, async (page) => {
  await flows.addsAMember(page);
  const event = page.locator(".pt-ev", { hasText: /billing is Stable/ }).first();
  await event.getByRole("button").click();
  await page.locator(".pt-why li").first().waitFor();
  await page.locator(".pt-why li").nth(1).waitFor();
}));

test("text of records is only ever text", () => on({}, async (page) => {
  const nasty = "<img src=x onerror=globalThis.hurt=1>";
  await page.locator("[data-field=key]").fill(nasty);
  await page.locator("[data-field=value]").fill(nasty);
  await page.locator("[data-act=send]").click();
  await until(page, async () => /offset \d+/.test(await page.locator(".pt-result").innerText()), "the result");
  await page.locator(".pt-cell[aria-label*='onerror']").first().click();
  await page.locator(".pt-inspector", { hasText: "onerror" }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
  assert.equal(await page.locator("img").count(), 0);
}));

test("many partitions are drawn as strips, and one opens", () => on({}, async (page) => {
  await page.getByRole("button", { name: "Create topic" }).first().click();
  const form = page.getByRole("form", { name: "New topic" });
  await form.getByLabel("topic", { exact: true }).fill("clicks");
  await form.getByLabel("partitions").fill("60");
  await form.getByRole("button", { name: "Create topic" }).click();
  await topic(page, "clicks").locator(".pt-strips").first().waitFor();
  await topic(page, "clicks").getByRole("gridcell", { name: /^partition 30,/ }).click();
  await topic(page, "clicks").locator('.pt-part[data-part="30"]').waitFor();
  await picture(page, "dense-wide");
  assert.deepEqual(await axe(page), []);
}));

test("the keyboard alone does everything", () => on({}, async (page) => {
  // Into the element, then single keys.
  await page.keyboard.press("Tab");
  await page.keyboard.press("n");
  await isFocused(page, "name");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("keys");
  await page.keyboard.press("Enter");
  await topic(page, "keys").waitFor();
  await page.keyboard.press("p");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("user-7");
  await page.keyboard.press("Control+Enter");
  await until(page, async () => /offset \d+/.test(await page.locator(".pt-result").innerText()), "the result");
  // Records: one stop of Tab, then arrows.
  const last = topic(page, "orders").locator('[data-part="0"] .pt-cell').last();
  await topic(page, "orders").locator('[tabindex="0"]').first().focus();
  await page.keyboard.press("End");
  await comes(() => focused(page), /^offset \d+, /);
  await page.keyboard.press("ArrowDown");
  await comes(() => focused(page), /^offset \d+, /);
  await page.keyboard.press("Enter");
  await page.locator(".pt-inspector[data-open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".pt-inspector:not([data-open])").waitFor();
  // Time, and a member by its menu.
  await page.keyboard.press("c");
  await page.locator('.pt-mem[data-member="c3"]').waitFor();
  await page.getByRole("button", { name: "c3: actions" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await isFocused(page, "c3: actions");
  await page.locator(".pt-stage").focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Words" }).getByRole("button", { name: "Key to the marks" }).click();
  await page.getByRole("dialog", { name: "Key to the marks" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await last.count(), 1);
}));

for (const size of ["wide", "embed", "phone"]) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing, and pictures are taken (${size}, ${scheme})`, () => on({ size, scheme }, async (page) => {
      await settled(page);
      await picture(page, `scene-${size}-${scheme}`);
      assert.deepEqual(await axe(page), []);
      const views = {
        wide: [["marks", async () => menu(page, "More", "Key to the marks")], ["create", async () => page.keyboard.press("n")]],
        embed: ["Publish", "Brokers", "Events", "Create topic", "Add group"].map((name) => [name, async () => page.locator(".pt-sheets").getByRole("button", { name }).click()]),
        phone: ["Groups", "Publish", "Brokers", "Trace"].map((name) => [name, async () => pane(page, name)]),
      }[size];
      for (const [name, go] of views) {
        await go();
        await settled(page);
        await picture(page, `${name.toLowerCase().replace(" ", "-")}-${size}-${scheme}`);
        assert.deepEqual(await axe(page), [], name);
        if (size !== "phone") await page.keyboard.press("Escape");
      }
    }));
  }
}

test("with forced colours and without motion, everything is there", () => on({ motion: "reduce", contrast: "active" }, async (page) => {
  await flows.seesRecordsArrive(page);
  await picture(page, "forced-wide");
  assert.deepEqual(await axe(page), []);
}));

test("at 320 px nothing is lost sideways", () => on({ size: "phone" }, async (page) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await settled(page);
  for (const name of ["Log", "Groups", "Publish", "Brokers", "Trace"]) {
    await pane(page, name);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name} is ${over} px too wide`);
  }
}));
