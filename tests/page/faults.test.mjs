// A cluster that breaks and heals, in the page with its own engine: each flow at three sizes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, becomes, broker, brokers, controller, faults, getsAnotherLeader, isInSync, isrOf, leaderOf, pauses, plays, speed, spoken, timeline, victim } from "./faults.mjs";
import { finds, seesRecordsArrive, writesAt } from "./flows.mjs";
import { ALL, axe, inspector, menu, opensSession, pages, pane, picture, publishing, tape, topic, until } from "./page.mjs";

const { on } = pages();

/** The sheet for a node's faults. */
const form = (page, node) => page.getByRole("dialog", { name: `Faults of node ${node}` });

for (const size of ALL) {
  test(`a leader dies in the middle of acks=all records: another leads, and nothing acknowledged is lost (${size})`, () => on({ size }, async (page) => {
    await writesAt(page, 20);
    const [index, leader] = await victim(page);
    await isInSync(page, index);
    await act(page, leader, "Kill the process");
    await becomes(page, leader, /Killed/);
    await picture(page, `killed-${size}`);
    await speed(page, 10);
    await getsAnotherLeader(page, index, leader);
    await until(page, async () => !(await isrOf(page, "orders", index)).includes(leader), "the dead one is out of the ISR");
    await becomes(page, leader, /; leads nothing|^[^;]*fenced/);
    await seesRecordsArrive(page, 20);
    await publishing(page);
    await page.getByRole("button", { name: "checkout", exact: true }).click();
    await until(page, async () => /acknowledged\s*\d[^]*failed\s*0/.test(await inspector(page).innerText()), "nothing failed");
    await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    await picture(page, `broker-down-${size}`);
    await act(page, leader, "Restart");
    await isInSync(page, index);
    await becomes(page, leader, /Alive/);
  }));

  test(`a paused broker is fenced, and comes back when it is resumed (${size})`, () => on({ size }, async (page) => {
    const [index, leader] = await victim(page);
    await act(page, leader, /^Pause/);
    await broker(page, leader).getByText("Paused").waitFor();
    await speed(page, 10);
    await getsAnotherLeader(page, index, leader);
    await act(page, leader, "Resume");
    await isInSync(page, index);
    await becomes(page, leader, /Alive/);
  }));

  test(`a link that is cut is shown, takes its follower out of the ISR, and heals (${size})`, () => on({ size }, async (page) => {
    const active = await controller(page);
    const [one, other] = [1, 2, 3].filter((id) => id !== active);
    const led = [];
    for (const index of [0, 1, 2]) if ((await leaderOf(page, "orders", index)) === one) led.push(index);
    await act(page, one, `Cut the link to broker ${other}`);
    await faults(page).getByText(/cut/).waitFor();
    await speed(page, 30);
    for (const index of led) {
      await until(page, async () => !(await isrOf(page, "orders", index)).includes(other), `broker ${other} out of the ISR`, 60_000);
    }
    await picture(page, `cut-${size}`);
    assert.deepEqual(await axe(page), []);
    await act(page, one, `Heal the link to broker ${other}`);
    await faults(page).waitFor({ state: "detached" });
    for (const index of led) await isInSync(page, index);
  }));

  test(`brokers are isolated, slowed, cut off, restarted and healed (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await act(page, 1, /^Isolate/);
    await faults(page).getByText(/cut/).first().waitFor();
    await act(page, 3, "Kill the process");
    await becomes(page, 3, /Killed/);
    // Who does not run keeps its name.
    await faults(page).getByText("broker 1 – broker 3: cut").waitFor();
    await picture(page, `isolated-${size}`);
    assert.deepEqual(await axe(page), []);
    await act(page, 3, "Restart");
    await page.getByRole("button", { name: "Heal all" }).click();
    await faults(page).waitFor({ state: "detached" });
    await act(page, 2, /^Links, responses/);
    await form(page, 2).getByLabel("latency").fill("80");
    await form(page, 2).getByRole("button", { name: "Set the link" }).click();
    await form(page, 2).getByText(/80/).first().waitFor();
    await picture(page, `faults-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await finds(page, "heal all");
    await brokers(page);
    await faults(page).waitFor({ state: "detached" });
  }));

  test(`the active controller dies, and another one is elected (${size})`, () => on({ size }, async (page) => {
    const active = await controller(page);
    await page.getByRole("button", { name: `Controller ${active}`, exact: true }).click();
    await until(page, async () => /quorum role\s*leader/i.test(await inspector(page).innerText()), "it leads the quorum");
    await inspector(page).getByRole("button", { name: "Kill the process" }).click();
    await speed(page, 10);
    await until(page, async () => ![active, null].includes(await controller(page)), "another controller", 60_000);
    const next = await controller(page);
    assert.notEqual(next, active);
    await becomes(page, next, /controller/);
    await picture(page, `controller-${size}`);
    assert.deepEqual(await axe(page), []);
    await act(page, active, "Restart");
    await becomes(page, active, /Alive/);
  }));

  test(`controllers of their own are paused, killed and restarted (${size})`, () => on({ size, scheme: "dark" }, async (page) => {
    await opensSession(page, { setup: { seed: 42, brokers: 1, controllers: 3, roles: "apart" }, inputs: [], until: { at: "00:05" } });
    const active = await controller(page);
    const line = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Controller ${active}: actions` }) });
    await menu(page, `Controller ${active}: actions`, /^Pause/);
    await line.getByText(/^Paused/).waitFor();
    await menu(page, `Controller ${active}: actions`, "Resume");
    await line.getByText(/^Paused/).waitFor({ state: "detached" });
    await menu(page, `Controller ${active}: actions`, "Kill the process");
    await line.getByText(/^Killed/).waitFor();
    await page.keyboard.press("Escape");
    await plays(page);
    await speed(page, 10);
    await until(page, async () => ![active, null].includes(await controller(page)), "another controller", 60_000);
    await picture(page, `voters-${size}`);
    assert.deepEqual(await axe(page), []);
    await menu(page, `Controller ${active}: actions`, "Restart");
    await line.getByText(/^Killed/).waitFor({ state: "detached" });
    // With nobody to lead the quorum, the page says so.
    for (const id of [active, await controller(page)]) await menu(page, `Controller ${id}: actions`, "Kill the process");
    await page.getByText("no active controller").waitFor();
  }));

  test(`what cannot be is refused where it was asked (${size})`, () => on({ size }, async (page) => {
    await act(page, 2, /^Links, responses/);
    const sheet = form(page, 2);
    await sheet.getByRole("button", { name: "Resume" }).click();
    await sheet.getByText(/cannot be resumed/).waitFor();
    await sheet.getByLabel("the next").fill("none");
    await sheet.getByRole("button", { name: "Set", exact: true }).click();
    await sheet.getByText(/not a whole number/).waitFor();
    // So many that some are left when one looks.
    await sheet.getByLabel("the next").fill("200");
    await sheet.getByRole("button", { name: "Set", exact: true }).click();
    await picture(page, `refused-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Escape");
    await brokers(page);
    await faults(page).getByText(/Produce/).waitFor();
  }));

  test(`a partition is reassigned and its preferred leader elected, from where it is inspected (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await tape(page, "orders", 0).getByRole("gridcell", { name: /^orders partition 0, / }).click();
    const replicas = inspector(page).getByRole("textbox", { name: "replicas" });
    const [first, ...rest] = (await replicas.inputValue()).split(", ");
    await replicas.fill([...rest, first].join(","));
    await inspector(page).getByRole("button", { name: "Reassign" }).click();
    await until(page, async () => (await inspector(page).getByRole("status").count()) > 0, "it is done", 30_000);
    await inspector(page).getByRole("button", { name: "Elect the preferred leader" }).click();
    await until(page, async () => (await leaderOf(page, "orders", 0)) === Number(rest[0]), "the preferred leader leads", 30_000);
    await replicas.fill("1, 99");
    await inspector(page).getByRole("button", { name: "Reassign" }).click();
    await inspector(page).getByRole("alert").waitFor();
    await picture(page, `partition-${size}`);
    assert.deepEqual(await axe(page), []);
  }));

  test(`a topic's settings are set, compaction leaves dots where records were, and the log is seen before and after (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await menu(page, "orders: actions", "Settings");
    for (const [name, value] of [["cleanup.policy", "compact"], ["segment.ms", "5000"], ["min.cleanable.dirty.ratio", "0.01"], ["max.compaction.lag.ms", "5000"]]) {
      await page.getByRole("button", { name: `Edit ${name}`, exact: true }).click();
      const edit = page.getByRole("form", { name: `Edit ${name}` });
      await edit.getByRole("textbox").fill(value);
      await edit.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: `${name}: back to the default` }).waitFor();
    }
    await writesAt(page, 2);
    await speed(page, 10);
    await page.keyboard.press("Escape");
    await pane(page, "Log");
    const dot = topic(page, "orders").getByRole("gridcell", { name: /^offset \d+ was compacted away: .*superseded/ }).first();
    await dot.waitFor({ timeout: 60_000 });
    await pauses(page);
    // Dots leave the tape with the records around them: back to them, where they were quicker.
    await timeline(page).focus();
    await until(page, async () => (await dot.isVisible()) || page.keyboard.press("ArrowLeft").then(() => false), "dots");
    const compacted = topic(page, "orders").getByRole("row").filter({ has: page.getByRole("gridcell", { name: /was compacted away: .*superseded/ }) });
    await compacted.first().getByRole("gridcell", { name: /^orders partition \d+, / }).click();
    await inspector(page).getByRole("img", { name: /^\d+ of \d+ records were compacted away$/ }).scrollIntoViewIfNeeded();
    await picture(page, `compacted-${size}`);
    assert.deepEqual(await axe(page), []);
  }));
}

for (const [size, scheme] of [["embed", "light"], ["phone", "dark"]]) {
  test(`a broken cluster is plain where there is little room (${size}, ${scheme})`, () => on({ size, scheme }, async (page) => {
    const [index, leader] = await victim(page);
    await act(page, leader, "Kill the process");
    if (size === "embed") await page.keyboard.press("Escape");
    await speed(page, 10);
    await until(page, async () => /out of the ISR/.test(await spoken(page, "orders", index)), "it is noticed", 40_000);
    await picture(page, `down-${size}-${scheme}`);
    assert.deepEqual(await axe(page), []);
    await brokers(page);
    await picture(page, `down-brokers-${size}-${scheme}`);
    assert.deepEqual(await axe(page), []);
  }));
}
