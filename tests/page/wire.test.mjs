// The tab Wire, as somebody uses it who wants to see what goes over the wire: at three sizes, by mouse and by keys.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pauses, timeline } from "./faults.mjs";
import { ALL, axe, comes, inspector, keys, pages, picture, tab, until } from "./page.mjs";

const { on } = pages();

const exchanges = (page) => page.getByRole("listbox", { name: "Exchanges, newest first" }).getByRole("option");
const filter = (page) => page.getByRole("combobox", { name: "Filter frames" });
const field = (page, name) => page.getByRole("tree", { name: "Fields" }).getByRole("treeitem", { name, exact: false });

/** Opens the tab Wire, wherever it is at this size, and waits for its lines. */
async function openWire(page) {
  await tab(page, "Wire");
  await exchanges(page).first().waitFor();
}

/** Shows only what a filter lets through, and waits until that is so. */
async function show(page, text, what) {
  await filter(page).fill(text);
  await until(page, async () => {
    const lines = await exchanges(page).allInnerTexts();
    return lines.length > 0 && lines.every((line) => what.test(line));
  }, `only lines with ${what}`);
}

const marks = (page) => bytes(page).getByRole("mark");
const bytes = (page) => page.getByRole("region", { name: "Bytes" });
const tree = (page) => page.getByRole("tree", { name: "Fields" });
const selected = (page) => tree(page).getByRole("treeitem", { selected: true });

/** The bytes that are marked, as text. */
const marked = async (page) => {
  const bytes = await marks(page).allInnerTexts();
  return Buffer.from(bytes.join(""), "hex").toString();
};

/** Goes down the fields with the arrow key to the first of this name, and says its value. */
async function walkTo(page, name) {
  await tree(page).focus();
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 120; steps += 1) {
    const on = (await selected(page).innerText()).trim();
    if (on.split(/\s/)[0] === name) return on.slice(name.length).trim();
    await page.keyboard.press("ArrowDown");
    await until(page, async () => (await selected(page).innerText()).trim() !== on, "the next field");
  }
  throw new Error(`no field ${name}`);
}

for (const size of ALL) {
  test(`a Produce frame is read down to its record's key, whose bytes are marked (${size})`, () => on({ size }, async (page) => {
    await openWire(page);
    await show(page, "api = Produce and state = done", /Produce/);
    assert.deepEqual(await axe(page), []);
    await exchanges(page).first().click();
    const key = await walkTo(page, "Key");
    assert.match(key, /^"user-\d+"$/);
    assert.equal(`"${await marked(page)}"`, key);
    await picture(page, `wire-${size}`);
    assert.deepEqual(await axe(page), []);
    // The response, and back.
    await page.getByRole("button", { name: "Response" }).click();
    await field(page, "ProduceResponse").waitFor();
    await page.getByRole("button", { name: "Request" }).click();
    await field(page, "Key").first().waitFor();
    assert.equal(`"${await marked(page)}"`, key, "what was chosen stays chosen");
    // The bytes lead to their field as well: the first two are the API's key.
    await bytes(page).evaluate((e) => e.scrollTo(0, 0));
    await bytes(page).getByText("00", { exact: true }).first().click();
    await selected(page).filter({ hasText: "RequestApiKey" }).waitFor();
    await comes(() => marks(page).count(), 2);
  }));

  test(`exchanges are filtered, and a filter that is wrong says what would be right (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await pauses(page);
    await openWire(page);
    // Brokers speak among themselves, and with their controllers.
    await show(page, "from = broker and to = broker and api = Fetch", /Fetch/);
    await show(page, "to = controller and api = BrokerHeartbeat", /BrokerHeartbeat/);
    await filter(page).fill("colour = red");
    await page.getByRole("alert").filter({ hasText: "There is no 'colour' to filter by" }).waitFor();
    await comes(() => filter(page).getAttribute("aria-invalid"), "true");
    await picture(page, `wire-filter-${size}`);
    assert.deepEqual(await axe(page), []);
    await filter(page).press("Escape");
    await comes(() => filter(page).inputValue(), "");
    await exchanges(page).first().waitFor();
  }));

  test(`what can be done with an exchange: only its like, why it was sent, the record it carries (${size})`, () => on({ size }, async (page) => {
    await pauses(page);
    await openWire(page);
    // The answer tells where the record lies: time may rest before it has come.
    await show(page, "from = checkout and api = Produce and state = done", /Produce/);
    await exchanges(page).first().click();
    await walkTo(page, "Value");
    await page.getByRole("button", { name: /^orders \d @ \d+$/ }).click();
    await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
    await openWire(page);
    await exchanges(page).first().click();
    await page.getByRole("button", { name: "Filter, copy, why" }).click();
    await page.getByRole("menuitem", { name: /^Only between checkout and broker/ }).click();
    await comes(() => filter(page).inputValue(), /party = checkout and party = "broker \d"/);
    await exchanges(page).first().click();
    await page.getByRole("button", { name: "Filter, copy, why" }).click();
    await page.getByRole("menuitem", { name: "Why was it sent?" }).click();
    await page.getByRole("region", { name: "Causes" }).getByText(/Produce/).first().waitFor();
  }));

  test(`whoever goes back sees what was on the wire then, and nothing later (${size})`, () => on({ size }, async (page) => {
    await pauses(page);
    await openWire(page);
    await timeline(page).focus();
    await page.keyboard.press("Home");
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("ArrowRight");
    await until(page, async () => {
      const lines = await exchanges(page).allInnerTexts();
      return lines.length > 0 && lines.every((line) => /00:0[0-3]\.\d/.test(line));
    }, "the first moments");
  }));
}

test("the list is walked with the arrows, and the inspector follows", () => on({}, async (page) => {
  await pauses(page);
  await openWire(page);
  await show(page, "api = Heartbeat", /Heartbeat/);
  await page.getByRole("listbox").focus();
  await page.keyboard.press("ArrowDown");
  await inspector(page).getByText(/Heartbeat v4/).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await exchanges(page).nth(1).and(page.getByRole("option", { selected: true })).waitFor();
  await field(page, "GroupId").filter({ hasText: "billing" }).waitFor();
}));

test("keys choose the tabs, the drawer folds and its height is moved", () => on({}, async (page) => {
  await keys(page);
  await page.keyboard.press("2");
  await page.getByRole("tab", { name: "Wire", selected: true }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("tab", { name: "Events", selected: true }).waitFor();
  await page.keyboard.press("4");
  await page.getByRole("tab", { name: "Configs", selected: true }).waitFor();
  await page.keyboard.press("2");
  const height = () => page.getByRole("region", { name: "Drawer" }).evaluate((e) => e.clientHeight);
  const before = await height();
  await page.getByRole("separator", { name: "Drawer's height" }).focus();
  await page.keyboard.press("PageUp");
  await until(page, async () => await height() > before + 80, "a higher drawer");
  await page.getByRole("button", { name: "Fold the drawer" }).click();
  await until(page, async () => await height() < 50, "a folded drawer");
  assert.deepEqual(await axe(page), []);
  await page.getByRole("button", { name: "Open the drawer" }).click();
  await exchanges(page).first().waitFor();
}));
