// Fingers: every target is 44 px, strips are reached by their number and their neighbours, and nothing needs a pointer that hovers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opensADenseSession } from "./dense.mjs";
import { SIZES, axe, comes, pages, pane, picture, settled, topic, until } from "./page.mjs";

const { on } = pages();

const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });

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

for (const size of ["wide", "embed", "phone"]) {
  test(`every target is 44 px (${size})`, () => on({ size, touch: true }, async (page) => {
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    const fits = async (state) => {
      await settled(page);
      assert.deepEqual(await small(page), [], state);
    };
    const sheet = async (name) => {
      const button = page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { name });
      if (await button.isVisible()) await button.tap();
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
      await sheet(name);
      await fits(name);
    }
    for (const name of ["Events", "Wire", "Messages", "Configs"]) {
      await pane(page, "Trace");
      await sheet(name);
      const tab = page.getByRole("tab", { name });
      if (await tab.isVisible()) await tab.tap();
      await page.getByRole("tabpanel", { name }).waitFor();
      await fits(name);
    }
  }));

  test(`strips are opened by touch, by their number and one after the other (${size})`, () => on({ size, touch: true }, async (page) => {
    await opensADenseSession(page, { members: 3 });
    await pane(page, "Log");
    const open = (partition) => topic(page, "clicks").getByRole("row", { name: new RegExp(`^clicks partition ${partition}, `) }).waitFor();
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
