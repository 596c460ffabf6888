// Axe finds nothing in any view or state, in either theme: what other files do not open by the way is opened here, one state after the other.

import { test } from "node:test";
import { act, faults } from "./faults.mjs";
import { finds } from "./flows.mjs";
import { ALL, inspector, menu, pages, pane, picture, publishing, tab, topic, well } from "./page.mjs";

const { on } = pages();

const element = (page, what, ...args) => page.evaluate(([call, given]) => document.querySelector("partita-playground")[call](...given), [what, args]);

const form = (page) => page.getByRole("form", { name: "Publish" });
const dialog = (page, name) => page.getByRole("dialog", { name }).waitFor();

/** Each opens something, and says when it is there; Escape closes it. */
const SHEETS = {
  "Create topic": async (page) => { await finds(page, "create topic"); await dialog(page, "Create topic"); },
  "Add partitions": async (page) => { await finds(page, "orders add partitions"); await dialog(page, /^Add partitions to orders/); },
  "Add group": async (page) => { await finds(page, "add group"); await page.getByRole("form", { name: "New group" }).waitFor(); },
  "Add a member": async (page) => { await finds(page, "billing add a member with"); await page.getByRole("dialog").first().waitFor(); },
  "Add a producer": async (page) => { await finds(page, "add a producer with"); await dialog(page, "Add a producer"); },
  "Reset offsets": async (page) => { await finds(page, "billing reset offsets"); await dialog(page, /^Reset the offsets/); },
  "Faults": async (page) => { await finds(page, "broker 2 links, responses"); await dialog(page, "Faults of node 2"); },
  "Network": async (page) => { await finds(page, "show the network"); await dialog(page, "Network"); },
  "Session": async (page) => { await menu(page, "More", "Session: seed, link, file…"); await dialog(page, "Session"); },
  "Histories": async (page) => { await menu(page, "More", "Histories…"); await dialog(page, "Histories"); },
  "Marks": async (page) => { await menu(page, "More", "Key to the marks"); await dialog(page, "Key to the marks"); },
  "Words": async (page) => { await menu(page, "More", "All words"); await dialog(page, "Words"); },
  "Palette": async (page) => { await menu(page, "More", "Find anything…"); await page.getByRole("dialog", { name: "Find" }).getByRole("combobox").fill("or"); },
  "Nothing found": async (page) => { await menu(page, "More", "Find anything…"); await page.getByRole("dialog", { name: "Find" }).getByRole("combobox").fill("zzzz"); },
  "Menu": async (page) => { await page.getByRole("button", { name: "More", exact: true }).click(); await page.getByRole("menu").waitFor(); },
};

/** Whatever has a name can be chosen, and is told of in one place. */
const THINGS = ["topic orders", "partition orders 1", "group billing", "member c1", "producer checkout", "broker 2", "controller 1", "link 1"];

for (const size of ALL) {
  test(`what lies over the stage (${size})`, () => on({ size }, async (page) => {
    await element(page, "time", { do: "pause" });
    for (const [name, opens] of Object.entries(SHEETS)) {
      await opens(page);
      await well(page, name);
      await page.keyboard.press("Escape");
    }
  }));

  test(`whatever is chosen (${size})`, () => on({ size }, async (page) => {
    await element(page, "time", { do: "pause" });
    for (const thing of THINGS) {
      await finds(page, thing);
      await inspector(page).getByRole("button", { name: "Close", exact: true }).waitFor();
      await well(page, thing);
      if (size === "phone") await picture(page, `inspector-${thing.replaceAll(" ", "-")}-${size}`);
      await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    }
    // A setting.
    await tab(page, "Configs");
    await page.getByRole("button", { name: "cleanup.policy", exact: true }).click();
    await inspector(page).getByText("what counts").or(inspector(page).getByText("type", { exact: true })).first().waitFor();
    await well(page, "a setting");
    await page.getByRole("checkbox", { name: "Idle ones too" }).check();
    await well(page, "idle settings");
  }));

  test(`Publish, as it is filled in and as it fails (${size})`, () => on({ size }, async (page) => {
    await publishing(page);
    await form(page).getByRole("button", { name: "none", exact: true }).click();
    await form(page).getByRole("checkbox", { name: "Header 1: null instead of a value" }).check();
    await form(page).getByRole("checkbox", { name: "value: null" }).check();
    await form(page).getByRole("button", { name: /, acks all/ }).click();
    await form(page).getByRole("button", { name: "If partitions are added" }).click();
    await well(page, "one record, all open");
    for (const what of ["lines", "JSON lines", "sample orders"]) {
      await form(page).getByLabel("what").selectOption(what);
      await well(page, what);
    }
    await form(page).getByLabel("what").selectOption("JSON lines");
    await form(page).getByRole("textbox", { name: "JSON lines" }).fill('{"qty":');
    await form(page).getByRole("button", { name: /^Send/ }).click();
    await form(page).getByText(/Line 1, column \d+: EOF/).waitFor();
    await well(page, "a line that is none");
  }));

  test(`a cluster in trouble, its past, and the question before what is lost (${size})`, () => on({ size }, async (page) => {
    await act(page, 1, "Kill the process");
    await act(page, 2, /^Pause/);
    await act(page, 3, /^Isolate/);
    await faults(page).getByText(/cut/).first().waitFor();
    await well(page, "brokers in trouble");
    await page.keyboard.press("Escape");
    await pane(page, "Log");
    await well(page, "partitions in trouble");
    await pane(page, "Groups");
    await menu(page, "c1: actions", /^Crash/);
    await menu(page, "c2: actions", /^Pause/);
    await page.getByText("stands still").first().waitFor();
    await well(page, "members in trouble");
    await element(page, "time", { do: "pause" });
    await pane(page, "Log");
    await menu(page, "orders: actions", "Delete topic");
    await page.getByText("Delete orders").waitFor();
    await well(page, "a question");
    await page.keyboard.press("Escape");
    await element(page, "time", { do: "seek", atUs: 6_000_000 });
    await page.getByText("what you do begins a fork").waitFor();
    await well(page, "the past");
    await element(page, "time", { do: "seek", atUs: 0 });
    await topic(page, "orders").waitFor({ state: "detached" });
    await well(page, "the beginning");
  }));
}
