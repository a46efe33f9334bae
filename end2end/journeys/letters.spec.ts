// What an officer writes reaches the family once, and never past news.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";
import { aQuestion, asked, freshAddress } from "./steps/ask";
import { openFile, signIn } from "./steps/desk";
import { letterTo, privateLink } from "./steps/mail";
import { expectAccessible } from "./steps/quality";
import { expectRefused } from "./steps/refusal";

/** Sends the form of this button again, exactly as it stood: a second press before the page changes. */
async function pressTwice(page: Page, button: string): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: button }) });
  const action = new URL((await form.getAttribute("action"))!, page.url()).href;
  const controls = form.locator("input[name], textarea[name]");
  const posted: Record<string, string> = {};
  for (const control of await controls.all()) {
    posted[(await control.getAttribute("name"))!] = await control.inputValue();
  }
  const headers = { origin: new URL(page.url()).origin };
  const first = await page.request.post(action, { form: posted, headers, maxRedirects: 0 });
  expect(first.status()).toBe(303);
  const second = await page.request.post(action, { form: posted, headers, maxRedirects: 0 });
  expect(second.status()).toBe(303);
  await page.reload();
}

test("a reply and a note that are pressed twice are written once", async ({ page, hub }) => {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  await signIn(page, hub, "officer");
  await openFile(page, number);
  await page.getByLabel("Note for officers").fill("Rang the school.");
  await pressTwice(page, "Add the note");
  await expect(page.locator(".hub-message--note")).toHaveCount(1);
  await page.getByLabel("Your reply").fill("It begins on Monday.");
  await pressTwice(page, "Send the reply");
  await expect(page.locator(".hub-message--outbound")).toHaveCount(1);
  await letterTo(hub, email, 2);
});

test("a message from the private page that is pressed twice is kept once", async ({ page, hub }) => {
  const email = freshAddress();
  await asked(page, hub, aQuestion({ reach: { email } }));
  await page.goto(privateLink(await letterTo(hub, email)));
  await page.getByLabel("Your message").fill("Is there any news?");
  await pressTwice(page, "Send your message");
  await expect(page.getByText("You have written to us about this again.")).toBeVisible();
});

test("an officer whose page is no longer true sees what is new and keeps their words", async ({ page, context, hub, javaScriptEnabled }) => {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  const link = privateLink(await letterTo(hub, email));
  await signIn(page, hub, "officer");
  await openFile(page, number);

  const family = await context.newPage();
  await family.goto(link);
  await family.getByLabel("Your message").fill("We have moved to Ashby.");
  await family.getByRole("button", { name: "Send your message" }).click();
  await expect(family.getByText("We have your message.")).toBeVisible();

  await page.getByLabel("Your reply").fill("It begins on Monday.");
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.request().method() === "POST"),
    page.getByRole("button", { name: "Send the reply" }).click(),
  ]);
  expect(answer.status()).toBe(409);
  await expectAccessible(page, javaScriptEnabled ?? true, [375, 1200]);
  await expectRefused(page, "reply", "This enquiry changed after you opened it");
  await expect(page.getByText("There is a new message.")).toBeVisible();
  await expect(page.locator(".hub-message", { hasText: "We have moved to Ashby." })).toContainText("New");
  await expect(page.getByLabel("Your reply")).toHaveValue("It begins on Monday.");

  await page.getByRole("button", { name: "Send the reply" }).click();
  await expect(page.locator(".hub-message--outbound")).toContainText("It begins on Monday.");
  await expect(page.getByText("This enquiry changed after you opened it")).toHaveCount(0);
});
