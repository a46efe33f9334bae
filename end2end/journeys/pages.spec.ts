// Every page, at every width, on paper and to the ear: accessible, whole, and quiet in the console. What the
// pages look like is for people to see: `cargo xtask pictures`.
import { expect } from "@playwright/test";
import {
  expectAccessible, expectNoSidewaysScroll, expectPrints, expectReflow, expectWhole, watch,
} from "./steps/quality";
import { open, stops } from "./steps/stops";
import { test } from "./steps/world";

test.use({ viewport: { width: 1200, height: 900 } });

for (const stop of stops) {
  test(`the page “${stop.name}” is whole and accessible`, async ({ page, context, world, javaScriptEnabled }) => {
    const faults = watch(page);
    if (stop.as) await context.addCookies(stop.as(world));
    const answer = await open(page, stop, world);
    expect(answer.status()).toBe(stop.status ?? 200);
    await expectWhole(page, answer, stop.specimens ? "many" : "one");
    for (const width of [375, 650, 769, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
    }
    await expectReflow(page);
    if (javaScriptEnabled) await expectPrints(page);
    // Without scripts only the menu is another, and on a phone only.
    await expectAccessible(page, javaScriptEnabled!, javaScriptEnabled ? [1200, 375] : [375]);
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

// The same with and without scripts: once is enough.
test("with a system’s own colours what a ground set off has a line, and the focus is marked", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/design");
  const shapes = [
    ".govuk-button", ".govuk-error-summary", ".govuk-inset-text", ".govuk-notification-banner", ".govuk-pagination__item--current",
    ".govuk-panel--confirmation", ".govuk-tag", ".hub-due:not(.hub-due--later)", ".hub-figures div",
    ".hub-message:not(.hub-message--event)", ".hub-nothing", ".hub-promise", ".hub-safety",
  ];
  const bare = await page.evaluate(
    (shapes) =>
      shapes.filter((shape) => {
        const all = [...document.querySelectorAll(shape)];
        const lined = all.filter((it) => {
          const { borderLeftStyle, borderLeftWidth } = getComputedStyle(it);
          return borderLeftStyle !== "none" && parseFloat(borderLeftWidth) > 0;
        });
        return all.length === 0 || lined.length < all.length;
      }),
    shapes,
  );
  expect(bare).toEqual([]);
  await page.getByRole("button", { name: "Use these filters" }).focus();
  await page.keyboard.press("Shift+Tab");
  await expect(page.locator(":focus")).toHaveCSS("outline-style", "solid");
  await expect(page.locator(":focus")).toHaveCSS("outline-width", "3px");
});
