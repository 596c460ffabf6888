// Null and empty are two things in Kafka: in the form that writes, in Messages, in files, and in what is written once more.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ALL, axe, comes, inspector, pages, pane, picture, publishing, tab, until } from "./page.mjs";

const { on } = pages();

const records = (page) => page.getByRole("table", { name: "Records of orders" });
const filter = (page) => page.getByRole("searchbox", { name: "Filter" });

/** A record with nothing as its key, its value and a header, and one with none of them. */
async function writesBoth(page) {
  await page.evaluate(() => {
    const playground = document.querySelector("partita-playground");
    playground.command({ do: "publish", topic: "orders", partition: 1, key: "", value: "", headers: [["mark", ""], ["none", null], ["", "unnamed"]] });
    playground.command({ do: "publish", topic: "orders", partition: 1, key: null, value: null, headers: [["mark", "null"]] });
  });
  await tab(page, "Messages");
}

async function finds(page, what) {
  await filter(page).fill(what);
  await until(page, async () => (await records(page).getByRole("row").count()) === 2, what);
  return records(page).getByRole("row").last();
}

for (const size of ALL) {
  test(`null and empty are told apart, shown and edited (${size})`, () => on({ size }, async (page) => {
    await writesBoth(page);
    const none = await finds(page, "headers.mark = \"null\"");
    await comes(() => none.innerText(), /null\s+null \(tombstone\)/);
    const nothing = await finds(page, "key = \"\" and value = \"\"");
    await comes(() => nothing.innerText(), /empty\s+empty/);
    await picture(page, `nothing-${size}`);
    assert.deepEqual(await axe(page), []);
    await nothing.getByRole("button", { name: /offset \d+, empty key$/ }).click();
    await inspector(page).getByText("empty: no bytes, which is not null").waitFor();
    await picture(page, `nothing-record-${size}`);
    assert.deepEqual(await axe(page), []);
    await inspector(page).getByRole("button", { name: "Edit in Publish" }).click();
    const form = await publishing(page);
    await comes(() => form.getByRole("checkbox", { name: "key: null" }).isChecked(), false);
    assert.equal(await form.getByRole("checkbox", { name: "value: null" }).isChecked(), false);
    assert.equal(await form.getByRole("checkbox", { name: "Header 1: null" }).isChecked(), false);
    assert.equal(await form.getByRole("checkbox", { name: "Header 2: null" }).isChecked(), true);
    assert.equal(await form.getByLabel("Header 3 value").inputValue(), "unnamed");
    // Nothing is a key: it has a hash, and so a partition.
    await form.getByText('murmur2("")').waitFor();
    await picture(page, `nothing-form-${size}`);
    assert.deepEqual(await axe(page), []);
    await form.getByRole("button", { name: /^Send/ }).click();
    await form.getByText(/^orders \d, offset \d+, in /).waitFor();
    await tab(page, "Messages");
    await filter(page).fill("headers.mark = \"\" and headers.none = null and key = \"\"");
    await until(page, async () => (await records(page).getByRole("row").count()) === 3, "the same record again");
    // Who clears the field means no key, and may say otherwise.
    await publishing(page);
    const key = form.getByRole("textbox", { name: "key", exact: true });
    await key.fill("user-7");
    assert.equal(await form.getByRole("checkbox", { name: "key: null" }).isChecked(), false);
    await key.fill("");
    await comes(() => form.getByRole("checkbox", { name: "key: null" }).isChecked(), true);
    await form.getByText("KIP-794").first().waitFor();
    await form.getByRole("checkbox", { name: "key: null" }).uncheck();
    await form.getByText('murmur2("")').waitFor();
    await key.fill("user-7");
    await form.getByText('murmur2("user-7")').waitFor();
  }));
}

test("files and replays tell null from empty", () => on({}, async (page) => {
  await writesBoth(page);
  await finds(page, "headers.none = null");
  await page.getByRole("button", { name: "Export" }).click();
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return readFile(await download.path(), "utf8");
  };
  const { key, value, headers } = JSON.parse(await saved("JSON lines"));
  assert.deepEqual([key, value, headers.map((header) => header.value)], ["", "", ["", null, "unnamed"]]);
  assert.match(await saved("CSV"), /,data,,"","",/);
  await records(page).getByRole("button").click();
  await inspector(page).getByRole("button", { name: "Replay" }).click();
  await inspector(page).getByText(/^Written to orders/).waitFor();
  await until(page, async () => (await records(page).getByRole("row").count()) === 3, "the same once more");
  await filter(page).fill("headers.mark = \"null\"");
  await until(page, async () => (await records(page).getByRole("row").count()) === 2, "the tombstone");
  assert.match(await saved("CSV"), /,tombstone,,,,/);
  const none = JSON.parse(await saved("JSON lines"));
  assert.deepEqual([none.key, none.value, none.headers[0].value], [null, null, "null"]);
  // What JSON lines say is written so.
  await pane(page, "Publish");
  const form = await publishing(page);
  await form.getByLabel("what").selectOption("JSON lines");
  await form.getByRole("textbox", { name: "JSON lines" }).fill('{"key": "", "value": "", "headers": {"line": "", "and": null}}\n{"key": null, "value": null, "headers": {"line": "2"}}');
  await form.getByRole("button", { name: /^Send/ }).click();
  await filter(page).fill("key = \"\" and value = \"\" and headers.line = \"\" and headers.and = null");
  await until(page, async () => (await records(page).getByRole("row").count()) === 2, "the first line");
  await filter(page).fill("key = null and value = null and headers.line = \"2\"");
  await until(page, async () => (await records(page).getByRole("row").count()) === 2, "the second line");
}));
