// What records contain is only ever text, under a strict policy; and an engine that fails leaves a message and the session's link.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL, axe, inspector, pages, picture, ready, stage, topic, until } from "./page.mjs";

const { visit, address } = pages();

const HOSTILE = [
  "<img src=x onerror=globalThis.hurt=1>",
  "<script>globalThis.hurt=1</script>",
  "\"><svg onload=globalThis.hurt=1>",
  "javascript:globalThis.hurt=1",
  "{{constructor.constructor('globalThis.hurt=1')()}}",
  "\u202eevil\u0000\u0007",
  "</style><style>*{display:none}",
  "=HYPERLINK(\"http://evil.example\")",
];

test("the page works under its policy, and the policy is strict", async () => {
  const page = await visit();
  const policy = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self';", "base-uri 'none'", "require-trusted-types-for 'script'"]) assert.ok(policy.includes(rule), rule);
  // What the policy is for: none of these may run.
  const broken = page.evaluate(() => new Promise((seen) => addEventListener("securitypolicyviolation", (event) => seen(event.effectiveDirective), { once: true })));
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("img"), { src: "https://evil.example/x.png" })));
  assert.equal(await broken, "img-src");
  assert.equal(await page.evaluate(() => { try { document.body.innerHTML = "<b>x</b>"; return "written"; } catch (error) { return error.name; } }), "TypeError");
  await page.context().close();
});

test("the page's module tells nothing of the machine that built it", async () => {
  const module = Buffer.from(await (await fetch(new URL("partita_bg.wasm", address()))).arrayBuffer()).toString("latin1");
  // Of a crate that may panic it tells the file.
  assert.match(module, /crates\/yew-[\d.]+\/src\//);
  for (const place of ["registry/src", "index.crates"]) assert.ok(!module.includes(place), place);
});

test("hostile records, keys, headers and names are text wherever they are shown", async () => {
  const page = await visit();
  const violations = [];
  await page.exposeFunction("violated", (what) => violations.push(what));
  await page.evaluate(() => document.addEventListener("securitypolicyviolation", (event) => globalThis.violated(`${event.effectiveDirective}: ${event.blockedURI}`)));
  const command = (what) => page.evaluate((what) => document.querySelector("partita-playground").command(what), what);
  for (const [at, text] of HOSTILE.entries()) {
    await command({ do: "publish", topic: "orders", key: text, value: text, headers: [[text, text]], partition: at % 3 });
    await command({ do: "addProducer", name: text, topic: "orders", perMinute: 6 });
    await command({ do: "addConsumer", group: text, topics: ["orders"], name: text });
    await command({ do: "createTopic", name: text, partitions: 1, replicationFactor: 1 });
  }
  const cell = stage(page).getByRole("gridcell", { name: /^offset \d+, key <img src=x onerror/ }).first();
  await cell.waitFor();
  await cell.click();
  await until(page, async () => (await inspector(page).innerText()).includes("<img src=x"), "the record in the inspector");
  for (const tab of ["Wire", "Messages", "Configs", "Events"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel").waitFor();
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a thing or an action" }).fill("onerror");
  await page.getByRole("dialog", { name: "Find" }).getByRole("option").first().waitFor();
  await picture(page, "hostile-wide");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
  assert.equal(await page.locator("img, script:not([src]), style, iframe, object").count(), 0);
  assert.deepEqual(violations, []);
  await page.context().close();
});

/**
 * Makes the engine panic: while it works in a frame it asks for the time, and is given a command instead of an answer. Nobody but a page's
 * own script that breaks the clock can do this. Other parts of the page have frames, too: to them it is a command like any other.
 */
const panic = (page) => page.evaluate(() => {
  const element = document.querySelector("partita-playground");
  const now = Date.now, precise = performance.now, frame = requestAnimationFrame;
  const mend = () => {
    Date.now = now;
    performance.now = precise;
  };
  const broken = (clock) => () => {
    mend();
    element.command({ do: "healAll" });
    return clock();
  };
  globalThis.requestAnimationFrame = (work) => frame.call(globalThis, (at) => {
    Date.now = broken(() => now.call(Date));
    performance.now = broken(() => precise.call(performance));
    try { work(at); } finally { mend(); }
  });
});

for (const size of ALL) {
  test(`a panic in the engine shows a message with the session's link (${size})`, async () => {
    const page = await visit({ size });
    const command = (what) => page.evaluate((what) => document.querySelector("partita-playground").command(what), what);
    // A session worth keeping. With the topic on the screen, what is done next has it kept.
    await command({ do: "createTopic", name: "precious", partitions: 2, replicationFactor: 1 });
    await topic(page, "precious").waitFor();
    const before = await page.evaluate(() => sessionStorage.getItem("partita page"));
    await command({ do: "publish", topic: "precious", key: "k", value: "v" });
    await page.waitForFunction((before) => sessionStorage.getItem("partita page") !== before, before);
    await panic(page);
    const alert = page.getByRole("alert");
    await alert.getByRole("heading", { name: "The engine has stopped" }).waitFor();
    assert.match(await alert.innerText(), /panicked|borrow/);
    const link = await alert.getByRole("link", { name: "Open the session again, at rest" }).getAttribute("href");
    assert.match(link, /#p\d+\./);
    await picture(page, `panic-${size}`);
    assert.deepEqual(await axe(page), []);
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, `panic-${size}-dark`);
    assert.deepEqual(await axe(page), []);
    // Nothing calls the module any more, and the link opens what was there.
    assert.match(await page.evaluate(() => { try { document.querySelector("partita-playground").view(); return ""; } catch (error) { return error.message; } }), /has stopped/);
    await alert.getByRole("link", { name: "Open the session again, at rest" }).click();
    await ready(page);
    await topic(page, "precious").waitFor();
    await page.context().close();
  });
}
