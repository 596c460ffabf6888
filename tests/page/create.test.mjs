// The form for a new topic: short where there is little room, and nothing wrong in it before anybody wrote anything.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createsATopic, finds } from "./flows.mjs";
import { axe, comes, isFocused, opensSession, pages, pane, picture, tapes, until } from "./page.mjs";

const { on } = pages();

const form = (page) => page.getByRole("form", { name: "New topic" });
const opens = async (page) => {
  await pane(page, "Log");
  await page.getByRole("button", { name: "Create topic" }).first().click();
  await form(page).waitFor();
};
/** Opens brokers without a topic, and with nobody who would have one created. */
const empties = async (page) => {
  await opensSession(page, { setup: { seed: 7, brokers: 3 }, inputs: [], until: { at: "00:04" } });
  await page.getByText("Nothing is written yet").first().waitFor();
};

for (const [size, width, height] of [["wide", 1440, 900], ["embed", 720, 420], ["phone", 390, 844], ["phone", 360, 640]]) {
  test(`it fits where it comes up, with its tapes (${width} × ${height})`, () => on({ size, touch: size === "phone" }, async (page) => {
    await page.setViewportSize({ width, height });
    await opens(page);
    // The name that is offered is free.
    assert.equal(await form(page).getByLabel("topic", { exact: true }).inputValue(), "payments");
    assert.equal(await page.getByText("TOPIC_ALREADY_EXISTS").count(), 0);
    const [name, partitions] = await Promise.all(["topic", "partitions"].map((field) => form(page).getByLabel(field, { exact: true }).boundingBox()));
    assert.equal(Math.round(name.y), Math.round(partitions.y));
    const dialog = await page.getByRole("dialog", { name: "Create topic" }).boundingBox();
    const preview = await page.getByRole("list", { name: "Preview: 3 partitions" }).boundingBox();
    if (height > 500) assert.ok(preview.y + preview.height <= dialog.y + dialog.height, JSON.stringify({ preview, dialog }));
    await picture(page, `create-${width}`);
    assert.deepEqual(await axe(page), []);
    const settings = page.getByRole("group", { name: "Settings", exact: true });
    await settings.getByRole("button", { name: "settings: as the brokers have them", expanded: false }).click();
    await settings.getByRole("combobox", { name: "Setting" }).selectOption("retention.ms");
    await settings.getByRole("button", { name: "Set it" }).click();
    await settings.getByRole("textbox", { name: "retention.ms" }).fill("60000");
    await settings.getByRole("button", { name: "settings: 1 of its own", expanded: true }).click();
    await settings.getByRole("textbox", { name: "retention.ms" }).waitFor({ state: "detached" });
    await page.getByText(/--config retention\.ms=60000$/).waitFor();
    assert.deepEqual(await axe(page), []);
  }));

  test(`an empty cluster asks for a topic, and for nothing more once there is one (${width} × ${height})`, () => on({ size }, async (page) => {
    await page.setViewportSize({ width, height });
    await empties(page);
    await picture(page, `nothing-written-${width}`);
    assert.deepEqual(await axe(page), []);
    await page.getByRole("button", { name: "Create a topic: records need one" }).click();
    await until(page, () => form(page).getByLabel("topic", { exact: true }).evaluate((field) => field.getRootNode().activeElement === field), "the focus in the name");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await createsATopic(page, "orders", "2");
    await comes(() => form(page).count(), 0);
    await page.getByRole("button", { name: "Publish a record: its key decides where it goes" }).waitFor();
  }));
}

test("what comes up over the form for a first topic has the focus, and not that form", () => on({}, async (page) => {
  await empties(page);
  await finds(page, "show the network");
  const close = page.getByRole("dialog", { name: "Network" }).getByRole("button", { name: "Close", exact: true });
  await until(page, () => close.evaluate((button) => button.getRootNode().activeElement === button), "the focus in the sheet");
}));

test("Enter creates what is written, however quickly it comes", () => on({}, async (page) => {
  await opens(page);
  await form(page).evaluate((form) => {
    const [name, partitions] = form.querySelectorAll("input");
    for (const [field, text] of [[name, "returns"], [partitions, "7"]]) {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    form.requestSubmit();
  });
  await comes(() => tapes(page, "returns").count(), 7);
}));

test("each setting that is taken gets the focus, and it goes back to what adds them when one is dropped", () => on({}, async (page) => {
  await opens(page);
  const settings = page.getByRole("group", { name: "Settings", exact: true });
  await settings.getByRole("button", { name: "settings: as the brokers have them" }).click();
  for (const name of ["retention.ms", "cleanup.policy"]) {
    await settings.getByRole("combobox", { name: "Setting" }).selectOption(name);
    await settings.getByRole("button", { name: "Set it" }).click();
    await isFocused(page, name);
  }
  await settings.getByRole("group", { name: "retention.ms" }).getByRole("button").click();
  await until(page, () => settings.getByRole("button", { name: "Set it" }).evaluate((button) => button.getRootNode().activeElement === button), "the focus on what adds");
}));
