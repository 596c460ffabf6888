// The README's pictures, light and dark: what explains the page best. `cargo xtask screenshots` runs this.

import { act, clock, leaderOf } from "./faults.mjs";
import { isIn } from "./flows.mjs";
import { group, keys as ownKeys, launch, open, picture, serveFiles, settled, until } from "./page.mjs";

const browser = await launch();
const host = await serveFiles();

/** Presses keys where they are the page's own: on the stage. */
async function keys(page, ...pressed) {
  await ownKeys(page);
  for (const key of pressed) await page.keyboard.press(key);
}

/** Time goes on, ten times as fast, until `reached`; there it rests. */
async function restsWhen(page, reached, what) {
  await keys(page, "]", "]");
  await until(page, reached, what, 60_000);
  await keys(page, "Space", "[", "[");
}

const restsAt = (page, seconds) => restsWhen(page, async () => (await clock(page)) >= seconds * 1000, `${seconds} s`);

/** The broker that leads orders-1 is killed; time goes on until another leads. */
async function losesALeader(page) {
  await restsAt(page, 30);
  const leader = await leaderOf(page, "orders", 1);
  await act(page, leader, "Kill the process");
  await page.keyboard.press("Escape");
  await keys(page, "Space");
  await restsWhen(page, async () => ![leader, null].includes(await leaderOf(page, "orders", 1)), "another leader");
}

/** The scene that the page opens with, after half a minute. */
const scene = (page) => restsAt(page, 30);

/** A member has joined: the partitions that it made move have just arrived. */
async function rebalance(page) {
  const billing = group(page, "billing");
  await until(page, async () => (await clock(page)) >= 20_000, "20 s", 30_000);
  await billing.getByRole("button", { name: "Add member" }).click();
  await isIn(page, "billing", "PreparingRebalance");
  await isIn(page, "billing", "Stable");
  await keys(page, "Space");
}

/** A leader was killed, another leads, and the drawer tells why. */
async function killed(page) {
  await losesALeader(page);
  await page.getByLabel("Text", { exact: true }).fill("leads orders 1, epoch 1");
  await page.getByText(/^broker \d leads orders 1, epoch 1/).first().click();
  await page.getByText(/^you killed/i).last().waitFor();
}

/** One record on the wire: its key in the tree and in the bytes. */
async function wire(page) {
  await restsAt(page, 30);
  await page.getByRole("tab", { name: "Wire" }).click();
  await page.getByRole("combobox", { name: "Filter frames" }).fill("api = Produce and state = done");
  await page.getByRole("listbox").getByRole("option", { name: /Produce/ }).first().click();
  const tree = page.getByRole("tree", { name: "Fields" });
  await tree.focus();
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 60 && !/^Key\s/.test((await tree.getByRole("treeitem", { selected: true }).innerText()).trim()); steps += 1) await page.keyboard.press("ArrowDown");
}

/** The element alone, as a page of documentation has it. */
async function embed(page) {
  await page.locator("partita-playground").evaluate((element) => Object.assign(element.style, { inlineSize: "720px", blockSize: "420px" }));
  await losesALeader(page);
}

const pictures = { scene, rebalance, killed, wire, embed, phone: scene };
for (const [name, arrange] of Object.entries(pictures)) {
  for (const scheme of ["light", "dark"]) {
    const size = ["embed", "phone"].includes(name) ? name : "wide";
    const page = await open(browser, host.url, { size, scheme });
    await arrange(page);
    // What has the focus has a ring: a picture needs none.
    await page.locator("partita-playground").evaluate((element) => element.shadowRoot.activeElement?.blur());
    await settled(page);
    await picture(page, `${name}-${scheme}`, size === "phone" ? undefined : page.locator("partita-playground"));
    await page.context().close();
  }
}
await browser.close();
host.stop();
