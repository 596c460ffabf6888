// Transactions, as a person meets them: a producer that writes in them, what becomes of what it aborts, and who reads it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { finds, follows, isIn, member, ownership, send, says, valueOf } from "./flows.mjs";
import { ALL, axe, comes, inspector, isFocused, menu, pages, pane, picture, publishing, tab, topic, until, well } from "./page.mjs";

const { on } = pages();

const dialog = (page) => page.getByRole("dialog", { name: "Add a producer" });
const facts = (page) => inspector(page).innerText();
const does = (page, what) => inspector(page).getByRole("button", { name: what, exact: true }).click();

/** The records of a topic's tapes that are in such a transaction, by their names. */
const inTransaction = (page, what) => topic(page, "orders").getByRole("gridcell", { name: new RegExp(`^offset \\d+, .*in an ${what} transaction`) });

/** Opens the form for a producer to orders that writes in transactions. */
async function configures(page, name, { records = "2", abort = "", rate = "20" } = {}) {
  await pane(page, "Log");
  await menu(page, "orders: actions", "Add a producer with…");
  const form = dialog(page);
  await isFocused(page, "client.id");
  await form.getByLabel("client.id").fill(name);
  await form.getByLabel("records a second").fill(rate);
  await form.getByRole("combobox", { name: "transactions", exact: true }).selectOption("in transactions");
  assert.equal(await form.getByLabel("transactional.id").inputValue(), name);
  await form.getByLabel("records per transaction").fill(records);
  await form.getByLabel("abort every n-th").fill(abort);
  return form;
}

/** Adds it, and waits until the form is gone. */
async function adds(page, ...how) {
  const form = await configures(page, ...how);
  await form.getByRole("button", { name: "Add a producer" }).click();
  await form.waitFor({ state: "detached" });
}

/** Looks at the tapes: where there is little room, what lies over them goes. */
async function looksAtTapes(page) {
  await pane(page, "Log");
  const sheet = page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { expanded: true });
  if (await sheet.isVisible()) await sheet.click();
  const close = inspector(page).getByRole("button", { name: "Close", exact: true });
  if (await close.isVisible()) await close.click();
}

/** Has a producer that writes by itself rest. */
async function rests(page, name) {
  await publishing(page);
  await page.getByRole("button", { name: `Stop ${name}` }).click();
  await page.getByRole("button", { name: `Start ${name}` }).waitFor();
}

/** Chooses a producer in the list of them. */
async function chooses(page, name) {
  await publishing(page);
  await page.getByRole("button", { name, exact: true }).click();
  await inspector(page).getByRole("heading", { name: "Producer" }).waitFor();
}

/** Adds a group whose members read what was committed. */
async function readsCommitted(page, name, size) {
  await pane(page, "Groups");
  await page.getByRole("button", { name: "Add group" }).first().click();
  const form = page.getByRole("form", { name: "New group" });
  await form.getByLabel("group.id").fill(name);
  await form.getByRole("combobox", { name: "isolation.level" }).selectOption("read_committed: no open or aborted transactions");
  await picture(page, `read-committed-form-${size}`);
  await form.getByRole("button", { name: "Add group" }).click();
  await isIn(page, name, "Stable");
}

for (const size of ALL) {
  test(`a producer is configured to write in transactions, and refused what Kafka refuses (${size})`, () => on({ size }, async (page) => {
    const form = await configures(page, "shop", { records: "0", abort: "x" });
    await form.getByText("A number of records: 1 to 1 000 000.").waitFor();
    await form.getByText(/^A number of transactions, such as 2/).waitFor();
    assert.equal(await form.getByLabel("records per transaction").getAttribute("aria-invalid"), "true");
    await form.getByLabel("records per transaction").fill("2");
    await form.getByLabel("abort every n-th").fill("2");
    // The id follows the name until it is a person's own.
    await form.getByLabel("client.id").fill("till");
    assert.equal(await form.getByLabel("transactional.id").inputValue(), "till");
    await picture(page, `transactional-form-${size}`);
    await well(page, "the form");
    await form.getByLabel("transactional.id").fill("");
    await form.getByRole("button", { name: "Add a producer" }).click();
    await form.getByText("Invalid value for configuration transactional.id: String must be non-empty").waitFor();
    assert.equal(await form.getByLabel("transactional.id").getAttribute("aria-invalid"), "true");
    await form.getByLabel("transactional.id").fill("tills");
    await form.getByRole("combobox", { name: "acks", exact: true }).selectOption("1");
    await form.getByRole("button", { name: "Add a producer" }).click();
    await form.getByText("Cannot set a transactional.id without also enabling idempotence.").waitFor();
    await form.getByRole("combobox", { name: "acks", exact: true }).selectOption("all");
    await form.getByRole("button", { name: "Add a producer" }).click();
    await form.waitFor({ state: "detached" });
    await chooses(page, "till");
    await comes(() => facts(page), /transactional\.id\s+tills/);
    await comes(() => facts(page), /ends one\s+after 2 records; of every 2 the last is aborted/);
    await comes(() => facts(page), /ended\s+[1-9]\d* committed, [1-9]\d* aborted/, 20_000);
    await comes(() => facts(page), /producer id\s+\d+, epoch \d+/);
    await comes(() => facts(page), /coordinator\s+broker \d/);
    await picture(page, `transactional-producer-${size}`);
    await well(page, "the producer");
  }));

  test(`what is aborted is struck on the tape, and readers of what is committed pass over it (${size})`, () => on({ size }, async (page) => {
    await adds(page, "shop", { abort: "2" });
    await pane(page, "Log");
    await inTransaction(page, "aborted").first().waitFor();
    for (const end of ["commit", "abort"]) await page.getByRole("gridcell", { name: new RegExp(`, transaction marker, ${end}$`) }).first().waitFor();
    await readsCommitted(page, "audit", size);
    await follows(page, "audit");
    const [name] = Object.keys(await ownership(page, "audit"));
    await member(page, "audit", name).click();
    await comes(() => facts(page), /isolation\.level\s+read_committed/);
    await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    // Nothing holds it up: when nobody writes any more, it has nothing left to read, though what it may not see lies on every tape.
    await rests(page, "shop");
    await rests(page, "checkout");
    await looksAtTapes(page);
    await menu(page, "More", "Show tables instead of the picture");
    const rows = (table) => page.getByRole("table", { name: table, exact: true }).getByRole("row").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
    await until(page, async () => {
      // partition, group, owner, committed, position, log end, lag
      const read = (await rows("Offsets of groups")).filter(([, group]) => group === "audit");
      return read.length === 3 && read.every(([, , , committed, , logEnd, lag]) => committed === logEnd && lag === "0");
    }, "all of it read and committed", 30_000);
    const [columns, ...parts] = await rows("Partitions");
    const stable = columns.indexOf("last stable offset");
    assert.ok(parts.every((part) => part[stable] === part[stable + 1]), "what is stable ends with the log");
    await page.getByRole("button", { name: "Show the picture instead of tables" }).click();
    assert.ok((await inTransaction(page, "aborted").count()) > 0);
    assert.equal(await inTransaction(page, "open").count(), 0);
    await picture(page, `aborted-${size}`);
    await well(page, "aborted records");
    await tab(page, "Messages");
    await page.getByRole("searchbox", { name: "Filter" }).fill("transaction = aborted");
    const found = page.getByRole("table", { name: "Records of orders" }).getByRole("button", { name: /^partition \d, offset \d+/ });
    await until(page, async () => {
      const all = await found.evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
      return all.length > 0 && all.every((row) => row.endsWith(", in an aborted transaction"));
    }, "those that were aborted, and no others");
    await picture(page, `aborted-messages-${size}`);
    await well(page, "aborted records in Messages");
    const [, partition, offset] = /^partition (\d), offset (\d+)/.exec(await found.first().getAttribute("aria-label")).map(Number);
    await found.first().click();
    await comes(() => facts(page), /transaction\s+in an aborted transaction/);
    await comes(() => facts(page), /state\s+replicated: below the high watermark/);
    await comes(() => facts(page), /read by[^]*audit, passed over/);
    await picture(page, `aborted-record-${size}`);
    await well(page, "an aborted record");
    // No less so when so much has come after it that its tape does not show it any more.
    const isOnTape = () => page.evaluate(({ partition, offset }) => {
      const { topics } = document.querySelector("partita-playground").view();
      return topics.find((it) => it.name === "orders").partitions[partition].window.some((record) => record.offset === offset);
    }, { partition, offset });
    assert.ok(await isOnTape());
    await page.evaluate((partition) => {
      for (let n = 0; n < 70; n += 1) document.querySelector("partita-playground").command({ do: "publish", topic: "orders", partition, key: "k", value: "v" });
    }, partition);
    await until(page, async () => !(await isOnTape()), "it has left its tape", 30_000);
    await comes(() => facts(page), /transaction\s+in an aborted transaction/);
    await comes(() => facts(page), /state\s+replicated: below the high watermark/);
    await comes(() => facts(page), /read by[^]*audit, passed over/);
  }));

  test(`a person begins a transaction, writes in it, and aborts or commits it (${size})`, () => on({ size }, async (page) => {
    await adds(page, "shop", { records: "3", rate: "2" });
    await rests(page, "shop");
    await rests(page, "checkout");
    await chooses(page, "shop");
    await comes(() => facts(page), /transaction\s+READY: none is open/);
    await does(page, "Begin transaction");
    await comes(() => facts(page), /transaction\s+IN_TRANSACTION: one is open/);
    await does(page, "Publish as it");
    const form = await publishing(page);
    await comes(() => form.getByRole("combobox", { name: "Producer" }).inputValue(), "shop");
    await form.getByText("IN_TRANSACTION", { exact: true }).waitFor();
    await valueOf(form).fill("by hand");
    await send(form).click();
    await says(form, /orders \d+, offset \d+/);
    await picture(page, `transaction-publish-${size}`);
    await well(page, "the form that writes in a transaction");
    await looksAtTapes(page);
    await until(page, async () => (await inTransaction(page, "open").count()) === 1, "one record in an open transaction");
    await inTransaction(page, "open").click();
    await comes(() => facts(page), /transaction\s+in an open transaction/);
    await picture(page, `open-record-${size}`);
    await inspector(page).getByRole("button", { name: /^orders \d$/ }).click();
    await comes(() => facts(page), /last stable offset\s+\d+: a transaction is open from there/);
    await picture(page, `open-partition-${size}`);
    await well(page, "a partition with an open transaction");
    await looksAtTapes(page);
    await publishing(page);
    await form.getByRole("button", { name: "Abort transaction" }).click();
    await form.getByText("READY", { exact: true }).waitFor();
    await pane(page, "Log");
    await until(page, async () => (await inTransaction(page, "open").count()) === 0, "none is open");
    assert.equal(await inTransaction(page, "aborted").count(), 1);
    // Without a transaction nothing is written: Kafka's client says so.
    await publishing(page);
    await send(form).click();
    await form.getByRole("alert").filter({ hasText: "Cannot add partition orders" }).waitFor();
    // The palette does the same, and so does the producer's menu.
    await finds(page, "shop begin transaction");
    await publishing(page);
    await form.getByText("IN_TRANSACTION", { exact: true }).waitFor();
    await valueOf(form).fill("by hand, again");
    await send(form).click();
    await says(form, /orders \d+, offset \d+/);
    await menu(page, "shop: actions", "Commit transaction");
    await form.getByText("READY", { exact: true }).waitFor();
    await pane(page, "Log");
    await until(page, async () => (await inTransaction(page, "open").count()) === 0, "none is open");
    assert.equal(await inTransaction(page, "aborted").count(), 1);
  }));
}

test("with forced colours an aborted record keeps its hatch", () => on({ contrast: "active" }, async (page) => {
  await adds(page, "shop", { abort: "1" });
  await inTransaction(page, "aborted").first().waitFor();
  const face = await inTransaction(page, "aborted").first().evaluate((cell) => getComputedStyle(cell, "::before").backgroundImage);
  assert.match(face, /repeating-linear-gradient/);
  await picture(page, "aborted-forced");
  assert.deepEqual(await axe(page), []);
}));

test("aborted records in the dark", () => on({ scheme: "dark" }, async (page) => {
  await adds(page, "shop", { abort: "2" });
  await until(page, async () => (await inTransaction(page, "aborted").count()) > 6, "aborted records");
  await inTransaction(page, "aborted").last().click();
  await inspector(page).getByText(/in an aborted transaction/).waitFor();
  await picture(page, "aborted-dark");
}));
