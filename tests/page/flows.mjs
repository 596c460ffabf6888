// What a person does, whoever runs the cluster: each flow is a function of an open page.

import assert from "node:assert/strict";
import { comes, group, logEnds, menu, pane, topic, until } from "./page.mjs";

const sum = (ends) => ends.reduce((all, end) => all + Number(end), 0);

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

export async function publishesWhereItWasToldBefore(page) {
  const key = page.locator("[data-field=key]");
  if (await page.locator(".pt-sheets").isVisible()) await page.locator(".pt-sheets").getByRole("button", { name: "Publish" }).click();
  await pane(page, "Publish");
  await page.locator("[data-field=topic]").selectOption("orders");
  await key.fill("user-42");
  // murmur2("user-42") mod 3 = 1, as Apache Kafka's own client has it.
  await page.getByText("0x5700682c").waitFor();
  const said = await page.locator(".pt-aim__say").last().innerText();
  assert.match(said, /Lands on orders 1 at offset \d+/);
  await page.locator("[data-act=send]").click();
  const result = await until(page, async () => {
    const text = await page.locator(".pt-result").innerText();
    return /orders 1, offset \d+/.test(text) && text;
  }, "where the record landed");
  assert.match(result, /orders 1, offset \d+, in [\d.]+ (ms|s)/);
}

export async function publishesWithoutAKey(page) {
  if (await page.locator(".pt-sheets").isVisible() && !(await page.locator("[data-field=key]").isVisible())) {
    await page.locator(".pt-sheets").getByRole("button", { name: "Publish" }).click();
  }
  await pane(page, "Publish");
  await page.locator("[data-field=key]").fill("");
  await page.getByText("KIP-794").waitFor();
  await page.locator("[data-act=send]").click();
  await until(page, async () => /orders \d+, offset \d+/.test(await page.locator(".pt-result").innerText()), "where the record landed");
  await page.getByText(/stays with partition \d+ until 16\D384 B/).waitFor();
}

export async function addsAMember(page) {
  await follows(page, "billing");
  const billing = group(page, "billing");
  const before = await billing.locator(".pt-mem").count();
  await billing.getByRole("button", { name: "Add member" }).click();
  await until(page, async () => (await billing.locator(".pt-mem").count()) === before + 1, "one member more");
  await until(page, async () => (await billing.locator(".pt-state").innerText()) === "Stable", "a stable group", 20_000);
  await until(page, async () => {
    const owned = await billing.locator(".pt-mem").evaluateAll((all) => all.map((m) => m.querySelectorAll(".pt-own").length));
    return owned.filter((n) => n > 0).length === Math.min(before + 1, 3);
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
  await group(page, name).waitFor();
  await pane(page, "Groups");
  await until(page, async () => (await group(page, name).locator(".pt-state").innerText()) === "Stable", "a stable group", 20_000);
}

/** Follows a group: where there is little room, only the followed one shows its members. */
export async function follows(page, name) {
  await pane(page, "Groups");
  const head = group(page, name).getByRole("button", { name, exact: true });
  if ((await head.getAttribute("aria-pressed")) === "false") await head.click();
}

export async function stopsAMember(page, of, name) {
  await follows(page, of);
  const before = await page.locator(`.pt-mem[data-member="${name}"]`).count();
  assert.equal(before, 1);
  await menu(page, `${name}: actions`, /^Stop/);
  await until(page, async () => (await page.locator(`.pt-mem[data-member="${name}"]:not([data-gone])`).count()) === 0, "the member gone");
}

export async function crashesAMember(page, name) {
  await follows(page, "billing");
  await menu(page, `${name}: actions`, /^Crash/);
  await page.locator(`.pt-mem[data-member="${name}"][data-gone]`).waitFor();
}

export async function deletesATopic(page, name) {
  await pane(page, "Log");
  await menu(page, `${name}: actions`, "Delete topic");
  await page.getByText(`Delete ${name}`).waitFor();
  await topic(page, name).getByRole("button", { name: "Delete topic" }).click();
  await topic(page, name).waitFor({ state: "detached" });
}

export async function seesRecordsArrive(page) {
  await pane(page, "Log");
  const before = sum(await logEnds(page, "orders"));
  await until(page, async () => sum(await logEnds(page, "orders")) > before, "a record more", 20_000);
}
