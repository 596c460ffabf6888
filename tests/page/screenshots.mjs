// Pictures of the page with its own engine, at its three sizes, light and dark: well, with a leader killed, rewound, and forked.
// `cargo xtask screenshots` runs this.

import { act, broker, clock, leaderOf, passes } from "./faults.mjs";
import { SIZES, launch, logEnds, open, pane, picture, serveFiles, until } from "./page.mjs";

const browser = await launch();
const host = await serveFiles();
for (const size of Object.keys(SIZES)) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(browser, host.url, { size, scheme });
    const shot = (name) => picture(page, `${name}${size}-${scheme}`);
    await until(page, async () => (await logEnds(page, "orders")).some((end) => Number(end) > 5), "a few records");
    await shot("");
    const moment = await clock(page);
    const leader = await leaderOf(page, "orders", 1);
    await act(page, leader, "Kill the process");
    if (size === "embed") await page.keyboard.press("Escape");
    await pane(page, "Log");
    await until(page, async () => (await leaderOf(page, "orders", 1)) !== leader, "another leader", 40_000);
    await passes(page, 2_000);
    await shot("broker-down-");
    await page.getByRole("slider", { name: "Time" }).focus();
    for (let back = 0; back < 100 && (await clock(page)) > moment; back++) await page.keyboard.press("ArrowLeft");
    await shot("rewound-");
    await act(page, leader, /^Pause/);
    await until(page, async () => /Paused/.test(await broker(page, leader).innerText()), "the broker paused");
    if (size === "embed") await page.keyboard.press("Escape");
    await pane(page, "Log");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await passes(page, 3_000);
    await shot("forked-");
    await page.context().close();
  }
}
await browser.close();
host.stop();
