// The whole way of a question by email: a parent's mailbox, ours, an officer, and back, twice.
import { expect, type Page } from "@playwright/test";
import { freshAddress } from "./steps/ask";
import { openFile, signIn, state } from "./steps/desk";
import { header, privateLink, type Letter } from "./steps/mail";
import { COUNCIL, letterIn, test, write } from "./steps/mailbox";

async function answer(page: Page, words: string): Promise<void> {
  await page.getByLabel("Your reply").fill(words);
  await page.getByRole("button", { name: "Send the reply" }).click();
  await expect(page.locator(".hub-message--outbound").last()).toContainText(words.split("\n")[0]);
}

/** Looks at the file until the enquiry is in this state. */
async function untilState(page: Page, number: string, words: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/desk/enquiry/${number}`);
    await expect(state(page)).toHaveText(words, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

const references = (letter: Letter) => (header(letter, "References") ?? "").split(/\s+/);

const REFERENCE = /SEND-[0-9A-Z]{4}-[0-9A-Z]{4}/;

test("a parent's mail is answered in the browser, and what the parent answers joins the same enquiry", async ({
  page, hub, mailServers,
}) => {
  test.slow();
  const parent = { name: "Ottoline Brackenbury", address: freshAddress() };
  const asked = await write(mailServers, {
    from: parent,
    to: COUNCIL,
    subject: "A place for Barnaby",
    text: "Hello,\n\nwhich school has a pottery wheel for Barnaby?\n\nOttoline",
  });

  const acknowledgement = await letterIn(mailServers, parent.address);
  expect(header(acknowledgement, "In-Reply-To")).toBe(asked);
  expect(header(acknowledgement, "References")).toBe(asked);
  expect(header(acknowledgement, "Auto-Submitted")).toBe("auto-replied");
  expect(acknowledgement.headers).not.toContain("Barnaby");
  expect(acknowledgement.words).not.toContain("pottery");
  const number = acknowledgement.words.match(REFERENCE)![0];

  await signIn(page, hub, "officer");
  await openFile(page, number);
  await expect(state(page)).toHaveText("Waiting for an answer");
  await expect(page.locator(".hub-thread")).toContainText("which school has a pottery wheel");
  await page.getByRole("link", { name: "Sort it" }).click();
  await expect(page.getByLabel("What it is about")).toBeInViewport();
  await answer(page, "Dear Ottoline,\n\nHillside School has one. – Olu 🙂");

  const reply = await letterIn(mailServers, parent.address, 2);
  expect(header(reply, "In-Reply-To")).toBe(asked);
  expect(references(reply)).toContain(asked);
  expect(header(reply, "Auto-Submitted")).toBeUndefined();
  expect(header(reply, "Message-ID")).not.toBe(header(acknowledgement, "Message-ID"));
  expect(reply.words).toContain("Hillside School has one. – Olu 🙂");
  await untilState(page, number, "Answered");

  const again = await write(mailServers, {
    from: parent,
    to: header(reply, "Reply-To")!,
    subject: `Re: ${header(reply, "Subject")}`,
    inReplyTo: header(reply, "Message-ID"),
    references: `${header(reply, "References")} ${header(reply, "Message-ID")}`,
    text: "May we visit on a Tuesday?\n\nOn Monday, Sample County Council wrote:\n> Hillside School has one. – Olu 🙂\n",
  });
  // A new promise begins, and so they are told its day.
  const reopened = await letterIn(mailServers, parent.address, 3);
  expect(header(reopened, "In-Reply-To")).toBe(again);
  expect(header(reopened, "Auto-Submitted")).toBe("auto-replied");
  expect(reopened.words).not.toContain("Tuesday");
  await untilState(page, number, "Waiting for an answer");
  const newest = page.locator(".hub-message--inbound").last();
  await expect(newest).toContainText("May we visit on a Tuesday?");
  await expect(page.locator(".hub-message--inbound")).toHaveCount(2);
  await answer(page, "Yes, from ten.");

  const second = await letterIn(mailServers, parent.address, 4);
  expect(header(second, "In-Reply-To")).toBe(again);
  expect(references(second)).toEqual(expect.arrayContaining([asked, again]));
  expect(second.words).toContain("Yes, from ten.");
  await untilState(page, number, "Answered");

  await page.goto("/desk/find");
  await page.getByLabel("Reference, email address, phone number or name").fill(parent.address);
  await page.getByRole("button", { name: "Find it" }).click();
  await expect(page.getByRole("main").getByRole("link", { name: new RegExp(`^${REFERENCE.source}$`) })).toHaveText([number]);
  await page.goto(privateLink(acknowledgement));
  await expect(page.getByText("We have replied", { exact: true })).toBeVisible();
});
