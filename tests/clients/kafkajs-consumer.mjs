// A consumer in a process of its own, so that it can crash: node kafkajs-consumer.mjs BOOTSTRAP GROUP TOPIC. Tells its parent what it gets.

import kafkajs from "kafkajs";
import { sessionTimeout } from "./partita.mjs";

const [bootstrap, groupId, topic] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({ brokers: bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING });
const consumer = kafka.consumer({ groupId, sessionTimeout, heartbeatInterval: 300 });
consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => process.send({ partitions: payload.memberAssignment[topic] ?? [] }));
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({ eachMessage: async ({ partition, message }) => process.send({ partition, value: message.value.toString() }) });
