// What a person does to break a cluster, heal it, and go back: each is a function of an open page.

import { menu, pane, until } from "./page.mjs";

/** A broker's line in the list of brokers. */
export const broker = (page, id) => page.locator(`.pt-brk[data-broker="${id}"]`);

/** A partition's row on the stage. */
export const partition = (page, topic, index) => page.locator(`.pt-topic[data-topic="${topic}"] .pt-part[data-part="${index}"]`);

/** A partition as its row says it to those who listen: leader, in sync, out of the ISR. */
export const spoken = (page, topic, index) => partition(page, topic, index).getAttribute("aria-label");

/** The broker that leads a partition; null: none. */
export async function leaderOf(page, topic, index) {
  const found = /leader broker (\d+)/.exec(await spoken(page, topic, index));
  return found && Number(found[1]);
}

/** The brokers that are in sync, the leader among them. */
export async function isrOf(page, topic, index) {
  const text = await spoken(page, topic, index);
  const followers = /in sync ([\d, ]+)/.exec(text)?.[1].match(/\d+/g).map(Number) ?? [];
  const leader = await leaderOf(page, topic, index);
  return [...followers, ...(leader ? [leader] : [])].sort();
}

/** Opens a broker's menu and picks an item. */
export async function act(page, id, item) {
  if (await page.locator(".pt-sheets").isVisible() && !(await broker(page, id).isVisible())) {
    await page.locator(".pt-sheets").getByRole("button", { name: "Brokers" }).click();
  }
  await pane(page, "Brokers");
  await menu(page, `Broker ${id}: actions`, item);
}

/** Time runs at a speed, one of the nine stops: by the slider, or where there is none by the figure that goes round them. */
export async function speed(page, times) {
  const stops = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];
  const slider = page.getByLabel("Speed", { exact: true });
  if (await slider.isVisible()) return slider.fill(String(stops.indexOf(times)));
  const figure = page.getByRole("button", { name: /^Speed .*, next stop$/ });
  for (let said = await figure.innerText(); parseFloat(said.replace(/\D(?=\d{3})/, "")) !== times;) {
    await figure.click();
    said = await until(page, async () => { const now = await figure.innerText(); return now !== said && now; }, "the next stop");
  }
}

/** The clock in ms. */
export async function clock(page) {
  const [h, m, s, ms] = (await page.locator(".pt-clock").innerText()).split(/[:.]/).map(Number);
  return ((h * 60 + m) * 60 + s) * 1000 + ms;
}

/** What the bar says. */
export const said = (page) => page.locator(".pt-bar .pt-link-state");

/** The history that is looked at, where there are several. */
export const history = (page) => page.locator(".pt-history").innerText();

/** Waits until the clock has gone on by so many ms. */
export async function passes(page, ms) {
  const from = await clock(page);
  await until(page, async () => (await clock(page)) >= from + ms, `${ms} ms of virtual time`, 60_000);
}
