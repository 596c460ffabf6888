// The tab Wire, as somebody uses it who wants to see what goes over the wire: at three sizes, by mouse and by keys.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, comes, pages, pane, until } from "./page.mjs";

const { visit } = pages();

const exchanges = (page) => page.getByRole("listbox", { name: "Exchanges, newest first" }).getByRole("option");
const filter = (page) => page.getByRole("combobox", { name: "Filter frames" });
const field = (page, name) => page.getByRole("tree", { name: "Fields" }).getByRole("treeitem", { name, exact: false });

/** Opens the tab Wire, wherever it is at this size, and waits for its lines. */
async function openWire(page, size) {
  if (size === "embed") {
    await page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { name: "Wire" }).click();
  } else {
    await pane(page, "Trace");
    await page.getByRole("tab", { name: "Wire" }).click();
  }
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

/** The bytes that are marked, as text. */
const marked = async (page) => {
  const bytes = await page.getByRole("region", { name: "Bytes" }).locator("i.on").allInnerTexts();
  return Buffer.from(bytes.join(""), "hex").toString();
};

/** Goes down the fields with the arrow key to the first of this name, and says its value. */
async function walkTo(page, name) {
  const tree = page.getByRole("tree", { name: "Fields" });
  await tree.focus();
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 120; steps += 1) {
    const on = (await tree.locator('[aria-selected="true"]').innerText()).trim();
    if (on.split(/\s/)[0] === name) return on.slice(name.length).trim();
    await page.keyboard.press("ArrowDown");
    await until(page, async () => (await tree.locator('[aria-selected="true"]').innerText()).trim() !== on, "the next field");
  }
  throw new Error(`no field ${name}`);
}

for (const size of ["wide", "embed", "phone"]) {
  test(`a Produce frame is read down to its record's key, whose bytes are marked (${size})`, async () => {
    const page = await visit({ size });
    await openWire(page, size);
    await show(page, "api = Produce and state = done", /Produce/);
    assert.deepEqual(await axe(page), []);
    await exchanges(page).first().click();
    const key = await walkTo(page, "Key");
    assert.match(key, /^"user-\d+"$/);
    assert.equal(`"${await marked(page)}"`, key);
    assert.deepEqual(await axe(page), []);
    // The response, and back.
    await page.getByRole("button", { name: "Response" }).click();
    await field(page, "ProduceResponse").waitFor();
    await page.getByRole("button", { name: "Request" }).click();
    await field(page, "Key").first().waitFor();
    assert.equal(`"${await marked(page)}"`, key, "what was chosen stays chosen");
    // The bytes lead to their field as well: the first two are the API's key.
    await page.getByRole("region", { name: "Bytes" }).evaluate((e) => e.scrollTo(0, 0));
    await page.getByRole("region", { name: "Bytes" }).locator("i").first().click();
    await page.getByRole("tree").locator('[aria-selected="true"]').filter({ hasText: "RequestApiKey" }).waitFor();
    await comes(() => page.getByRole("region", { name: "Bytes" }).locator("i.on").count(), 2);
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });
}

describe("on a wide screen", () => {
  let page;
  before(async () => {
    page = await visit();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await openWire(page, "wide");
  });
  after(() => page?.context().close());

  test("the list is walked with the arrows, and the inspector follows", async () => {
    await show(page, "api = Heartbeat", /Heartbeat/);
    await page.getByRole("listbox").focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("complementary", { name: "Inspector" }).getByText(/Heartbeat v4/).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await comes(() => exchanges(page).evaluateAll((lines) => lines.findIndex((line) => line.getAttribute("aria-selected") === "true")), 1);
    await field(page, "GroupId").filter({ hasText: "billing" }).waitFor();
  });

  test("brokers speak among themselves, and with their controllers", async () => {
    await show(page, "from = broker and to = broker and api = Fetch", /Fetch/);
    await show(page, "to = controller and api = BrokerHeartbeat", /BrokerHeartbeat/);
  });

  test("a filter that is wrong says what would be right, and Esc empties it", async () => {
    await filter(page).fill("colour = red");
    await page.getByRole("alert").filter({ hasText: "There is no 'colour' to filter by" }).waitFor();
    await comes(() => filter(page).getAttribute("aria-invalid"), "true");
    assert.deepEqual(await axe(page), []);
    await filter(page).press("Escape");
    await until(page, async () => (await filter(page).inputValue()) === "", "an empty field");
    await exchanges(page).first().waitFor();
  });

  test("what can be done with an exchange: only its like, and why it was sent", async () => {
    await show(page, "from = checkout", /checkout/);
    await exchanges(page).first().click();
    await page.getByRole("button", { name: "Filter, copy, why" }).click();
    await page.getByRole("menuitem", { name: /^Only between checkout and broker/ }).click();
    await until(page, async () => /party = checkout and party = "broker \d"/.test(await filter(page).inputValue()), "the filter");
    await page.getByRole("button", { name: "Filter, copy, why" }).click();
    await page.getByRole("menuitem", { name: "Why was it sent?" }).click();
    await page.getByRole("tab", { name: "Events", selected: true }).waitFor();
    await page.getByRole("complementary", { name: "Inspector" }).getByText(/Produce/).first().waitFor();
  });

  test("a broker's frames are one press away, and a record leads to its tape", async () => {
    await page.keyboard.press("2");
    await show(page, "api = Produce", /Produce/);
    await exchanges(page).first().click();
    await walkTo(page, "Value");
    await page.getByRole("button", { name: /^orders \d @ \d+$/ }).click();
    await page.getByRole("complementary", { name: "Inspector" }).getByRole("heading", { name: "Record" }).waitFor();
  });

  test("keys choose the tabs, the drawer folds and its height is moved", async () => {
    await page.getByRole("tab", { name: "Wire" }).focus();
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
  });

  test("whoever goes back sees what was on the wire then, and nothing later", async () => {
    await filter(page).fill("");
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Wire" }).focus();
    await page.keyboard.press("Home");
    await until(page, async () => (await exchanges(page).allInnerTexts()).every((line) => /00:00\.\d/.test(line)), "the first moments");
    await page.keyboard.press("Escape");
    assert.deepEqual(page.errors, []);
  });
});
