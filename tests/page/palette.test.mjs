// The palette, the explanations of words, and the first minute.

import assert from "node:assert/strict";
import { test } from "node:test";
import { broker } from "./faults.mjs";
import { axe, comes, frames, isFocused, pages, picture, topic, until } from "./page.mjs";

const { on } = pages();

const palette = (page) => page.getByRole("dialog", { name: "Find" });
const field = (page) => palette(page).getByRole("combobox");
const chosen = (page) => palette(page).getByRole("option", { selected: true });
/** Into the element, then the palette. */
async function find(page, text) {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+k");
  await field(page).fill(text);
  // Until it is looked for: Enter takes what the list shows.
  await frames(page, 3);
}

test("a few letters find an action, and Enter does it", () => on({}, async (page) => {
  await find(page, "broker 2 kill pro");
  await comes(() => chosen(page).innerText(), /broker 2: Kill the process/);
  assert.equal(await field(page).getAttribute("aria-activedescendant"), await chosen(page).getAttribute("id"));
  await picture(page, "palette-wide");
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press("Enter");
  await until(page, async () => /Killed/.test(await broker(page, 2).innerText()), "the broker is killed");
  await palette(page).waitFor({ state: "detached" });
}));

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

test("things, records, events and words are found", () => on({}, async (page) => {
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  for (const [text, kind] of [["topic orders", "Topic"], ["member c1", "Member"], ["link 1 2", "Link"], ["controller 3", "Controller"], ["partition orders 1", "Partition"]]) {
    await find(page, text);
    await page.keyboard.press("Enter");
    await until(page, async () => (await inspector.getByRole("heading", { level: 2 }).innerText()) === kind, kind);
  }
  await find(page, "high watermark");
  await palette(page).getByRole("option", { name: /^high watermark word/ }).click();
  await page.getByRole("dialog", { name: "Words" }).getByText(/all in-sync replicas have the log/).waitFor();
}));

for (const size of ["embed", "phone"]) {
  test(`the palette works where there is little room (${size})`, () => on({ size }, async (page) => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Find anything…" }).click();
    await field(page).fill("create topic");
    await picture(page, `palette-${size}`);
    assert.deepEqual(await axe(page), []);
    await palette(page).getByRole("option").first().click();
    await page.getByRole("form", { name: "New topic" }).waitFor();
  }));
}

test("a key explains the words of what has the focus, and of what is around", () => on({}, async (page) => {
  const words = page.getByRole("dialog", { name: "Words" });
  await topic(page, "orders").locator('[data-part="0"] .pt-cell').last().focus();
  await page.keyboard.press("?");
  await words.getByText("offset", { exact: true }).waitFor();
  assert.deepEqual((await words.getByRole("term").allInnerTexts()).slice(0, 3), ["offset", "key", "committed offset"]);
  await picture(page, "words-wide");
  assert.deepEqual(await axe(page), []);
  await words.getByRole("button", { name: "Key to the marks" }).click();
  await page.getByRole("dialog", { name: "Key to the marks" }).waitFor();
}));

test("three things to try notice when they are done, and go away for good", () => on({}, async (page) => {
  const steps = page.getByRole("complementary", { name: "Three things to try" });
  await steps.getByRole("button", { name: /^Publish a record/ }).click();
  await isFocused(page, "key");
  await page.locator("[data-act=send]").click();
  await until(page, async () => (await steps.getByText("done").count()) === 1, "the first is done");
  await picture(page, "first-wide");
  assert.deepEqual(await axe(page), []);
  await steps.getByRole("button", { name: /^Kill broker/ }).click();
  await until(page, async () => (await steps.getByText("done").count()) === 2, "the second is done");
  await steps.getByRole("button", { name: /^Ask why/ }).click();
  await steps.getByText("That was all three.").waitFor();
  await steps.getByRole("button", { name: "Hide these" }).click();
  await steps.waitFor({ state: "detached" });
  await page.reload();
  await page.locator("partita-playground .pt[data-ready]").waitFor();
  assert.equal(await steps.count(), 0);
}));
