// A form that came back with errors.
import { expect, type Page } from "@playwright/test";

export const summary = (page: Page) => page.locator(".govuk-error-summary");

/** The page says what is wrong: first of all, in the title, and by a link to the field. */
export async function expectRefused(page: Page, field: string, message: string | RegExp): Promise<void> {
  await expect(summary(page)).toContainText("There is a problem");
  await expect(page).toHaveTitle(/^Error: /);
  const link = summary(page).getByRole("link", { name: message });
  await expect(link).toHaveAttribute("href", `#${field}`);
  await expect(page.locator(`#${field}-error`)).toContainText(message);
  const above = await page.evaluate(() => {
    const [box, heading] = [".govuk-error-summary", "h1"].map((it) => document.querySelector(it)!);
    return !!(box.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  expect(above, "the summary stands above the heading").toBe(true);
  await link.click();
  await expect(page.locator(`[id="${field}"]`)).toBeInViewport();
}
