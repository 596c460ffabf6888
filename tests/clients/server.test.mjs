// `partita serve` itself: its command line, its manners, and who may look.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { PROGRAM, start, until } from "./partita.mjs";

let cluster;
before(async () => (cluster = await start({ options: [] })));
after(() => cluster?.stop());

/** Runs the program to its end. */
async function run(...args) {
  const child = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => (said += data));
  const [code] = await once(child, "close");
  return { code, lines: said.trimEnd().split("\n") };
}

/** Asks the page's server; the answer's status, headers and body. */
function ask(path, headers = {}) {
  const { hostname, port } = new URL(cluster.page);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers });
    asked.on("response", async (response) => {
      const body = (await response.toArray()).join("");
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    asked.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode, headers: response.headers });
    });
    asked.on("error", reject);
    asked.end();
  });
}

const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" };

for (const [what, args, says] of [
  ["an unknown flag", ["--bogus"], "--bogus"],
  ["too many brokers", ["--brokers", "10"], "--brokers"],
  ["a port that is none", ["--port", "70000"], "--port"],
  ["a setting that Kafka does not have", ["--set", "num.partitons=3"], "num.partitons"],
  ["a value that a setting cannot have", ["--set", "num.partitions=many"], "num.partitions"],
  ["a setting without a value", ["--set", "num.partitions"], "KEY=VALUE"],
  ["a folder without a page", ["--page", "/nowhere"], "/nowhere"],
]) {
  test(`${what} is one clear line, and exit status 2`, async () => {
    const { code, lines } = await run("serve", "--port", "0", "--http-port", "0", ...args);
    assert.equal(code, 2);
    assert.equal(lines.length, 1);
    assert.match(lines[0], new RegExp(`^partita: .*${says}`));
  });
}

test("a port in use is one clear line, and exit status 2", async () => {
  const port = cluster.brokers[0].split(":")[1];
  const { code, lines } = await run("serve", "--no-http", "--brokers", "1", "--port", port);
  assert.equal(code, 2);
  assert.deepEqual(lines, [`partita: cannot listen on 127.0.0.1:${port} for broker 1: the port is in use; choose another with --port`]);
});

test("Ctrl-C ends it at once, also while clients are connected", async () => {
  const own = await start({ brokers: 1 });
  const [host, port] = own.brokers[0].split(":");
  const client = connect(Number(port), host);
  await once(client, "connect");
  // How its connection ends is the operating system's affair.
  client.on("error", () => {});
  own.child.kill("SIGINT");
  const [code] = await once(own.child, "exit");
  assert.equal(code, 0);
  client.destroy();
});

test("the page is told to show the server's cluster, under a strict content security policy", async (t) => {
  const { status, headers, body } = await ask("/");
  assert.match(headers["content-security-policy"], /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'/);
  if (status === 404) return t.skip("compiled without its page");
  assert.match(body, /<partita-playground source="server"/);
});

test("files outside of the page's folder are not served", async () => {
  for (const path of ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "//etc/passwd", "/none"]) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test("only pages of this origin may look", async () => {
  const { host } = new URL(cluster.page);
  assert.equal((await ask("/view", { ...upgrade, origin: `http://${host}` })).status, 101);
  assert.equal((await ask("/view", { ...upgrade, origin: "http://evil.example" })).status, 403);
  assert.equal((await ask("/view", upgrade)).status, 403);
});

test("a foreign name for this machine is refused", async () => {
  assert.equal((await ask("/", { host: "evil.example" })).status, 403);
  assert.equal((await ask("/view", { ...upgrade, host: "evil.example", origin: "http://evil.example" })).status, 403);
});

/** Writes bytes to broker 1 and waits until it closes. */
async function closes(bytes) {
  const [host, port] = cluster.brokers[0].split(":");
  const client = connect(Number(port), host);
  client.on("error", () => {});
  client.resume();
  client.write(bytes);
  await once(client, "close");
}

test("what is no frame ends the connection, and nothing else", async () => {
  await closes(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
  await closes(Buffer.from("ffffffff00", "hex"));
  await closes(Buffer.from("00000002ffff", "hex"));
  assert.equal(cluster.child.exitCode, null);
});

test("a client that asks and never reads holds up nobody, and is read no further", async () => {
  const [host, port] = cluster.brokers[0].split(":");
  const greedy = connect(Number(port), host);
  greedy.on("error", () => {});
  await once(greedy, "connect");
  greedy.pause();
  // ApiVersions v0, over and over: small to ask, some 500 bytes to answer.
  const one = Buffer.from("0000000a0012000000000001ffff", "hex");
  const many = Buffer.concat(Array.from({ length: 5000 }, () => one));
  // Until what the server and both kernels' buffers take is full, and nothing moves between two looks.
  let before = -1;
  await until("its requests are taken no more", () => {
    const stuck = greedy.writableLength > 0 && greedy.bytesWritten - greedy.writableLength === before;
    before = greedy.bytesWritten - greedy.writableLength;
    if (!stuck) greedy.write(many);
    return stuck;
  });
  const other = connect(Number(port), host);
  other.write(one);
  const [answer] = await once(other, "data");
  assert.equal(answer.readInt32BE(4), 1);
  other.destroy();
  greedy.destroy();
});
