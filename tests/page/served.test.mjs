// The page that `partita serve` gives out: it shows the served cluster.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { act, broker } from "./faults.mjs";
import * as flows from "./flows.mjs";
import { group, logEnds, pages, picture, serveCluster, topic, until } from "./page.mjs";

const { visit } = pages(serveCluster);

test("the served cluster has no clock to move, and says where clients connect", async () => {
  const page = await visit();
  await page.getByText("clients connect to").waitFor();
  assert.equal(await page.getByRole("button", { name: "Pause" }).count(), 0);
  assert.equal(await page.getByRole("slider").count(), 0);
  assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
  await page.context().close();
});

test("a person creates, writes, reads and deletes on the server", async () => {
  const page = await visit();
  await flows.createsATopic(page, "orders", "3");
  await flows.publishesWhereItWasToldBefore(page);
  await flows.publishesWithoutAKey(page);
  await flows.addsAGroup(page, "billing");
  await flows.addsAMember(page);
  await picture(page, "served-wide");
  await flows.crashesAMember(page, "c2");
  await flows.createsATopic(page, "passing", "2");
  await flows.deletesATopic(page, "passing");
  await page.context().close();
});

test("a served broker dies and comes back as its page asks", async () => {
  const page = await visit();
  await act(page, 3, "Kill the process");
  await until(page, async () => /Killed/.test(await broker(page, 3).innerText()), "the broker dead");
  await act(page, 3, "Restart");
  await until(page, async () => /Alive/.test(await broker(page, 3).innerText()), "the broker alive", 40_000);
  await page.context().close();
});

test("two pages see the same cluster, and a real client's records", async () => {
  const [one, other] = [await visit(), await visit()];
  await flows.createsATopic(one, "shared", "2");
  await topic(other, "shared").waitFor();
  const { Kafka, logLevel } = createRequire(import.meta.url)("kafkajs");
  const address = (await one.locator(".pt-next code").innerText()).split(", ");
  const kafka = new Kafka({ clientId: "outside", brokers: address, logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: "shared", messages: [{ key: "a", value: "1" }, { key: "b", value: "2" }, { key: "c", value: "3" }] });
  await producer.disconnect();
  for (const page of [one, other]) {
    await until(page, async () => (await logEnds(page, "shared")).reduce((n, end) => n + Number(end), 0) === 3, "three records");
    await page.context().close();
  }
});

test("the wire shows what a real client sends, by its name", async () => {
  const page = await visit();
  await flows.createsATopic(page, "till", "1");
  const { Kafka, logLevel } = createRequire(import.meta.url)("kafkajs");
  const address = (await page.locator(".pt-next code").innerText()).split(", ");
  const producer = new Kafka({ clientId: "till-7", brokers: address, logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic: "till", messages: [{ key: "a", value: "1" }] });
  await producer.disconnect();
  await page.getByRole("tab", { name: "Wire" }).click();
  await page.getByRole("combobox", { name: "Filter frames" }).fill("from = till-7 and api = Produce");
  const lines = page.getByRole("listbox", { name: "Exchanges, newest first" }).getByRole("option");
  await until(page, async () => {
    const texts = await lines.allInnerTexts();
    return texts.length === 1 && /till-7[^]*Produce/.test(texts[0]);
  }, "its one Produce request");
  await lines.click();
  await page.getByRole("tree", { name: "Fields" }).getByRole("treeitem", { name: "ProduceRequest" }).waitFor();
  await page.context().close();
});

test("a lost connection is said and mended", async () => {
  const own = await serveCluster();
  const page = await visit({ url: own.url });
  await own.stop();
  await page.getByText("Connection to the server lost").waitFor();
  const again = await serveCluster(own.http);
  try {
    await page.getByText("Connection to the server lost").waitFor({ state: "detached", timeout: 30_000 });
    await until(page, async () => (await group(page, "billing").count()) === 0, "the new cluster");
    await flows.createsATopic(page, "after", "1");
  } finally {
    await page.context().close();
    await again.stop();
  }
});
