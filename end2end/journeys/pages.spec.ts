// Every page, at every width: accessible, whole, and quiet in the console.
import { expect } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, expectWhole, watch } from "./steps/quality";
import { open, stops } from "./steps/stops";
import { test } from "./steps/world";

test.use({ viewport: { width: 1200, height: 900 } });

for (const stop of stops) {
  test(`the page “${stop.name}” is whole and accessible`, async ({ page, context, world, javaScriptEnabled }, { project }) => {
    const faults = watch(page);
    if (stop.as) await context.addCookies(stop.as(world));
    const answer = await open(page, stop, world);
    expect(answer.status()).toBe(stop.status ?? 200);
    await expectWhole(page, answer);
    const folder = `screenshots/${project.name}`;
    mkdirSync(folder, { recursive: true });
    for (const width of [320, 375, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
      if (width !== 320) await page.screenshot({ path: `${folder}/${stop.name}-${width}.png`, fullPage: true });
    }
    await expectAccessible(page, javaScriptEnabled!, [1200, 375]);
    expect(faults).toEqual([]);
  });
}

test("the results’ filters and the desk’s details are accessible when they are open", async ({ page, context, world, javaScriptEnabled }) => {
  await context.addCookies(world.officer);
  await page.setViewportSize({ width: 375, height: 900 });
  for (const path of ["/local-offer?q=speech", `/desk/enquiry/${world.waiting}`]) {
    await page.goto(path);
    for (const closed of await page.locator("main details:not([open]) > summary").all()) {
      if (await closed.isVisible()) await closed.click();
    }
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, javaScriptEnabled!, [375]);
  }
});

test("a keyboard reaches the main part first, and every stop can be seen", async ({ page }) => {
  await page.goto("/local-offer?q=speech");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeInViewport();
  for (let stops = 0; stops < 15; stops++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    await expect(focused).toBeInViewport();
    const marked = await focused.evaluate((it) => {
      const style = getComputedStyle(it);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    });
    expect(marked, await focused.evaluate((it) => it.outerHTML)).toBe(true);
  }
});
