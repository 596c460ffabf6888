// What a page's scripts can do with the element: its methods, and what they throw. And what loading the page again brings back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pages, ready, topic, until } from "./page.mjs";

const { on, address } = pages();

/** Calls a method of the element. */
const does = (page, method, ...args) =>
  page.evaluate(([method, args]) => document.querySelector("partita-playground")[method](...args), [method, args]);

/** Calls a method of the element that throws an Error; what that says. */
const refused = async (page, method, ...args) => {
  const said = await page.evaluate(([method, args]) => {
    try {
      document.querySelector("partita-playground")[method](...args);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : `thrown, and no Error: ${error}`;
    }
  }, [method, args]);
  assert.ok(said, `${method}(${JSON.stringify(args)}) is refused`);
  return said;
};

const view = (page) => does(page, "view");
const outcome = (page, request) => until(page, async () => {
  const found = (await view(page)).outcomes.find((outcome) => outcome.request === request);
  return found && found.state.is !== "pending" && found.state;
}, `an outcome of ${request}`);
const histories = async (page) => (await view(page)).timeline.branches.map(({ name, current }) => `${name}${current ? "*" : ""}`);

test("commands are given, and what became of them is told", () => on({}, async (page) => {
  const created = await does(page, "command", { do: "createTopic", name: "scripted", partitions: 2, replicationFactor: 3 });
  assert.equal((await outcome(page, created)).is, "done");
  await topic(page, "scripted").waitFor();
  const published = await does(page, "command", { do: "publish", topic: "scripted", key: "k", value: "<b>hello</b>" });
  assert.equal((await outcome(page, published)).offset, 0);
  const deleted = await does(page, "command", { do: "deleteRecords", topic: "scripted", partition: 7 });
  assert.equal((await outcome(page, deleted)).error, "UNKNOWN_TOPIC_OR_PARTITION");
  const killed = await does(page, "command", { do: "killBroker", node: 9 });
  assert.match((await outcome(page, killed)).message, /There is no node 9/);
  assert.match(await refused(page, "command", { do: "explode" }), /explode/);
  assert.match(await refused(page, "command", { do: "killBroker", node: 2, machin: true }), /There is no field 'machin' here/);
}));

test("time obeys, and says what it cannot", () => on({}, async (page) => {
  await does(page, "time", { do: "pause" });
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  const { now, timeline } = await view(page);
  await does(page, "time", { do: "step" });
  assert.ok((await view(page)).timeline.event > timeline.event, "a step leads to the next event");
  await does(page, "time", { do: "seek", atUs: now - 1_000_000 });
  assert.equal((await view(page)).now, now - 1_000_000);
  await does(page, "time", { do: "fork", name: "what if" });
  assert.deepEqual(await histories(page), ["main", "what if*"]);
  await does(page, "time", { do: "speed", times: 0.1 });
  assert.equal((await view(page)).clock.speedTenths, 1);
  assert.match(await refused(page, "time", { do: "speed", times: 1_000.1 }), /0\.1 to 1,000 times/);
  assert.match(await refused(page, "time", { do: "switch", name: "nowhere" }), /There is no history called 'nowhere'/);
  assert.match(await refused(page, "time", { do: "undo" }), /nothing to undo/);
  assert.match(await refused(page, "time", { do: "fly" }), /fly/);
}));

test("why tells an event's causes, and compare what two histories differ in", () => on({}, async (page) => {
  await does(page, "time", { do: "pause" });
  await does(page, "time", { do: "fork", name: "with a kill" });
  const { event: before } = (await view(page)).timeline;
  await does(page, "command", { do: "killBroker", node: 2 });
  await does(page, "time", { do: "speed", times: 10 });
  await does(page, "time", { do: "play" });
  await does(page, "time", { do: "speed", times: 10 });
  await does(page, "time", { do: "play" });
  const election = await until(page, async () => {
    const { marks } = (await view(page)).timeline;
    return marks.find(({ event, text }) => event > before && /^broker \d leads orders/.test(text));
  }, "a partition gets another leader", 30_000);
  const because = (await does(page, "why", election.event)).map(({ text }) => text);
  assert.ok(because.some((text) => /you killed? node 2|kill node 2/.test(text)), because.join(" ← "));
  assert.match(await refused(page, "why", 99_999_999), /Event 99999999 is not known/);
  const difference = await does(page, "compare", "main", "with a kill");
  assert.match(JSON.stringify(difference), /kill node 2/);
  assert.match(await refused(page, "compare", "main", "nowhere"), /nowhere/);
  await does(page, "time", { do: "undo" });
  assert.ok((await view(page)).timeline.events < election.event, "what was undone did not happen");
}));

test("a session goes from page to page as a link and as a file", () => on({}, async (page) => {
  await does(page, "command", { do: "createTopic", name: "passed-on", partitions: 1, replicationFactor: 1 });
  await topic(page, "passed-on").waitFor();
  await does(page, "time", { do: "pause" });
  const { now } = await view(page);
  const [link, file] = [await does(page, "link"), await does(page, "file")];
  assert.match(link, /#p1\./);
  assert.equal(JSON.parse(file).partita, 1);
  for (const how of ["address", "open", "session"]) {
    await on({ url: how === "address" ? link : address() }, async (other) => {
      if (how === "open") await does(other, "open", file);
      if (how === "session") {
        await other.evaluate((link) => document.querySelector("partita-playground").setAttribute("session", link.split("#")[1]), link);
      }
      await topic(other, "passed-on").waitFor();
      assert.equal((await view(other)).now, now, how);
      const damaged = link.slice(0, -8);
      assert.match(await refused(other, "open", damaged), /The link's (checksum|text)/);
      assert.match(await refused(other, "open", '{"partita": 1, "inputs": 3}'), /line 1, column/);
      assert.equal((await view(other)).now, now, "what was there stays");
    });
  }
}));

test("an element that is in no page says so", () => on({}, async (page) => {
  const said = await page.evaluate(() => {
    try {
      return document.createElement("partita-playground").view();
    } catch (error) {
      return error.message;
    }
  });
  assert.match(said, /in no page/);
}));

test("loading the page again brings back all histories, and where the playhead stood", () => on({}, async (page) => {
  await does(page, "time", { do: "pause" });
  const { now } = await view(page);
  await does(page, "time", { do: "seek", atUs: now - 2_000_000 });
  await does(page, "command", { do: "createTopic", name: "forked", partitions: 1, replicationFactor: 1 });
  await does(page, "time", { do: "play" });
  await topic(page, "forked").waitFor();
  await does(page, "time", { do: "speed", times: 3 });
  await does(page, "time", { do: "rename", name: "fork 1", to: "<i>mine</i>" });
  await does(page, "time", { do: "pause" });
  const stood = (await view(page)).now - 100_000;
  // In one turn: whatever is kept anew after it has this in it.
  const kept = await page.evaluate((atUs) => {
    document.querySelector("partita-playground").time({ do: "seek", atUs });
    return sessionStorage.getItem("partita page");
  }, stood);
  await until(page, () => page.evaluate((kept) => sessionStorage.getItem("partita page") !== kept, kept), "it is kept");
  await page.reload();
  await ready(page);
  assert.deepEqual(await histories(page), ["main", "<i>mine</i>*"]);
  const again = await view(page);
  assert.deepEqual([again.now, again.timeline.past, again.clock.running, again.clock.speedTenths], [stood, true, false, 30]);
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await does(page, "time", { do: "toEnd" });
  await topic(page, "forked").waitFor();
}));
