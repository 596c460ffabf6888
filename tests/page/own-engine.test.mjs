// The page with its own engine, from static files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes, broker, speed } from "./faults.mjs";
import * as flows from "./flows.mjs";
import { ALL, axe, comes, focused, inspector, isFocused, keys, menu, pages, pane, picture, publishing, records, settled, sheet, stage, tape, tapes, topic } from "./page.mjs";

const { on } = pages();

for (const size of ALL) {
  test(`the page opens with a small live scene (${size})`, () => on({ size }, async (page) => {
    assert.equal(await tapes(page, "orders").count(), 3);
    await flows.isIn(page, "billing", "Stable");
    assert.equal(await flows.members(page, "billing").count(), 2);
    for (const id of [1, 2, 3]) await becomes(page, id, /Alive/);
    assert.equal(await broker(page, 4).count(), 0);
    await flows.seesRecordsArrive(page);
  }));
}

for (const size of ALL) {
  test(`a person creates, writes, reads and deletes (${size})`, () => on({ size }, async (page) => {
    await speed(page, 3);
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

for (const size of ALL) {
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

for (const size of ALL) {
  test(`without topics, the page says what to do (${size})`, () => on({ size }, async (page) => {
    // Whoever reads or writes a topic has it created again: they go first.
    await publishing(page);
    await menu(page, "checkout: actions", "Close producer");
    await page.keyboard.press("Escape");
    for (const name of ["c1", "c2"]) await flows.stopsAMember(page, "billing", name);
    await flows.deletesATopic(page, "orders");
    await page.getByText("Nothing is written yet").first().waitFor();
    await picture(page, `empty-${size}`);
    assert.deepEqual(await axe(page), []);
    await flows.createsATopic(page, "second", "1");
  }));

  test(`text of records is only ever text (${size})`, () => on({ size }, async (page) => {
    const nasty = "<img src=x onerror=globalThis.hurt=1>";
    await flows.publishes(page, nasty, nasty);
    await page.keyboard.press("Escape");
    await pane(page, "Log");
    await stage(page).getByRole("gridcell", { name: /^offset \d+, key <img src=x onerror/ }).first().click();
    await inspector(page).getByText(nasty).first().waitFor();
    assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
    assert.equal(await page.locator("img").count(), 0);
  }));
}

/** On the phone, goes to one of the views by keys. */
async function goes(page, name) {
  const view = page.getByRole("navigation", { name: "Views" }).getByRole("button", { name, exact: true });
  if (await view.isVisible()) await view.press("Enter");
}

for (const size of ALL) {
  test(`the keyboard alone does everything (${size})`, () => on({ size }, async (page) => {
    // Into the element, then single keys.
    await page.keyboard.press("Tab");
    await page.keyboard.press("n");
    await isFocused(page, "topic");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("keys");
    await page.getByText(/--topic keys\b/).waitFor();
    await page.keyboard.press("Enter");
    await topic(page, "keys").waitFor();
    await page.keyboard.press("p");
    await isFocused(page, "key");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("user-7");
    await page.keyboard.press("Control+Enter");
    await flows.says(page.getByRole("form", { name: "Publish" }), /offset \d+/);
    await page.keyboard.press("Escape");
    await goes(page, "Log");
    // Records: one stop of Tab, then arrows.
    const number = tape(page, "orders", 0).getByRole("gridcell", { name: /^orders partition 0, / });
    await number.focus();
    await page.keyboard.press("End");
    await comes(() => focused(page), /^offset \d+, /);
    await page.keyboard.press("ArrowDown");
    await comes(() => focused(page), /^offset \d+, /);
    await page.keyboard.press("Enter");
    await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
    await page.keyboard.press("Escape");
    await inspector(page).getByRole("heading", { name: "Record" }).waitFor({ state: "detached" });
    // Time, and a member by its menu.
    await goes(page, "Groups");
    await page.keyboard.press("c");
    await flows.member(page, "billing", "c3").waitFor();
    await page.getByRole("button", { name: "c3: actions" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await isFocused(page, "c3: actions");
    await page.keyboard.press("Escape");
    await keys(page);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Words" }).getByRole("button", { name: "Key to the marks" }).press("Enter");
    await page.getByRole("dialog", { name: "Key to the marks" }).waitFor();
    await page.keyboard.press("Escape");
    await goes(page, "Log");
    assert.ok(await records(page, "orders", 0).last().isVisible());
  }));
}

for (const size of ALL) {
  for (const scheme of ["light", "dark"]) {
    test(`axe finds nothing, and pictures are taken (${size}, ${scheme})`, () => on({ size, scheme }, async (page) => {
      await settled(page);
      await picture(page, `scene-${size}-${scheme}`);
      assert.deepEqual(await axe(page), []);
      const views = {
        wide: [["marks", async () => menu(page, "More", "Key to the marks")], ["create", async () => page.keyboard.press("n")]],
        embed: ["Publish", "Brokers", "Events", "Create topic", "Add group"].map((name) => [name, async () => sheet(page, name)]),
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
