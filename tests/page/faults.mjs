// What a person does to break a cluster, heal it, and go back: each is a function of an open page, and goes where it is done at its size.

import assert from "node:assert/strict";
import { menu, names, pane, sheet, tape, until } from "./page.mjs";

const list = (page) => page.getByRole("region", { name: "Brokers", exact: true });

/** Goes to the brokers. */
export async function brokers(page) {
  await pane(page, "Brokers");
  await sheet(page, "Brokers");
}

/** A broker's line in the list of brokers. */
export const broker = (page, id) => list(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: `Broker ${id}`, exact: true }) });

/** What is said of a broker: how it is, what it leads. */
export async function brokerSays(page, id) {
  await brokers(page);
  return broker(page, id).innerText();
}

/** Waits until a broker is said to be so. */
export const becomes = (page, id, what) => until(page, async () => what.test(await brokerSays(page, id)), `broker ${id}: ${what}`, 60_000);

/** What is broken, in words. */
export const faults = (page) => page.getByRole("list", { name: "Faults in force" });

/** The active controller; null: none. */
export async function controller(page) {
  await brokers(page);
  const [quorum] = await names(list(page).getByRole("group", { name: /^Quorum of / }));
  const found = /active controller (\d+)/.exec(quorum);
  return found && Number(found[1]);
}

/** A partition as its row says it to those who listen: leader, in sync, out of the ISR. */
export async function spoken(page, topic, index) {
  await pane(page, "Log");
  const [row] = await names(tape(page, topic, index));
  return row ?? "";
}

/** The broker that leads a partition; null: none. */
export async function leaderOf(page, topic, index) {
  const found = /leader broker (\d+)/.exec(await spoken(page, topic, index));
  return found && Number(found[1]);
}

/** The brokers that are in sync, the leader among them. */
export async function isrOf(page, topic, index) {
  const text = await spoken(page, topic, index);
  const followers = /in sync ([\d, ]+)/.exec(text)?.[1].match(/\d+/g).map(Number) ?? [];
  const leader = await leaderOf(page, topic, index);
  return [...followers, ...(leader ? [leader] : [])].sort();
}

/** Waits until another broker leads a partition. */
export const getsAnotherLeader = (page, index, than) => until(page, async () => ![than, null].includes(await leaderOf(page, "orders", index)), "another leader", 40_000);

/** Waits until so many replicas of a partition are in sync. */
export const isInSync = (page, index, count = 3) => until(page, async () => (await isrOf(page, "orders", index)).length === count, `${count} in sync`, 60_000);

/** A partition of orders whose leader is not the node of the active controller, and that leader. */
export async function victim(page) {
  const active = await controller(page);
  for (const index of [0, 1, 2]) {
    const leader = await leaderOf(page, "orders", index);
    if (leader !== active) return [index, leader];
  }
  throw new assert.AssertionError({ message: "the controller leads all" });
}

/** Opens a broker's menu and picks an item. */
export async function act(page, id, item) {
  await brokers(page);
  await menu(page, `Broker ${id}: actions`, item);
}

/** Time runs at a speed, one of the nine stops: by the slider, or where there is none by the figure that goes round them. */
export async function speed(page, times) {
  const stops = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];
  const slider = page.getByLabel("Speed", { exact: true });
  if (await slider.isVisible()) return slider.fill(String(stops.indexOf(times)));
  const figure = page.getByRole("button", { name: /^Speed .*, next stop$/ });
  for (let said = await figure.innerText(); parseFloat(said.replace(/\D(?=\d{3})/, "")) !== times;) {
    await figure.click();
    said = await until(page, async () => { const now = await figure.innerText(); return now !== said && now; }, "the next stop");
  }
}

/** The line of what happened and what was done. */
export const timeline = (page) => page.getByRole("slider", { name: "Time", exact: true });

/** The clock as it is read, and in ms. */
export const face = (page) => page.getByRole("timer", { name: "Clock" }).innerText();
export async function clock(page) {
  const [h, m, s, ms] = (await face(page)).split(/[:.]/).map(Number);
  return ((h * 60 + m) * 60 + s) * 1000 + ms;
}

/** Waits until the clock has gone on by so many ms. */
export async function passes(page, ms) {
  const from = await clock(page);
  await until(page, async () => (await clock(page)) >= from + ms, `${ms} ms of virtual time`, 60_000);
}

/** Lets time rest. */
export const pauses = (page) => page.getByRole("button", { name: "Pause", exact: true }).click();
/** Lets it go on. */
export const plays = (page) => page.getByRole("button", { name: "Play", exact: true }).click();
