import { expect, test } from "../server";

test("the home page is there", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("h1")).toContainText("SEND");
});
