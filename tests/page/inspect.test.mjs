// The inspector, the events' filter, causes and effects.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, speed } from "./faults.mjs";
import { axe, comes, pages, pane, picture, until } from "./page.mjs";

const { on } = pages();

const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });
const heading = (page) => inspector(page).getByRole("heading", { level: 2 });
const choose = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const causes = (page) => page.getByRole("region", { name: "Causes and effects" });

test("every kind of thing is told of in one place, and leads on to what belongs to it", () => on({}, async (page) => {
  for (const [name, kind, fact] of [["orders", "Topic", /replicas\s*3 of each/], ["Broker 2", "Broker", /leads/], ["Controller 1", "Controller", /quorum role/], ["billing", "Group", /coordinator/], ["checkout", "Producer", /acks\s*all/]]) {
    await choose(page, name);
    await comes(() => heading(page).innerText(), kind);
    await until(page, async () => fact.test(await inspector(page).innerText()), `${kind}: ${fact}`);
    assert.deepEqual(await axe(page), [], kind);
  }
  await inspector(page).getByRole("button", { name: "orders", exact: true }).click();
  await comes(() => heading(page).innerText(), "Topic");
  await page.keyboard.press("Escape");
  await page.getByText("Choose anything").waitFor();
}));

test("what can be done to a thing stands with it", () => on({}, async (page) => {
  await choose(page, "Broker 2");
  await inspector(page).getByRole("button", { name: "Pause: its processes stand still" }).click();
  await inspector(page).getByRole("button", { name: "Resume" }).waitFor();
  await until(page, async () => /paused/.test(await inspector(page).innerText()), "the broker is paused");
  await inspector(page).getByRole("button", { name: "Resume" }).click();
  await inspector(page).getByRole("button", { name: "Pause: its processes stand still" }).waitFor();
}));

test("a fault's effects lead to the election, and the scene marks whom they tell of", () => on({}, async (page) => {
  await act(page, 2, "Kill the process");
  await speed(page, 10);
  await page.getByRole("combobox", { name: "Kind" }).selectOption({ label: "faults and refusals" });
  await page.getByRole("combobox", { name: "Party" }).selectOption({ label: "broker 2" });
  const fault = page.getByRole("list", { name: "Events, newest first" }).getByRole("button", { name: /^why\? .*broker 2/ }).last();
  await fault.click();
  await until(page, async () => /leads orders/.test(await causes(page).innerText()), "the election among the effects", 40_000);
  await comes(() => causes(page).innerText(), /you killed/);
  await comes(() => heading(page).innerText(), "Event");
  await page.locator(".pt-part[data-told]").first().waitFor();
  await page.locator('.pt-brk[data-broker="2"][data-told]').waitFor();
  await picture(page, "story-wide");
  assert.deepEqual(await axe(page), []);
  // An effect can be chosen in its turn, and has the fault among its causes.
  await causes(page).getByRole("button", { name: /leads orders/ }).first().click();
  await until(page, async () => /^Why: broker \d leads orders/.test(await causes(page).innerText()), "the election is chosen");
  await until(page, async () => /you killed/.test(await causes(page).innerText()), "the kill among its causes");
}));

test("an event of a course that was undone is no longer chosen", () => on({}, async (page) => {
  await act(page, 3, "Kill the process");
  await page.getByRole("list", { name: "Events, newest first" }).getByRole("button", { name: /^why\? .*kill/ }).first().click();
  await causes(page).waitFor();
  await page.keyboard.press("Control+z");
  await causes(page).waitFor({ state: "detached" });
}));

test("the events' text is found by a letter, and nothing found is said", () => on({}, async (page) => {
  const text = page.getByRole("searchbox", { name: "Text" });
  await text.fill("no such thing");
  await page.getByText("None of the last events is like that.").waitFor();
  await page.getByRole("button", { name: "show all" }).click();
  await page.getByRole("button", { name: /^why\?/ }).first().waitFor();
}));

for (const size of ["embed", "phone"]) {
  test(`things can be chosen and asked where there is little room (${size})`, () => on({ size }, async (page) => {
    if (size === "embed") await page.locator(".pt-sheets").getByRole("button", { name: "Brokers" }).click();
    await pane(page, "Brokers");
    await choose(page, "Broker 2");
    await comes(() => heading(page).innerText(), "Broker");
    assert.deepEqual(await axe(page), []);
    await picture(page, `inspector-${size}`);
    await inspector(page).getByRole("button", { name: "Close" }).click();
    if (size === "embed") await page.locator(".pt-sheets").getByRole("button", { name: "Events" }).click();
    await pane(page, "Trace");
    await page.getByRole("button", { name: /^why\?/ }).first().click();
    await causes(page).waitFor();
    assert.deepEqual(await axe(page), []);
    await picture(page, `story-${size}`);
  }));
}
