// Groups, as a person drives them: a rebalance and what moves in it, members that come, go and stand still, offsets that are reset.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, passes, speed } from "./faults.mjs";
import { addsAGroup, crashesAMember, follows, isIn, lagOf, member, members, ownership, owns, stopsAMember, writesAt } from "./flows.mjs";
import { ALL, axe, comes, group, menu, pages, pane, picture, publishing, until } from "./page.mjs";

const { on } = pages();

const billing = (page) => group(page, "billing");
/** What is told of a partition that moves, where it is listed. */
const moves = (page, what) => billing(page).getByTitle(what).first();

for (const size of ALL) {
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

for (const size of ALL) {
  test(`time that is rewound to a rebalance shows it again (${size})`, () => on({ size }, async (page) => {
    await speed(page, 3);
    await pane(page, "Groups");
    await billing(page).getByRole("button", { name: "Add member" }).click();
    await moves(page, "orders 2: from c2 to c3").waitFor({ timeout: 20_000 });
    await billing(page).getByText("from c2", { exact: true }).waitFor({ state: "detached" });
    await billing(page).getByRole("button", { name: /^why\? billing is/ }).click();
    const causes = page.getByRole("region", { name: "Causes" });
    await causes.getByRole("button", { name: /^Go to/ }).first().click();
    await page.keyboard.press("Escape");
    await pane(page, "Groups");
    await moves(page, /^orders 2: (from c2 to c3|c2 let it go)/).waitFor();
    await picture(page, `rebalance-rewound-${size}`);
  }));

  test(`a member that stands still is removed in time, and joins again when it goes on (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Groups");
    await menu(page, "c2: actions", /^Pause/);
    await billing(page).getByText("stands still").waitFor();
    await picture(page, `member-still-${size}`);
    await speed(page, 10);
    await moves(page, "orders 2: from c2 to c1").waitFor({ timeout: 40_000 });
    await menu(page, "c2: actions", "Resume");
    await until(page, async () => (await owns(page, "billing", "c2")) > 0, "c2 owns again", 40_000);
  }));

  test(`a crashed member keeps its partitions until its session times out, and another takes its place (${size})`, () => on({ size }, async (page) => {
    await crashesAMember(page, "billing", "c2");
    await picture(page, `crash-${size}`);
    const crashed = await clock(page);
    await speed(page, 30);
    await until(page, async () => (await owns(page, "billing", "c1")) === 3, "c1 owns all", 40_000);
    assert.ok((await clock(page)) - crashed > 30_000, "that takes a session timeout since the last heartbeat");
    await billing(page).getByRole("button", { name: "Add member" }).click();
    await until(page, async () => (await owns(page, "billing", "c3")) > 0, "the new member owns", 40_000);
    await member(page, "billing", "c2").waitFor({ state: "detached" });
    await menu(page, "billing: actions", "Add a member with…");
    await page.getByRole("dialog").getByRole("button", { name: "Add member" }).waitFor();
    assert.deepEqual(await axe(page), []);
  }));

  test(`lag grows while members are slow and shrinks when they are not (${size})`, () => on({ size }, async (page) => {
    for (const name of ["c1", "c2"]) {
      await pane(page, "Groups");
      await menu(page, `${name}: actions`, /Slow down/);
    }
    await writesAt(page, 20);
    await page.keyboard.press("Escape");
    await until(page, async () => (await lagOf(page, "billing")) > 40, "lag", 30_000);
    await picture(page, `lag-${size}`);
    await publishing(page);
    await page.getByRole("button", { name: "Stop checkout" }).click();
    await page.keyboard.press("Escape");
    for (const name of ["c1", "c2"]) {
      await pane(page, "Groups");
      await menu(page, `${name}: actions`, /full speed/);
    }
    await speed(page, 10);
    await until(page, async () => (await lagOf(page, "billing")) === 0, "no lag", 30_000);
  }));

  test(`several groups read one topic, each at its own pace (${size})`, () => on({ size }, async (page) => {
    await speed(page, 3);
    await addsAGroup(page, "audit");
    await picture(page, `groups-${size}`);
    await follows(page, "audit");
    await comes(async () => Object.values(await ownership(page, "audit")).flat().map(([partition]) => partition).toSorted(), ["orders 0", "orders 1", "orders 2"]);
    await menu(page, "c3: actions", /^Pause/);
    await passes(page, 2_000);
    await until(page, async () => (await lagOf(page, "audit")) > 0, "audit is behind", 30_000);
    await until(page, async () => (await lagOf(page, "billing")) === 0, "billing is not", 30_000);
    assert.equal(await members(page, "billing").count(), 2);
  }));
}

test("without motion a moved thread is there at once", () => on({ motion: "reduce" }, async (page) => {
  await billing(page).getByRole("button", { name: "Add member" }).click();
  await moves(page, "orders 2: from c2 to c3").waitFor({ timeout: 20_000 });
  const moving = await page.evaluate(() => document.querySelector("partita-playground").shadowRoot.getAnimations().length);
  assert.equal(moving, 0);
  await picture(page, "rebalance-still-wide");
}));

for (const size of ALL) {
  test(`a static member comes back to its partitions without a rebalance (${size})`, () => on({ size }, async (page) => {
    await speed(page, 3);
    await addsAGroup(page, "ledger", { isStatic: true });
    await follows(page, "ledger");
    const ledger = group(page, "ledger");
    await until(page, async () => Object.values(await ownership(page, "ledger")).flat().length === 3, "all partitions owned", 30_000);
    const generation = await ledger.getByText(/^generation \d+/).innerText();
    await crashesAMember(page, "ledger", "c4");
    // A static member is known by its name from the start, and nobody else was there.
    await comes(() => members(page, "ledger").count(), 2);
    await picture(page, `static-crashed-${size}`);
    assert.deepEqual(await axe(page), []);
    await menu(page, "c4: actions", "Restart it in its place");
    await until(page, async () => (await owns(page, "ledger", "c4")) > 0, "c4 back", 30_000);
    assert.equal(await ledger.getByText(/^generation \d+/).innerText(), generation, "no rebalance");
  }));
}

for (const size of ALL) {
  test(`offsets are reset, with what would change shown before (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Groups");
    await menu(page, "billing: actions", "Reset offsets…");
    const dialog = page.getByRole("dialog", { name: "Reset the offsets of billing" });
    await dialog.getByText("Assignments can only be reset if the group 'billing' is inactive, but the current state is Stable.").waitFor();
    await picture(page, `reset-refused-${size}`);
    await page.keyboard.press("Escape");
    for (const name of ["c1", "c2"]) await stopsAMember(page, "billing", name);
    await isIn(page, "billing", "Empty");
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
    // So it stands in the tables, too.
    await menu(page, "More", "Show tables instead of the picture");
    const committed = async () => (await page.getByRole("table", { name: "Offsets of groups", exact: true }).getByRole("row").allInnerTexts()).slice(1).map((row) => row.split("\t")[3].trim());
    await pane(page, "Log");
    await comes(committed, ["0", "0", "0"]);
  }));
}
