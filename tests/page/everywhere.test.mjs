// Every flow where there is less room: what a wide screen shows at once is reached here through sheets, tabs and menus.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, broker, clock, leaderOf, passes, said, speed } from "./faults.mjs";
import * as flows from "./flows.mjs";
import { axe, comes, group, logEnds, menu, pages, pane, picture, publishing, sheet, tab, topic, until } from "./page.mjs";

const { on, visit } = pages();
const SMALL = ["embed", "phone"];
const ALL = ["wide", ...SMALL];

const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });
const slider = (page) => page.getByRole("slider", { name: "Time", exact: true });
const faults = (page) => page.getByRole("list", { name: "Faults in force" });

/** What the palette finds first is done; the menu leads to it. */
async function finds(page, text) {
  await menu(page, "More", "Find anything…");
  await page.getByRole("dialog", { name: "Find" }).getByRole("combobox").fill(text);
  await page.keyboard.press("Enter");
}

/** Drags the playhead to this share of the line. */
async function drags(page, to) {
  const plot = await slider(page).boundingBox();
  const y = plot.y + plot.height / 2;
  await page.mouse.move(plot.x + plot.width * 0.9, y);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * to, y, { steps: 6 });
  await page.mouse.up();
}

for (const size of SMALL) {
  test(`members stand still, lag, crash and come back (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Groups");
    const billing = page.getByRole("region", { name: "Group billing" });
    const owns = (name) => group(page, "billing").locator(`.pt-mem[data-member="${name}"] .pt-own`).count();
    await menu(page, "c2: actions", /Slow down/);
    await menu(page, "c2: actions", /full speed/);
    await menu(page, "c2: actions", /^Pause/);
    await billing.getByText("stands still").waitFor();
    await picture(page, `member-still-${size}`);
    await menu(page, "c2: actions", "Resume");
    await billing.getByText("stands still").waitFor({ state: "detached" });
    await flows.crashesAMember(page, "c2");
    await speed(page, 30);
    await until(page, async () => (await owns("c1")) === 3, "c1 owns all", 40_000);
    await billing.getByRole("button", { name: "Add member" }).click();
    await until(page, async () => (await owns("c3")) > 0, "the new member owns", 40_000);
    await menu(page, "billing: actions", "Add a member with…");
    await page.getByRole("dialog").getByRole("button", { name: "Add member" }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
  }));

  test(`JSON lines, a generator, acks and compression (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    const form = await publishing(page);
    const send = form.getByRole("button", { name: /^Send/ });
    const says = (what) => until(page, async () => what.test(await form.getByRole("status").last().innerText()), `${what} said`, 20_000);
    await form.getByLabel("what").selectOption("JSON lines");
    await form.getByRole("textbox", { name: "JSON lines" }).fill('{"key": "user-3", "value": {"qty": 2}, "headers": {"a": "b"}}\n{"qty": 3}');
    await send.click();
    await says(/2 records to orders: /);
    await form.getByLabel("what").selectOption("sample orders");
    await form.getByLabel("count").fill("200");
    await form.getByRole("button", { name: /, acks all/ }).click();
    await form.getByLabel("per second").fill("20");
    await form.getByLabel("compression").selectOption("gzip");
    await send.click();
    await form.getByText(/\d+ of 200 handed over/).waitFor();
    await picture(page, `publish-rate-${size}`);
    assert.deepEqual(await axe(page), []);
    await form.getByRole("button", { name: "Stop" }).click();
    await says(/\d+ records to orders: /);
    await form.getByLabel("what").selectOption("one record");
    await form.locator("[data-field=key]").fill("user-42");
    await form.getByRole("button", { name: "If partitions are added" }).click();
    await form.getByText(/of the \d+ keys seen so far would go to another one/).waitFor();
  }));

  test(`a producer is stopped, started, made faster and closed (${size})`, () => on({ size }, async (page) => {
    await publishing(page);
    await page.getByRole("button", { name: "Stop checkout" }).click();
    await page.getByRole("button", { name: "Start checkout" }).click();
    const rate = page.getByLabel("checkout: records a second");
    await rate.fill("20");
    await rate.press("Enter");
    await page.getByRole("button", { name: "checkout", exact: true }).click();
    await until(page, async () => /in flight/.test(await inspector(page).innerText()) && /sequence/.test(await inspector(page).innerText()), "its life");
    await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    await menu(page, "checkout: actions", "Close producer");
    await page.getByRole("button", { name: "Stop checkout" }).waitFor({ state: "detached" });
  }));

  test(`time: steps, speed, scrubbing, a fork, comparing, undo, redo (${size})`, () => on({ size }, async (page) => {
    await act(page, 3, "Kill the process");
    await speed(page, 10);
    await passes(page, 3_000);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    const now = await clock(page);
    await page.getByRole("button", { name: "Step one event" }).click();
    await until(page, async () => (await clock(page)) >= now, "a step");
    await drags(page, 0.3);
    await until(page, async () => (await clock(page)) < now, "an earlier moment");
    await page.getByText("what you do begins a fork").waitFor();
    await picture(page, `rewound-${size}`);
    assert.deepEqual(await axe(page), []);
    await menu(page, "More", "Run to the next notable event");
    await until(page, async () => (await clock(page)) > 0 && (await page.getByRole("button", { name: "Play", exact: true }).isVisible()), "it rests there");
    await drags(page, 0.4);
    await act(page, 2, /^Pause/);
    await page.keyboard.press("Escape");
    // Until after the moment of the kill, which did not happen here.
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await until(page, async () => (await clock(page)) > now, "the moment at which the other history ends", 30_000);
    await menu(page, "More", "Histories…");
    const dialog = page.getByRole("dialog", { name: "Histories" });
    await comes(() => dialog.getByRole("textbox", { name: /^Name of history/ }).count(), 2);
    await dialog.getByRole("row", { name: /what you did/ }).getByText("kill node 3").waitFor();
    await picture(page, `forked-${size}`);
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole("button", { name: "Look at main" }).click();
    await page.keyboard.press("Escape");
    await menu(page, "More", "Back to now").catch(() => {});
    await pane(page, "Brokers");
    await sheet(page, "Brokers");
    await until(page, async () => /Killed/.test(await broker(page, 3).innerText()), "the kill is in it");
    await menu(page, "More", "Undo");
    await until(page, async () => /Alive/.test(await broker(page, 3).innerText()), "alive");
    await menu(page, "More", "Redo");
    await until(page, async () => /Killed/.test(await broker(page, 3).innerText()), "dead again");
  }));

  test(`a session is shared, begun with another seed, saved, opened and reset (${size})`, () => on({ size }, async (page) => {
    await flows.createsATopic(page, "extra", "2");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await menu(page, "More", "Share: copy the link");
    await said(page).getByText(/Link copied/).waitFor();
    await picture(page, `shared-${size}`);
    assert.deepEqual(await axe(page), []);
    const other = await visit({ size, url: await page.evaluate(() => navigator.clipboard.readText()) });
    await topic(other, "extra").waitFor({ state: "attached" });
    await other.context().close();
    await menu(page, "More", "Session: seed, link, file…");
    const session = page.getByRole("dialog", { name: "Session" });
    const [download] = await Promise.all([page.waitForEvent("download"), session.getByRole("button", { name: "Save as a file" }).click()]);
    await session.getByRole("textbox", { name: "seed" }).fill("7");
    await session.getByRole("button", { name: "Begin anew with it" }).click();
    await topic(page, "extra").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await flows.createsATopic(page, "second", "1");
    await menu(page, "More", "Reset to the first scene");
    await topic(page, "second").waitFor({ state: "detached" });
    await until(page, async () => (await logEnds(page, "orders")).length === 3, "the first scene");
    await menu(page, "More", "Session: seed, link, file…");
    await session.getByLabel("Open a file").setInputFiles(await download.path());
    await topic(page, "extra").waitFor({ state: "attached" });
  }));

  test(`events are filtered, and lead to their causes (${size})`, () => on({ size }, async (page) => {
    await act(page, 2, "Kill the process");
    await page.keyboard.press("Escape");
    await speed(page, 10);
    await tab(page, "Events");
    await page.getByRole("combobox", { name: "Kind" }).selectOption({ label: "faults and refusals" });
    await page.getByRole("combobox", { name: "Party" }).selectOption({ label: "broker 2" });
    await page.getByRole("list", { name: "Events, newest first" }).getByRole("button", { name: /^why\? .*broker 2/ }).last().click();
    const causes = page.getByRole("region", { name: "Causes and effects" });
    await until(page, async () => /leads orders/.test(await causes.innerText()), "the election among the effects", 40_000);
    await comes(() => causes.innerText(), /you killed/);
    await picture(page, `causes-${size}`);
    assert.deepEqual(await axe(page), []);
  }));

  test(`a partition is reassigned, and its preferred leader elected (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await topic(page, "orders").getByRole("gridcell", { name: /^orders partition 0, / }).click();
    const replicas = inspector(page).getByRole("textbox", { name: "replicas" });
    const [first, ...rest] = (await replicas.inputValue()).split(", ");
    await replicas.fill([...rest, first].join(","));
    await inspector(page).getByRole("button", { name: "Reassign" }).click();
    await until(page, async () => (await inspector(page).getByRole("status").count()) > 0, "it is done", 30_000);
    await inspector(page).getByRole("button", { name: "Elect the preferred leader" }).click();
    await until(page, async () => (await leaderOf(page, "orders", 0)) === Number(rest[0]), "the preferred leader leads", 30_000);
  }));

  test(`three things to try come one after the other (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    const steps = page.getByRole("complementary", { name: "Three things to try" });
    await steps.getByRole("button", { name: /^Publish a record/ }).click();
    await page.locator("[data-act=send]").click();
    await page.keyboard.press("Escape");
    await steps.getByRole("button", { name: /^Kill broker/ }).click();
    await steps.getByRole("button", { name: /^Ask why/ }).click();
    await steps.getByText("That was all three.").waitFor();
    assert.deepEqual(await axe(page), []);
    await steps.getByRole("button", { name: "Hide these" }).click();
    await steps.waitFor({ state: "detached" });
  }));
}

for (const size of ALL) {
  test(`brokers are paused, isolated, slowed, cut off, restarted and healed (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await act(page, 2, /^Pause/);
    await broker(page, 2).getByText("Paused").waitFor();
    await act(page, 2, "Resume");
    await broker(page, 2).getByText("Paused").waitFor({ state: "detached" });
    await act(page, 1, /^Isolate/);
    await faults(page).getByText(/cut/).first().waitFor();
    await act(page, 3, "Kill the process");
    await until(page, async () => /Killed/.test(await broker(page, 3).innerText()), "killed");
    // Who does not run keeps its name.
    await faults(page).getByText("broker 1 – broker 3: cut").waitFor();
    await picture(page, `isolated-${size}`);
    assert.deepEqual(await axe(page), []);
    await act(page, 3, "Restart");
    await page.getByRole("button", { name: "Heal all" }).click();
    await faults(page).waitFor({ state: "detached" });
    await act(page, 2, /^Links, responses/);
    const form = page.getByRole("dialog", { name: "Faults of node 2" });
    await form.getByLabel("latency").fill("80");
    await form.getByRole("button", { name: "Set the link" }).click();
    await form.getByText(/80/).first().waitFor();
    await picture(page, `faults-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await finds(page, "heal all");
    await pane(page, "Brokers");
    await sheet(page, "Brokers");
    await faults(page).waitFor({ state: "detached" });
  }));
}
