// Messages and Configs: records looked for, shown, replayed and taken away; settings read and changed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ALL, axe, comes, inspector, isFocused, keys, menu, pages, pane, picture, tab, topic, until } from "./page.mjs";

const { on } = pages();

const records = (page, of = "orders") => page.getByRole("table", { name: `Records of ${of}` });
const cells = (row) => row.split("\t").map((cell) => cell.trim());
/** The records that are listed: what each says under the names of the columns. Where there is little room, some columns are not there. */
const rows = async (page, of) => {
  const [names, ...listed] = (await records(page, of).getByRole("row").allInnerTexts()).map(cells);
  return listed.map((row) => Object.fromEntries(row.map((cell, at) => [names[at], cell])));
};
const filter = (page) => page.getByRole("searchbox", { name: "Filter" });
const command = (page, what) => page.evaluate((what) => document.querySelector("partita-playground").command(what), what);
const pause = (page) => page.evaluate(() => document.querySelector("partita-playground").time({ do: "pause" }));
const shows = (page, what, is) => until(page, async () => { const all = await rows(page).catch(() => []); return all.length > 0 && all.every(is) && all; }, what);

async function publish(page, fields) {
  await command(page, { do: "publish", topic: "orders", partition: 1, headers: [], ...fields });
}

for (const [size, width, height, most] of [["wide", 1440, 900, 40], ["embed", 720, 420, 40], ["phone", 390, 844, 110], ["phone", 360, 640, 110]]) {
  test(`what looks for records leaves the room to them (${width} × ${height})`, () => on({ size }, async (page) => {
    await page.setViewportSize({ width, height });
    await tab(page, "Messages");
    await until(page, async () => (await rows(page)).length > 3, "records");
    const tools = await page.getByRole("search", { name: "Messages" }).boundingBox();
    assert.ok(tools.height <= most, `${tools.height} px`);
    // Each column is named, and no name is cut.
    const cut = await records(page).getByRole("columnheader").evaluateAll((all) => all.filter((it) => it.checkVisibility() && (it.scrollWidth > it.clientWidth || getComputedStyle(it).fontSize === "0px")).map((it) => it.innerText));
    assert.deepEqual(cut, []);
    await picture(page, `messages-room-${width}`);
  }));
}

for (const size of ALL) {
  test(`a person looks for records and at one of them (${size})`, () => on({ size }, async (page) => {
    await publish(page, { key: "user-7", value: JSON.stringify({ item: "A-113", qty: 20 }), headers: [["trace", "7f3a"]] });
    await tab(page, "Messages");
    await until(page, async () => (await rows(page)).some((row) => row.key === "user-7" && /A-113.*20/.test(row.value)), "the newest on top");
    await filter(page).fill("key = user-7 and $.qty > 10");
    const [found] = await shows(page, "one record", (row) => row.key === "user-7");
    assert.match(found.value, /"qty":20/);
    await filter(page).fill("key = ");
    await page.getByText(/^Column 6: A value is missing/).waitFor();
    await comes(() => filter(page).getAttribute("aria-invalid"), "true");
    await filter(page).fill("headers.trace = 7f3a");
    await shows(page, "one record", (row) => row.key === "user-7");
    await picture(page, `messages-${size}`);
    assert.deepEqual(await axe(page), []);
    await records(page).getByRole("button", { name: /offset \d+, key user-7/ }).click();
    await inspector(page).getByText('"qty": 20').waitFor();
    await inspector(page).getByText("7f3a", { exact: true }).waitFor();
    await inspector(page).getByLabel("Show as").selectOption("hex");
    await inspector(page).getByText("7b 22 69 74 65 6d 22").waitFor();
    await inspector(page).getByRole("button", { name: "Replay" }).click();
    await inspector(page).getByText(/^Written to orders \d at offset \d+\.$/).waitFor();
    await picture(page, `record-${size}`);
    assert.deepEqual(await axe(page), []);
  }));

  test(`filters go by partition, offset, time, kind and text (${size})`, () => on({ size }, async (page) => {
    await publish(page, { key: "user-7", value: null });
    await publish(page, { key: null, value: "needle" });
    await tab(page, "Messages");
    await filter(page).fill("partition = 1 and offset >= 1 and offset < 3");
    const two = await shows(page, "two offsets", ({ partition, offset }) => partition === "1" && ["1", "2"].includes(offset));
    assert.deepEqual(two.map((row) => row.offset), ["2", "1"]);
    await filter(page).fill("kind = tombstone");
    await shows(page, "the tombstone", (row) => row.value === "null (tombstone)");
    await filter(page).fill("NEEDLE");
    await shows(page, "the text", (row) => row.value === "needle" && row.key === "null");
    await filter(page).fill("time < 00:00:06");
    await shows(page, "early ones", ({ time, value }) => (time ?? "00:00:00") < "00:00:06" && value !== "needle");
    await filter(page).fill("");
    await page.getByRole("combobox", { name: "Begin at" }).selectOption("offset");
    await page.getByRole("textbox", { name: "Offset" }).fill("2");
    await page.getByRole("combobox", { name: "Partition", exact: true }).selectOption("1");
    const on = await shows(page, "from an offset on", ({ partition, offset }) => partition === "1" && Number(offset) >= 2);
    assert.equal(on[0].offset, "2");
    await page.getByRole("combobox", { name: "Begin at" }).selectOption("time");
    await page.getByRole("textbox", { name: "Time" }).fill("noon");
    await page.getByText(/noon: a time of the session/).waitFor();
  }));

  test(`new records come on top while time runs; what is undone is not shown (${size})`, () => on({ size }, async (page) => {
    await tab(page, "Messages");
    await until(page, async () => (await rows(page)).length > 3, "records");
    const before = (await rows(page)).length;
    await until(page, async () => (await rows(page)).length > before, "one more", 20_000);
    await pause(page);
    await page.evaluate(() => document.querySelector("partita-playground").time({ do: "seek", atUs: 6_000_000 }));
    await shows(page, "what was written by then", ({ time }) => (time ?? "00:00:00") <= "00:00:06.000");
    await until(page, async () => (await rows(page)).length < before, "no more than that");
  }));

  test(`rows are reached by arrows, and chosen records are marked on their tape (${size})`, () => on({ size }, async (page) => {
    await pause(page);
    await keys(page);
    await page.keyboard.press("3");
    await until(page, async () => (await rows(page)).length > 3, "records");
    await records(page).getByRole("button").first().focus();
    await page.keyboard.press("ArrowDown");
    const [, second] = await rows(page);
    await page.keyboard.press("Enter");
    await inspector(page).getByText(`orders ${second.partition} @ ${second.offset}`).waitFor();
    // On the phone the record has the list's place, and gives it back; elsewhere the tab may be away.
    if (size === "wide") await page.getByRole("button", { name: "Fold the drawer" }).click();
    if (size === "embed") await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await isFocused(page, "Filter");
    await comes(() => filter(page).isVisible(), true);
  }));

  test(`what passes the filter is saved as JSON lines and CSV (${size})`, () => on({ size }, async (page) => {
    await pause(page);
    await publish(page, { key: 'a,"b"', value: "1\r\n2", headers: [["h", "x"]] });
    await page.evaluate(() => document.querySelector("partita-playground").time({ do: "play" }));
    await tab(page, "Messages");
    await filter(page).fill("headers.h = x");
    await until(page, async () => (await rows(page)).length === 1, "one record");
    const help = page.getByRole("button", { name: "What a filter can say" });
    await help.click();
    await picture(page, `filter-help-${size}`);
    assert.deepEqual(await axe(page), []);
    await help.click();
    await page.getByRole("button", { name: "Export" }).click();
    assert.deepEqual(await axe(page), []);
    const saved = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
    };
    const [jsonName, lines] = await saved("JSON lines");
    assert.equal(jsonName, "orders.jsonl");
    const record = JSON.parse(lines);
    assert.deepEqual([record.topic, record.partition, record.key, record.value, record.headers], ["orders", 1, 'a,"b"', "1\r\n2", [{ key: "h", value: "x" }]]);
    const [csvName, csv] = await saved("CSV");
    assert.equal(csvName, "orders.csv");
    assert.ok(csv.includes(',"a,""b""","1\r\n2",'), csv);
    await page.getByText("1 record written to the file").waitFor();
  }));
}

test("hostile records are text, and nothing else", () => on({}, async (page) => {
  await page.evaluate(() => { globalThis.harmed = () => { globalThis.isHarmed = true; }; });
  const html = '<img src=x onerror="harmed()"><script>harmed()</script><style>*{display:none}</style>';
  await publish(page, { key: html, value: html, headers: [[html, html]] });
  await publish(page, { key: "\u202etxt.exe", value: "a\u202eb\u0000c" });
  await publish(page, { key: "//79/A==", value: "/w==", headers: [["h", "AP8="]], base64: true });
  await publish(page, { key: "long", value: "x".repeat(200_000) });
  await tab(page, "Messages");
  await filter(page).fill("key contains onerror");
  const [row] = await shows(page, "the markup as text", (row) => row.key?.startsWith("<img"));
  assert.ok(row.value.startsWith("<img src=x onerror="));
  await records(page).getByRole("button").first().click();
  await inspector(page).getByText("<script>harmed()</script>").first().waitFor();
  await filter(page).fill("value contains b and text contains exe");
  await shows(page, "what turns the writing is seen", (row) => row.key === "⟨U+202E⟩txt.exe" && row.value === "a⟨U+202E⟩b␀c");
  await filter(page).fill("key = 0xfffefdfc");
  await shows(page, "bytes in hex", (row) => row.key === "0xfffefdfc" && row.value === "0xff");
  await records(page).getByRole("button").first().click();
  await inspector(page).getByRole("button", { name: "Replay" }).click();
  await until(page, async () => (await rows(page)).length === 2, "the same bytes once more");
  await filter(page).fill("size > 100000");
  await shows(page, "a long one, cut", (row) => row.value?.endsWith("…") && row.value.length < 400);
  await records(page).getByRole("button").first().click();
  await inspector(page).getByText(/The first 32\D768 of 200\D000 B\./).waitFor();
  await inspector(page).getByRole("button", { name: "Show all of it" }).click();
  await until(page, async () => (await inspector(page).getByText(/^x{1000}/).innerText()).length === 200_000, "all of it");
  const made = await page.locator("partita-playground").evaluate((element) => element.shadowRoot.querySelectorAll("img, script").length);
  assert.equal(made, 0);
  assert.equal(await page.evaluate(() => globalThis.isHarmed), undefined);
  assert.ok(await topic(page, "orders").isVisible());
}));

for (const size of ALL) {
  test(`settings are read and changed where they stand (${size})`, () => on({ size, scheme: size === "wide" ? "dark" : "light" }, async (page) => {
    await tab(page, "Configs");
    const list = page.getByRole("list", { name: "Settings of orders" });
    const setting = (name) => list.getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) });
    await setting("retention.ms").getByText("How long records are kept").waitFor();
    const set = async (value) => {
      const form = page.getByRole("form", { name: "Edit retention.ms" });
      if (!(await form.isVisible())) await page.getByRole("button", { name: "Edit retention.ms" }).click();
      await form.getByRole("textbox").fill(value);
      await form.getByRole("button", { name: "Save" }).click();
    };
    await set("soon");
    await setting("retention.ms").getByRole("alert").getByText("Invalid value soon for configuration retention.ms: Not a number of type LONG").waitFor();
    await picture(page, `configs-${size}`);
    assert.deepEqual(await axe(page), []);
    await set("60000");
    await setting("retention.ms").getByText("60000", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Not the default" }).check();
    await until(page, async () => (await list.getByRole("listitem").count()) === 2, "min.insync.replicas and retention.ms");
    await page.getByRole("button", { name: "retention.ms: back to the default" }).click();
    await setting("retention.ms").waitFor({ state: "detached" });
    await page.getByLabel("Settings of").first().selectOption("broker/2");
    await page.getByRole("checkbox", { name: "Not the default" }).uncheck();
    await page.getByRole("searchbox", { name: "Find a setting" }).fill("node.id");
    await page.getByRole("list", { name: "Settings of broker 2" }).getByRole("listitem").filter({ hasText: "node.id" }).first().waitFor();
    assert.deepEqual(await axe(page), []);
  }));

  test(`a topic's menu leads to its records and its settings (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await menu(page, "orders: actions", "Messages");
    await records(page).waitFor();
    await pane(page, "Log");
    await menu(page, "orders: actions", "Settings");
    await page.getByRole("list", { name: "Settings of orders" }).waitFor();
  }));

  test(`the whole state stands in tables (${size})`, () => on({ size, scheme: size === "embed" ? "dark" : "light" }, async (page) => {
    if (size === "embed") await menu(page, "More", "Show tables instead of the picture");
    else await page.getByRole("button", { name: "Show tables instead of the picture" }).click();
    const table = (name) => page.getByRole("table", { name, exact: true });
    const cells = async (name) => (await table(name).getByRole("row").allInnerTexts()).slice(1).map((row) => row.split("\t").map((cell) => cell.trim()));
    assert.deepEqual((await cells("Topics")).map((row) => row.slice(0, 4)), [["orders", "3", "3", "2"]]);
    assert.deepEqual((await cells("Partitions")).map((row) => row[0]), ["orders 0", "orders 1", "orders 2"]);
    assert.deepEqual((await cells("Groups")).map((row) => row.slice(0, 2)), [["billing", "Stable"]]);
    assert.deepEqual((await cells("Members")).map((row) => row[0]), ["c1", "c2"]);
    assert.equal((await cells("Brokers")).length, 3);
    assert.equal((await cells("Controllers")).length, 3);
    assert.ok((await cells("Producers")).some((row) => row[0] === "checkout"));
    // What is written shows.
    const written = async () => Number((await cells("Topics"))[0][4]);
    const before = await written();
    await until(page, async () => (await written()) > before, "a record more", 20_000);
    // By the log's end, the longest first.
    const end = table("Partitions").getByRole("button", { name: "log end" });
    await end.click();
    await end.click();
    await comes(() => table("Partitions").getByRole("columnheader", { name: "log end" }).getAttribute("aria-sort"), "descending");
    const ends = (await cells("Partitions")).map((row) => Number(row[7]));
    assert.deepEqual(ends, [...ends].sort((a, b) => b - a));
    await picture(page, `tables-${size}`);
    assert.deepEqual(await axe(page), []);
    await table("Members").getByRole("button", { name: "c1" }).click();
    await inspector(page).getByText("c1 of billing").or(inspector(page).getByText(/^c1/)).first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show the picture instead of tables" }).click();
    await topic(page, "orders").waitFor();
  }));

  test(`what the coordinators write is read as what it is (${size})`, () => on({ size }, async (page) => {
    await tab(page, "Messages");
    await page.getByLabel("Topic", { exact: true }).selectOption("__consumer_offsets");
    await filter(page).fill("billing");
    await until(page, async () => (await rows(page, "__consumer_offsets")).some((row) => /"type":1,"data":\{"group":"billing","topic":"orders","partition":\d\}/.test(Object.values(row).join(" ")) && /"offset":\d+,"leaderEpoch":\d+,"metadata":"","commitTimestamp":\d+/.test(Object.values(row).join(" "))), "a committed offset", 30_000);
    await picture(page, `messages-offsets-${size}`);
    await records(page, "__consumer_offsets").getByRole("row", { name: /"type":2/ }).getByRole("button").first().click();
    await until(page, async () => /"protocolType": "consumer"/.test(await inspector(page).innerText()), "the group's metadata");
    await until(page, async () => /"topics": \[\s*"orders"\s*\]/.test(await inspector(page).innerText()), "what its members subscribe to");
    assert.deepEqual(await axe(page), []);
  }));

  test(`a header without a value is still without one when its record is written once more, or edited (${size})`, () => on({ size }, async (page) => {
    await publish(page, { key: "user-7", value: "{}", headers: [["trace", null], ["empty", ""]] });
    await tab(page, "Messages");
    await filter(page).fill("key = user-7 and headers.trace = null");
    await shows(page, "one record", (row) => row.key === "user-7");
    await records(page).getByRole("row").nth(1).getByRole("button").click();
    await inspector(page).getByRole("button", { name: "Replay" }).click();
    await inspector(page).getByText(/^Written to orders \d at offset \d+\.$/).waitFor();
    await inspector(page).getByRole("button", { name: "Edit in Publish" }).click();
    const form = page.getByRole("form", { name: "Publish" });
    const value = (number) => form.getByRole("textbox", { name: `Header ${number} value` });
    assert.ok(await form.getByRole("checkbox", { name: "Header 1: null instead of a value" }).isChecked());
    assert.ok(await value(1).isDisabled());
    assert.deepEqual([await value(1).inputValue(), await value(2).inputValue()], ["null", ""]);
    await form.getByRole("checkbox", { name: "Header 2: null instead of a value" }).check();
    await form.getByRole("checkbox", { name: "Header 1: null instead of a value" }).uncheck();
    await value(1).fill("7f3a");
    await picture(page, `header-null-${size}`);
    await form.getByRole("button", { name: /^Send/ }).click();
    await until(page, async () => /orders \d, offset \d+/.test(await form.getByRole("status").last().innerText()), "where it landed");
    await page.keyboard.press("Escape");
    await tab(page, "Messages");
    await filter(page).fill("headers.trace = 7f3a and headers.empty = null");
    await shows(page, "the edited one", (row) => row.key === "user-7");
  }));
}
