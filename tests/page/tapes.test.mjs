// From a tape to what belongs to its records: the frame that brought them, Messages, and what deletes them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, speed } from "./faults.mjs";
import { publishes } from "./flows.mjs";
import { ALL, axe, comes, focused, inspector, isFocused, logEnds, pages, pane, picture, publishing, records, tab, tape, topic, until } from "./page.mjs";

const { on } = pages();

const element = (page, what, ...args) => page.evaluate(([call, given]) => document.querySelector("partita-playground")[call](...given), [what, args]);
const row = (page, partition) => tape(page, "orders", partition);
const cells = (page, partition) => records(page, "orders", partition);
const chosen = (page, partition) => row(page, partition).getByRole("gridcell", { selected: true });
const offsetOf = async (cell) => Number(/offset (\d+)/.exec(await cell.getAttribute("aria-label"))[1]);
const found = (page) => page.getByRole("table", { name: "Records of orders" }).getByRole("row");

/** Records on a tape, and time that rests. */
async function rests(page, partition, count) {
  for (let n = 0; n < count; n += 1) await element(page, "command", { do: "publish", topic: "orders", partition, key: `user-${n}`, value: "{}", headers: [] });
  await until(page, async () => (await cells(page, partition).count()) >= count, "records on the tape");
  await element(page, "time", { do: "pause" });
}

for (const size of ALL) {
  test(`a record leads to the frame that brought it, and the frame rings its records (${size})`, () => on({ size }, async (page) => {
    await rests(page, 1, 3);
    const record = cells(page, 1).last();
    const offset = await offsetOf(record);
    await record.click();
    await inspector(page).getByRole("button", { name: /^Produce of .+, frame \d+$/ }).click();
    if (size === "wide") await inspector(page).getByRole("heading", { name: "Frame" }).waitFor();
    await page.getByRole("tree", { name: "Fields" }).getByRole("treeitem", { name: "ProduceRequest" }).waitFor();
    const ringed = row(page, 1).getByRole("gridcell", { name: new RegExp(`^offset ${offset}, .*, in the chosen frame$`) });
    await page.getByRole("tab", { name: "Wire", selected: true }).waitFor();
    await picture(page, `ringed-${size}`);
    assert.deepEqual(await axe(page), []);
    await pane(page, "Log");
    await ringed.waitFor();
    // On the small page the sheet closes first.
    for (let n = 0; n < (size === "embed" ? 2 : 1); n += 1) await page.keyboard.press("Escape");
    await ringed.waitFor({ state: "detached" });
  }));

  test(`records that are dragged over are shown in Messages (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await rests(page, 2, 5);
    const [first, last] = [cells(page, 2).nth(-4), cells(page, 2).nth(-2)];
    const [from, to] = [await offsetOf(first), await offsetOf(last)];
    const [a, b] = [await first.boundingBox(), await last.boundingBox()];
    await page.mouse.move(a.x + 8, a.y + 8);
    await page.mouse.down();
    await page.mouse.move(b.x + 8, b.y + 8, { steps: 6 });
    await page.mouse.up();
    await page.getByRole("tab", { name: "Messages", selected: true }).waitFor();
    await comes(() => page.getByRole("searchbox", { name: "Filter" }).inputValue(), `offset >= ${from} and offset <= ${to}`);
    await until(page, async () => (await found(page).count()) === 1 + to - from + 1, "those records and no others");
    await picture(page, `dragged-${size}`);
    assert.deepEqual(await axe(page), []);
    await pane(page, "Log");
    await comes(() => chosen(page, 2).count(), to - from + 1);
    // A press alone chooses, as ever.
    await cells(page, 2).last().click();
    await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
    await until(page, async () => (await chosen(page, 2).count()) === 1, "that one alone");
  }));

  test(`the same by Shift and the arrows (${size})`, () => on({ size }, async (page) => {
    await rests(page, 2, 5);
    const last = cells(page, 2).last();
    const to = await offsetOf(last);
    await last.focus();
    await page.keyboard.down("Shift");
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await until(page, async () => (await chosen(page, 2).count()) === 3, "three are chosen");
    await page.keyboard.up("Shift");
    await page.getByRole("tab", { name: "Messages", selected: true }).waitFor();
    await comes(() => page.getByRole("searchbox", { name: "Filter" }).inputValue(), `offset >= ${to - 2} and offset <= ${to}`);
    await until(page, async () => (await found(page).count()) === 4, "three records");
  }));

  test(`a reach that the inspector begins is ended by the keyboard, or given up (${size})`, () => on({ size }, async (page) => {
    await rests(page, 2, 5);
    const offset = await offsetOf(cells(page, 2).last());
    await cells(page, 2).last().focus();
    await page.keyboard.press("Enter");
    const begin = inspector(page).getByRole("button", { name: "Take records from here…" });
    await begin.focus();
    await page.keyboard.press("Enter");
    const asked = page.getByRole("status").filter({ hasText: "Now press the last record to take, on the same tape." });
    await asked.waitFor();
    await until(page, async () => (await focused(page))?.startsWith(`offset ${offset}, `), "the focus on the record");
    await page.keyboard.press("Escape");
    await asked.waitFor({ state: "detached" });
    await comes(() => chosen(page, 2).count(), 0);
    await page.keyboard.press("Enter");
    await begin.focus();
    await page.keyboard.press("Enter");
    await until(page, async () => (await focused(page))?.startsWith(`offset ${offset}, `), "the focus on the record again");
    for (let n = 0; n < 2; n += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Messages", selected: true }).waitFor();
    await comes(() => page.getByRole("searchbox", { name: "Filter" }).inputValue(), `offset >= ${offset - 2} and offset <= ${offset}`);
  }));

  test(`records before an offset are deleted, and what that does is said before (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await until(page, async () => (await cells(page, 1).count()) > 3, "records", 40_000);
    await row(page, 1).getByRole("gridcell", { name: /^orders partition 1, / }).click();
    await inspector(page).getByRole("button", { name: "Delete records before offset…" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete records of orders 1" });
    const before = dialog.getByLabel("before offset");
    await isFocused(page, "before offset");
    await before.fill("1000000");
    await dialog.getByText(/^OFFSET_OUT_OF_RANGE Only what is committed can be deleted/).waitFor();
    await before.fill("2");
    await dialog.getByText("2 offsets would go, 0 to 1. The log would begin at 2.").waitFor();
    await picture(page, `delete-records-${size}`);
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole("button", { name: "Delete records" }).click();
    await dialog.waitFor({ state: "detached" });
    await topic(page, "orders").getByRole("row", { name: /^orders partition 1, .*offsets 2 to \d+/ }).waitFor();
  }));

  test(`a record that is no longer on its tape is told of all the same (${size})`, () => on({ size }, async (page) => {
    await page.evaluate(() => {
      for (let n = 0; n < 130; n += 1) document.querySelector("partita-playground").command({ do: "publish", topic: "orders", partition: 0, key: `user-${n}`, value: "{}", headers: [] });
    });
    await until(page, async () => (await logEnds(page, "orders"))[0] > 120, "a log that is longer than its window", 60_000);
    await element(page, "time", { do: "pause" });
    await tab(page, "Messages");
    await page.getByRole("searchbox", { name: "Filter" }).fill("partition = 0 and offset = 3");
    await until(page, async () => (await found(page).count()) === 2, "the record");
    await found(page).nth(1).getByRole("button").click();
    await until(page, async () => /leader epoch|epoch/.test(await inspector(page).innerText()) && /committed/.test(await inspector(page).innerText()), "its facts");
    await until(page, async () => /frame/.test(await inspector(page).innerText()), "its frame, or that it is not kept");
  }));

  test(`a tombstone and a record that was sent twice are told apart, to the eye and by name (${size})`, () => on({ size }, async (page) => {
    const form = await publishing(page);
    await form.getByRole("checkbox", { name: "value: null" }).check();
    await publishes(page, "user-7");
    await page.keyboard.press("Escape");
    await pane(page, "Log");
    await topic(page, "orders").getByRole("gridcell", { name: /^offset \d+, key user-7, tombstone, / }).waitFor();
    // A producer that does not number its batches sends one again, where the answer to the first is lost.
    await publishing(page);
    await page.getByRole("button", { name: "Stop checkout" }).click();
    await page.getByRole("button", { name: "Add a producer with…" }).click();
    const producer = page.getByRole("dialog", { name: "Add a producer" });
    await producer.getByLabel("client.id").fill("meter");
    await producer.getByLabel("enable.idempotence").selectOption("false");
    await producer.getByLabel("records a second").fill("0.5");
    await producer.getByRole("button", { name: "Add a producer" }).click();
    await producer.waitFor({ state: "detached" });
    for (const id of [1, 2, 3]) {
      await act(page, id, /^Links, responses/);
      const faults = page.getByRole("dialog", { name: `Faults of node ${id}` });
      await faults.getByLabel("the next").fill("1");
      await faults.getByRole("button", { name: "Set", exact: true }).click();
      await page.keyboard.press("Escape");
    }
    await speed(page, 30);
    await pane(page, "Log");
    const twice = topic(page, "orders").getByRole("gridcell", { name: /^offset \d+, .*, duplicate, / }).first();
    await twice.waitFor({ timeout: 60_000 });
    await picture(page, `duplicate-${size}`);
  }));
}

test("Shift and the arrows lose nothing where a key comes before what the last one did is drawn", () => on({}, async (page) => {
  await rests(page, 2, 5);
  const last = cells(page, 2).last();
  const to = await offsetOf(last);
  await last.focus();
  await page.keyboard.down("Shift");
  // All in one turn of the page's: nothing is drawn between them.
  await last.evaluate((cell) => {
    for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight"]) {
      cell.getRootNode().activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true, bubbles: true, composed: true, cancelable: true }));
    }
  });
  await comes(() => chosen(page, 2).count(), 3);
  await page.keyboard.up("Shift");
  await comes(() => page.getByRole("searchbox", { name: "Filter" }).inputValue(), `offset >= ${to - 2} and offset <= ${to}`);
}));
