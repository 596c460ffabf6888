// A producer of one's own, from the form to its life.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, comes, menu, pages, pane, picture, until } from "./page.mjs";

const { on } = pages();

const dialog = (page) => page.getByRole("dialog", { name: "Add a producer" });
const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });

for (const size of ["wide", "embed", "phone"]) {
  test(`a producer is configured, added, and shows what it is (${size})`, () => on({ size }, async (page) => {
    await pane(page, "Log");
    await menu(page, "orders: actions", "Add a producer with…");
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
    if (size === "embed") await page.getByRole("navigation", { name: "Sheets" }).getByRole("button", { name: "Publish" }).click();
    await pane(page, "Publish");
    await page.getByRole("button", { name: "meter", exact: true }).click();
    await until(page, async () => /acks\s*1/.test(await inspector(page).innerText()), "its acks");
    await comes(() => inspector(page).innerText(), /250 ms, or until 2\D?048 B are together, lz4/);
    await until(page, async () => /acknowledged\s*[1-9]/.test(await inspector(page).innerText()), "records that are acknowledged", 20_000);
  }));
}

test("the palette and the rail lead to the form as well", () => on({}, async (page) => {
  await page.getByRole("button", { name: "Add a producer with…" }).click();
  await dialog(page).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find" }).getByRole("combobox").fill("add a producer");
  await page.keyboard.press("Enter");
  await dialog(page).getByLabel("enable.idempotence").selectOption("true");
  await dialog(page).getByRole("combobox", { name: "acks", exact: true }).selectOption("1");
  await dialog(page).getByRole("button", { name: "Add a producer" }).click();
  await dialog(page).getByRole("alert").waitFor();
}));
