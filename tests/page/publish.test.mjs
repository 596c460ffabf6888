// Publish, as a person uses it: one record or many, how they are sent, and what would become of a key.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addsPartitions } from "./flows.mjs";
import { axe, comes, logEnds, pages, pane, picture, until } from "./page.mjs";

const { on } = pages();

/** The form, wherever this size of page keeps it. */
async function publish(page) {
  await pane(page, "Publish");
  const form = page.getByRole("form", { name: "Publish" });
  if (!(await form.isVisible())) await page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { name: "Publish" }).click();
  return form;
}

const result = (form) => form.getByRole("status").last();
const send = (form) => form.getByRole("button", { name: /^Send/ });
const says = (form, what) => until(form.page(), async () => what.test(await result(form).innerText()), `${what} said`, 20_000);

for (const size of ["wide", "embed", "phone"]) {
  test(`lines become records, each with its key (${size})`, () => on({ size }, async (page) => {
    const form = await publish(page);
    await form.getByLabel("what").selectOption("lines");
    await form.getByRole("textbox", { name: "lines" }).fill("user-1:first\nuser-1:second\nuser-2:third");
    await comes(() => send(form).innerText(), /Send 3 records/);
    await send(form).click();
    await says(form, /3 records to orders: /);
    await picture(page, `publish-lines-${size}`);
    assert.deepEqual(await axe(page), []);
  }));
}

test("a line without a key says which", () => on({}, async (page) => {
  const form = await publish(page);
  await form.getByLabel("what").selectOption("lines");
  await form.getByRole("textbox", { name: "lines" }).fill("user-1:first\nsecond");
  await send(form).click();
  await form.getByText("No key separator found on line number 2: 'second'").waitFor();
  await form.getByLabel("what").selectOption("JSON lines");
  await form.getByRole("textbox", { name: "JSON lines" }).fill('{"key": "user-3", "value": {"qty": 2}}\n{"qty":');
  await send(form).click();
  await form.getByText(/Line 2, column \d+: EOF/).waitFor();
}));

test("sample orders come at the rate that was asked for, and can be stopped", () => on({}, async (page) => {
  const form = await publish(page);
  await form.getByLabel("what").selectOption("sample orders");
  await form.getByLabel("count").fill("200");
  await form.getByRole("button", { name: /, acks all/ }).click();
  await form.getByLabel("per second").fill("20");
  await send(form).click();
  await form.getByText(/\d+ of 200 handed over/).waitFor();
  await picture(page, "publish-rate-wide");
  await form.getByRole("button", { name: "Stop" }).click();
  await says(form, /\d+ records to orders: /);
}));

test("acks and compression are a producer's: another one sends", () => on({}, async (page) => {
  const form = await publish(page);
  await form.getByRole("button", { name: /^once, acks all/ }).click();
  await form.getByLabel("acks").selectOption("0");
  await form.getByLabel("compression").selectOption("lz4");
  await form.getByLabel("times").fill("3");
  await send(form).click();
  await says(form, /3 records to orders: /);
  await form.getByLabel("Producer").locator("option").filter({ hasText: "you-acks0-lz4" }).waitFor({ state: "attached" });
  await form.getByLabel("times").fill("0");
  await form.getByText(/1 to 10.000 records at once/).waitFor();
  await comes(() => send(form).getAttribute("aria-disabled"), "true");
}));

test("what happens to a key when partitions are added is told before, and comes true", () => on({}, async (page) => {
  const form = await publish(page);
  await form.locator("[data-field=key]").fill("user-42");
  await form.getByRole("button", { name: "If partitions are added" }).click();
  // murmur2("user-42") & 0x7fffffff = 1 459 644 460.
  const told = await form.getByRole("listitem").filter({ hasText: "with 4" }).innerText();
  assert.equal(Number(/to (\d)/.exec(told)[1]), 1_459_644_460 % 4);
  await form.getByText(/of the \d+ keys seen so far would go to another one/).waitFor();
  await picture(page, "publish-what-if-wide");
  await addsPartitions(page, "orders", "4");
  await until(page, async () => (await logEnds(page, "orders")).length === 4, "a fourth partition", 20_000);
  await form.getByText(new RegExp(`Lands on\\s+orders ${1_459_644_460 % 4} at offset`)).waitFor();
}));

test("a producer's queue, requests and sequence numbers are facts", () => on({}, async (page) => {
  await page.getByRole("region", { name: "Producers" }).getByRole("button", { name: "checkout", exact: true }).click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByText(/orders \d: .*next sequence \d+/).first().waitFor();
  await inspector.getByText(/requests, at most 5 a broker/).waitFor();
  await inspector.getByText(/\d+, epoch 0/).waitFor();
  await picture(page, "producer-wide");
}));
