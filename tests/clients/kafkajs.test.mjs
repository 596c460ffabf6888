// kafkajs 2.2.4, unmodified, against `partita serve`.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import kafkajs from "kafkajs";
import { sessionTimeout, start, unique, until } from "./partita.mjs";

const { CompressionTypes, ConfigResourceTypes, Kafka, Partitioners, logLevel } = kafkajs;

let cluster;
let kafka;
let admin;
const open = [];

before(async () => {
  cluster = await start();
  kafka = new Kafka({ clientId: "tests", brokers: cluster.brokers, logLevel: logLevel.NOTHING, retry: { initialRetryTime: 50 } });
  admin = await connected(kafka.admin());
});

after(async () => {
  await Promise.allSettled(open.map((client) => client.disconnect()));
  await cluster?.stop();
});

async function connected(client) {
  open.push(client);
  await client.connect();
  return client;
}

async function newTopic(numPartitions, configEntries = []) {
  const topic = unique("topic");
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions, replicationFactor: 1, configEntries }] });
  return topic;
}

const newProducer = (options = {}) => connected(kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...options }));

/** A running consumer, with what it got and what it is assigned. */
async function newConsumer(groupId, topic, { fromBeginning = true, autoCommit = true, ...options } = {}) {
  const consumer = await connected(kafka.consumer({ groupId, sessionTimeout, heartbeatInterval: 300, maxWaitTimeInMs: 200, retry: { initialRetryTime: 50 }, ...options }));
  const seen = { consumer, messages: [], assigned: [], get values() { return this.messages.map(({ value }) => value); } };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => (seen.assigned = payload.memberAssignment[topic] ?? []));
  await consumer.subscribe({ topic, fromBeginning });
  await consumer.run({
    autoCommit,
    eachMessage: async ({ partition, message }) => {
      const key = message.key?.toString() ?? null;
      seen.messages.push({ partition, offset: Number(message.offset), key, value: message.value?.toString() ?? null, headers: message.headers });
    },
  });
  return seen;
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const numbers = (from, to) => Array.from({ length: to - from }, (_, at) => ({ key: `k${at}`, value: String(from + at) }));

test("the cluster describes itself: its brokers, and one of them as controller", async () => {
  const { brokers, controller } = await admin.describeCluster();
  assert.deepEqual(sorted(brokers.map(({ nodeId }) => nodeId)), [1, 2, 3]);
  assert.ok([1, 2, 3].includes(controller));
});

test("a topic is created, grows, and is deleted", async () => {
  const topic = await newTopic(3);
  assert.ok((await admin.listTopics()).includes(topic));
  assert.equal(await admin.createTopics({ topics: [{ topic }] }), false, "it is there already");
  await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
  await until("five partitions with leaders", async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0].partitions.length === 5 && topics[0].partitions.every(({ leader }) => leader > 0);
  });
  await admin.deleteTopics({ topics: [topic] });
  await until("the topic is gone", async () => !(await admin.listTopics()).includes(topic));
});

test("a topic's partitions are spread over the brokers", async () => {
  const topic = await newTopic(6);
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const led = topics[0].partitions.map(({ leader }) => leader);
  assert.deepEqual(sorted(led), [1, 1, 2, 2, 3, 3]);
});

test("a bad name is refused with Kafka's error", async () => {
  const refused = await admin.createTopics({ topics: [{ topic: "no spaces, please" }] }).catch((error) => error);
  assert.equal(refused.errors?.[0]?.type, "INVALID_TOPIC_EXCEPTION");
});

test("a topic's configs are described and altered", async () => {
  const name = await newTopic(1, [{ name: "retention.ms", value: "3600000" }]);
  const resources = [{ type: ConfigResourceTypes.TOPIC, name, configNames: ["retention.ms", "cleanup.policy"] }];
  const values = async () => {
    const described = await admin.describeConfigs({ resources, includeSynonyms: false });
    return Object.fromEntries(described.resources[0].configEntries.map(({ configName, configValue }) => [configName, configValue]));
  };
  assert.deepEqual(await values(), { "cleanup.policy": "delete", "retention.ms": "3600000" });
  const configEntries = [{ name: "retention.ms", value: "7200000" }];
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name, configEntries }] });
  await until("the new value", async () => (await values())["retention.ms"] === "7200000");
});

test("what a producer sends, a consumer gets: keys, values, headers, tombstones, in order", async () => {
  const topic = await newTopic(1);
  const producer = await newProducer();
  const headers = { trace: "abc", many: ["1", "2"] };
  const [sent] = await producer.send({ topic, messages: [{ key: "a", value: "one", headers }, { key: "a", value: null }, { value: "no key" }] });
  assert.equal(sent.baseOffset, "0");
  const { messages } = await newConsumer(unique("group"), topic);
  await until("three messages", () => messages.length === 3);
  assert.deepEqual(messages.map(({ offset, key, value }) => [offset, key, value]), [[0, "a", "one"], [1, "a", null], [2, null, "no key"]]);
  assert.equal(messages[0].headers.trace.toString(), "abc");
  assert.deepEqual(messages[0].headers.many.map(String), ["1", "2"]);
});

test("gzip goes through as it came", async () => {
  const topic = await newTopic(1);
  const producer = await newProducer();
  await producer.send({ topic, compression: CompressionTypes.GZIP, messages: numbers(0, 100) });
  const seen = await newConsumer(unique("group"), topic);
  await until("a hundred messages", () => seen.messages.length === 100);
  assert.deepEqual(seen.values, numbers(0, 100).map(({ value }) => value));
});

test("an idempotent producer writes each message once", async () => {
  const topic = await newTopic(1);
  const producer = await newProducer({ idempotent: true, maxInFlightRequests: 1 });
  for (let batch = 0; batch < 5; batch += 1) {
    const [{ baseOffset }] = await producer.send({ topic, acks: -1, messages: numbers(batch * 10, batch * 10 + 10) });
    assert.equal(Number(baseOffset), batch * 10);
  }
  assert.equal((await admin.fetchTopicOffsets(topic))[0].high, "50");
});

test("1,000 keys go where Apache Kafka's own producer puts them", async () => {
  const lines = (await readFile(new URL("partitions-of-keys.tsv", import.meta.url), "utf8")).split("\n");
  const placed = new Map(lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t").reverse()));
  assert.equal(placed.size, 1000);
  for (const createPartitioner of [Partitioners.DefaultPartitioner, Partitioners.JavaCompatiblePartitioner]) {
    const topic = await newTopic(7);
    const producer = await newProducer({ createPartitioner });
    await producer.send({ topic, messages: [...placed.keys()].map((key) => ({ key, value: "" })) });
    const seen = await newConsumer(unique("group"), topic);
    await until("a thousand messages", () => seen.messages.length === 1000);
    const wrong = seen.messages.filter(({ key, partition }) => placed.get(key) !== String(partition));
    assert.deepEqual(wrong, []);
    await seen.consumer.disconnect();
  }
});

test("two consumers share a topic; when one leaves, the other has it all", async () => {
  const [topic, group] = [await newTopic(4), unique("group")];
  const first = await newConsumer(group, topic);
  await until("the first has all four partitions", () => first.assigned.length === 4);
  const second = await newConsumer(group, topic);
  await until("each has two", () => first.assigned.length === 2 && second.assigned.length === 2);
  assert.deepEqual(sorted([...first.assigned, ...second.assigned]), [0, 1, 2, 3]);
  const { groups } = await admin.describeGroups([group]);
  assert.equal(groups[0].state, "Stable");
  assert.equal(groups[0].members.length, 2);
  await second.consumer.disconnect();
  await until("the first has all again", () => first.assigned.length === 4);
});

test("a consumer that crashes is missed after its session timeout, and nothing is lost", async () => {
  const [topic, group] = [await newTopic(4), unique("group")];
  const survivor = await newConsumer(group, topic);
  const child = fork(new URL("kafkajs-consumer.mjs", import.meta.url), [cluster.brokers.join(","), group, topic]);
  const heard = [];
  child.on("message", (message) => heard.push(message));
  await until("each has two partitions", () => survivor.assigned.length === 2 && heard.at(-1)?.partitions?.length === 2);
  child.kill("SIGKILL");
  const producer = await newProducer();
  await producer.send({ topic, messages: [0, 1, 2, 3].map((partition) => ({ partition, value: `p${partition}` })) });
  await until("the survivor has all four partitions", () => survivor.assigned.length === 4);
  await until("the survivor has read them all", () => new Set(survivor.values).size === 4);
});

test("a group resumes from its committed offsets", async () => {
  const [topic, group] = [await newTopic(1), unique("group")];
  const producer = await newProducer();
  await producer.send({ topic, messages: numbers(0, 10) });
  const before = await newConsumer(group, topic);
  await until("the first ten", () => before.messages.length === 10);
  await before.consumer.disconnect();
  await until("offset 10 is committed", async () => (await admin.fetchOffsets({ groupId: group, topics: [topic] }))[0].partitions[0].offset === "10");
  await producer.send({ topic, messages: numbers(10, 20) });
  const resumed = await newConsumer(group, topic);
  await until("the next ten", () => resumed.messages.length === 10);
  assert.deepEqual(resumed.messages.map(({ offset }) => offset), numbers(10, 20).map(({ value }) => Number(value)));
});

test("offsets are set by an administrator, and a group is listed and deleted", async () => {
  const [topic, group] = [await newTopic(1), unique("group")];
  const producer = await newProducer();
  await producer.send({ topic, messages: numbers(0, 10) });
  await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: "7" }] });
  const seen = await newConsumer(group, topic);
  await until("the last three", () => seen.messages.length === 3);
  assert.deepEqual(seen.values, ["7", "8", "9"]);
  await assert.rejects(admin.deleteGroups([group]), { name: "KafkaJSDeleteGroupsError" });
  await seen.consumer.disconnect();
  assert.ok((await admin.listGroups()).groups.some(({ groupId }) => groupId === group));
  await admin.deleteGroups([group]);
  assert.ok(!(await admin.listGroups()).groups.some(({ groupId }) => groupId === group));
});

test("a consumer seeks, pauses and resumes", async () => {
  const topic = await newTopic(1);
  const producer = await newProducer();
  await producer.send({ topic, messages: numbers(0, 10) });
  const seen = await newConsumer(unique("group"), topic);
  await until("all ten", () => seen.messages.length === 10);
  seen.consumer.pause([{ topic }]);
  await producer.send({ topic, messages: numbers(10, 11) });
  seen.consumer.seek({ topic, partition: 0, offset: "8" });
  assert.equal(seen.messages.length, 10);
  seen.consumer.resume([{ topic }]);
  await until("8, 9 and 10", () => seen.messages.length === 13);
  assert.deepEqual(seen.values.slice(10), ["8", "9", "10"]);
});

test("records are deleted up to an offset, and offsets found by time", async () => {
  const topic = await newTopic(1);
  const producer = await newProducer();
  const began = Date.now() - 100_000;
  await producer.send({ topic, messages: numbers(0, 10).map((message, at) => ({ ...message, timestamp: String(began + at * 1000) })) });
  const [{ offset }] = await admin.fetchTopicOffsetsByTimestamp(topic, began + 3500);
  assert.equal(offset, "4");
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: "6" }] });
  const [{ low, high }] = await admin.fetchTopicOffsets(topic);
  assert.deepEqual([low, high], ["6", "10"]);
});

test("a topic is created by being written to", async () => {
  const topic = unique("automatic");
  const producer = await newProducer({ allowAutoTopicCreation: true });
  await producer.send({ topic, messages: [{ value: "first" }] });
  assert.equal((await admin.fetchTopicOffsets(topic))[0].high, "1");
});

test("what a transaction writes is read once it is committed, and never where it is aborted", async () => {
  const topic = await newTopic(2);
  const producer = await newProducer({ transactionalId: unique("shop"), maxInFlightRequests: 1, idempotent: true });
  const careful = await newConsumer(unique("careful"), topic);
  const eager = await newConsumer(unique("eager"), topic, { readUncommitted: true });
  const aborted = await producer.transaction();
  await aborted.send({ topic, messages: numbers(0, 10) });
  await until("who does not mind sees them at once", () => eager.values.length === 10);
  await aborted.abort();
  const committed = await producer.transaction();
  await committed.send({ topic, messages: numbers(10, 20) });
  await until("ten more", () => eager.values.length === 20);
  assert.deepEqual(careful.values, [], "it waits for the end");
  await committed.commit();
  await until("what is committed", () => careful.values.length >= 10);
  assert.deepEqual(sorted(careful.values.map(Number)), sorted(numbers(10, 20).map(({ value }) => Number(value))));
});

test("offsets count with the transaction that they are sent to", async () => {
  const [topic, group] = [await newTopic(1), unique("group")];
  const producer = await newProducer({ transactionalId: unique("shop"), maxInFlightRequests: 1, idempotent: true });
  const sent = { consumerGroupId: group, topics: [{ topic, partitions: [{ partition: 0, offset: "5" }] }] };
  const offset = async () => (await admin.fetchOffsets({ groupId: group, topics: [topic] }))[0].partitions[0].offset;
  for (const [end, expected] of [["abort", "-1"], ["commit", "5"]]) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: numbers(0, 5) });
    await transaction.sendOffsets(sent);
    await transaction[end]();
    await until(`${expected} after ${end}`, async () => (await offset()) === expected);
  }
});

test("of two producers with one transactional id the older is fenced", async () => {
  const [topic, transactionalId] = [await newTopic(1), unique("shop")];
  const options = { transactionalId, maxInFlightRequests: 1, idempotent: true };
  const [older, newer] = [await newProducer(options), await newProducer(options)];
  const open = await older.transaction();
  await open.send({ topic, messages: numbers(0, 1) });
  const next = await newer.transaction();
  await next.send({ topic, messages: numbers(1, 2) });
  await next.commit();
  await assert.rejects(open.commit());
  const seen = await newConsumer(unique("group"), topic);
  await until("the newer one's", () => seen.values.length > 0);
  assert.deepEqual(seen.values, ["1"]);
});
