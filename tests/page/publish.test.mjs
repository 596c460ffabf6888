// Publish, as a person uses it: one record or many, how they are sent, and what would become of a key.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addsPartitions, keyOf, result, says, send, valueOf } from "./flows.mjs";
import { ALL, axe, comes, logEnds, pages, picture, publishing, topic } from "./page.mjs";

const { on } = pages();

for (const size of ALL) {
  test(`lines become records, each with its key; one without says which (${size})`, () => on({ size }, async (page) => {
    const form = await publishing(page);
    await form.getByLabel("what").selectOption("lines");
    await form.getByRole("textbox", { name: "lines" }).fill("user-1:first\nuser-1:second\nuser-2:third");
    await comes(() => send(form).innerText(), /Send 3 records/);
    await send(form).click();
    await says(form, /3 records to orders: /);
    await picture(page, `publish-lines-${size}`);
    assert.deepEqual(await axe(page), []);
    await form.getByRole("textbox", { name: "lines" }).fill("user-1:first\nsecond");
    await send(form).click();
    await form.getByText("No key separator found on line number 2: 'second'").waitFor();
  }));

  test(`JSON lines, sample orders at a rate, acks and compression (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    const form = await publishing(page);
    await form.getByLabel("what").selectOption("JSON lines");
    const lines = form.getByRole("textbox", { name: "JSON lines" });
    await lines.fill('{"key": "user-3", "value": {"qty": 2}}\n{"qty":');
    await send(form).click();
    await form.getByText(/Line 2, column \d+: EOF/).waitFor();
    await lines.fill('{"key": "user-3", "value": {"qty": 2}, "headers": {"a": "b"}}\n{"qty": 3}');
    await send(form).click();
    await says(form, /2 records to orders: /);
    await form.getByLabel("what").selectOption("sample orders");
    await form.getByLabel("count").fill("200");
    await form.getByRole("button", { name: /, acks all/ }).click();
    await form.getByLabel("per second").fill("20");
    await form.getByLabel("compression").selectOption("gzip");
    await send(form).click();
    await form.getByText(/\d+ of 200 handed over/).waitFor();
    await picture(page, `publish-rate-${size}`);
    assert.deepEqual(await axe(page), []);
    await form.getByRole("button", { name: "Stop" }).click();
    await says(form, /\d+ records to orders: /);
    // Acks and compression are a producer's: another one sends.
    await form.getByLabel("what").selectOption("one record");
    await form.getByLabel("per second").fill("");
    await form.getByLabel("acks").selectOption("0");
    await form.getByLabel("compression").selectOption("lz4");
    await form.getByLabel("times").fill("3");
    await send(form).click();
    await says(form, /3 records to orders: /);
    await comes(async () => (await form.getByLabel("Producer").getByRole("option").allInnerTexts()).includes("you-acks0-lz4"), true);
    await form.getByLabel("times").fill("0");
    await form.getByText(/1 to 10.000 records at once/).waitFor();
    await comes(() => send(form).getAttribute("aria-disabled"), "true");
  }));

  test(`a partition that is chosen is where the record goes, with its headers (${size})`, () => on({ size }, async (page) => {
    const form = await publishing(page);
    await keyOf(form).fill("user-42");
    await form.getByRole("combobox", { name: "partition" }).selectOption("2");
    await form.getByText(/Lands on\s+orders 2 at offset \d+/).waitFor();
    await form.getByRole("button", { name: "none", exact: true }).click();
    await form.getByRole("textbox", { name: "Header 1 name" }).fill("trace");
    await form.getByRole("textbox", { name: "Header 1 value" }).fill("7f3a");
    await send(form).click();
    await says(form, /orders 2, offset \d+/);
    await form.getByRole("button", { name: "1 header", exact: true }).waitFor();
  }));

  test(`what happens to a key when partitions are added is told before, and comes true (${size})`, () => on({ size }, async (page) => {
    const form = await publishing(page);
    await keyOf(form).fill("user-42");
    await form.getByRole("button", { name: "If partitions are added" }).click();
    // murmur2("user-42") & 0x7fffffff = 1 459 644 460.
    const told = await form.getByRole("listitem").filter({ hasText: "with 4" }).innerText();
    assert.equal(Number(/to (\d)/.exec(told)[1]), 1_459_644_460 % 4);
    await form.getByText(/of the \d+ keys seen so far would go to another one/).waitFor();
    await picture(page, `publish-what-if-${size}`);
    await page.keyboard.press("Escape");
    await addsPartitions(page, "orders", "4");
    await comes(async () => (await logEnds(page, "orders")).length, 4, 20_000);
    await publishing(page);
    await form.getByText(new RegExp(`Lands on\\s+orders ${1_459_644_460 % 4} at offset`)).waitFor();
  }));
}

for (const [size, width, height] of [["wide", 1440, 900], ["embed", 720, 420], ["phone", 390, 844], ["phone", 360, 640]]) {
  test(`what sends, and what came of it, are in sight (${width} × ${height})`, () => on({ size, touch: size === "phone" }, async (page) => {
    await page.setViewportSize({ width, height });
    const form = await publishing(page);
    const shows = async (what) => {
      const [box, frame] = await Promise.all([what.boundingBox(), page.getByRole("complementary", { name: "Publish and brokers" }).boundingBox()]);
      assert.ok(box.height > 10 && box.y >= frame.y && box.y + box.height <= frame.y + frame.height + 1, JSON.stringify({ box, frame }));
    };
    await shows(send(form));
    await send(form).click();
    await says(form, /^orders \d, offset \d+, in /);
    await shows(result(form));
    await picture(page, `publish-sent-${width}`);
    assert.deepEqual(await axe(page), []);
  }));
}

test("what is sent is what is written, however quickly it is sent", () => on({}, async (page) => {
  const form = await publishing(page);
  const [key, value] = await Promise.all([keyOf(form), valueOf(form)].map((field) => field.elementHandle()));
  await page.evaluate(([key, value]) => {
    for (const [field, text] of [[key, "user-77"], [value, "quick"]]) {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    value.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, composed: true, cancelable: true }));
  }, [key, value]);
  await topic(page, "orders").getByRole("gridcell", { name: /^offset \d+, key user-77, / }).waitFor();
  await page.getByRole("tab", { name: "Messages" }).click();
  await page.getByRole("cell", { name: "quick", exact: true }).waitFor();
}));
