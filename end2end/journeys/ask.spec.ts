// Asking a question: from the first page to the reference, the promised date and the letter.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";
import {
  answerAll, answerUpToMessage, aQuestion, ask, freshAddress, goOn, messageField,
  reference, sendButton, start,
} from "./steps/ask";
import { dateInWords, isWeekday } from "./steps/dates";
import { openFile, signIn } from "./steps/desk";
import { letterTo, lettersTo, privateLink } from "./steps/mail";
import { expectRefused, summary } from "./steps/refusal";

const answerOn = (page: Page, question: string) =>
  page.locator(".govuk-summary-list__row", { hasText: question }).locator(".govuk-summary-list__value");

test("a parent asks, gets a reference and a date, a letter, and a page to follow it", async ({ page, hub }) => {
  const email = freshAddress();
  const question = aQuestion({ reach: { email } });
  await answerAll(page, question);
  await expect(answerOn(page, "Your question")).toHaveText(question.message);
  await sendButton(page).click();

  const number = await reference(page);
  await expect(page.locator("h1")).toContainText("We have your question");
  const promised = page.locator("dt", { hasText: "A person will reply by" }).locator("+ dd");
  const due = await promised.innerText();
  expect(isWeekday(dateInWords(due)), due).toBe(true);
  expect(dateInWords(due).getTime()).toBeGreaterThan(Date.now());
  await expect(page.getByText(email)).toBeVisible();

  const letter = await letterTo(hub, email);
  expect(letter.words).toContain(number);
  expect(letter.words).toContain(due);
  expect(letter.words).toContain("01632 960150");
  expect(letter.words).toContain("999");
  expect(letter.headers).toMatch(/^Auto-Submitted: auto-/im);
  expect(letter.headers).toMatch(/^X-Auto-Response-Suppress: /im);
  for (const own of ["marmalade", "Rosalind", "Quill", "Peregrine"]) {
    expect(letter.words + letter.headers).not.toContain(own);
  }

  await page.goto(privateLink(letter));
  await expect(page.locator("h1")).toHaveText("Your question");
  await expect(page.getByText("Waiting for our reply")).toBeVisible();
  await expect(promised).toHaveText(due);
  const main = await page.locator("main").innerText();
  for (const written of ["marmalade", "Rosalind", "Peregrine", "Something else"]) {
    expect(main).not.toContain(written);
  }
});

test("a person without email is told to write the reference down", async ({ page }) => {
  await ask(page, aQuestion({ reach: { telephone: "01632 960 123" } }));
  await expect(page.getByText("Please write your reference down now.")).toBeVisible();
});

test("a person who writes again by the private link is heard, and the date stays", async ({ page, hub }) => {
  const email = freshAddress();
  await ask(page, aQuestion({ reach: { email } }));
  await page.goto(privateLink(await letterTo(hub, email)));
  const promised = page.locator("dt", { hasText: "A person will reply by" }).locator("+ dd");
  const due = await promised.innerText();
  await page.getByRole("button", { name: "Send your message" }).click();
  await expectRefused(page, "message", /Enter your message/);
  await page.getByLabel("Your message").fill("Is there any news?");
  await page.getByRole("button", { name: "Send your message" }).click();
  await expect(page.getByText("We have your message.")).toBeVisible();
  await expect(promised).toHaveText(due);
  await expect(page.getByText("You have written to us about this again.")).toBeVisible();
});

test("a link that leads nowhere says so and answers 404", async ({ page }) => {
  const answer = await page.goto("/enquiry/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  expect(answer!.status()).toBe(404);
  await expect(page.locator("h1")).toHaveText("This link does not work");
});

test("a page left empty comes back with what to do, and keeps what was typed", async ({ page, javaScriptEnabled }) => {
  await start(page);
  await goOn(page);
  await expectRefused(page, "topic", "Choose what your question is about");
  await page.getByLabel("Something else", { exact: true }).check();
  await goOn(page);

  await page.getByLabel("Your full name").fill("Rosalind Quill");
  await page.getByLabel("Where you work").fill("Ünïcode School & Sons");
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    goOn(page),
  ]);
  expect(answer.status()).toBe(422);
  await expect(page.getByLabel("Your full name")).toHaveValue("Rosalind Quill");
  await expect(page.getByLabel("Where you work")).toHaveValue("Ünïcode School & Sons");
  if (javaScriptEnabled) await expect(summary(page)).toBeFocused();
  await expectRefused(page, "kind", "Choose who you are");
});

test("a date of birth that cannot be is refused as it was typed", async ({ page }) => {
  await start(page);
  await page.getByLabel("Something else", { exact: true }).check();
  await goOn(page);
  await page.getByLabel("A parent or carer").check();
  await page.getByLabel("Your full name").fill("Rosalind Quill");
  await goOn(page);
  await page.getByLabel("Yes", { exact: true }).check();
  await goOn(page);
  for (const [name, value] of [["Day", "31"], ["Month", "2"], ["Year", "2015"]]) {
    await page.getByLabel(name, { exact: true }).fill(value);
  }
  await goOn(page);
  await expectRefused(page, "child_born_on", /Enter a real date of birth/);
  await expect(page.getByLabel("Day", { exact: true })).toHaveValue("31");
  await expect(page.getByLabel("Year", { exact: true })).toHaveValue("2015");
});

test("a way to reach the person is asked for, whichever they choose", async ({ page }) => {
  await answerUpToMessage(page, aQuestion());
  await messageField(page).fill("How do we ask for help?");
  await goOn(page);
  for (const [way, field, message] of [
    ["By email", "email", "Enter your email address"],
    ["By phone", "telephone", "Enter your phone number"],
    ["By letter", "postal_address", "Enter your postal address"],
  ]) {
    await page.getByLabel(way).check();
    await goOn(page);
    await expectRefused(page, field, message);
  }
  await page.getByLabel("By email").check();
  await page.getByLabel("Email address").fill("not an address");
  await goOn(page);
  await expectRefused(page, "email", /Enter an email address, like/);
  await expect(page.getByLabel("Email address")).toHaveValue("not an address");
});

test("a message that cannot be taken is refused and kept to the letter", async ({ page }) => {
  await answerUpToMessage(page, aQuestion());
  for (const [message, fault] of [
    ["", "Enter your message"],
    ["   \n ", "Enter your message"],
    ["é".repeat(10_001), /10,000 characters or fewer. It has 10,001/],
    ["A bell \u0007 rang", /hidden character/],
    [`</textarea><script>document.title="taken"</script>\u0007 &amp; &lt;`, /hidden character/],
  ] as const) {
    await messageField(page).fill(message);
    await goOn(page);
    await expectRefused(page, "message", fault);
    await expect(messageField(page)).toHaveValue(message);
  }
});

test("a message is stored and shown exactly as it was written", async ({ page, hub }) => {
  const message = `Hello 🙂👩‍👧 café\n\tשלום עולם – مرحبا بالعالم\n\n</textarea><script>document.title="taken"</script> &amp; <b>"quotes"</b> 100%`;
  const name = `Zoë O’Brien-Ó 🙂 <b>`;
  await answerAll(page, aQuestion({ message, name, topic: "Something else" }));
  await expect(answerOn(page, "Your question")).toHaveText(message, { useInnerText: false });
  await page.goto("/ask/message");
  await expect(messageField(page)).toHaveValue(message);
  await page.goto("/ask/check");
  await sendButton(page).click();
  const number = await reference(page);
  await signIn(page, hub, "team-lead");
  await openFile(page, number);
  expect(await page.locator(".hub-message--inbound .hub-message__body").textContent()).toBe(message);
  await expect(page.locator(".hub-message--inbound")).toContainText(name);
  await expect(page).not.toHaveTitle("taken");
});

test("a question that is sent twice is one question", async ({ page, context, hub }) => {
  const email = freshAddress();
  await answerAll(page, aQuestion({ reach: { email } }));
  const second = await context.newPage();
  await second.goto("/ask/check");
  await Promise.all([sendButton(page).dblclick(), sendButton(second).click()]);
  expect(await reference(second)).toBe(await reference(page));
  await letterTo(hub, email);
  await page.goBack();
  await page.goto("/ask/check");
  await expect(page).toHaveURL(/\/ask\/sent$/);
  expect(await lettersTo(hub, email)).toHaveLength(1);
});

test("an answer can be changed from the last page, and nothing else is asked again", async ({ page }) => {
  await answerAll(page, aQuestion());
  await page.getByRole("link", { name: /^Change where they live/ }).click();
  await expect(page.getByLabel("Maidstone", { exact: true })).toBeChecked();
  await page.getByLabel("Thanet", { exact: true }).check();
  await goOn(page);
  await expect(page).toHaveURL(/\/ask\/check$/);
  await expect(answerOn(page, "Where they live")).toHaveText("Thanet");

  await page.getByRole("link", { name: /^Change about one child/ }).click();
  await page.getByLabel("No", { exact: true }).check();
  await goOn(page);
  await expect(page).toHaveURL(/\/ask\/check$/);
  await expect(page.getByText("Peregrine Quill")).toHaveCount(0);
});

test("the way back from every page keeps the answers", async ({ page }) => {
  await answerUpToMessage(page, aQuestion());
  const back = page.getByRole("link", { name: "Back", exact: true });
  for (const step of ["support", "district", "child", "about-child", "who", "topic"]) {
    await back.click();
    await expect(page).toHaveURL(new RegExp(`/ask/${step}$`));
  }
  await expect(page.getByLabel("Something else", { exact: true })).toBeChecked();
  await back.click();
  await expect(page).toHaveURL(/\/ask$/);
  await page.getByRole("link", { name: "Go on with it" }).click();
  await expect(page).toHaveURL(/\/ask\/message$/);
});

test("without a draft every page of the form leads to its beginning", async ({ page }) => {
  for (const step of ["message", "check", "sent"]) {
    await page.goto(`/ask/${step}`);
    await expect(page, step).toHaveURL(/\/ask$/);
  }
  const answer = await page.goto("/ask/no-such-step");
  expect(answer!.status()).toBe(404);
});

test("the address of a page that was not reached yet asks for what is missing", async ({ page }) => {
  await start(page);
  await page.goto("/ask/check");
  await expect(page).toHaveURL(/\/ask\/topic$/);
});
