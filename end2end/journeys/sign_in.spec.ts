// Who may come in: from the invitation to the sessions that are ended, with a second step.
import { expect, type Cookie, type Page } from "@playwright/test";
import { test as base } from "../server";
import { freshAddress } from "./steps/ask";
import { fillSignIn, signIn } from "./steps/desk";
import { letterTo } from "./steps/mail";
import { expectAccessible, expectNoSidewaysScroll } from "./steps/quality";
import { expectRefused } from "./steps/refusal";
import { App } from "./steps/totp";

const PASSWORD = "marmalade kite on Tuesdays";

/** The administrator signs in once for all of these: who signs in too often has to wait. */
const test = base.extend<object, { administrator: Cookie[] }>({
  administrator: [
    async ({ browser, hub }, use) => {
      const context = await browser.newContext({ baseURL: hub.address });
      await signIn(await context.newPage(), hub, "administrator");
      await use(await context.cookies());
      await context.close();
    },
    { scope: "worker" },
  ],
});

const person = (page: Page, name: string) => page.getByRole("row", { name });

/** Invites somebody; the path of the link in their letter. */
async function invite(page: Page, hub: Parameters<typeof letterTo>[0], name: string, email: string): Promise<string> {
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Officer", { exact: true }).check();
  await page.getByLabel("Team", { exact: true }).selectOption("SEND enquiries");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.locator(".govuk-notification-banner--success")).toContainText("on its way");
  const letter = await letterTo(hub, email);
  expect(letter.headers).toContain("Subject: Your account with Sample County Council");
  const link = letter.words.match(/https?:\/\/[^/\s]+(\/desk\/invitation\/[A-Za-z0-9_-]+)/);
  expect(link, "a link stands in the letter").not.toBeNull();
  return link![1];
}

async function setPassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("New password again").fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
}

test("somebody is invited, sets a password and a second step, and signs in with both", async ({ page, context, browser, hub, administrator, javaScriptEnabled }) => {
  test.setTimeout(150_000);
  const email = freshAddress();
  await context.addCookies(administrator);
  const link = await invite(page, hub, "Kim Lee", email);
  await page.goto("/admin/people");
  const invited = page.getByRole("listitem").filter({ hasText: email });
  await expect(invited).toContainText("Sent");
  await expect(page.locator("main")).not.toContainText("/desk/invitation/");

  const theirs = await browser.newContext({ baseURL: hub.address, javaScriptEnabled });
  const kim = await theirs.newPage();
  // A mail scanner looks first, and uses nothing up.
  for (let look = 0; look < 2; look++) expect((await kim.goto(link))!.status()).toBe(200);
  await kim.getByLabel("New password", { exact: true }).fill("Kim.Lee@Sample.County");
  await kim.getByLabel("New password again").fill("Kim.Lee@Sample.County");
  await kim.getByRole("button", { name: "Set the password" }).click();
  await expectRefused(kim, "new_password", /made of your name, your email address, your council/);
  await expect(kim.getByLabel("New password", { exact: true })).toHaveValue("");
  await setPassword(kim, link);
  await expect(kim).toHaveURL(/\/desk$/);
  expect((await kim.goto(link))!.status(), "the link works once").toBe(410);
  await expect(kim.locator("main").getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/desk/sign-in");

  // The sample council leaves the second step to each.
  await kim.goto("/desk/account");
  await kim.getByRole("link", { name: "Change your second step" }).click();
  await expectAccessible(kim, javaScriptEnabled!, [1200, 375]);
  const app = new App(await kim.locator(".hub-key").innerText());
  await kim.getByLabel("Code", { exact: true }).fill("000000");
  await kim.getByLabel("Your password").fill(PASSWORD);
  await kim.getByRole("button", { name: "Set it up" }).click();
  await expectRefused(kim, "code", /This code is not right/);
  await expect(kim.getByLabel("Code", { exact: true })).toHaveValue("");
  await kim.getByLabel("Code", { exact: true }).fill(await app.code());
  await kim.getByLabel("Your password").fill(PASSWORD);
  await kim.getByRole("button", { name: "Set it up" }).click();
  await expect(kim.locator("h1")).toHaveText("Keep your recovery codes");
  const codes = await kim.locator(".hub-codes li").allInnerTexts();
  expect(codes).toHaveLength(10);
  await kim.goto("/desk/account/recovery-codes");
  await expect(kim.locator("main")).not.toContainText(codes[0]);
  await kim.setViewportSize({ width: 1200, height: 900 });
  await kim.getByRole("button", { name: "Sign out" }).click();

  // A password alone opens nothing any more.
  await fillSignIn(kim, { email, password: PASSWORD });
  await expect(kim.locator("h1")).toHaveText("Enter your code");
  await expectAccessible(kim, javaScriptEnabled!, [1200, 375]);
  for (const path of ["/desk", "/desk/account", "/admin/people"]) {
    await kim.goto(path);
    await expect(kim, path).toHaveURL(/\/desk\/sign-in\?next=/);
  }
  await kim.goto("/desk/sign-in/code?next=%2Fdesk%2Faccount");
  await kim.getByLabel("Code", { exact: true }).fill("123456");
  await kim.getByRole("button", { name: "Sign in" }).click();
  await expectRefused(kim, "code", /This code is not right/);
  await kim.getByLabel("Code", { exact: true }).fill(await app.code());
  await kim.getByRole("button", { name: "Sign in" }).click();
  await expect(kim).toHaveURL(/\/desk\/account$/);

  // Another browser, without the phone.
  const elsewhere = await browser.newContext({
    baseURL: hub.address,
    javaScriptEnabled,
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
  });
  const other = await elsewhere.newPage();
  await other.goto("/desk/sign-in");
  await fillSignIn(other, { email, password: PASSWORD });
  await other.getByRole("link", { name: "I do not have my phone" }).click();
  await expectAccessible(other, javaScriptEnabled!, [1200, 375]);
  await other.getByLabel("Recovery code").fill(codes[3].toUpperCase());
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(/\/desk$/);

  // Both are listed; one is ended from the other.
  await kim.goto("/desk/account");
  await expect(kim.locator(".govuk-summary-list__row", { hasText: "Recovery codes" })).toContainText("9 of 10 left");
  const session = kim.locator(".hub-session", { hasText: "Safari on iPhone" });
  await expect(session).toHaveCount(1);
  await expectNoSidewaysScroll(kim);
  await expectAccessible(kim, javaScriptEnabled!, [1200, 375]);
  await session.getByRole("button", { name: "Sign out" }).click();
  await expect(kim.locator(".govuk-notification-banner--success")).toContainText("signed out there");
  await expect(session).toHaveCount(0);
  await other.goto("/desk");
  await expect(other).toHaveURL(/\/desk\/sign-in/);
  await other.goto("/desk/sign-in");
  await fillSignIn(other, { email, password: PASSWORD });
  await other.goto("/desk/sign-in/recovery-code");
  await other.getByLabel("Recovery code").fill(codes[3]);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expectRefused(other, "recovery_code", /Each works once/);

  // The administrator resets what was lost, and sees it.
  await page.goto("/admin/people");
  await expect(person(page, "Kim Lee")).toContainText("Set up");
  await person(page, "Kim Lee").getByRole("link", { name: "Kim Lee" }).click();
  await expectAccessible(page, javaScriptEnabled!, [1200, 375]);
  await page.getByRole("button", { name: "Reset their second step" }).click();
  await expect(person(page, "Kim Lee")).toContainText("Not set up");
  await kim.goto("/desk");
  await expect(kim).toHaveURL(/\/desk\/sign-in/);
  await theirs.close();
  await elsewhere.close();
});

test("an invitation is taken back, and a person who is away or works no more says so", async ({ page, context, browser, hub, administrator, javaScriptEnabled }) => {
  await context.addCookies(administrator);
  const link = await invite(page, hub, "Sam Gone", freshAddress());
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Take back the link of Sam Gone" }).click();
  await expect(page.locator(".govuk-notification-banner--success")).toContainText("It works no more");
  const answer = await page.goto(link);
  expect(answer!.status()).toBe(410);
  await expect(page.locator("main")).toContainText("send you a new one");
  await expectAccessible(page, javaScriptEnabled!, [1200, 375]);

  const email = freshAddress();
  const theirs = await browser.newContext({ baseURL: hub.address, javaScriptEnabled });
  const lou = await theirs.newPage();
  await setPassword(lou, await invite(page, hub, "Lou Way", email));
  await lou.goto("/desk/account/away");
  const back = lou.getByRole("group", { name: "When will you be back?" });
  await back.getByLabel("Day").fill("31");
  await back.getByLabel("Month").fill("2");
  await back.getByLabel("Year").fill("2027");
  await lou.getByRole("button", { name: "Save" }).click();
  await expectRefused(lou, "away_until", /Enter a real date/);
  const year = new Date().getFullYear() + 1;
  await back.getByLabel("Day").fill("15");
  await back.getByLabel("Year").fill(String(year));
  await lou.getByRole("button", { name: "Save" }).click();
  await expect(lou.locator(".govuk-summary-list__row", { hasText: "Away" })).toContainText(`15 Feb ${year}`);

  await page.goto("/admin/people");
  await expect(person(page, "Lou Way")).toContainText(`15 Feb ${year}`);
  for (const width of [320, 375, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(page);
  }
  await expectAccessible(page, javaScriptEnabled!, [1200, 375]);
  await person(page, "Lou Way").getByRole("link", { name: "Lou Way" }).click();
  await page.getByRole("button", { name: "Stop them signing in" }).click();
  await expect(person(page, "Lou Way")).toContainText("Cannot sign in");
  await lou.goto("/desk");
  await expect(lou).toHaveURL(/\/desk\/sign-in/);

  // The only administrator stays one.
  await person(page, "Ada Admin").getByRole("link", { name: "Ada Admin" }).click();
  await page.getByRole("button", { name: "Stop them signing in" }).click();
  await expectRefused(page, "disable", /the only administrator/);
  await page.getByLabel("Officer", { exact: true }).check();
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expectRefused(page, "role", /the only administrator/);
  await theirs.close();
});

test("a password is changed by whoever knows the old one", async ({ page, context, browser, hub, administrator, javaScriptEnabled }) => {
  await context.addCookies(administrator);
  const email = freshAddress();
  const theirs = await browser.newContext({ baseURL: hub.address, javaScriptEnabled });
  const max = await theirs.newPage();
  await setPassword(max, await invite(page, hub, "Max Moor", email));
  await max.goto("/desk/account/password");
  const fill = async (old: string, fresh: string) => {
    await max.getByLabel("Your password now").fill(old);
    await max.getByLabel("New password", { exact: true }).fill(fresh);
    await max.getByLabel("New password again").fill(fresh);
    await max.getByRole("button", { name: "Change it" }).click();
  };
  await fill("not it", "seven slow herons walking");
  await expectRefused(max, "password", "This is not your password");
  await fill(PASSWORD, "iloveyouiloveyou");
  await expectRefused(max, "new_password", /Too many people/);
  await fill(PASSWORD, "seven slow herons walking");
  await expect(max.locator(".govuk-notification-banner--success")).toContainText("Your password is changed");
  await max.getByRole("button", { name: "Sign out" }).click();
  await fillSignIn(max, { email, password: PASSWORD });
  await expectRefused(max, "email", "The email address or the password is not right");
  await fillSignIn(max, { email, password: "seven slow herons walking" });
  await expect(max).toHaveURL(/\/desk$/);
  await theirs.close();
});

test("nobody but an administrator finds people’s accounts", async ({ page, hub }) => {
  await page.goto("/admin/people");
  await expect(page).toHaveURL(/\/desk\/sign-in\?next=%2Fadmin%2Fpeople/);
  await fillSignIn(page, hub.signIns["team-lead"]);
  await expect(page.locator("h1")).toHaveText("Page not found");
  const answer = await page.goto("/admin/people/invite");
  expect(answer!.status()).toBe(404);
});
