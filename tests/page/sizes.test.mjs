// The sizes between: a small laptop, a short embed (or a large one at 200 %), an upright tablet, a small phone. In each of them what is chosen,
// what the drawer shows and what lies over the stage has room, and covers nothing that belongs to it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { finds } from "./flows.mjs";
import { ALL, axe, group, inspector, opensSession, pages, pane, picture, settled, until } from "./page.mjs";

const { on } = pages();

const VIEWPORTS = { laptop: [1024, 768], short: [720, 420], upright: [600, 800], small: [360, 640] };

/** The table of records; the inspector has tables too. */
const records = (page) => page.getByRole("tabpanel", { name: "Messages" }).getByRole("table");

/** Presses a key that is the page's own. */
async function key(page, pressed) {
  await page.getByRole("button", { name: /^(Play|Pause)$/ }).focus();
  await page.keyboard.press(pressed);
}

async function choosesARecord(page) {
  await key(page, "3");
  await records(page).getByRole("row").nth(1).click();
  await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
}

/** What is beyond the page's sides, or below 24 px though it is no part of a text, a tape or a list of strips. */
const misfits = (page) => page.evaluate(() => {
  const wrong = [];
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  const { shadowRoot } = document.querySelector("partita-playground");
  const scrolls = (element) => element.closest(".pt-colhead, .pt-sheets, .pt-tabs, .pt-table, .pt-tabled__scroll, .pt-lens__rows");
  for (const control of shadowRoot.querySelectorAll("button, select, input:not([type=checkbox], [type=radio])")) {
    const box = control.getBoundingClientRect();
    if (!control.checkVisibility({ visibilityProperty: true }) || box.width === 0 || scrolls(control)) continue;
    const name = control.getAttribute("aria-label") ?? control.innerText;
    if (box.left < -1 || box.right > innerWidth + 1) wrong.push(`${name} lies at ${Math.round(box.left)} to ${Math.round(box.right)}`);
    if (Math.min(box.width, box.height) < 23.5 && !control.matches(".pt-plain, .pt-link, .pt-cell, .pt-fold, .pt-newer")) wrong.push(`${name} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
  }
  return wrong;
});

/** Whether two things lie over each other. */
async function overlap(one, other) {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  return a && b && a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 1 < b.y + b.height && b.y + 1 < a.y + a.height;
}

for (const [name, [width, height]] of Object.entries(VIEWPORTS)) {
  test(`all has room at ${width} × ${height}`, () => on({}, async (page) => {
    await page.setViewportSize({ width, height });
    const fits = async (state) => {
      await settled(page);
      await picture(page, `${state}-${name}`);
      assert.deepEqual(await misfits(page), [], state);
      assert.deepEqual(await axe(page), [], state);
    };
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await pane(page, "Log");
    const cell = page.getByRole("gridcell", { name: /^orders partition 1, / });
    await cell.click();
    await inspector(page).getByRole("heading", { name: "Partition" }).waitFor();
    assert.equal(await overlap(inspector(page), cell), false, "the inspector covers what it tells of");
    await fits("partition");
    await choosesARecord(page);
    // On the phone the record has the list's place, and leads back to it.
    const back = inspector(page).getByRole("button", { name: "All records" });
    const chosen = records(page).getByRole("row").filter({ has: page.getByRole("button", { pressed: true }) }).first();
    await until(page, async () => (await back.isVisible()) || !(await overlap(inspector(page), chosen)), "the inspector beside its record");
    assert.equal(await back.isVisible(), width < 480);
    await fits("record");
    await inspector(page).getByRole("button", { name: "Close" }).click();
    await key(page, "4");
    await page.getByRole("tabpanel", { name: "Configs" }).getByText("retention.ms").first().waitFor();
    await fits("configs");
    await finds(page, "network");
    await page.getByRole("dialog", { name: "Network" }).waitFor();
    await fits("network");
  }));
}

test("where the inspector is broad, what can be done to a record stands beside what it says", () => on({ size: "embed" }, async (page) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("gridcell", { name: /^offset 4, / }).first().click();
  const [from, replay, frame] = await Promise.all([
    inspector(page).getByRole("button", { name: "Take records from here…" }),
    inspector(page).getByRole("button", { name: "Replay", exact: true }),
    inspector(page),
  ].map((it) => it.boundingBox()));
  assert.ok(from.x > replay.x + replay.width && from.y < replay.y && replay.y + replay.height <= frame.y + frame.height, JSON.stringify({ from, replay, frame }));
}));

test("the first scene has all of its brokers and their quorum in sight", () => on({}, async (page) => {
  const brokers = page.getByRole("region", { name: "Brokers" });
  const [quorum, frame] = await Promise.all([brokers.getByRole("group", { name: /^Quorum of 3/ }).boundingBox(), page.getByRole("complementary", { name: "Publish and brokers" }).boundingBox()]);
  assert.ok(quorum.y + quorum.height <= frame.y + frame.height, JSON.stringify({ quorum, frame }));
}));

for (const size of ALL) {
  test(`what a group is in, and why, has room in its head (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Groups");
    const why = await group(page, "billing").getByRole("button", { name: /^why\? billing/ }).boundingBox();
    const own = await group(page, "billing").boundingBox();
    assert.ok(why.x + why.width <= own.x + own.width, JSON.stringify({ why, own }));
  }));
}

test("what links many brokers stays within their panel", () => on({}, async (page) => {
  await opensSession(page, { setup: { seed: 7, brokers: 5 }, inputs: [], until: { at: "00:04" } });
  const brokers = page.getByRole("region", { name: "Brokers" });
  await brokers.getByRole("button", { name: "Broker 5: actions" }).waitFor();
  const right = await page.locator(".pt-links path").evaluateAll((all) => Math.max(...all.map((arc) => arc.getBoundingClientRect().right)));
  const frame = await page.getByRole("complementary", { name: "Publish and brokers" }).boundingBox();
  assert.ok(right <= frame.x + frame.width, `${right}, ${frame.x + frame.width}`);
}));

test("with forced colours the drawing keeps its edges, and what is chosen its mark", () => on({ contrast: "active" }, async (page) => {
  const row = page.getByRole("row", { name: /^orders partition 1, / });
  const ground = (which) => row.locator(`.pt-broker${which}`).first().evaluate((square) => getComputedStyle(square).backgroundColor);
  assert.notEqual(await ground("[data-role=leader]"), await ground(":not([data-role])"), "the leader's square is filled");
  const edge = await page.locator(".pt-cell").first().evaluate((cell) => getComputedStyle(cell, "::before").boxShadow);
  assert.notEqual(edge, "none", "a record has an edge");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await choosesARecord(page);
  await picture(page, "record-forced");
  assert.deepEqual(await axe(page), []);
}));
