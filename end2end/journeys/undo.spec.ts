// A reply that can be taken back for some seconds, and one that went.
import { expect, type Page } from "@playwright/test";
import { test as base, withHub, type Hub } from "../server";
import { aQuestion, asked, freshAddress } from "./steps/ask";
import { openFile, signIn } from "./steps/desk";
import { letterTo } from "./steps/mail";
import { summary } from "./steps/refusal";

const test = base.extend({
  hub: [async ({}, use) => withHub(use, { undoSeconds: 8 }), { scope: "worker", timeout: 60_000 }],
});

const banner = (page: Page) => page.locator(".govuk-notification-banner");

/** Replies to a new enquiry and gives the address to which the reply goes. */
async function reply(page: Page, hub: Hub): Promise<string> {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  await letterTo(hub, email);
  await signIn(page, hub, "officer");
  await openFile(page, number);
  await page.getByLabel("Your reply").fill("Dear Rosalind, the nurse can help.");
  await page.getByRole("button", { name: "Send the reply" }).click();
  return email;
}

test("a reply says until when it can be taken back, and its words come back", async ({ page, hub, javaScriptEnabled }) => {
  await reply(page, hub);
  await expect(banner(page)).toContainText(/The reply will be sent at \d+:\d\d:\d\d[ap]m\./);
  if (javaScriptEnabled) {
    await expect(banner(page)).toContainText(/You can take it back for [1-7] more seconds\./);
  } else {
    await expect(banner(page)).toContainText(/for \d seconds from when this page opened/);
  }
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(banner(page)).toContainText("Taken back: it was not sent.");
  await expect(page.getByLabel("Your reply")).toHaveValue("Dear Rosalind, the nurse can help.");
  await page.getByRole("link", { name: "Back to the desk" }).click();
  await expect(page.getByRole("link", { name: "Everyone’s" })).toHaveAttribute("aria-current", "true");
});

test("when it is too late for taking a reply back, the page says that it went", async ({ page, hub, javaScriptEnabled }) => {
  const email = await reply(page, hub);
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  if (javaScriptEnabled) {
    await expect(banner(page)).toContainText("It is being sent now, and can no longer be taken back.", { timeout: 15_000 });
    await expect(undo).toHaveCount(0);
    return;
  }
  await letterTo(hub, email, 2);
  const file = page.url();
  await expect(async () => expect(await (await page.request.get(file)).text()).toContain("Sent by email")).toPass();
  await undo.click();
  await expect(summary(page)).toContainText(/It is too late to take this back: it was sent at \d+:\d\d:\d\d[ap]m/);
  await expect(page.locator(".hub-message--outbound")).toContainText("Sent by email");
  await expect(undo).toHaveCount(0);
});
