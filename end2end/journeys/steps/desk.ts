// What officers do at the desk.
import { expect, type Cookie, type Page } from "@playwright/test";
import type { Hub, Role, SignIn } from "../../server";

export async function fillSignIn(page: Page, { email, password }: SignIn): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The sessions of this worker, by the server and the role: signing in often is held up, and rightly. */
const sessions = new Map<string, Cookie[]>();

/** Opens the desk as somebody of this role, who signs in only when no earlier journey did. */
export async function signIn(page: Page, hub: Hub, role: Role): Promise<void> {
  const key = `${hub.address} ${role}`;
  await page.context().addCookies(sessions.get(key) ?? []);
  await page.goto("/desk");
  if (page.url().endsWith("/desk")) return;
  await fillSignIn(page, hub.signIns[role]);
  await expect(page).toHaveURL(/\/desk$/);
  sessions.set(key, await page.context().cookies());
}

export async function openFile(page: Page, reference: string): Promise<void> {
  await page.goto("/desk?whose=everyone");
  // The banner above the queue may name it too.
  await page.getByRole("table").getByRole("link", { name: reference }).click();
  await expect(page.locator("h1")).toHaveText(`Enquiry ${reference}`);
}

/** The state of the file that is open: the tag under its heading. */
export const state = (page: Page) => page.locator("h1 + p .govuk-tag");
