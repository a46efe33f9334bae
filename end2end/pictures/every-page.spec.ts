// Every page as a phone and a wide screen show it, as paper does, and with a system's own colours.
// PICTURES is the folder; PAGES takes only the pages whose names hold it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, stops } from "../journeys/steps/stops";
import { test } from "../journeys/steps/world";

const folder = process.env.PICTURES ?? "screenshots";
const wanted = process.env.PAGES ?? "";

for (const stop of stops.filter(({ name }) => name.includes(wanted))) {
  test(stop.name, async ({ page, context, world }) => {
    mkdirSync(folder, { recursive: true });
    const picture = (look: string) =>
      page.screenshot({ path: join(folder, `${stop.name}-${look}.png`), fullPage: true, animations: "disabled" });
    if (stop.as) await context.addCookies(stop.as(world));
    await page.setViewportSize({ width: 1200, height: 900 });
    await open(page, stop, world);
    await picture("1200");
    await page.setViewportSize({ width: 375, height: 667 });
    await picture("375");
    // 400% zoom of a window of 1280 by 1024.
    await page.setViewportSize({ width: 320, height: 256 });
    await picture("zoomed");
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    await picture("forced-colours");
    await page.emulateMedia({ forcedColors: "none", colorScheme: "light", media: "print" });
    await page.pdf({ path: join(folder, `${stop.name}-print.pdf`), format: "A4" });
    // As wide as the words on A4, so that the picture shows what the paper does.
    await page.setViewportSize({ width: 718, height: 1000 });
    await picture("print");
  });
}
