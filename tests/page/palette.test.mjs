// The palette, the explanations of words, and the first minute.

import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes } from "./faults.mjs";
import { send } from "./flows.mjs";
import { ALL, axe, comes, inspector, isFocused, menu, pages, pane, picture, ready, records, sheet, until } from "./page.mjs";

const { on } = pages();

const palette = (page) => page.getByRole("dialog", { name: "Find" });
const words = (page) => page.getByRole("dialog", { name: "Words" });
const field = (page) => palette(page).getByRole("combobox");
const chosen = (page) => palette(page).getByRole("option", { selected: true });
/** Into the element, then the palette. */
async function find(page, text) {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+k");
  await field(page).fill(text);
}

for (const size of ALL) {
  test(`a few letters find an action, and Enter does it (${size})`, () => on({ size }, async (page) => {
    await find(page, "broker 2 kill pro");
    await comes(() => chosen(page).innerText(), /broker 2: Kill the process/);
    assert.equal(await field(page).getAttribute("aria-activedescendant"), await chosen(page).getAttribute("id"));
    await picture(page, `palette-${size}`);
    await page.keyboard.press("Enter");
    await palette(page).waitFor({ state: "detached" });
    await becomes(page, 2, /Killed/);
    // Without a key: the menu leads there, and a press does it.
    await menu(page, "More", "Find anything…");
    await field(page).fill("create topic");
    await palette(page).getByRole("option").first().click();
    await page.getByRole("form", { name: "New topic" }).waitFor();
  }));

  test(`things, records, events and words are found (${size})`, () => on({ size }, async (page) => {
    for (const [text, kind] of [["topic orders", "Topic"], ["member c1", "Member"], ["link 1 2", "Link"], ["controller 3", "Controller"], ["partition orders 1", "Partition"]]) {
      await find(page, text);
      await page.keyboard.press("Enter");
      await until(page, async () => (await inspector(page).getByRole("heading", { level: 2 }).innerText()) === kind, kind);
    }
    await find(page, "high watermark");
    await palette(page).getByRole("option", { name: /^high watermark word/ }).click();
    await words(page).getByText(/all in-sync replicas have the log/).waitFor();
  }));

  test(`a key explains the words of what has the focus, and of what is around; a menu tells of all (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await records(page, "orders", 0).last().focus();
    await page.keyboard.press("?");
    await words(page).getByText("offset", { exact: true }).waitFor();
    assert.deepEqual((await words(page).getByRole("term").allInnerTexts()).slice(0, 3), ["offset", "key", "committed offset"]);
    await picture(page, `words-${size}`);
    await words(page).getByRole("button", { name: "Key to the marks" }).click();
    await page.getByRole("dialog", { name: "Key to the marks" }).waitFor();
    await page.keyboard.press("Escape");
    // Each part has its own words: a group's, a broker's.
    for (const [view, name, word] of [["Groups", /^c1, .*owns /, "lag"], ["Brokers", "Broker 2", "broker"]]) {
      await pane(page, view);
      await sheet(page, view);
      await page.getByRole("button", { name, exact: true }).first().focus();
      await page.keyboard.press("?");
      await until(page, async () => (await words(page).getByRole("term").allInnerTexts()).includes(word), word);
      await page.keyboard.press("Escape");
    }
    await menu(page, "More", "All words");
    await words(page).getByText("high watermark", { exact: true }).waitFor();
    assert.ok((await words(page).getByRole("term").count()) > 40, "all of them");
  }));

  test(`three things to try notice when they are done, and go away for good (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    const steps = page.getByRole("complementary", { name: "Three things to try" });
    await steps.getByRole("button", { name: /^Publish a record/ }).click();
    const form = page.getByRole("form", { name: "Publish" });
    await isFocused(page, "key");
    await send(form).click();
    await page.keyboard.press("Escape");
    if (size === "wide") await until(page, async () => (await steps.getByText("done").count()) === 1, "the first is done");
    await picture(page, `first-${size}`);
    assert.deepEqual(await axe(page), []);
    await steps.getByRole("button", { name: /^Kill broker/ }).click();
    if (size === "wide") await until(page, async () => (await steps.getByText("done").count()) === 2, "the second is done");
    await steps.getByRole("button", { name: /^Ask why/ }).click();
    await steps.getByText("That was all three.").waitFor();
    assert.deepEqual(await axe(page), []);
    await steps.getByRole("button", { name: "Hide these" }).click();
    await steps.waitFor({ state: "detached" });
    await page.reload();
    await ready(page);
    assert.equal(await steps.count(), 0);
  }));
}

test("where nothing has the focus, the page's keys are the playground's", () => on({}, async (page) => {
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: /Key to the marks|Words/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.querySelector("partita-playground").shadowRoot.activeElement?.blur());
  await page.keyboard.press("Control+k");
  await field(page).fill("orders");
  await page.keyboard.press("Escape");
  // In another field of the page, or with two elements, they are not.
  await page.evaluate(() => document.querySelector("main").append(Object.assign(document.createElement("input"), { ariaLabel: "host" })));
  await page.getByRole("textbox", { name: "host" }).focus();
  await page.keyboard.press("?");
  assert.equal(await page.getByRole("textbox", { name: "host" }).inputValue(), "?");
  assert.equal(await page.getByRole("dialog").count(), 0);
}));

test("arrows move over what is found, Escape gives the focus back", () => on({}, async (page) => {
  await page.getByRole("button", { name: "Broker 1", exact: true }).focus();
  await page.keyboard.press("Control+k");
  await field(page).fill("orders");
  await comes(() => chosen(page).innerText(), /orders/);
  const first = await chosen(page).innerText();
  await page.keyboard.press("ArrowDown");
  await until(page, async () => (await chosen(page).innerText()) !== first, "another is chosen");
  await page.keyboard.press("ArrowUp");
  await comes(() => chosen(page).innerText(), first);
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "detached" });
  await isFocused(page, "Broker 1");
  await page.keyboard.press("Control+k");
  await field(page).fill("qqqq");
  await page.getByText("Nothing is called that.").waitFor();
}));

test("Enter does what is written, however quickly it comes", () => on({}, async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+k");
  await field(page).evaluate((input) => {
    input.value = "broker 2 kill pro";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }));
  });
  await becomes(page, 2, /Killed/);
}));

test("two Escapes leave what is open and then what is chosen, however quickly they come", () => on({ size: "embed" }, async (page) => {
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await records(page, "orders", 0).last().click();
  await inspector(page).getByRole("heading", { name: "Record" }).waitFor();
  await sheet(page, "Events");
  await page.getByRole("tabpanel", { name: "Events" }).waitFor();
  await page.getByRole("tab", { name: "Events" }).evaluate((tab) => {
    for (let n = 0; n < 2; n += 1) tab.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true, cancelable: true }));
  });
  await page.getByRole("tabpanel", { name: "Events" }).waitFor({ state: "hidden" });
  await comes(() => page.getByRole("gridcell", { selected: true }).count(), 0);
}));

/** Something that is shown has the focus. */
const isSomewhere = (page, what) => until(page, () => page.evaluate(() => {
  const active = document.querySelector("partita-playground").shadowRoot.activeElement;
  return active !== null && active.checkVisibility();
}), what);

for (const size of ["embed", "phone"]) {
  test(`what had the focus may be hidden: then something else has it (${size})`, () => on({ size }, async (page) => {
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    // From a record to its frame: what was pressed is gone when that is closed.
    await records(page, "orders", 0).last().click();
    await inspector(page).getByRole("button", { name: /^Produce of .+, frame \d+$/ }).click();
    await page.getByRole("tree", { name: "Fields" }).waitFor();
    await page.keyboard.press("Escape");
    await isSomewhere(page, "the focus after a frame");
    // A key that leads to another view, and what is chosen there and let go.
    await page.keyboard.press("3");
    await page.getByRole("tabpanel", { name: "Messages" }).waitFor();
    await isSomewhere(page, "the focus after a view");
    for (const view of ["Log", "Groups", "Brokers", "Trace"]) {
      await pane(page, view);
      await page.keyboard.press("4");
      await page.getByRole("tabpanel", { name: "Configs" }).waitFor();
      await isSomewhere(page, `the focus after ${view}`);
    }
  }));
}

test("the focus goes back to where it was, however quickly the palette's field had it", () => on({}, async (page) => {
  await page.evaluate(() => {
    const root = document.querySelector("partita-playground").shadowRoot;
    new MutationObserver(() => root.querySelector("[role=dialog][aria-label=Find] [role=combobox]")?.focus()).observe(root, { childList: true, subtree: true });
  });
  await page.getByRole("button", { name: "Broker 1", exact: true }).focus();
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.keyboard.press("Escape");
  await isFocused(page, "Broker 1");
}));
