// Fingers: every target is 44 px, strips are reached by their number and their neighbours, and nothing needs a pointer that hovers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opensADenseSession } from "./dense.mjs";
import { ALL, SIZES, axe, comes, inspector, logEnds, pages, pane, picture, records, settled, sheet, stage, tape, topic, until } from "./page.mjs";

const { on } = pages();

/** Targets under 44 px, with the invisible margins that reach further. A record on its tape and a strip have another target that is as large. */
const small = (page) => page.evaluate(() => {
  const reach = (control) => {
    const boxes = [control, control.closest("label")].filter(Boolean).map((it) => it.getBoundingClientRect());
    for (const part of ["::before", "::after"]) {
      const style = getComputedStyle(control, part);
      if (style.content !== "none" && style.position === "absolute") boxes.push({ width: parseFloat(style.width), height: parseFloat(style.height) });
    }
    return ["width", "height"].map((side) => Math.max(...boxes.map((box) => box[side] || 0)));
  };
  const { shadowRoot } = document.querySelector("partita-playground");
  const wrong = [];
  for (const control of shadowRoot.querySelectorAll("button, select, input, textarea, [role=option], [role=treeitem], [role=slider]")) {
    if (control.disabled || !control.checkVisibility({ visibilityProperty: true }) || control.getBoundingClientRect().width === 0) continue;
    if (control.matches(".pt-cell, .pt-fold, .pt-newer, [data-open], .pt-record p > *, .pt-why li > *, input[type=range]")) continue;
    const [width, height] = reach(control);
    if (Math.min(width, height) < 43.5) wrong.push(`${control.getAttribute("aria-label") ?? control.innerText ?? control.className}: ${Math.round(width)} × ${Math.round(height)}`);
  }
  return wrong;
});

for (const size of ALL) {
  test(`every target is 44 px (${size})`, () => on({ size, touch: true }, async (page) => {
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    const fits = async (state) => {
      await settled(page);
      assert.deepEqual(await small(page), [], state);
    };
    await fits("the scene");
    const [bar, end] = await page.evaluate(() => [".pt-bar", ".pt-end"].map((part) => {
      const inner = document.querySelector("partita-playground").shadowRoot.querySelector(part);
      const boxes = [...inner.querySelectorAll("button, time")].map((it) => it.getBoundingClientRect()).filter((box) => box.width > 0);
      return { left: Math.min(...boxes.map((box) => box.left)), right: Math.max(...boxes.map((box) => box.right)) };
    }));
    assert.ok(bar.right <= end.left && end.right <= SIZES[size].width, JSON.stringify({ bar, end }));
    for (const name of ["Groups", "Publish", "Brokers"]) {
      await pane(page, name);
      await sheet(page, name);
      await fits(name);
    }
    for (const name of ["Events", "Wire", "Messages", "Configs"]) {
      await pane(page, "Trace");
      await sheet(page, name);
      const tab = page.getByRole("tab", { name });
      if (await tab.isVisible()) await tab.tap();
      await page.getByRole("tabpanel", { name }).waitFor();
      await fits(name);
    }
  }));

  test(`strips are opened by touch, by their number and one after the other (${size})`, () => on({ size, touch: true }, async (page) => {
    await opensADenseSession(page, { members: 3 });
    await pane(page, "Log");
    const open = (partition) => tape(page, "clicks", partition).waitFor();
    const reach = page.getByRole("group", { name: "Partitions of clicks" });
    await reach.getByLabel("partition").fill("30");
    await reach.getByLabel("partition").press("Enter");
    await open(30);
    await inspector(page).getByText("clicks 30", { exact: true }).waitFor();
    await reach.getByRole("button", { name: "The strip after" }).tap();
    await open(31);
    await reach.getByRole("button", { name: "The strip before" }).tap();
    await reach.getByRole("button", { name: "The strip before" }).tap();
    await open(29);
    await picture(page, `dense-touch-${size}`);
    assert.deepEqual(await axe(page), []);
    // A touch of the strips opens one, and says which.
    await inspector(page).getByRole("button", { name: "Close" }).tap();
    await topic(page, "clicks").getByRole("gridcell", { name: /^partition 12, / }).tap();
    await open(12);
    await comes(() => reach.getByLabel("partition").inputValue(), "12");
    assert.deepEqual(await small(page), []);
  }));
}

for (const [size, width, height] of [["wide", 1440, 900], ["embed", 720, 420], ["phone", 390, 844], ["phone", 360, 480]]) {
  test(`a menu is in sight with all of its items, or scrolls (${width} × ${height})`, () => on({ size, touch: true }, async (page) => {
    await page.setViewportSize({ width, height });
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    await pane(page, "Brokers");
    await sheet(page, "Brokers");
    await page.getByRole("button", { name: "Broker 3: actions" }).tap();
    const menu = await page.getByRole("menu").boundingBox();
    const frame = await page.locator("partita-playground").boundingBox();
    assert.ok(menu.y >= frame.y && menu.y + menu.height <= frame.y + frame.height, JSON.stringify({ menu, frame }));
    const last = page.getByRole("menuitem").last();
    await last.scrollIntoViewIfNeeded();
    const item = await last.boundingBox();
    assert.ok(item.y + item.height <= menu.y + menu.height + 1, JSON.stringify({ item, menu }));
    await picture(page, `menu-touch-${width}`);
    assert.deepEqual(await axe(page), []);
    await last.tap();
    await page.getByRole("menu").waitFor({ state: "detached" });
  }));
}

for (const [width, height] of [[1024, 768], [600, 700], [720, 420]]) {
  test(`what sends is not hidden behind what is chosen (${width} × ${height})`, () => on({ size: "embed", touch: true }, async (page) => {
    await page.setViewportSize({ width, height });
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    await topic(page, "orders").getByRole("gridcell", { name: /^orders partition 0, / }).tap();
    await inspector(page).getByRole("heading", { name: "Partition" }).waitFor();
    await sheet(page, "Publish");
    const send = page.getByRole("form", { name: "Publish" }).getByRole("button", { name: /^Send/ });
    const [one, other] = await Promise.all([send.boundingBox(), inspector(page).boundingBox()]);
    assert.ok(one.y + one.height <= other.y + 1 || one.x + one.width <= other.x + 1, JSON.stringify({ one, other }));
    await picture(page, `publish-chosen-${width}`);
    await send.tap();
    await page.getByText("On its way; time stands still.").waitFor();
  }));
}

/** Puts a finger down on the first of some places, waits there until `held` answers true, moves it over the others, and lifts it. */
async function finger(page, [from, ...path], held = () => true) {
  const device = await page.context().newCDPSession(page);
  const touch = (type, at) => device.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [at] : [] });
  await touch("touchStart", from);
  await until(page, held, "what the finger holds");
  for (const at of path) await touch("touchMove", at);
  await touch("touchEnd");
  await device.detach();
}

/** So many steps from one place to another. */
const way = (from, to, steps) => Array.from({ length: steps + 1 }, (_, n) => ({ x: from.x + ((to.x - from.x) * n) / steps, y: from.y + ((to.y - from.y) * n) / steps }));

for (const size of ALL) {
  test(`a finger that holds a record takes those up to where it is dragged, or the next that is pressed (${size})`, () => on({ size, touch: true }, async (page) => {
    const command = (what) => page.evaluate((what) => document.querySelector("partita-playground").command(what), what);
    for (let n = 0; n < 6; n += 1) await command({ do: "publish", topic: "orders", partition: 2, key: `user-${n}`, value: "{}", headers: [] });
    const cells = records(page, "orders", 2);
    await until(page, async () => (await cells.count()) >= 6, "records on the tape");
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    await page.getByText("committed", { exact: true }).first().waitFor({ state: "attached" });
    const last = await cells.count() - 1;
    const offsetOf = async (at) => Number(/offset (\d+)/.exec(await cells.nth(at).getAttribute("aria-label"))[1]);
    await cells.nth(last - 4).scrollIntoViewIfNeeded();
    const at = async (n) => { const box = await cells.nth(n).boundingBox(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; };
    const isHeld = (n) => async () => (await cells.nth(n).getAttribute("aria-selected")) === "true";
    const offsets = await Promise.all([...Array(last + 1).keys()].map(offsetOf));
    const takes = async (from, to) => {
      await page.getByRole("tab", { name: "Messages", selected: true }).waitFor();
      await comes(() => page.getByRole("searchbox", { name: "Filter" }).inputValue(), `offset >= ${offsets[from]} and offset <= ${offsets[to]}`);
      await pane(page, "Log");
      if (size === "embed") await page.keyboard.press("Escape");
    };
    // Held, and dragged.
    await finger(page, way(await at(last - 4), await at(last - 2), 5), isHeld(last - 4));
    await takes(last - 4, last - 2);
    // Held and let go; then the last is pressed.
    await finger(page, [await at(last - 1)], isHeld(last - 1));
    const asked = page.getByRole("status").filter({ hasText: "Now press the last record to take, on the same tape." });
    await asked.waitFor();
    await picture(page, `held-${size}`);
    assert.deepEqual(await axe(page), []);
    await cells.nth(last - 3).tap();
    await takes(last - 3, last - 1);
    await asked.waitFor({ state: "detached" });
    // A short press chooses, as ever, and the inspector offers the same.
    await cells.nth(last - 2).tap();
    await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
    await inspector(page).getByRole("button", { name: "Take records from here…" }).tap();
    await asked.waitFor();
    await cells.nth(last).tap();
    await takes(last - 2, last);
  }));

  test(`a finger that moves at once moves the tape across, and scrolls along (${size})`, () => on({ size, touch: true }, async (page) => {
    await page.setViewportSize({ ...SIZES[size], height: Math.min(SIZES[size].height, 560) });
    await page.evaluate(() => {
      for (let n = 0; n < 60; n += 1) document.querySelector("partita-playground").command({ do: "publish", topic: "orders", partition: 0, key: `user-${n}`, value: "{}", headers: [] });
    });
    const row = tape(page, "orders", 0);
    await until(page, async () => (await logEnds(page, "orders"))[0] > 60, "a log that is longer than its window", 30_000);
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    const box = await row.getByRole("gridcell", { name: /^offset / }).nth(3).boundingBox();
    const start = { x: box.x + 10, y: box.y + 10 };
    await finger(page, way(start, { x: start.x + 130, y: start.y }, 8));
    await row.getByRole("gridcell", { name: /\d+ newer/ }).waitFor();
    await comes(() => row.getByRole("gridcell", { selected: true }).count(), 0);
    await finger(page, way({ ...start, x: start.x + 130 }, { ...start, x: Math.max(start.x - 200, 4) }, 12));
    await row.getByRole("gridcell", { name: /newer/ }).waitFor({ state: "detached" });
    await finger(page, way(start, { x: start.x, y: start.y - 150 }, 10));
    await until(page, () => stage(page).evaluate((it) => it.scrollTop > 0), "the stage scrolled");
  }));
}

for (const [width, height] of [[360, 740], [390, 844]]) {
  test(`a record that was found has the phone to itself, and leads back to its list (${width} × ${height})`, () => on({ size: "phone", touch: true }, async (page) => {
    await page.setViewportSize({ width, height });
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    await pane(page, "Trace");
    await page.getByRole("tab", { name: "Messages" }).tap();
    const rows = page.getByRole("table", { name: "Records of orders" }).getByRole("row");
    await rows.nth(2).getByRole("button").tap();
    await inspector(page).getByRole("button", { name: "Replay" }).waitFor();
    const box = await inspector(page).boundingBox();
    assert.ok(box.width === width && box.height > height / 2, JSON.stringify(box));
    await comes(() => rows.count(), 0);
    await picture(page, `record-alone-${width}`);
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(await small(page), []);
    await inspector(page).getByRole("button", { name: "All records" }).tap();
    await rows.nth(5).waitFor();
    const row = rows.nth(2).getByRole("button");
    await until(page, () => row.evaluate((button) => button.getRootNode().activeElement === button), "the focus is where it was");
  }));
}
