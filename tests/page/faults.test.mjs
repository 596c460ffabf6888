// A cluster that breaks and heals, and time that runs backwards, in the page with its own engine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, broker, clock, history, isrOf, leaderOf, partition, passes, said, speed, spoken } from "./faults.mjs";
import * as flows from "./flows.mjs";
import { axe, comes, logEnds, menu, pages, pane, picture, publishing, topic, until } from "./page.mjs";

const { on, visit, address } = pages();

const sum = (ends) => ends.reduce((all, end) => all + Number(end), 0);
const failed = (page) => page.locator('.pt-producer[data-producer="checkout"] [title]').getAttribute("title");

/** A partition of orders whose leader is not the node of the active controller, and that leader. */
async function victim(page) {
  const controller = Number(await page.locator(".pt-brk", { hasText: "controller" }).getAttribute("data-broker"));
  for (const index of [0, 1, 2]) {
    const leader = await leaderOf(page, "orders", index);
    if (leader !== controller) return [index, leader];
  }
  throw new Error("the controller leads all");
}

test("a leader dies in the middle of acks=all records: another leads, and nothing acknowledged is lost", () => on({}, async (page) => {
  const rate = page.getByLabel("checkout: records a second");
  await rate.fill("20");
  await rate.press("Enter");
  const [index, leader] = await victim(page);
  await until(page, async () => (await isrOf(page, "orders", index)).length === 3, "three in sync");
  await act(page, leader, "Kill the process");
  await until(page, async () => /Killed/.test(await broker(page, leader).innerText()), "the broker dead");
  await picture(page, "killed-wide");
  await speed(page, 10);
  await until(page, async () => ![leader, null].includes(await leaderOf(page, "orders", index)), "another leader", 30_000);
  assert.ok(!(await isrOf(page, "orders", index)).includes(leader), "the dead one is out of the ISR");
  await until(page, async () => /fenced/.test(await broker(page, leader).innerText()), "it is fenced");
  const before = sum(await logEnds(page, "orders"));
  await until(page, async () => sum(await logEnds(page, "orders")) > before + 20, "records go on", 30_000);
  assert.match(await failed(page), /, 0 failed$/);
  await picture(page, "broker-down-wide");
  await act(page, leader, "Restart");
  await until(page, async () => (await isrOf(page, "orders", index)).length === 3, "three in sync again", 60_000);
  await comes(() => broker(page, leader).innerText(), /Alive/);
}));

test("a paused broker is fenced, and comes back when it is resumed", () => on({}, async (page) => {
  const [index, leader] = await victim(page);
  await act(page, leader, /^Pause/);
  await broker(page, leader).getByText("Paused").waitFor();
  await speed(page, 10);
  await until(page, async () => (await leaderOf(page, "orders", index)) !== leader, "another leader", 30_000);
  await act(page, leader, "Resume");
  await until(page, async () => (await isrOf(page, "orders", index)).length === 3, "three in sync again", 60_000);
  await broker(page, leader).getByText("Alive").waitFor();
}));

test("a link that is cut is shown, takes its follower out of the ISR, and heals", () => on({}, async (page) => {
  const controller = Number(await page.locator(".pt-brk", { hasText: "controller" }).getAttribute("data-broker"));
  const [one, other] = [1, 2, 3].filter((id) => id !== controller);
  await act(page, one, `Cut the link to broker ${other}`);
  await page.getByRole("list", { name: "Faults in force" }).getByText(/cut/).waitFor();
  const led = [];
  for (const index of [0, 1, 2]) if ((await leaderOf(page, "orders", index)) === one) led.push(index);
  await speed(page, 10);
  for (const index of led) {
    await until(page, async () => !(await isrOf(page, "orders", index)).includes(other), `broker ${other} out of the ISR`, 60_000);
  }
  await picture(page, "cut-wide");
  assert.deepEqual(await axe(page), []);
  await act(page, one, `Heal the link to broker ${other}`);
  await page.getByRole("list", { name: "Faults in force" }).waitFor({ state: "detached" });
  for (const index of led) {
    await until(page, async () => (await isrOf(page, "orders", index)).length === 3, "in sync again", 60_000);
  }
}));

test("before the kill again: what is done there becomes a fork, by name, and both can be compared", () => on({}, async (page) => {
  const [index, leader] = await victim(page);
  await passes(page, 1_000);
  const moment = await clock(page);
  await act(page, leader, "Kill the process");
  await speed(page, 10);
  await until(page, async () => (await leaderOf(page, "orders", index)) !== leader, "another leader", 30_000);
  const time = page.getByRole("slider", { name: "Time" });
  await time.focus();
  for (let back = 0; back < 200 && (await clock(page)) > moment; back++) await page.keyboard.press("ArrowLeft");
  await comes(() => leaderOf(page, "orders", index), leader);
  await comes(() => broker(page, leader).innerText(), /Alive/);
  await page.getByText("what you do begins a fork").waitFor();
  await comes(() => time.getAttribute("aria-valuetext"), / of /);
  await picture(page, "rewound-wide");
  assert.deepEqual(await axe(page), []);
  await act(page, leader, /^Pause/);
  await until(page, async () => (await history(page)) === "fork 1", "a fork");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await passes(page, 12_000);
  await page.locator(".pt-history").click();
  const sheet = page.getByRole("dialog", { name: "Histories" });
  await comes(() => sheet.getByRole("textbox", { name: /^Name of history/ }).count(), 2);
  await sheet.getByRole("row", { name: /what you did/ }).getByText(`kill node ${leader}`).waitFor();
  await sheet.getByRole("row", { name: new RegExp(`orders-${index}`) }).first().waitFor();
  await picture(page, "forked-wide");
  assert.deepEqual(await axe(page), []);
  await sheet.getByRole("button", { name: "Look at main" }).click();
  await until(page, async () => (await history(page)) === "main", "the first history");
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await until(page, async () => /Killed/.test(await broker(page, leader).innerText()), "the kill is in it");
}));

test("undo takes the last act back, redo brings it back", () => on({}, async (page) => {
  await act(page, 3, "Kill the process");
  await until(page, async () => /Killed/.test(await broker(page, 3).innerText()), "dead");
  await page.getByRole("button", { name: "Undo" }).click();
  await until(page, async () => /Alive/.test(await broker(page, 3).innerText()), "alive");
  await page.getByRole("button", { name: "Redo" }).click();
  await until(page, async () => /Killed/.test(await broker(page, 3).innerText()), "dead again");
  await page.locator(".pt-stage").focus();
  await page.keyboard.press("Control+z");
  await until(page, async () => /Alive/.test(await broker(page, 3).innerText()), "alive");
}));

test("dragging the timeline rewinds; stepping back and forth moves by events", () => on({}, async (page) => {
  await passes(page, 2_000);
  await page.getByRole("button", { name: "Pause" }).click();
  const now = await clock(page);
  const plot = await page.getByRole("slider", { name: "Time" }).boundingBox();
  await page.mouse.move(plot.x + plot.width * 0.7, plot.y + 40);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 40, { steps: 8 });
  await page.mouse.up();
  await until(page, async () => (await clock(page)) < now, "an earlier moment");
  const then = await clock(page);
  const event = await page.getByRole("button", { name: "Step one event" });
  await event.click();
  await event.click();
  assert.ok((await clock(page)) >= then);
  const forth = await clock(page);
  for (let i = 0; i < 8; i++) await page.getByRole("button", { name: "Back one event" }).click();
  assert.ok((await clock(page)) <= forth);
  await page.getByRole("button", { name: "Back to now" }).click();
  await until(page, async () => (await clock(page)) === now, "now");
  await page.keyboard.press("Home");
}));

test("causes lead from a new leader down to the kill, and the playhead follows", () => on({}, async (page) => {
  const [index, leader] = await victim(page);
  await act(page, leader, "Kill the process");
  await speed(page, 10);
  await until(page, async () => ![leader, null].includes(await leaderOf(page, "orders", index)), "another leader", 30_000);
  await page.getByRole("button", { name: "Pause" }).click();
  const elected = page.locator(".pt-ev", { hasText: new RegExp(`leads orders ${index}`) }).first();
  await elected.getByRole("button").click();
  const causes = page.getByRole("region", { name: "Causes" });
  await causes.getByText(new RegExp(`you killed node ${leader}`, "i")).waitFor();
  await picture(page, "why-wide");
  await causes.getByText(new RegExp(`you killed node ${leader}`, "i")).click({ modifiers: ["Alt"] });
  await until(page, async () => (await page.getByText("what you do begins a fork").count()) === 1, "the moment of the kill");
}));

test("a link opens the same session in another page, and a damaged one says so", () => on({}, async (page) => {
  await act(page, 3, "Kill the process");
  await passes(page, 1_000);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(".pt-stage").focus();
  await page.keyboard.press("s");
  await said(page).getByText(/Link copied, [\d\u202f]+ B/).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.length < 2_048 + address().length, `${link.length} characters`);
  const ends = await logEnds(page, "orders");
  const other = await visit({ url: link });
  await until(other, async () => (await clock(other)) === (await clock(page)), "the same moment");
  await comes(() => broker(other, 3).innerText(), /Killed/);
  await comes(() => logEnds(other, "orders"), ends);
  await other.context().close();
  const damaged = await visit({ url: `${link.slice(0, -6)}AAAAAA` });
  await damaged.getByRole("alert").waitFor();
  await comes(() => said(damaged).innerText(), /link/i);
  await comes(() => damaged.locator(".pt-brk").count(), 3);
  await damaged.context().close();
}));

test("loading the page again brings the session back", () => on({}, async (page) => {
  await flows.createsATopic(page, "kept", "2");
  await passes(page, 1_500);
  const before = await clock(page);
  const kept = () => page.evaluate(() => sessionStorage.getItem("partita page"));
  const stood = await kept();
  await until(page, async () => (await kept()) !== stood, "what went by is kept");
  await page.reload();
  await page.locator("partita-playground .pt[data-ready]").waitFor();
  await until(page, async () => (await clock(page)) >= before, "the time of before");
  await page.locator('.pt-topic[data-topic="kept"]').waitFor();
}));

test("a session is saved as a file and opened again; a file that is none says where", () => on({}, async (page) => {
  await flows.createsATopic(page, "saved", "1");
  await page.getByRole("button", { name: /^seed/ }).click();
  const sheet = page.getByRole("dialog", { name: "Session" });
  const [download] = await Promise.all([page.waitForEvent("download"), sheet.getByRole("button", { name: "Save as a file" }).click()]);
  const path = await download.path();
  await sheet.getByRole("textbox", { name: "seed" }).fill("7");
  await sheet.getByRole("button", { name: "Begin anew with it" }).click();
  await page.locator('.pt-topic[data-topic="saved"]').waitFor({ state: "detached" });
  await picture(page, "session-wide");
  assert.deepEqual(await axe(page), []);
  await sheet.getByLabel("Open a file").setInputFiles(path);
  await page.locator('.pt-topic[data-topic="saved"]').waitFor();
  await sheet.getByLabel("Open a file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('{\n  "partita": 1,\n  "setup": 5\n}') });
  await sheet.getByRole("alert").getByText(/line \d+/).waitFor();
}));

test("what cannot be is refused where it was asked", () => on({}, async (page) => {
  await act(page, 2, /^Links, responses/);
  const form = page.getByRole("dialog", { name: "Faults of node 2" });
  await form.getByRole("button", { name: "Resume" }).click();
  await form.getByText(/cannot be resumed/).waitFor();
  await form.getByLabel("the next").fill("none");
  await form.getByRole("button", { name: "Set", exact: true }).click();
  await form.getByText(/not a whole number/).waitFor();
  await form.getByLabel("the next").fill("2");
  await form.getByRole("button", { name: "Set", exact: true }).click();
  await page.getByRole("list", { name: "Faults in force" }).getByText(/Produce/).waitFor();
  await picture(page, "faults-wide");
  assert.deepEqual(await axe(page), []);
}));

test("a partition is reassigned and its preferred leader elected, from where it is inspected", () => on({}, async (page) => {
  await partition(page, "orders", 0).locator(".pt-part__no").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const replicas = inspector.getByRole("textbox", { name: "replicas" });
  const [first, ...rest] = (await replicas.inputValue()).split(", ");
  await replicas.fill([...rest, first].join(","));
  await inspector.getByRole("button", { name: "Reassign" }).click();
  await until(page, async () => (await inspector.getByRole("status").count()) > 0, "it is done", 30_000);
  await inspector.getByRole("button", { name: "Elect the preferred leader" }).click();
  await until(page, async () => (await leaderOf(page, "orders", 0)) === Number(rest[0]), "the preferred leader leads", 30_000);
  await replicas.fill("1, 99");
  await inspector.getByRole("button", { name: "Reassign" }).click();
  await inspector.getByRole("alert").waitFor();
  await picture(page, "partition-wide");
  assert.deepEqual(await axe(page), []);
}));

for (const size of ["wide", "embed", "phone"]) {
  test(`a topic's settings are set, compaction leaves dots where records were, and the log is seen before and after (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await menu(page, "orders: actions", "Settings");
    for (const [name, value] of [["cleanup.policy", "compact"], ["segment.ms", "5000"], ["min.cleanable.dirty.ratio", "0.01"], ["max.compaction.lag.ms", "5000"]]) {
      await page.getByRole("button", { name: `Edit ${name}`, exact: true }).click();
      const form = page.getByRole("form", { name: `Edit ${name}` });
      await form.getByRole("textbox").fill(value);
      await form.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: `${name}: back to the default` }).waitFor();
    }
    await publishing(page);
    const rate = page.getByLabel("checkout: records a second");
    await rate.fill("5");
    await rate.press("Enter");
    await speed(page, 30);
    await page.keyboard.press("Escape");
    await pane(page, "Log");
    // Time rests in the moment in which they are seen: dots leave the tape with the records around them.
    const index = await until(page, () => page.evaluate(() => {
      const element = document.querySelector("partita-playground");
      const dot = element.shadowRoot.querySelector('.pt-cell[data-s="hole"][title*="superseded"]');
      if (dot) element.time({ do: "pause" });
      return dot?.closest("[data-part]").dataset.part;
    }), "dots", 60_000);
    await topic(page, "orders").getByRole("gridcell", { name: new RegExp(`^orders partition ${index}, `) }).click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByRole("img", { name: /^\d+ of \d+ records were compacted away$/ }).scrollIntoViewIfNeeded();
    await picture(page, `compacted-${size}`);
    assert.deepEqual(await axe(page), []);
  }));
}

for (const size of ["embed", "phone"]) {
  for (const scheme of ["light", "dark"]) {
    test(`a broken cluster is plain at every size (${size}, ${scheme})`, () => on({ size, scheme }, async (page) => {
      const [index, leader] = await victim(page);
      await act(page, leader, "Kill the process");
      await pane(page, "Log");
      if (size === "embed") await page.keyboard.press("Escape");
      await until(page, async () => /dead|out of/.test(await spoken(page, "orders", index)) || (await leaderOf(page, "orders", index)) !== leader, "it is noticed", 40_000);
      await picture(page, `down-${size}-${scheme}`);
      assert.deepEqual(await axe(page), []);
      await pane(page, "Brokers");
      await picture(page, `down-brokers-${size}-${scheme}`);
      assert.deepEqual(await axe(page), []);
    }));
  }
}
