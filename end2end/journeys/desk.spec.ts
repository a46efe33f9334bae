// The officers' desk: from the sign-in to the kept promise.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";
import { aQuestion, asked, freshAddress } from "./steps/ask";
import { fillSignIn, openFile, signIn, state } from "./steps/desk";
import { letterTo, privateLink } from "./steps/mail";
import { expectRefused } from "./steps/refusal";

const fact = (page: Page, key: string) =>
  page.locator(".govuk-summary-list__row", { has: page.getByText(key, { exact: true }) })
    .locator(".govuk-summary-list__value");

test("a wrong password and an unknown address are told alike", async ({ page, hub }) => {
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/desk\/sign-in/);
  const told: string[] = [];
  for (const email of [hub.signIns.administrator.email, "nobody@example.org"]) {
    await fillSignIn(page, { email, password: "not the password" });
    await expectRefused(page, "email", "The email address or the password is not right");
    await expect(page.getByLabel("Email address")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("");
    told.push(await page.locator("main").innerText());
  }
  expect(told[0]).toBe(told[1]);
});

test("an officer signs in, takes an enquiry, answers it, and the promise is kept", async ({ page, hub }) => {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  const link = privateLink(await letterTo(hub, email));

  await page.goto("/desk");
  await fillSignIn(page, hub.signIns.officer);
  await expect(page).toHaveURL(/\/desk$/);
  const row = page.getByRole("row", { name: number });
  await expect(row).toContainText("Rosalind Quill");
  await expect(row).toContainText("Something else");
  await row.getByRole("link", { name: number }).click();
  await expect(state(page)).toHaveText("Waiting for an answer");
  await expect(fact(page, "Officer")).toHaveText("Nobody yet");
  await expect(page.getByText("Peregrine Quill")).toBeVisible();

  await page.getByRole("button", { name: "Assign it to me" }).click();
  await expect(fact(page, "Officer")).toHaveText("Olu Officer");

  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.locator("#note-error")).toBeVisible();
  await page.getByLabel("Note for officers").fill("Rang the school; they call back.");
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.locator(".hub-message--note")).toContainText("Rang the school; they call back.");
  await expect(state(page)).toHaveText("Waiting for an answer");

  await page.getByRole("button", { name: "Send the reply" }).click();
  await expectRefused(page, "reply", "Write the reply");
  const reply = "Dear Rosalind,\nthe school nurse can help. – Olu 🙂";
  await page.getByLabel("Your reply").fill(reply);
  await page.getByRole("button", { name: "Send the reply" }).click();
  await expect(page.locator(".hub-message--outbound")).toContainText("the school nurse can help.");

  const letter = await letterTo(hub, email, 2);
  expect(letter.words).toContain("the school nurse can help. – Olu 🙂");
  expect(letter.words).not.toContain("they call back");
  expect(letter.words).not.toContain("marmalade");
  await expect(async () => {
    await page.goto(`/desk/enquiry/${number}`);
    await expect(state(page)).toHaveText("Answered", { timeout: 500 });
  }).toPass();
  await expect(fact(page, "Answered on")).toContainText("It closes on");
  await expect(page.locator(".hub-message--outbound")).toContainText("Sent by email");

  await page.goto(link);
  await expect(page.getByText("We have replied", { exact: true })).toBeVisible();
  await expect(page.getByText("they call back")).toHaveCount(0);

  await page.goto("/desk");
  await expect(page.getByRole("link", { name: number })).toHaveCount(0);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/desk\/sign-in/);
  await page.goto(`/desk/enquiry/${number}`);
  await expect(page).toHaveURL(/\/desk\/sign-in\?next=/);
});

test("an officer waits for the family, who see for what on their private page", async ({ page, hub }) => {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  const link = privateLink(await letterTo(hub, email));
  await signIn(page, hub, "officer");
  await openFile(page, number);
  const waiting = page.locator("details", { hasText: "Wait for them" });
  await waiting.locator("summary").click();
  await page.getByRole("button", { name: "Ask them and wait" }).click();
  await expectRefused(page, "pause", "Write what you need from them");
  await page.getByLabel("What you need from them").fill("Please send us the marmalade report.");
  await page.getByLabel("A document or a report").check();
  await page.locator("input[name=paused_until]").first().check();
  await page.getByRole("button", { name: "Ask them and wait" }).click();
  const letter = await letterTo(hub, email, 2);
  expect(letter.words).toContain("marmalade report");
  expect(letter.words).toContain("We wait for you until");
  await expect(async () => {
    await page.goto(`/desk/enquiry/${number}`);
    await expect(state(page)).toContainText("Paused until", { timeout: 500 });
  }).toPass();
  await expect(fact(page, "Paused until")).toContainText("We wait for: A document or a report.");

  await page.goto(link);
  await expect(page.getByText("We asked you for a document or a report.")).toBeVisible();
  await expect(page.getByText("marmalade")).toHaveCount(0);

  await page.goto(`/desk/enquiry/${number}`);
  await page.getByRole("button", { name: "Go on now" }).click();
  await expect(state(page)).toHaveText("Waiting for an answer");
  const onAgain = await letterTo(hub, email, 3);
  expect(onAgain.words).toContain("Now we work on it again.");
});

test("signing in leads to the page that was asked for", async ({ page, hub }) => {
  const number = await asked(page, hub, aQuestion());
  await page.goto(`/desk/enquiry/${number}`);
  await fillSignIn(page, hub.signIns["team-lead"]);
  await expect(page.locator("h1")).toHaveText(`Enquiry ${number}`);
});

test("an enquiry is closed without an answer, with a reason", async ({ page, hub }) => {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  const link = privateLink(await letterTo(hub, email));
  await signIn(page, hub, "team-lead");
  await openFile(page, number);
  await page.getByText("Close this enquiry").click();
  await page.getByRole("button", { name: "Close it" }).click();
  await expectRefused(page, "reason", "Choose why it is closed");
  await page.getByLabel("It was meant for somebody else").check();
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(state(page)).toHaveText("Closed");
  await expect(fact(page, "Closed on")).toContainText("without an answer: it was meant for somebody else");
  await page.goto("/desk");
  await page.getByLabel("Find an enquiry by its reference").fill("SEND-0000-0000");
  await page.getByRole("button", { name: "Find it" }).click();
  await expectRefused(page, "reference", /Enter a reference like/);
  await page.getByLabel("Find an enquiry by its reference").fill(number.toLowerCase());
  await page.getByRole("button", { name: "Find it" }).click();
  await expect(page.locator("h1")).toHaveText(`Enquiry ${number}`);
  await page.goto(link);
  await expect(page.getByText("We closed your question on")).toBeVisible();
});

test("a conversation keeps the promise to a person without email", async ({ page, hub }) => {
  const number = await asked(page, hub, aQuestion({ reach: { telephone: "01632 960 123" } }));
  await signIn(page, hub, "administrator");
  await openFile(page, number);
  await expect(page.getByText("They asked for a phone call.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send the reply" })).toHaveCount(0);
  await page.getByLabel("What you talked about, or what you wrote").fill("We talked for ten minutes.");
  await page.getByRole("button", { name: "Record it" }).click();
  await expect(state(page)).toHaveText("Answered");
  await expect(page.locator(".hub-thread")).toContainText("We talked for ten minutes.");
});

test("an editor of the local offer finds no enquiries", async ({ page, hub }) => {
  const number = await asked(page, hub, aQuestion());
  await page.goto("/desk/sign-in");
  await fillSignIn(page, hub.signIns.editor);
  for (const path of ["/desk", `/desk/enquiry/${number}`]) {
    const answer = await page.goto(path);
    expect(answer!.status(), path).toBe(404);
    await expect(page.locator("h1")).toHaveText("Page not found");
  }
});

test("a reference that is not there and one that is no reference are told alike", async ({ page, hub }) => {
  await signIn(page, hub, "officer");
  for (const typed of ["SEND-2222-2222", "nonsense", "%00"]) {
    const answer = await page.goto(`/desk/enquiry/${typed}`);
    expect(answer!.status(), typed).toBe(404);
    await expect(page.locator("h1")).toHaveText("Page not found");
    await expect(page.getByRole("link", { name: "Go to the desk" })).toBeVisible();
  }
});

test("asking for more time moves the promise once the mail is sent", async ({ page, hub }) => {
  const email = freshAddress();
  const number = await asked(page, hub, aQuestion({ reach: { email } }));
  await signIn(page, hub, "officer");
  await openFile(page, number);
  await page.getByText("Ask for more time").click();
  await page.getByRole("button", { name: "Send it", exact: true }).click();
  await expectRefused(page, "holding_reply", "Write why the answer needs longer");
  await page.getByLabel("Why the answer needs longer").fill("We wait for a report.");
  const day = page.getByRole("group", { name: "By when will you answer?" }).getByRole("radio").first();
  const promised = await page.locator("label[for=promises_on]").innerText();
  await day.check();
  await page.getByRole("button", { name: "Send it", exact: true }).click();
  const { words } = await letterTo(hub, email, 2);
  expect(words).toContain("We wait for a report.");
  expect(words).toContain(`We will write again by ${promised}`);
  await expect(async () => {
    await page.goto(`/desk/enquiry/${number}`);
    await expect(page.locator("main")).toContainText(`Answer by ${promised}`, { timeout: 500 });
  }).toPass();
  await expect(page.locator(".hub-thread")).toContainText(`to answer by ${promised}`);
});

test("a reply that is not finished is there again after signing out, and goes with the sending", async ({
  page, hub, javaScriptEnabled,
}) => {
  const number = await asked(page, hub, aQuestion());
  await signIn(page, hub, "officer");
  await openFile(page, number);
  const reply = page.getByLabel("Your reply");
  await reply.fill("Dear Rosalind, half a");
  if (javaScriptEnabled) {
    // By itself, after a pause.
    await expect(page.getByRole("status")).toContainText("It is not sent yet");
    await reply.fill("Dear Rosalind, half a sentence");
  } else {
    await reply.fill("Dear Rosalind, half a sentence");
    await page.getByRole("button", { name: "Save for later" }).click();
    await expect(page.locator(".govuk-notification-banner")).toContainText("Your reply is saved.");
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/desk\/sign-in/);
  await signIn(page, hub, "officer");
  await expect(async () => {
    await page.goto(`/desk/enquiry/${number}`);
    await expect(reply).toHaveValue("Dear Rosalind, half a sentence", { timeout: 500 });
  }).toPass();
  await expect(page.locator(".hub-message--outbound")).toHaveCount(0);
  await page.getByRole("button", { name: "Send the reply" }).click();
  await expect(page.locator(".hub-message--outbound")).toHaveCount(1);
  await expect(reply).toHaveValue("");
});

test("whoever is signed out while they write finds their words, and sends them after signing in", async ({
  page, hub, context,
}) => {
  const number = await asked(page, hub, aQuestion());
  await signIn(page, hub, "officer");
  await openFile(page, number);
  await page.getByLabel("Note for officers").fill("Rang the school; they call back.");
  const session = await context.cookies();
  await context.clearCookies();
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.locator("h1")).toHaveText("You were signed out");
  await expect(page.getByLabel("What you wrote")).toHaveValue("Rang the school; they call back.");
  await context.addCookies(session);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".hub-message--note")).toContainText("Rang the school; they call back.");
});

test("the way back from a file leads to the list that it was opened from", async ({ page, hub }) => {
  const number = await asked(page, hub, aQuestion());
  await signIn(page, hub, "officer");
  await openFile(page, number);
  await page.getByRole("button", { name: "Assign it to me" }).click();
  await expect(fact(page, "Officer")).toHaveText("Olu Officer");
  await page.getByRole("link", { name: "Back to the desk" }).click();
  await expect(page.getByRole("link", { name: "Everyone’s" })).toHaveAttribute("aria-current", "true");
});
