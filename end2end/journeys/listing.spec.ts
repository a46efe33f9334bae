// From the page of one service: keeping it on a list, and asking about it.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";
import { answerReach, freshAddress, goOn, messageField, reference, sendButton } from "./steps/ask";
import { openFile, signIn } from "./steps/desk";

const SPEECH = "/local-offer/childrens-speech-and-language-therapy";
const CLINIC = "/local-offer/adhd-clinic-for-children";
const button = (page: Page, name: RegExp | string) => page.getByRole("button", { name });
const kept = (page: Page) => page.locator(".hub-result__name");

test("services are kept on a list without an account, and taken off again", async ({ page }) => {
  await page.goto("/local-offer/my-list");
  await expect(page.getByText("Your list is empty.")).toBeVisible();
  for (const path of [SPEECH, CLINIC]) {
    await page.goto(path);
    await button(page, /^Add to my list/).click();
    await expect(page).toHaveURL(new RegExp(`${path}#`));
    await expect(page.getByText("This is on your list.")).toBeVisible();
  }
  await page.getByRole("link", { name: "See your list (2 services)" }).click();
  await expect(kept(page)).toHaveText(["Children's speech and language therapy", "ADHD clinic for children"]);
  await expect(page.locator(".hub-kept").first()).toContainText("Phone");
  await button(page, /^Take off my list Children's speech/).click();
  await expect(kept(page)).toHaveText(["ADHD clinic for children"]);
  await button(page, "Clear my list").click();
  await expect(page.getByText("Your list is empty.")).toBeVisible();
  await page.goto(CLINIC);
  await expect(button(page, /^Add to my list/)).toBeVisible();
});

test("a list is shared by its link, kept by whoever gets it, and says what is gone", async ({ page }) => {
  await page.goto("/local-offer/my-list?s=adhd-clinic-for-children&s=zanzibar-sailing");
  await expect(kept(page)).toHaveText(["ADHD clinic for children"]);
  await expect(page.getByText("“zanzibar sailing”")).toBeVisible();
  await button(page, "Keep this list").click();
  await expect(page).toHaveURL(/\/local-offer\/my-list$/);
  await expect(page.getByText("2 services on your list.")).toBeVisible();
  await button(page, /^Take off my list zanzibar sailing/).click();
  await expect(page.getByText("zanzibar")).toHaveCount(0);
  await page.getByRole("link", { name: "the link to this list" }).click();
  await expect(page).toHaveURL(/my-list\?s=adhd-clinic-for-children$/);
  await expect(page.getByText("All of them are on your own list.")).toBeVisible();
});

test("a full list says so, and keeps what it has", async ({ page }) => {
  const thirty = Array.from({ length: 30 }, (_, number) => `s=service-${number}`).join("&");
  await page.goto(`/local-offer/my-list?${thirty}`);
  await button(page, "Keep this list").click();
  await page.goto(CLINIC);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    button(page, /^Add to my list/).click(),
  ]);
  expect(answer.status()).toBe(422);
  await expect(page.locator(".govuk-error-summary")).toContainText("Your list can hold 30 services.");
  await expect(page.getByText("30 services on your list.")).toBeVisible();
});

test("a question about a service carries it to the officer, past refused pages", async ({ page, hub }) => {
  await page.goto(CLINIC);
  await page.getByRole("button", { name: "Ask us about this service" }).click();
  await expect(page.getByText("Your question will be about ADHD clinic for children")).toBeVisible();
  await button(page, "Start").click();
  const about = page.getByText("Your question is about ADHD clinic for children");
  await expect(about).toBeVisible();
  await goOn(page);
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  await expect(about).toBeVisible();
  await page.getByLabel("Something else", { exact: true }).check();
  await goOn(page);
  await page.getByLabel("A parent or carer").check();
  await page.getByLabel("Your full name").fill("Rosalind Quill");
  await goOn(page);
  await page.getByLabel("No", { exact: true }).check();
  await goOn(page);
  await page.getByLabel("Maidstone", { exact: true }).check();
  await goOn(page);
  await goOn(page);
  await expect(about).toBeVisible();
  await messageField(page).fill("How long is the wait?");
  await goOn(page);
  await answerReach(page, { email: freshAddress() });
  const row = page.locator(".govuk-summary-list__row", { hasText: "The service you ask about" });
  await expect(row).toContainText("ADHD clinic for children");
  await sendButton(page).click();
  const number = await reference(page);
  await signIn(page, hub, "team-lead");
  await openFile(page, number);
  const message = page.locator(".hub-message--inbound .hub-message__body");
  await expect(message).toContainText("About this service: ADHD clinic for children");
  await expect(message).toContainText(CLINIC);
  await expect(message).toContainText("How long is the wait?");
});

test("whoever asks about something else after all takes the service back", async ({ page }) => {
  await page.goto("/ask?about=adhd-clinic-for-children");
  await button(page, "Start").click();
  await page.getByRole("link", { name: "Change the service that you ask about" }).click();
  await expect(page.getByLabel("Yes", { exact: true })).toBeChecked();
  await page.getByLabel("No", { exact: true }).check();
  await goOn(page);
  await expect(page).toHaveURL(/\/ask\/topic$/);
  await expect(page.getByText("ADHD clinic for children")).toHaveCount(0);
});

test("search engines are told where everything is, and what to leave out", async ({ page, request }) => {
  const robots = await (await request.get("/robots.txt")).text();
  const sitemap = robots.match(/^Sitemap: \S+(\/sitemap\.xml)$/m)!;
  const xml = await (await request.get(sitemap[1])).text();
  expect(xml).toContain(`${CLINIC}</loc><lastmod>`);
  await page.goto(`${CLINIC}?from=elsewhere`);
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`${CLINIC}$`));
  const data = await page.locator("script[type='application/ld+json']").textContent();
  expect(JSON.parse(data!).mainEntity).toMatchObject({ "@type": "Service", name: "ADHD clinic for children" });
  for (const path of ["/local-offer?q=swim", "/local-offer/my-list"]) {
    await page.goto(path);
    await expect(page.locator("meta[name=robots]"), path).toHaveAttribute("content", "noindex");
  }
});
