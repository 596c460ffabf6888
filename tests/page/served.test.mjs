// The page that `partita serve` gives out: it shows the served cluster.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { act, broker } from "./faults.mjs";
import * as flows from "./flows.mjs";
import { SIZES, comes, group, logEnds, pages, picture, serveCluster, topic, until, well } from "./page.mjs";

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
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.getByText("Connection to the server lost").waitFor();
    await well(page, `lost, ${size}`);
    await picture(page, `served-lost-${size}`);
  }
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

for (const size of ["wide", "embed", "phone"]) {
  test(`a connection that opens, or is not answered, says so, and comes about all the same (${size})`, async () => {
    const own = await serveCluster();
    // The server does not answer at first, then not any more, then it does.
    let answers;
    const page = await visit({ url: own.url, size, meets: (page) => page.routeWebSocket(/./, async (socket) => {
      if ((await new Promise((resolve) => { answers = resolve; })) === "not") await socket.close();
      else socket.connectToServer();
    }) });
    const state = (text) => page.getByText(text).waitFor();
    const answer = async (how) => { await until(page, () => answers, "an attempt"); answers(how); answers = null; };
    await state("Connecting…");
    await state("Starting…");
    await well(page, "opening");
    await picture(page, `served-opening-${size}`);
    for (let attempts = 0; attempts < 2; attempts += 1) await answer("not");
    await state(/Next attempt in 2 s/);
    await state("The server does not answer.");
    await well(page, "no answer");
    await picture(page, `served-no-answer-${size}`);
    await answer("yes");
    await page.locator("partita-playground .pt[data-ready]").waitFor();
    await page.getByText("Nothing is written yet").waitFor();
    await well(page, "without topics");
    assert.deepEqual(page.errors, []);
    await page.context().close();
    await own.stop();
  });
}

test("a page that is turned away is told why for as long as that is so, and gets in when there is room", async () => {
  const own = await serveCluster();
  const crowd = await visit({ url: own.url });
  await crowd.evaluate(async () => {
    globalThis.others = Array.from({ length: 31 }, () => new WebSocket(new URL("view", location.href.replace("http", "ws"))));
    await Promise.all(globalThis.others.map((other) => new Promise((shown) => other.addEventListener("message", shown, { once: true }))));
  });
  for (const size of ["wide", "embed", "phone"]) {
    const page = await visit({ url: own.url, size, meets: () => {} });
    const said = page.getByRole("alert").filter({ hasText: "32 pages show this cluster already" });
    await said.waitFor();
    await page.getByText("The server does not show its cluster to this page.").waitFor();
    // It goes on asking, and says nothing else meanwhile.
    const asked = [];
    page.on("websocket", (socket) => asked.push(socket));
    await page.evaluate(() => {
      globalThis.seen = new Set();
      const { shadowRoot } = document.querySelector("partita-playground");
      new MutationObserver(() => globalThis.seen.add(shadowRoot.querySelector(".pt-bar").innerText)).observe(shadowRoot, { childList: true, characterData: true, subtree: true });
    });
    await well(page, `refused, ${size}`);
    await picture(page, `served-refused-${size}`);
    await until(page, () => asked.length >= 1, "another attempt");
    assert.ok(await said.isVisible());
    assert.deepEqual(await page.evaluate(() => [...globalThis.seen].filter((text) => /Connecting|lost/.test(text))), []);
    if (size === "phone") {
      await crowd.evaluate(() => globalThis.others.pop().close());
      await page.locator("partita-playground .pt[data-ready]").waitFor();
      await page.getByText("clients connect to").waitFor({ state: "attached" });
      await said.waitFor({ state: "detached" });
    }
    await page.context().close();
  }
  await crowd.context().close();
  await own.stop();
});
