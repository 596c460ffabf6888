// The page that `partita serve` gives out: it shows the served cluster.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { act, becomes, brokers, faults } from "./faults.mjs";
import * as flows from "./flows.mjs";
import { ALL, SIZES, comes, group, inspector, pages, pane, picture, ready, serveCluster, sheet, tab, topic, until, well, written } from "./page.mjs";

const { on, visit } = pages(serveCluster);

/** Where clients connect, as the bar says it. */
const bootstrap = async (page) => (await page.getByText(/^clients connect to /).filter({ visible: true }).first().innerText()).replace("clients connect to ", "").split(", ");

/** A client from outside writes records. */
async function writes(brokers, clientId, topic, messages) {
  const { Kafka, logLevel } = createRequire(import.meta.url)("kafkajs");
  const producer = new Kafka({ clientId, brokers, logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic, messages });
  await producer.disconnect();
}

// Before there is any topic: then the stage says it, too.
for (const [size, width, height] of [["wide", 1440, 900], ["embed", 720, 420], ["phone", 390, 844], ["phone", 360, 640]]) {
  test(`where clients connect is said at every size, and copied (${width} × ${height})`, () => on({ size }, async (page) => {
    await page.setViewportSize({ width, height });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const said = /^clients connect to (127\.0\.0\.1:\d+(, )?)+$/;
    for (const place of size === "wide" ? ["Log"] : ["Log", "Brokers"]) {
      await pane(page, place);
      if (place === "Brokers") await sheet(page, "Brokers");
      const line = page.getByText(said).filter({ visible: true }).last();
      await line.waitFor();
      const addresses = (await line.innerText()).replace("clients connect to ", "");
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await page.getByRole("button", { name: "Copy the addresses" }).filter({ visible: true }).last().click();
      await comes(() => page.evaluate(() => navigator.clipboard.readText()), addresses);
      await page.getByText("Copied.").filter({ visible: true }).last().waitFor();
      await well(page, `${place}, ${width}`);
      await picture(page, `served-connect-${place}-${width}`);
    }
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Copy where clients connect" }).click();
    await comes(() => page.evaluate(() => navigator.clipboard.readText()), /^127\.0\.0\.1:\d+, /);
  }));
}

for (const size of ALL) {
  test(`the served cluster has no clock to move, and says where clients connect (${size})`, () => on({ size }, async (page) => {
    if (size === "wide") assert.equal((await bootstrap(page)).length, 3);
    assert.equal(await page.getByRole("button", { name: "Pause", exact: true }).count(), 0);
    assert.equal(await page.getByRole("slider").count(), 0);
    await page.getByRole("button", { name: "More", exact: true }).click();
    assert.equal(await page.getByRole("menuitem", { name: /Undo|Share|Reset|Histories/ }).count(), 0);
    await page.keyboard.press("Escape");
    await brokers(page);
    await page.getByRole("button", { name: "Broker 1", exact: true }).click();
    await inspector(page).getByText(/^127\.0\.0\.1:\d+$/).first().waitFor();
  }));

  test(`a person creates, writes, reads and deletes on the server (${size})`, () => on({ size }, async (page) => {
    if (!(await topic(page, "orders").isVisible())) await flows.createsATopic(page, "orders", "3");
    await flows.publishesWhereItWasToldBefore(page);
    await flows.publishesWithoutAKey(page);
    await page.keyboard.press("Escape");
    // Each size has a group of its own: the cluster is the same.
    const name = `readers-${size}`;
    await flows.addsAGroup(page, name);
    await flows.addsAMember(page, name);
    await picture(page, `served-${size}`);
    const [first] = Object.keys(await flows.ownership(page, name));
    await flows.crashesAMember(page, name, first);
    await flows.createsATopic(page, "passing", "2");
    await flows.deletesATopic(page, "passing");
  }));

  test(`what a real client sends is seen: its records, its frames by its name, why (${size})`, () => on({ size }, async (page) => {
    const [name, client] = [`till-${size}`, `client-${size}`];
    await flows.createsATopic(page, name, "1");
    await on({}, async (other) => {
      await topic(other, name).waitFor();
      await writes(await bootstrap(other), client, name, [{ key: "a", value: "1" }, { key: "b", value: "2" }, { key: "c", value: "3" }]);
      await comes(() => written(other, name), 3);
    });
    await comes(() => written(page, name), 3);
    await tab(page, "Wire");
    await page.getByRole("combobox", { name: "Filter frames" }).fill(`from = ${client} and api = Produce`);
    const lines = page.getByRole("listbox", { name: "Exchanges, newest first" }).getByRole("option");
    await until(page, async () => {
      const texts = await lines.allInnerTexts();
      return texts.length === 1 && texts[0].includes(client) && /Produce/.test(texts[0]);
    }, "its one Produce request");
    await lines.click();
    await page.getByRole("tree", { name: "Fields" }).getByRole("treeitem", { name: "ProduceRequest" }).waitFor();
    await page.keyboard.press("Escape");
    await tab(page, "Messages");
    await page.getByLabel("Topic", { exact: true }).selectOption(name);
    await page.getByRole("table", { name: `Records of ${name}` }).getByRole("button", { name: /offset 2, key c/ }).waitFor();
    await tab(page, "Configs");
    await page.getByRole("list", { name: /^Settings of / }).waitFor();
  }));
}

for (const size of ALL) {
  test(`a served broker is killed, cut off and healed as its page asks (${size})`, () => on({ size }, async (page) => {
    await act(page, 3, "Kill the process");
    await becomes(page, 3, /Killed/);
    await act(page, 1, "Cut the link to broker 2");
    await faults(page).getByText(/cut/).first().waitFor();
    await picture(page, `served-broken-${size}`);
    await page.getByRole("button", { name: "Heal all" }).click();
    // That the controller lets it in again takes its session's nine seconds, which are the world's: once is enough.
    await becomes(page, 3, size === "wide" ? /Alive/ : /Alive|Starting|Fenced/);
    await faults(page).waitFor({ state: "detached" });
  }));
}

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

for (const size of ALL) {
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
    await ready(page);
    await page.getByText("Nothing is written yet").first().waitFor();
    // Who came to try a client finds where, at every size.
    await page.getByText(/^clients connect to 127\.0\.0\.1:\d+, /).filter({ visible: true }).waitFor();
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
  for (const size of ALL) {
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
      new MutationObserver(() => globalThis.seen.add(shadowRoot.querySelector("header").innerText)).observe(shadowRoot, { childList: true, characterData: true, subtree: true });
    });
    await well(page, `refused, ${size}`);
    await picture(page, `served-refused-${size}`);
    await until(page, () => asked.length >= 1, "another attempt");
    assert.ok(await said.isVisible());
    assert.deepEqual(await page.evaluate(() => [...globalThis.seen].filter((text) => /Connecting|lost/.test(text))), []);
    if (size === "phone") {
      await crowd.evaluate(() => globalThis.others.pop().close());
      await ready(page);
      await page.getByText("clients connect to").first().waitFor({ state: "attached" });
      await said.waitFor({ state: "detached" });
    }
    await page.context().close();
  }
  await crowd.context().close();
  await own.stop();
});
