// The queue, narrowed to a topic and a district.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";
import { aQuestion, asked } from "./steps/ask";
import { signIn } from "./steps/desk";
import { expectAccessible } from "./steps/quality";

const queued = (page: Page, number: string) => page.getByRole("table").getByRole("link", { name: number });
const figure = (page: Page, name: string) => page.locator(".hub-figures div", { hasText: name }).locator("dd");

async function choose(page: Page, topic: string, district: string): Promise<void> {
  await page.getByLabel("Topic", { exact: true }).selectOption(topic);
  await page.getByLabel("District", { exact: true }).selectOption(district);
  await page.getByRole("button", { name: "Show", exact: true }).click();
}

test("an officer sees one topic in one district, and comes back to it from a file", async ({
  page, hub, javaScriptEnabled,
}) => {
  const inThanet = await asked(page, hub, aQuestion({ topic: "Something else", district: "Thanet" }));
  const inDover = await asked(page, hub, aQuestion({ topic: "Something else", district: "Dover" }));
  await signIn(page, hub, "officer");
  await page.goto("/desk?whose=everyone");
  await choose(page, "Something else", "Thanet");
  await expect(page).toHaveURL(/whose=everyone&topic=something-else&district=thanet$/);
  await expect(queued(page, inThanet)).toBeVisible();
  await expect(queued(page, inDover)).toHaveCount(0);
  await expect(figure(page, "Due later")).toHaveText("1");
  await expect(page.locator("main")).toContainText("Only: Something else, Thanet.");
  await expectAccessible(page, javaScriptEnabled ?? true, [375, 1200]);

  await queued(page, inThanet).click();
  await page.getByLabel("Note for officers").fill("Rang the school; they call back.");
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.locator(".hub-message--note")).toBeVisible();
  await page.getByRole("link", { name: "Back to the desk" }).click();
  await expect(page.getByLabel("District", { exact: true })).toHaveValue("thanet");
  await expect(queued(page, inDover)).toHaveCount(0);

  await page.getByRole("link", { name: "Mine" }).click();
  await expect(page.getByLabel("District", { exact: true })).toHaveValue("thanet");
  await expect(page.locator("main")).toContainText("None of these wait for an answer.");
  await page.getByRole("link", { name: "Everyone’s" }).click();
  await choose(page, "All topics", "Dover");
  await expect(queued(page, inDover)).toBeVisible();
  await expect(queued(page, inThanet)).toHaveCount(0);
  await page.getByRole("link", { name: "Show all topics and districts" }).click();
  await expect(page).toHaveURL(/whose=everyone$/);
});

test("a topic or a district that the council never had shows everything", async ({ page, hub }) => {
  await asked(page, hub, aQuestion());
  await signIn(page, hub, "officer");
  for (const odd of ["topic=nonsense", "topic=<b>&district=%00", "district=atlantis", "topic=&district="]) {
    const answer = await page.goto(`/desk?whose=everyone&${odd}`);
    expect(answer!.status(), odd).toBe(200);
    await expect(page.getByLabel("Topic", { exact: true }), odd).toHaveValue("");
    await expect(page.getByLabel("District", { exact: true }), odd).toHaveValue("");
    expect(await page.getByRole("table").getByRole("row").count(), odd).toBeGreaterThan(1);
  }
});
