// Asking a question, page by page, as a person does it.
import { expect, type Page } from "@playwright/test";
import type { Hub } from "../../server";

export type Question = {
  topic: string;
  kind: string;
  name: string;
  /** The child's full name; none when the question is about nobody in particular. */
  child?: string;
  district: string;
  message: string;
  reach: { email: string } | { telephone: string } | { letter: string };
};

/** An address that no other test writes to. */
export function freshAddress(): string {
  return `parent-${crypto.randomUUID().slice(0, 8)}@example.org`;
}

export function aQuestion(changes: Partial<Question> = {}): Question {
  return {
    topic: "Something else",
    kind: "A parent or carer",
    name: "Rosalind Quill",
    child: "Peregrine Quill",
    district: "Maidstone",
    message: "Who can help us with marmalade sandwiches at school?",
    reach: { email: freshAddress() },
    ...changes,
  };
}

export async function goOn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function start(page: Page): Promise<void> {
  await page.goto("/ask");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page).toHaveURL(/\/ask\/topic$/);
}

/** Answers every page before the message and stops there. */
export async function answerUpToMessage(page: Page, question: Question): Promise<void> {
  await start(page);
  await page.getByLabel(question.topic, { exact: true }).check();
  await goOn(page);
  await page.getByLabel(question.kind, { exact: true }).check();
  await page.getByLabel("Your full name").fill(question.name);
  await goOn(page);
  await page.getByLabel(question.child ? "Yes" : "No", { exact: true }).check();
  await goOn(page);
  if (question.child) {
    await page.getByLabel("Their full name").fill(question.child);
    await goOn(page);
  }
  await page.getByLabel(question.district, { exact: true }).check();
  await goOn(page);
  await expect(page).toHaveURL(/\/ask\/support$/);
  await goOn(page);
  await expect(page).toHaveURL(/\/ask\/message$/);
}

export const messageField = (page: Page) => page.getByLabel("What do you want to ask or tell us?");

export async function answerReach(page: Page, reach: Question["reach"]): Promise<void> {
  await expect(page).toHaveURL(/\/ask\/reach$/);
  if ("email" in reach) {
    await page.getByLabel("By email").check();
    await page.getByLabel("Email address").fill(reach.email);
  } else if ("telephone" in reach) {
    await page.getByLabel("By phone").check();
    await page.getByLabel("Phone number").fill(reach.telephone);
  } else {
    await page.getByLabel("By letter").check();
    await page.getByLabel("Postal address").fill(reach.letter);
  }
  await goOn(page);
  await expect(page).toHaveURL(/\/ask\/check$/);
}

/** Answers everything and stops before sending. */
export async function answerAll(page: Page, question: Question): Promise<void> {
  await answerUpToMessage(page, question);
  await messageField(page).fill(question.message);
  await goOn(page);
  await answerReach(page, question.reach);
}

export const sendButton = (page: Page) => page.getByRole("button", { name: "Send your question" });

const REFERENCE = /SEND-[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** The reference on the confirmation page. */
export async function reference(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/ask\/sent$/);
  const panel = page.locator("strong", { hasText: REFERENCE });
  return (await panel.innerText()).match(REFERENCE)![0];
}

/** Asks from the first page to the last; the reference. */
export async function ask(page: Page, question: Question): Promise<string> {
  await answerAll(page, question);
  await sendButton(page).click();
  return reference(page);
}

/** The codes that the form sends for what it shows. */
const CODES: Record<string, string> = {
  "Something else": "something-else",
  "A parent or carer": "parent",
  Maidstone: "maidstone",
  Dover: "dover",
  Thanet: "thanet",
};

/**
 * Asks as the form's pages would, without drawing one: for journeys that begin where a question was sent.
 * The draft's cookie is then the page's. The reference.
 */
export async function asked(page: Page, hub: Hub, question: Question): Promise<string> {
  const send = async (path: string, form: Record<string, string> = {}) => {
    const headers = { origin: hub.address };
    const answer = await page.request.post(`${hub.address}${path}`, { form, headers, maxRedirects: 0 });
    expect(answer.status(), path).toBe(303);
  };
  const { reach, child } = question;
  await send("/ask");
  await send("/ask/topic", { topic: CODES[question.topic] });
  await send("/ask/who", { kind: CODES[question.kind], name: question.name });
  await send("/ask/about-child", { about_child: child ? "yes" : "no" });
  if (child) await send("/ask/child", { child_name: child });
  await send("/ask/district", { district: CODES[question.district] });
  await send("/ask/support");
  await send("/ask/message", { message: question.message });
  await send(
    "/ask/reach",
    "email" in reach ? { preference: "email", email: reach.email }
    : "telephone" in reach ? { preference: "telephone", telephone: reach.telephone }
    : { preference: "letter", postal_address: reach.letter },
  );
  await send("/ask/check");
  const sent = await page.request.get(`${hub.address}/ask/sent`);
  return (await sent.text()).match(REFERENCE)![0];
}
