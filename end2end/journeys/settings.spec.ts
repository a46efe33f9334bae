// An administrator changes what the council says and promises; everybody else sees it at once.
import { expect, type Page } from "@playwright/test";
import { goOn, start } from "./steps/ask";
import { signIn } from "./steps/desk";
import { expectRefused } from "./steps/refusal";
import { test } from "./steps/world";

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();
const saved = (page: Page) => expect(page.getByText("Saved. It counts from now on.")).toBeVisible();

test("a new number stands on every page at once, and the history says what it was", async ({ page, context, world }) => {
  await context.addCookies(world.administrator);
  await page.goto("/desk");
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "How to reach you" }).click();
  const number = page.getByLabel("The one number for enquiries");
  const before = await number.inputValue();
  await number.fill("");
  await save(page);
  await expectRefused(page, "telephone", "Enter the phone number for enquiries");
  await number.fill("01632 960 555");
  await save(page);
  await saved(page);
  await page.goto("/");
  await expect(page.locator("aside")).toContainText("01632 960 555");

  await page.goto("/admin/settings/history");
  await page.getByRole("link", { name: /^See it/ }).first().click();
  await expect(page.getByRole("row", { name: "How to reach you: the one number for enquiries" })).toContainText(before);
  await expect(page.getByRole("row", { name: "How to reach you: the one number for enquiries" })).toContainText("01632 960 555");
  await page.goto("/admin/settings/history/1");
  await page.getByRole("button", { name: "Put this version back" }).click();
  await saved(page);
  await page.goto("/");
  await expect(page.locator("aside")).toContainText(before);
});

test("a topic is offered once it is there, and no more once it is taken away", async ({ page, context, hub, world }) => {
  await context.addCookies(world.administrator);
  await page.goto("/admin/settings/topics");
  await page.getByRole("link", { name: "Add a topic" }).click();
  await page.getByLabel("Name").fill("Sensory rooms");
  await page.getByLabel("Working days to an answer").fill("2");
  await save(page);
  await saved(page);
  const family = await context.browser()!.newPage({ baseURL: hub.address });
  await start(family);
  await family.getByLabel("Sensory rooms").check();

  await page.getByRole("link", { name: "Change Sensory rooms" }).click();
  await page.getByRole("button", { name: "Take it away" }).click();
  await saved(page);
  await goOn(family);
  await expectRefused(family, "topic", "Choose what your question is about");
  await expect(family.getByLabel("Sensory rooms")).toHaveCount(0);
  await page.getByRole("button", { name: "Offer it again" }).click();
  await saved(page);
  await family.close();
});

test("a letter is looked at before it is kept, and cannot lose what it must say", async ({ page, context, world }) => {
  await context.addCookies(world.administrator);
  await page.goto("/admin/settings/letters/acknowledgement");
  const text = page.getByLabel("The letter");
  const standard = await text.inputValue();
  await text.fill("Hello {{ first_name }}");
  await save(page);
  await expectRefused(page, "text", /There is no “first_name” to fill in here/);
  await text.fill(`Good day\n\n${standard}`);
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect(page.locator(".hub-preview__page")).toContainText("Good day");
  await expect(page.locator(".hub-preview__page")).toContainText("Your reference is SEND-7KQM-4TX4");
  await expect(page.locator(".hub-preview__page")).toContainText("Call 999.");
  await save(page);
  await saved(page);
  await page.goto("/admin/settings/letters/acknowledgement");
  await page.getByRole("button", { name: "Go back to the standard words" }).click();
  await saved(page);
});

test("two administrators do not overwrite each other", async ({ page, context, world }) => {
  await context.addCookies(world.administrator);
  await page.goto("/admin/settings/promise");
  const other = await context.newPage();
  await other.goto("/admin/settings/council");
  const name = other.getByLabel("The name that mail comes from");
  const before = await name.inputValue();
  await name.fill("Sample enquiries");
  await save(other);
  await saved(other);
  const days = page.getByLabel("Working days until an answered enquiry closes");
  await days.fill("11");
  await save(page);
  await expect(page.locator(".govuk-error-summary")).toContainText("Somebody changed the settings");
  await expect(days).toHaveValue("11");
  await save(page);
  await saved(page);
  await other.goto("/admin/settings/council");
  await name.fill(before);
  await save(other);
});

test("an officer finds no settings", async ({ page, hub }) => {
  await signIn(page, hub, "officer");
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  for (const path of ["/admin", "/admin/settings", "/admin/settings/contact", "/admin/settings/history/1"]) {
    expect((await page.goto(path))!.status(), path).toBe(404);
  }
});
