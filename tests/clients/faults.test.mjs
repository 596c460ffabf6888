// A running `partita serve` is broken and healed: over HTTP, from the shell, and under a real client.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import kafkajs from "kafkajs";
import { PROGRAM, start, unique, until } from "./partita.mjs";

const { Kafka, Partitioners, logLevel } = kafkajs;
const soon = { "broker.session.timeout.ms": 2000, "broker.heartbeat.interval.ms": 500 };

let cluster;
before(async () => (cluster = await start({ set: soon, options: [] })));
after(() => cluster?.stop());

/** Asks the page's server; the answer's status, and its body as JSON. */
function ask(method, path, { body, headers = {} } = {}) {
  const { hostname, port } = new URL(cluster.page);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers });
    asked.on("response", async (response) => resolve({ status: response.statusCode, body: JSON.parse((await response.toArray()).join("")) }));
    asked.on("error", reject);
    asked.end(body);
  });
}

const json = { "content-type": "application/json" };
const give = (command, headers = json) => ask("POST", "/command", { body: typeof command === "string" ? command : JSON.stringify(command), headers });

async function done(command) {
  const { status, body } = await give(command);
  assert.deepEqual([status, body.is], [200, "done"], JSON.stringify(body));
}

/** `partita command …`: its exit status, and what it said. */
const shell = (...args) => run("--port", new URL(cluster.page).port, ...args);

async function run(...args) {
  const child = spawn(PROGRAM, ["command", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, error] = ["", ""];
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (error += data));
  const [code] = await once(child, "close");
  return { code, out: out.trimEnd(), error: error.trimEnd() };
}

/** How a broker answers at its port within half a second: `refused`, `silent`, `closed`, or `answers`. */
async function answerOf(broker) {
  const [host, port] = cluster.brokers[broker - 1].split(":");
  const socket = connect(Number(port), host);
  const heard = new Promise((resolve) => {
    socket.on("error", ({ code }) => resolve(code === "ECONNREFUSED" ? "refused" : code));
    socket.on("data", () => resolve("answers"));
    socket.on("close", () => resolve("closed"));
    setTimeout(() => resolve("silent"), 500);
  });
  socket.on("connect", () => socket.write(Buffer.from("0000000a0012000000000001ffff", "hex")));
  const answer = await heard;
  socket.destroy();
  return answer;
}

test("a killed broker refuses connections until it is started again", async () => {
  const [host, port] = cluster.brokers[1].split(":");
  const client = connect(Number(port), host);
  client.on("error", () => {});
  await once(client, "connect");
  client.resume();
  const closed = once(client, "close");
  assert.equal((await shell("kill", "2")).out, "Node 2 is dead.");
  await closed;
  assert.equal(await answerOf(2), "refused");
  assert.deepEqual(await shell("kill", "2"), { code: 1, out: "", error: "partita: Node 2 cannot be killed: it is dead." });
  assert.equal((await shell("restart", "2")).code, 0);
  await until("it answers again", async () => (await answerOf(2)) === "answers");
});

test("a paused broker takes connections, and answers when it goes on", async () => {
  await done({ do: "pauseBroker", node: 3 });
  const [host, port] = cluster.brokers[2].split(":");
  const client = connect(Number(port), host);
  await once(client, "connect");
  client.write(Buffer.from("0000000a0012000000000001ffff", "hex"));
  assert.equal(await answerOf(3), "silent");
  await done({ do: "resumeBroker", node: 3 });
  const [answer] = await once(client, "data");
  assert.equal(answer.readInt32BE(4), 1);
  client.destroy();
});

test("a broker whose machine is gone says nothing at all", async () => {
  await done({ do: "killBroker", node: 3, machine: true });
  assert.equal(await answerOf(3), "silent");
  await done({ do: "restartBroker", node: 3 });
  await until("it answers again", async () => (await answerOf(3)) === "answers");
});

test("the state tells of nodes and links", async () => {
  await done({ do: "cutLink", from: 2, to: 3 });
  const { body } = await ask("GET", "/state");
  assert.deepEqual(body.nodes.map(({ node, up }) => [node, up]), [[1, true], [2, true], [3, true]]);
  assert.deepEqual(body.links.map(({ from, to, cut }) => [from, to, cut]), [[2, 3, true], [3, 2, true]]);
  assert.match((await shell("state")).out, /^node 1 \(broker.*\nlink from 2 to 3: cut/s);
  assert.equal((await shell("heal")).code, 0);
  assert.deepEqual((await ask("GET", "/state")).body.links, []);
});

test("what cannot be is refused with the reason", async () => {
  const { status, body } = await give({ do: "cutLink", from: 2, to: 2 });
  assert.deepEqual([status, body.is, body.message, body.field], [422, "failed", "Node 2 has no link to itself.", "to"]);
});

test("commands are JSON, and come from this machine and origin only", async () => {
  const heal = { do: "healAll" };
  const { host } = new URL(cluster.page);
  assert.equal((await give(heal, {})).status, 415);
  assert.equal((await give(heal, { "content-type": "text/plain" })).status, 415);
  assert.equal((await give(heal, { ...json, origin: "http://evil.example" })).status, 403);
  assert.equal((await give(heal, { ...json, origin: `http://${host}` })).status, 200);
  assert.equal((await ask("GET", "/command")).status, 405);
  const { status, body } = await give('{"do":"explode"}');
  assert.equal(status, 400);
  assert.match(body.message, /This is no command: unknown variant `explode`/);
  const stray = await give({ do: "killBroker", node: 2, machin: true });
  assert.deepEqual([stray.status, stray.body.message], [400, "This is no command: There is no field 'machin' here; there are do, machine, node."]);
});

test("the shell says what is wrong with a command, and who is not there", async () => {
  assert.deepEqual(await shell("--json", "{"), { code: 2, out: "", error: "partita: --json: this is no command: EOF while parsing an object at line 1 column 1." });
  assert.equal((await shell("explode")).code, 2);
  const { code, error } = await run("--port", "1", "kill", "2");
  assert.equal(code, 2);
  assert.match(error, /no server listens on 127.0.0.1:1/);
});

test("a producer with acks=all loses nothing through a fail-over, and its consumer reads on", async () => {
  const kafka = new Kafka({ brokers: cluster.brokers, logLevel: logLevel.NOTHING, retry: { initialRetryTime: 100, retries: 30 } });
  const admin = kafka.admin();
  await admin.connect();
  const topic = unique("failover");
  const configEntries = [{ name: "min.insync.replicas", value: "2" }];
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, replicaAssignment: [{ partition: 0, replicas: [2, 1, 3] }], configEntries }] });
  const consumer = kafka.consumer({ groupId: unique("group"), maxWaitTimeInMs: 200, retry: { retries: 30 } });
  const got = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => got.push(message.value.toString()) });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 30 } });
  await producer.connect();
  const acknowledged = [];
  const write = async (from, to) => {
    for (let number = from; number < to; number++) {
      await producer.send({ topic, acks: -1, timeout: 5000, messages: [{ value: String(number) }] });
      acknowledged.push(String(number));
    }
  };
  await write(0, 100);
  const writing = write(100, 300);
  assert.equal((await shell("kill", "2")).code, 0);
  await writing;
  const [partition] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0].partitions;
  assert.notEqual(partition.leader, 2);
  assert.equal((await shell("restart", "2")).code, 0);
  await write(300, 400);
  await until("all that was acknowledged is read", () => acknowledged.every((value) => got.includes(value)), 40);
  await until("broker 2 is in sync again", async () => {
    const [{ isr }] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0].partitions;
    return isr.length === 3;
  }, 40);
  await Promise.allSettled([producer.disconnect(), consumer.disconnect(), admin.disconnect()]);
});
