// The inspector, the events' filter, causes and effects.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opensADenseSession } from "./dense.mjs";
import { act, broker, brokers, pauses, plays, speed } from "./faults.mjs";
import { ALL, axe, comes, inspector, pages, pane, picture, publishing, stage, tab, until } from "./page.mjs";

const { on } = pages();

const heading = (page) => inspector(page).getByRole("heading", { level: 2 });
const choose = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const events = (page) => page.getByRole("list", { name: "Events, newest first" });
const causes = (page) => page.getByRole("region", { name: "Causes and effects" });

/** Where each kind of thing is found, what it is told to be, and a fact of it. */
const THINGS = [
  ["orders", (page) => pane(page, "Log"), "Topic", /replicas\s*3 of each/],
  ["Broker 2", brokers, "Broker", /leads/],
  ["Controller 1", brokers, "Controller", /quorum role/],
  ["checkout", publishing, "Producer", /acks\s*all/],
];

for (const size of ALL) {
  test(`every kind of thing is told of in one place, and leads on to what belongs to it (${size})`, () => on({ size }, async (page) => {
    for (const [name, goes, kind, fact] of THINGS) {
      await goes(page);
      await choose(page, name);
      await comes(() => heading(page).innerText(), kind);
      await until(page, async () => fact.test(await inspector(page).innerText()), `${kind}: ${fact}`);
      if (kind !== "Producer") await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    }
    await inspector(page).getByRole("button", { name: "orders", exact: true }).click();
    await comes(() => heading(page).innerText(), "Topic");
    await picture(page, `inspector-${size}`);
    await inspector(page).getByRole("button", { name: /^billing/ }).first().click();
    await comes(() => heading(page).innerText(), "Group");
    await inspector(page).getByRole("button", { name: "c1", exact: true }).first().click();
    await comes(() => heading(page).innerText(), "Member");
    await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    if (size === "wide") await page.getByText("Choose anything").waitFor();
  }));

  test(`what can be done to a thing stands with it (${size})`, () => on({ size }, async (page) => {
    await brokers(page);
    await choose(page, "Broker 2");
    await inspector(page).getByRole("button", { name: "Pause: its processes stand still" }).click();
    await inspector(page).getByRole("button", { name: "Resume" }).waitFor();
    await until(page, async () => /paused/.test(await inspector(page).innerText()), "the broker is paused");
    await inspector(page).getByRole("button", { name: "Resume" }).click();
    await inspector(page).getByRole("button", { name: "Pause: its processes stand still" }).waitFor();
  }));

  test(`a fault's effects lead to the election, and the scene marks whom they tell of (${size})`, () => on({ size }, async (page) => {
    await act(page, 2, "Kill the process");
    await page.keyboard.press("Escape");
    await speed(page, 10);
    await tab(page, "Events");
    await page.getByRole("combobox", { name: "Kind" }).selectOption({ label: "faults and refusals" });
    await page.getByRole("combobox", { name: "Party" }).selectOption({ label: "broker 2" });
    await events(page).getByRole("button", { name: /^why\? .*broker 2/ }).last().click();
    await until(page, async () => /leads orders/.test(await causes(page).innerText()), "the election among the effects", 40_000);
    await comes(() => causes(page).innerText(), /you killed/);
    if (size === "wide") await comes(() => heading(page).innerText(), "Event");
    await picture(page, `story-${size}`);
    assert.deepEqual(await axe(page), []);
    // An effect can be chosen in its turn, and has the fault among its causes.
    await causes(page).getByRole("button", { name: /leads orders/ }).first().click();
    await until(page, async () => /^Why: broker \d leads orders/.test(await causes(page).innerText()), "the election is chosen");
    await until(page, async () => /you killed/.test(await causes(page).innerText()), "the kill among its causes");
    // Those of whom they tell are marked, for those who listen as well.
    await pane(page, "Log");
    await stage(page).getByRole("row", { name: /^orders partition \d, .*, in the chosen event's story$/ }).first().waitFor();
    await pane(page, "Brokers");
    if (size !== "embed") await broker(page, 2).getByText("in the chosen event's story").waitFor();
  }));

  test(`an event of a course that was undone is no longer chosen (${size})`, () => on({ size }, async (page) => {
    await act(page, 3, "Kill the process");
    await tab(page, "Events");
    await events(page).getByRole("button", { name: /^why\? .*kill/ }).first().click();
    await causes(page).waitFor();
    await page.keyboard.press("Control+z");
    await causes(page).waitFor({ state: "detached" });
  }));

  test(`the events' text is found by a letter, and nothing found is said (${size})`, () => on({ size }, async (page) => {
    await tab(page, "Events");
    await page.getByRole("searchbox", { name: "Text" }).fill("no such thing");
    await page.getByText("None of the last events is like that.").waitFor();
    await page.getByRole("button", { name: "show all" }).click();
    await events(page).getByRole("button", { name: /^why\?/ }).first().waitFor();
  }));
}

test("while records come in floods, the list has no more rows than there is room for, and they keep the focus; at rest it has the others too", () => on({}, async (page) => {
  await opensADenseSession(page);
  await tab(page, "Events");
  const rows = () => events(page).getByRole("listitem").count();
  const isInList = () => events(page).evaluate((list) => list.contains(list.getRootNode().activeElement));
  assert.ok((await rows()) > 60, `${await rows()} rows at rest`);
  await plays(page);
  await until(page, async () => (await rows()) <= 24, "as many rows as there is room for");
  const [first, list] = await Promise.all([events(page).getByRole("listitem").last().boundingBox(), events(page).boundingBox()]);
  assert.ok(first.y + first.height >= list.y + list.height, JSON.stringify({ first, list }));
  await events(page).getByRole("button").nth(2).focus();
  const newest = await events(page).getByRole("listitem").first().innerText();
  await until(page, async () => (await events(page).getByRole("listitem").first().innerText()) !== newest, "other events");
  assert.ok(await isInList());
  await pauses(page);
  await until(page, async () => (await rows()) > 60, "the others");
}));
