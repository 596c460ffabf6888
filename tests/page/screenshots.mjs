// Pictures of the page with its own engine, at its three sizes, light and dark. `cargo xtask screenshots` runs this.

import { SIZES, launch, logEnds, open, picture, serveFiles, until } from "./page.mjs";

const browser = await launch();
const host = await serveFiles();
for (const size of Object.keys(SIZES)) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(browser, host.url, { size, scheme });
    await until(page, async () => (await logEnds(page, "orders")).some((end) => Number(end) > 5), "a few records");
    await picture(page, `${size}-${scheme}`);
    await page.context().close();
  }
}
await browser.close();
host.stop();
