// What a person does, whoever runs the cluster: each flow is a function of an open page.

import assert from "node:assert/strict";
import { comes, group, isFocused, logEnds, menu, names, pane, publishing, topic, until, written } from "./page.mjs";

export async function createsATopic(page, name = "payments", partitions = "4") {
  await pane(page, "Log");
  const form = page.getByRole("form", { name: "New topic" });
  // Without any topic, the form stands there already.
  if (!(await form.isVisible())) await page.getByRole("button", { name: "Create topic" }).first().click();
  await form.getByLabel("topic", { exact: true }).fill(name);
  await form.getByLabel("partitions").fill(partitions);
  await form.getByRole("button", { name: "Create topic" }).click();
  await topic(page, name).waitFor();
  await until(page, async () => (await logEnds(page, name)).length === Number(partitions), "a tape for each partition");
}

export async function seesKafkasRuleBesideABadName(page) {
  await pane(page, "Log");
  await page.getByRole("button", { name: "Create topic" }).first().click();
  const form = page.getByRole("form", { name: "New topic" });
  await form.getByLabel("topic", { exact: true }).fill("no spaces");
  await page.getByText("INVALID_TOPIC_EXCEPTION").waitFor();
  assert.equal(await form.getByLabel("topic", { exact: true }).getAttribute("aria-invalid"), "true");
  await form.getByLabel("topic", { exact: true }).fill("fine");
  await form.getByLabel("partitions").fill("0");
  await page.getByText("INVALID_PARTITIONS").waitFor();
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
}

/** Gives a topic so many partitions; what that does to keys is said before. */
export async function addsPartitions(page, name, total) {
  await pane(page, "Log");
  await menu(page, `${name}: actions`, "Add partitions…");
  const dialog = page.getByRole("dialog", { name: `Add partitions to ${name}` });
  await isFocused(page, "partitions");
  await dialog.getByRole("textbox", { name: "partitions" }).fill("2");
  await dialog.getByText(/^INVALID_PARTITIONS The topic \S+ currently has \d+ partition\(s\); 2 would not be an increase\.$/).waitFor();
  await dialog.getByRole("textbox", { name: "partitions" }).fill(total);
  await dialog.getByText(/^Keys move: a key goes to its hash modulo \d+ from then on, so \d+ of the \d+ keys/).waitFor();
  await dialog.getByText(new RegExp(`--alter[^]*--topic ${name} --partitions ${total}`)).waitFor();
  await dialog.getByRole("button", { name: "Add partitions" }).click();
  await dialog.waitFor({ state: "detached" });
  await until(page, async () => (await logEnds(page, name)).length === Number(total), "a tape for each partition", 20_000);
}

/** Creates a topic with settings of its own; a bad one is refused beside its field. */
export async function createsATopicWithSettings(page, name) {
  await pane(page, "Log");
  await page.getByRole("button", { name: "Create topic" }).first().click();
  const form = page.getByRole("form", { name: "New topic" });
  await form.getByLabel("topic", { exact: true }).fill(name);
  const settings = page.getByRole("group", { name: "Settings", exact: true });
  await settings.getByRole("button", { name: "settings: as the brokers have them", expanded: false }).click();
  const sets = async (setting) => {
    await settings.getByRole("combobox", { name: "Setting" }).selectOption(setting);
    await settings.getByRole("button", { name: "Set it" }).click();
  };
  await sets("cleanup.policy");
  await sets("retention.ms");
  const retention = settings.getByRole("textbox", { name: "retention.ms" });
  assert.equal(await retention.inputValue(), "604800000");
  await settings.getByText("How long records are kept before their segment is deleted; -1 means for ever. Left out, it is 604800000.").waitFor();
  await retention.fill("soon");
  await settings.getByText("INVALID_CONFIG Invalid value soon for configuration retention.ms: Not a number of type LONG").waitFor();
  assert.equal(await retention.getAttribute("aria-invalid"), "true");
  await comes(() => form.getByRole("button", { name: "Create topic" }).getAttribute("aria-disabled"), "true");
  await retention.fill("60000");
  await settings.getByRole("button", { name: "Leave cleanup.policy out" }).click();
  await page.getByText(/--replication-factor 3 \\\s+--config retention\.ms=60000$/).waitFor();
  return form.getByRole("button", { name: "Create topic" });
}

/** The fields of the form that writes a record, and what it says of the last one. */
export const keyOf = (form) => form.getByRole("textbox", { name: "key", exact: true });
export const valueOf = (form) => form.getByRole("textbox", { name: "value", exact: true });
export const send = (form) => form.getByRole("button", { name: /^Send/ });
export const result = (form) => form.getByRole("status").last();

/** Waits until the form says so of what was sent. */
export const says = (form, what) => comes(() => result(form).innerText(), what, 20_000);

/** Sends a record with this key, and waits until it has landed. */
export async function publishes(page, key, value) {
  const form = await publishing(page);
  await keyOf(form).fill(key);
  if (value !== undefined) await valueOf(form).fill(value);
  await send(form).click();
  await says(form, /offset \d+/);
}

export async function publishesWhereItWasToldBefore(page) {
  const form = await publishing(page);
  await form.getByRole("combobox", { name: "topic" }).selectOption("orders");
  await keyOf(form).fill("user-42");
  // murmur2("user-42") mod 3 = 1, as Apache Kafka's own client has it.
  await form.getByText("0x5700682c").waitFor();
  await form.getByText(/Lands on\s+orders 1 at offset \d+/).waitFor();
  await send(form).click();
  await says(form, /orders 1, offset \d+, in [\d.]+ (ms|s)/);
}

export async function publishesWithoutAKey(page) {
  const form = await publishing(page);
  await keyOf(form).fill("");
  await form.getByText("KIP-794").first().waitFor();
  await send(form).click();
  await says(form, /orders \d+, offset \d+/);
  await form.getByText(/stays with partition \d+ until 16\D384 B/).waitFor();
}

/** A group's state in Kafka's word. */
export async function stateOf(page, name) {
  await pane(page, "Groups");
  return group(page, name).getByText(/^(Empty|PreparingRebalance|CompletingRebalance|Stable|Dead)$/).innerText();
}

/** Waits until a group is in a state. */
export const isIn = (page, name, state) => comes(() => stateOf(page, name), state, 40_000);

/** The members of a group: a button each, which says how the member is and what it owns. */
export const members = (page, of) => group(page, of).getByRole("button", { name: /, owns / });
export const member = (page, of, name) => group(page, of).getByRole("button", { name: new RegExp(`^${name}, .*owns `) });

/** How a member is that is gone: it is shown until its group is at rest. */
const GONE = /crashed|left the group|being closed|timed out/;

/** What each member owns, with what waits to be read of it: `{ c1: [["orders 0", 2]] }`. Those that are gone own nothing any more. */
export async function ownership(page, of) {
  await follows(page, of);
  const all = (await names(members(page, of))).map((name) => {
    const [, label, state, owns] = /^([^,]+), (.*?)owns (.*)$/.exec(name);
    const owned = GONE.test(state) ? [] : [...owns.matchAll(/(\S+ \d+), lag (\d+)/g)];
    return [label, owned.map(([, partition, lag]) => [partition, Number(lag)])];
  });
  return Object.fromEntries(all);
}

/** How many partitions a member owns. */
export const owns = async (page, of, name) => (await ownership(page, of))[name]?.length ?? 0;

/** What waits to be read by a group. */
export const lagOf = async (page, of) => Object.values(await ownership(page, of)).flat().reduce((sum, [, lag]) => sum + lag, 0);

export async function addsAMember(page, to = "billing") {
  await follows(page, to);
  const before = await members(page, to).count();
  await group(page, to).getByRole("button", { name: "Add member" }).click();
  await until(page, async () => (await members(page, to).count()) === before + 1, "one member more");
  await isIn(page, to, "Stable");
  await until(page, async () => {
    const owners = Object.values(await ownership(page, to)).filter((owned) => owned.length > 0);
    return owners.length === Math.min(before + 1, 3);
  }, "partitions for the new member", 20_000);
}

export async function addsAGroup(page, name, { isStatic = false } = {}) {
  await pane(page, "Groups");
  await page.getByRole("button", { name: "Add group" }).first().click();
  const form = page.getByRole("form", { name: "New group" });
  await form.getByLabel("group.id").fill(name);
  await form.getByLabel("members").fill("2");
  await form.getByRole("checkbox", { name: /^Static/ }).setChecked(isStatic);
  await form.getByRole("button", { name: "Add group" }).click();
  await isIn(page, name, "Stable");
}

/** Follows a group: where there is little room, only the followed one shows its members. */
export async function follows(page, name) {
  await pane(page, "Groups");
  const head = group(page, name).getByRole("button", { name, exact: true });
  if ((await head.getAttribute("aria-pressed")) === "false") await head.click();
}

export async function stopsAMember(page, of, name) {
  await follows(page, of);
  assert.equal(await member(page, of, name).count(), 1);
  await menu(page, `${name}: actions`, /^Stop/);
  await until(page, async () => (await names(member(page, of, name))).every((said) => GONE.test(said)), "the member gone");
}

export async function crashesAMember(page, of, name) {
  await follows(page, of);
  await menu(page, `${name}: actions`, /^Crash/);
  await group(page, of).getByRole("button", { name: new RegExp(`^${name}, crashed, owns `) }).waitFor();
}

export async function deletesATopic(page, name) {
  await pane(page, "Log");
  await menu(page, `${name}: actions`, "Delete topic");
  await page.getByText(`Delete ${name}`).waitFor();
  await topic(page, name).getByRole("button", { name: "Delete topic" }).click();
  await topic(page, name).waitFor({ state: "detached" });
}

export async function seesRecordsArrive(page, more = 1) {
  const before = await written(page, "orders");
  await until(page, async () => (await written(page, "orders")) >= before + more, `${more} records more`, 30_000);
}

/** Makes the producer of the first scene write so many records a second. */
export async function writesAt(page, perSecond) {
  await publishing(page);
  const rate = page.getByLabel("checkout: records a second");
  await rate.fill(String(perSecond));
  await rate.press("Enter");
}

/** Does what the palette finds first; the menu leads to it. */
export async function finds(page, text) {
  await menu(page, "More", "Find anything…");
  const dialog = page.getByRole("dialog", { name: "Find" });
  await dialog.getByRole("combobox").fill(text);
  await page.keyboard.press("Enter");
}
