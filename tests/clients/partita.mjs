// A cluster for tests: `partita serve` on free ports.
//
// $PARTITA is the program. With $BOOTSTRAP (HOST:PORT,…) the tests run against that cluster instead, such as an Apache Kafka with
// group.initial.rebalance.delay.ms=0: what they expect is Kafka's behaviour, not ours alone.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";

export const PROGRAM = process.env.PARTITA ?? new URL("../../target/debug/partita", import.meta.url).pathname;

/** How soon a consumer that crashed is missed, in ms: Kafka's minimum, or sooner where we may set that. */
export const sessionTimeout = process.env.BOOTSTRAP ? 6000 : 1500;

/** Starts a cluster; resolves when it is ready. `set`: broker settings; `options`: of the command line. */
export async function start({ brokers = 3, set = {}, options = ["--no-http"] } = {}) {
  if (process.env.BOOTSTRAP) {
    return { brokers: process.env.BOOTSTRAP.split(","), async stop() {} };
  }
  const settings = { "group.initial.rebalance.delay.ms": 0, "group.min.session.timeout.ms": 1000, ...set };
  const args = ["serve", "--port", "0", "--http-port", "0", "--brokers", String(brokers)];
  if (options.includes("--no-http")) {
    args.splice(args.indexOf("--http-port"), 2);
  }
  for (const [key, value] of Object.entries(settings)) {
    args.push("--set", `${key}=${value}`);
  }
  const child = spawn(PROGRAM, [...args, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const cluster = { child, brokers: [], page: undefined, said: "", stop: () => stop(child) };
  child.stderr.on("data", (data) => (cluster.said += data));
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`partita serve ended (${code ?? signal}): ${cluster.said}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, what, address] = /^(broker \d+|page) on (\S+)$/.exec(line) ?? [];
      if (what === "page") {
        cluster.page = address;
      } else if (what) {
        cluster.brokers.push(address);
      } else if (line === "ready") {
        resolve();
      }
    });
  });
  return cluster;
}

async function stop(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await ended;
  }
}

/** A name that no other test has. */
export const unique = (what) => `${what}-${randomUUID().slice(0, 8)}`;

/** Waits until `condition` returns something true, and returns it; fails after a while, saying `what` did not come. */
export async function until(what, condition, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const result = await condition();
    if (result) {
      return result;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${seconds} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
