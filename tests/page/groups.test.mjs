// Groups, as a person drives them: a rebalance and what moves in it, members that come, go and stand still, offsets that are reset.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, speed } from "./faults.mjs";
import { addsAGroup, follows } from "./flows.mjs";
import { axe, comes, group, menu, pages, pane, picture, until } from "./page.mjs";

const { on } = pages();

const billing = (page) => page.getByRole("region", { name: "Group billing" });
const state = (page) => group(page, "billing").locator(".pt-state").innerText();
const stable = (page) => until(page, async () => (await state(page)) === "Stable", "a stable group", 30_000);

for (const size of ["wide", "embed", "phone"]) {
  test(`a rebalance shows who had what and who gets what, and why (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await pane(page, "Groups");
    // Members hear of it with their next heartbeats: there is time to see them rejoin when these are some way off.
    await until(page, () => page.evaluate(() => {
      const { now, groups: [{ members }] } = document.querySelector("partita-playground").view();
      return members.every(({ heard }) => now - heard < 700_000);
    }), "heartbeats of a moment ago", 30_000);
    await billing(page).getByRole("button", { name: "Add member" }).click();
    await billing(page).getByText("c3 joined: all rejoin").waitFor();
    await billing(page).getByText("c3 joined: 2 of 3 moved").waitFor({ timeout: 20_000 });
    const moved = await clock(page);
    await billing(page).getByTitle("orders 2: from c2 to c3").first().waitFor({ timeout: 20_000 });
    await billing(page).getByText("from c2", { exact: true }).waitFor();
    await billing(page).getByText("to c3", { exact: true }).waitFor();
    await picture(page, `rebalance-${size}`);
    assert.deepEqual(await axe(page), []);
    // A moment later it is over.
    await until(page, async () => (await billing(page).getByText("from c2", { exact: true }).count()) === 0, "nothing marked any more");
    assert.ok((await clock(page)) - moved > 4_000, "there was time to read it");
    await billing(page).getByRole("button", { name: /^why\? billing is/ }).click();
    await page.getByText(/You added consumer c3/).first().waitFor();
  }));
}

test("time that is rewound to a rebalance shows it again", () => on({}, async (page) => {
  await billing(page).getByRole("button", { name: "Add member" }).click();
  await billing(page).getByTitle("orders 2: from c2 to c3").first().waitFor({ timeout: 20_000 });
  await until(page, async () => (await billing(page).getByText("from c2", { exact: true }).count()) === 0, "nothing marked any more");
  await billing(page).getByRole("button", { name: /^why\? billing is/ }).click();
  const causes = page.getByRole("region", { name: "Causes" });
  await causes.getByRole("button", { name: /^Go to/ }).first().click();
  await billing(page).getByTitle(/^orders 2: (from c2 to c3|c2 let it go)/).first().waitFor();
  await picture(page, "rebalance-rewound-wide");
}));

test("without motion a moved thread is there at once", () => on({ motion: "reduce" }, async (page) => {
  await billing(page).getByRole("button", { name: "Add member" }).click();
  await billing(page).getByTitle("orders 2: from c2 to c3").first().waitFor({ timeout: 20_000 });
  const moving = await page.evaluate(() => document.querySelector("partita-playground").shadowRoot.getAnimations().length);
  assert.equal(moving, 0);
  await picture(page, "rebalance-still-wide");
}));

test("a member that stands still is removed in time, and joins again when it goes on", () => on({}, async (page) => {
  await menu(page, "c2: actions", /^Pause/);
  await billing(page).getByText("stands still").waitFor();
  for (let i = 0; i < 2; i++) await page.keyboard.press("]");
  await billing(page).getByTitle("orders 2: from c2 to c1").first().waitFor({ timeout: 40_000 });
  await menu(page, "c2: actions", "Resume");
  await until(page, async () => (await group(page, "billing").locator('.pt-mem[data-member="c2"] .pt-own').count()) > 0, "c2 owns again", 40_000);
}));

for (const size of ["wide", "embed", "phone"]) {
  test(`a static member comes back to its partitions without a rebalance (${size})`, () => on({ size }, async (page) => {
    await speed(page, 3);
    await addsAGroup(page, "ledger", { isStatic: true });
    await follows(page, "ledger");
    const ledger = page.getByRole("region", { name: "Group ledger" });
    await until(page, async () => (await group(page, "ledger").locator(".pt-own").count()) === 3, "all partitions owned", 30_000);
    const generation = await ledger.getByText(/^generation \d+/).innerText();
    await menu(page, "c4: actions", /^Crash/);
    await group(page, "ledger").locator('.pt-mem[data-member="c4"][data-gone]').waitFor();
    // A static member is known by its name from the start, and nobody else was there.
    await comes(() => group(page, "ledger").locator(".pt-mem").count(), 2);
    await picture(page, `static-crashed-${size}`);
    assert.deepEqual(await axe(page), []);
    await menu(page, "c4: actions", "Restart it in its place");
    await until(page, async () => (await group(page, "ledger").locator('.pt-mem[data-member="c4"]:not([data-gone]) .pt-own').count()) > 0, "c4 back", 30_000);
    assert.equal(await ledger.getByText(/^generation \d+/).innerText(), generation, "no rebalance");
  }));
}

for (const size of ["wide", "embed", "phone"]) {
  test(`offsets are reset, with what would change shown before (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Groups");
    await menu(page, "billing: actions", "Reset offsets…");
    const dialog = page.getByRole("dialog", { name: "Reset the offsets of billing" });
    await dialog.getByText("Assignments can only be reset if the group 'billing' is inactive, but the current state is Stable.").waitFor();
    await picture(page, `reset-refused-${size}`);
    await page.keyboard.press("Escape");
    for (const name of ["c1", "c2"]) await menu(page, `${name}: actions`, /^Stop/);
    await until(page, async () => (await state(page)) === "Empty", "an empty group", 30_000);
    await menu(page, "billing: actions", "Reset offsets…");
    await dialog.getByText(/\d+ delivered again/).first().waitFor();
    await dialog.getByLabel("where to").selectOption("shift-by");
    await dialog.getByLabel("records, + or −").fill("-1");
    await dialog.getByText("1 delivered again").first().waitFor();
    await picture(page, `reset-${size}`);
    assert.deepEqual(await axe(page), []);
    // A single partition, and so long ago.
    await dialog.getByRole("combobox", { name: "of", exact: true }).selectOption("orders");
    await dialog.getByLabel("partitions").fill("0, 7");
    await dialog.getByText('The partitions "orders-7" do not exist').waitFor();
    await dialog.getByLabel("partitions").fill("0, 2");
    await until(page, async () => (await dialog.getByRole("row").allInnerTexts()).slice(1).map((row) => row.split("\t")[0].trim()).join() === "orders 0,orders 2", "two partitions");
    await dialog.getByLabel("where to").selectOption("by-duration");
    await dialog.getByLabel(/how long ago/).fill("PT1H");
    await dialog.getByText(/\d+ delivered again/).first().waitFor();
    await picture(page, `reset-duration-${size}`);
    await dialog.getByRole("combobox", { name: "of", exact: true }).selectOption("");
    await dialog.getByLabel("where to").selectOption("to-earliest");
    await dialog.getByRole("button", { name: "Reset", exact: true }).click();
    await dialog.getByText(/billing goes on from \d+ new offset/).waitFor();
    await page.keyboard.press("Escape");
    await until(page, async () => (await group(page, "billing").locator(".pt-own span:nth-child(2)").allInnerTexts()).every((text) => text === "0" || text === ""), "offsets at the start");
  }));
}
