// A running `partita serve` gives its logs away as Apache Kafka's files: over HTTP, and to the shell.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import kafkajs from "kafkajs";
import { PROGRAM, start, unique } from "./partita.mjs";

const { Kafka, Partitioners, logLevel } = kafkajs;
const topic = unique("exported");

let cluster, folder;
before(async () => {
  cluster = await start({ options: [] });
  folder = await mkdtemp(join(tmpdir(), "partita-"));
  const kafka = new Kafka({ brokers: cluster.brokers, logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: [{ key: "k", value: "a value to be found again" }] });
  await producer.disconnect();
});
after(async () => {
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function exported(...args) {
  const child = spawn(PROGRAM, ["export", "--port", new URL(cluster.page).port, "--to", folder, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let error = "";
  child.stderr.on("data", (data) => (error += data));
  const [code] = await once(child, "close");
  return { code, error: error.trimEnd() };
}

const get = (path, headers = {}) => fetch(new URL(path, cluster.page), { headers });

test("every node's logs are listed, and a file comes whole", async () => {
  const listed = (await (await get("/export")).text()).trimEnd().split("\n").map((line) => line.split("\t"));
  const [path, bytes] = listed.find(([path, bytes]) => path.endsWith(`/${topic}-0/00000000000000000000.log`) && bytes > 0);
  assert.ok(listed.some(([path]) => path.startsWith("1/__cluster_metadata-0/")));
  const file = await get(`/export/${path}`);
  const content = Buffer.from(await file.arrayBuffer());
  assert.deepEqual([file.status, content.length], [200, Number(bytes)]);
  assert.ok(content.includes("a value to be found again"));
});

test("the shell writes them into a folder", async () => {
  assert.equal((await exported()).code, 0);
  assert.deepEqual((await readdir(folder)).sort(), ["1", "2", "3"]);
  const found = (await readdir(folder)).map((node) => join(folder, node, `${topic}-0`, "00000000000000000000.log"));
  const contents = await Promise.all(found.map((path) => readFile(path).catch(() => Buffer.alloc(0))));
  assert.ok(contents.some((content) => content.includes("a value to be found again")));
});

test("what is not there is said", async () => {
  assert.deepEqual(await exported("1", "none-0"), { code: 1, error: "partita: there is no log 1/none-0" });
  assert.equal((await get("/export/1/../../etc/passwd")).status, 404);
  assert.equal((await get(`/export/1/${topic}-0/none.log`)).status, 404);
});

test("pages of other servers get nothing", async () => {
  assert.equal((await get("/export", { origin: "http://elsewhere.example" })).status, 403);
});
