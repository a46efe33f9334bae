// A server with something on every page: a draft, a sent question, enquiries in each state, an
// officer who is signed in. Made once for a worker.
import type { BrowserContext, Cookie, Page } from "@playwright/test";
import { test as base } from "../../server";
import { answerAll, aQuestion, asked, freshAddress } from "./ask";
import { openFile, signIn } from "./desk";
import { letterTo, privateLink } from "./mail";

export type World = {
  /** A draft with every answer but the sending. */
  draft: Cookie[];
  /** The draft of a question that was sent. */
  sent: Cookie[];
  officer: Cookie[];
  administrator: Cookie[];
  /** The page of an officer's account. */
  person: string;
  /** An enquiry that waits, by e-mail. */
  waiting: string;
  waitingLink: string;
  /** An enquiry that a conversation answered. */
  answered: string;
  answeredLink: string;
  /** An enquiry of a person who asked for a phone call. */
  byTelephone: string;
  closed: string;
};

async function visitor<T>(
  open: () => Promise<BrowserContext>,
  visit: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await open();
  const done = await visit(await context.newPage(), context);
  await context.close();
  return done;
}

const LONG = "Our son waits for a place at school since March. ".repeat(12);

export const test = base.extend<object, { world: World }>({
  world: [
    async ({ browser, hub }, use) => {
      const open = () => browser.newContext({ baseURL: hub.address });
      const draft = await visitor(open, async (page, context) => {
        await answerAll(page, aQuestion({ message: LONG }));
        return context.cookies();
      });
      const sent = async (changes: Parameters<typeof aQuestion>[0]) =>
        visitor(open, async (page, context) => ({
          number: await asked(page, hub, aQuestion(changes)),
          cookies: await context.cookies(),
        }));
      const [email, other] = [freshAddress(), freshAddress()];
      const waiting = await sent({ reach: { email }, message: LONG });
      const answered = await sent({ reach: { email: other } });
      const byTelephone = await sent({ reach: { telephone: "01632 960 123" } });
      const closed = await sent({ reach: { letter: "1 Sample Street\nMaidstone" } });
      const officer = await visitor(open, async (page, context) => {
        await signIn(page, hub, "team-lead");
        await openFile(page, answered.number);
        await page.getByText("Record a conversation or a letter").click();
        await page.getByLabel("What you talked about, or what you wrote").fill("We talked.");
        await page.getByRole("button", { name: "Record it" }).click();
        await openFile(page, closed.number);
        await page.getByText("Close this enquiry").click();
        await page.getByLabel("It was meant for somebody else").check();
        await page.getByRole("button", { name: "Close it" }).click();
        await openFile(page, waiting.number);
        await page.getByRole("button", { name: "Assign it to me" }).click();
        await page.getByLabel("Note for officers").fill("Rang the school; they call back.");
        await page.getByRole("button", { name: "Add the note" }).click();
        return context.cookies();
      });
      const { administrator, person } = await visitor(open, async (page, context) => {
        await signIn(page, hub, "administrator");
        await page.goto("/admin/people");
        const link = page.getByRole("link", { name: "Olu Officer" });
        return { administrator: await context.cookies(), person: (await link.getAttribute("href"))! };
      });
      await use({
        draft,
        sent: waiting.cookies,
        officer,
        administrator,
        person,
        waiting: waiting.number,
        waitingLink: privateLink(await letterTo(hub, email)),
        answered: answered.number,
        answeredLink: privateLink(await letterTo(hub, other)),
        byTelephone: byTelephone.number,
        closed: closed.number,
      });
    },
    { scope: "worker", timeout: 60_000 },
  ],
});
