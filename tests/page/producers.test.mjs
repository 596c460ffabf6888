// A producer of one's own, from the form to its life.

import assert from "node:assert/strict";
import { test } from "node:test";
import { passes } from "./faults.mjs";
import { finds } from "./flows.mjs";
import { ALL, axe, comes, inspector, isFocused, menu, pages, pane, picture, publishing, until } from "./page.mjs";

const { on } = pages();

const dialog = (page) => page.getByRole("dialog", { name: "Add a producer" });

for (const size of ALL) {
  test(`a producer is configured, added, and shows what it is (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await menu(page, "orders: actions", "Add a producer with…");
    await isFocused(page, "client.id");
    await dialog(page).getByLabel("client.id").fill("meter");
    await dialog(page).getByLabel("records a second").fill("0");
    await dialog(page).getByText("A number of records a second").waitFor();
    await dialog(page).getByLabel("records a second").fill("5");
    await dialog(page).getByRole("combobox", { name: "keys", exact: true }).selectOption("drawn");
    await dialog(page).getByLabel("keys begin with").fill("sensor-");
    await dialog(page).getByLabel("so many keys").fill("7");
    await dialog(page).getByRole("combobox", { name: "acks", exact: true }).selectOption("1");
    await dialog(page).getByRole("combobox", { name: "compression.type" }).selectOption("lz4");
    await dialog(page).getByLabel("linger.ms").fill("250");
    await dialog(page).getByLabel("batch.size").fill("many");
    await picture(page, `producer-form-${size}`);
    assert.deepEqual(await axe(page), []);
    // What Kafka's producer refuses is said in its words, at the field.
    await dialog(page).getByRole("button", { name: "Add a producer" }).click();
    await dialog(page).getByText(/Invalid value many for configuration batch.size/).waitFor();
    assert.equal(await dialog(page).getByLabel("batch.size").getAttribute("aria-invalid"), "true");
    await dialog(page).getByLabel("batch.size").fill("2048");
    await dialog(page).getByRole("button", { name: "Add a producer" }).click();
    await dialog(page).waitFor({ state: "detached" });
    await publishing(page);
    await page.getByRole("button", { name: "meter", exact: true }).click();
    await until(page, async () => /acks\s*1/.test(await inspector(page).innerText()), "its acks");
    await comes(() => inspector(page).innerText(), /250 ms, or until 2\D?048 B are together, lz4/);
    await until(page, async () => /acknowledged\s*[1-9]/.test(await inspector(page).innerText()), "records that are acknowledged", 20_000);
  }));

  test(`a producer is stopped, started, made faster, looked into and closed (${size})`, () => on({ size }, async (page) => {
    await publishing(page);
    await page.getByRole("button", { name: "Stop checkout" }).click();
    await page.getByRole("button", { name: "Start checkout" }).click();
    // What is typed stays while records are written.
    const rate = page.getByLabel("checkout: records a second");
    await rate.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2");
    await passes(page, 2_500);
    await page.keyboard.type("0");
    assert.equal(await rate.inputValue(), "20");
    await page.keyboard.press("Enter");
    await until(page, async () => (await rate.inputValue()) === "20", "the rate");
    await page.getByRole("button", { name: "checkout", exact: true }).click();
    await inspector(page).getByText(/orders \d: .*next sequence \d+/).first().waitFor();
    await inspector(page).getByText(/requests, at most 5 a broker/).waitFor();
    await inspector(page).getByText(/\d+, epoch 0/).waitFor();
    await picture(page, `producer-${size}`);
    await inspector(page).getByRole("button", { name: "Close", exact: true }).click();
    await publishing(page);
    await menu(page, "checkout: actions", "Close producer");
    await page.getByRole("button", { name: "Stop checkout" }).waitFor({ state: "detached" });
  }));

  test(`the palette and the list of producers lead to the form, which refuses what Kafka refuses (${size})`, () => on({ size }, async (page) => {
    await publishing(page);
    await page.getByRole("button", { name: "Add a producer with…" }).click();
    await dialog(page).waitFor();
    await page.keyboard.press("Escape");
    await finds(page, "add a producer");
    await dialog(page).getByLabel("enable.idempotence").selectOption("true");
    await dialog(page).getByRole("combobox", { name: "acks", exact: true }).selectOption("1");
    await dialog(page).getByRole("button", { name: "Add a producer" }).click();
    await dialog(page).getByRole("alert").waitFor();
  }));
}
