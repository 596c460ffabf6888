// Time that stands, goes fast and runs backwards; histories; and a session that is passed on: each flow at three sizes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, becomes, broker, brokers, clock, face, getsAnotherLeader, leaderOf, passes, pauses, plays, speed, timeline, victim } from "./faults.mjs";
import { createsATopic, isIn, members, result, says, send } from "./flows.mjs";
import { ALL, axe, comes, frames, keys, logEnds, menu, pages, picture, publishing, ready, tab, tapes, topic, until } from "./page.mjs";

const { on, visit, address } = pages();

const histories = (page) => page.getByRole("dialog", { name: "Histories" });
const session = (page) => page.getByRole("dialog", { name: "Session" });
const past = (page) => page.getByText("what you do begins a fork");

/** Drags the playhead from a share of the line to another. */
async function drags(page, from, to) {
  const plot = await timeline(page).boundingBox();
  const y = plot.y + plot.height / 2;
  await page.mouse.move(plot.x + plot.width * from, y);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * to, y, { steps: 6 });
  await page.mouse.up();
}

/** Does what the menu More has: where there is room, buttons do the same. */
async function does(page, button, item = button) {
  const own = page.getByRole("button", { name: button, exact: true });
  return (await own.isVisible()) ? own.click() : menu(page, "More", item);
}

for (const size of ALL) {
  test(`time stands still, goes step by step, and fast (${size})`, () => on({ size }, async (page) => {
    await pauses(page);
    const stood = await face(page);
    await frames(page, 20);
    assert.equal(await face(page), stood);
    // Events come in the same moment, too.
    const steps = async (step, there, what) => until(page, async () => { await step(); return there(await clock(page)); }, what);
    const rest = await clock(page);
    await steps(() => page.getByRole("button", { name: "Step one event" }).click(), (now) => now > rest, "steps");
    await speed(page, 30);
    await plays(page);
    const begun = Date.now();
    await passes(page, 20_000);
    assert.ok(Date.now() - begun < 10_000, "30 times as fast");
    // The same by keys.
    await keys(page);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.keyboard.press("[");
    await page.getByRole("button", { name: "Speed 10×, next stop" }).waitFor({ state: "attached" });
    const rested = await clock(page);
    await steps(() => page.keyboard.press("."), (now) => now > rested, "steps by their key");
    await steps(() => page.keyboard.press(","), (now) => now <= rested, "steps back by their key");
  }));

  test(`a record published while time stands still waits, and says so (${size})`, () => on({ size }, async (page) => {
    await pauses(page);
    const form = await publishing(page);
    await send(form).click();
    await comes(() => result(form).innerText(), /time stands still/);
    await plays(page);
    await says(form, /offset \d+/);
  }));

  test(`the line is scrubbed: by dragging, by keys, and from mark to mark (${size})`, () => on({ size }, async (page) => {
    await passes(page, 2_000);
    await pauses(page);
    const now = await clock(page);
    await drags(page, 0.7, 0.5);
    await until(page, async () => (await clock(page)) < now, "an earlier moment");
    await past(page).waitFor();
    await comes(() => timeline(page).getAttribute("aria-valuetext"), / of /);
    await picture(page, `rewound-${size}`);
    await does(page, "Back to now");
    await comes(() => clock(page), now);
    await past(page).waitFor({ state: "detached" });
    await timeline(page).focus();
    await page.keyboard.press("ArrowLeft");
    await comes(() => clock(page), now - 1_000);
    await page.keyboard.press("Home");
    await comes(() => clock(page), 0);
    // From one notable event to the next, which is chosen, and back.
    await page.keyboard.press("PageDown");
    await comes(() => timeline(page).getAttribute("aria-valuetext"), /; last: /);
    const first = await clock(page);
    await tab(page, "Events");
    await page.getByRole("region", { name: "Causes" }).getByRole("heading", { name: /^Why: / }).waitFor();
    await timeline(page).focus();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("PageDown");
    await until(page, async () => (await clock(page)) > first, "later marks");
    const there = await clock(page);
    await page.keyboard.press("PageUp");
    await until(page, async () => (await clock(page)) < there, "the mark before");
    await page.keyboard.press("End");
    await comes(() => clock(page), now);
    await does(page, "Run to the next notable event");
    await until(page, async () => (await clock(page)) > now, "time goes on", 30_000);
  }));

  test(`before the kill again: what is done there becomes a fork, by name, and both can be compared (${size})`, () => on({ size }, async (page) => {
    const [index, leader] = await victim(page);
    await passes(page, 1_000);
    const moment = await clock(page);
    await act(page, leader, "Kill the process");
    await speed(page, 10);
    await page.keyboard.press("Escape");
    await getsAnotherLeader(page, index, leader);
    await pauses(page);
    const end = await clock(page);
    await timeline(page).focus();
    for (let back = 0; back < 200 && (await clock(page)) > moment; back += 1) await page.keyboard.press("ArrowLeft");
    await comes(() => leaderOf(page, "orders", index), leader);
    await becomes(page, leader, /Alive/);
    await past(page).waitFor();
    await act(page, leader, /^Pause/);
    await page.keyboard.press("Escape");
    await past(page).waitFor({ state: "detached" });
    if (size === "wide") await page.getByRole("button", { name: "Histories: fork 1" }).waitFor();
    // Until after the end of the other history.
    await plays(page);
    await until(page, async () => (await clock(page)) > end, "the moment at which the other history ends", 30_000);
    await menu(page, "More", "Histories…");
    await comes(() => histories(page).getByRole("textbox", { name: /^Name of history/ }).count(), 2);
    await histories(page).getByRole("row", { name: /what you did/ }).getByText(`kill node ${leader}`).waitFor();
    await histories(page).getByRole("row", { name: new RegExp(`orders-${index}`) }).first().waitFor();
    await picture(page, `forked-${size}`);
    assert.deepEqual(await axe(page), []);
    await histories(page).getByRole("textbox", { name: "Name of history fork 1" }).fill("without it");
    await page.keyboard.press("Tab");
    await histories(page).getByRole("textbox", { name: "Name of history without it" }).waitFor();
    await histories(page).getByRole("button", { name: "Look at main" }).click();
    await histories(page).getByRole("button", { name: "Look at without it" }).waitFor();
    await page.keyboard.press("Escape");
    await timeline(page).focus();
    await page.keyboard.press("End");
    await becomes(page, leader, /Killed/);
  }));

  test(`undo takes the last act back, redo brings it back (${size})`, () => on({ size }, async (page) => {
    await act(page, 3, "Kill the process");
    await becomes(page, 3, /Killed/);
    await does(page, "Undo");
    await becomes(page, 3, /Alive/);
    await does(page, "Redo");
    await becomes(page, 3, /Killed/);
    await page.getByRole("button", { name: "Broker 3", exact: true }).focus();
    await page.keyboard.press("Control+z");
    await becomes(page, 3, /Alive/);
    await page.keyboard.press("Control+Shift+z");
    await becomes(page, 3, /Killed/);
  }));

  test(`causes lead from a new leader down to the kill, and the playhead follows (${size})`, () => on({ size }, async (page) => {
    const [index, leader] = await victim(page);
    await act(page, leader, "Kill the process");
    await page.keyboard.press("Escape");
    await speed(page, 10);
    await getsAnotherLeader(page, index, leader);
    await pauses(page);
    await tab(page, "Events");
    await page.getByRole("button", { name: new RegExp(`^why\\? .*leads orders ${index}`) }).first().click();
    const causes = page.getByRole("region", { name: "Causes" });
    const kill = causes.getByText(new RegExp(`you killed node ${leader}`, "i"));
    await kill.waitFor();
    await picture(page, `why-${size}`);
    await kill.click({ modifiers: ["Alt"] });
    await past(page).waitFor();
  }));

  test(`a link opens the same session in another page, and a damaged one says so (${size})`, () => on({ size }, async (page) => {
    await act(page, 3, "Kill the process");
    await page.keyboard.press("Escape");
    await passes(page, 1_000);
    await pauses(page);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await does(page, "Share", "Share: copy the link");
    await page.getByRole("status").filter({ hasText: /^Link copied, [\d\u202f]+ B/ }).waitFor();
    await picture(page, `shared-${size}`);
    assert.deepEqual(await axe(page), []);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(link.length < 2_048 + address().length, `${link.length} characters`);
    const ends = await logEnds(page, "orders");
    const other = await visit({ size, url: link });
    await comes(() => clock(other), await clock(page));
    await becomes(other, 3, /Killed/);
    await comes(() => logEnds(other, "orders"), ends);
    await other.context().close();
    const damaged = await visit({ size, url: `${link.slice(0, -6)}AAAAAA` });
    await damaged.getByRole("alert").filter({ hasText: /link/i }).waitFor();
    await brokers(damaged);
    await broker(damaged, 3).waitFor();
    await damaged.context().close();
  }));

  test(`a session is begun with another seed, saved as a file and opened again; a file that is none says where (${size})`, () => on({ size }, async (page) => {
    await createsATopic(page, "saved", "1");
    await menu(page, "More", "Session: seed, link, file…");
    const [download] = await Promise.all([page.waitForEvent("download"), session(page).getByRole("button", { name: "Save as a file" }).click()]);
    const path = await download.path();
    await session(page).getByRole("textbox", { name: "seed" }).fill("7");
    await session(page).getByRole("button", { name: "Begin anew with it" }).click();
    await topic(page, "saved").waitFor({ state: "detached" });
    await picture(page, `session-${size}`);
    await session(page).getByLabel("Open a file").setInputFiles(path);
    await topic(page, "saved").waitFor();
    await session(page).getByLabel("Open a file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('{\n  "partita": 1,\n  "setup": 5\n}') });
    await session(page).getByRole("alert").getByText(/line \d+/).waitFor();
  }));

  test(`reset brings the first scene back (${size})`, () => on({ size }, async (page) => {
    await createsATopic(page, "extra", "2");
    await menu(page, "More", "Reset to the first scene");
    await topic(page, "extra").waitFor({ state: "detached" });
    await comes(() => tapes(page, "orders").count(), 3);
    await isIn(page, "billing", "Stable");
    await comes(() => members(page, "billing").count(), 2);
  }));
}

test("loading the page again brings the session back", () => on({}, async (page) => {
  await createsATopic(page, "kept", "2");
  await passes(page, 1_500);
  const before = await clock(page);
  const kept = () => page.evaluate(() => sessionStorage.getItem("partita page"));
  const stood = await kept();
  await until(page, async () => (await kept()) !== stood, "what went by is kept");
  await page.reload();
  await ready(page);
  await until(page, async () => (await clock(page)) >= before, "the time of before");
  await topic(page, "kept").waitFor();
}));
