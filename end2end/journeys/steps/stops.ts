// Every page that there is, and how to get to each. A new page gets its line here; then it is
// tested (`pages.spec.ts`) and taken pictures of (`cargo xtask pictures`).
import type { Cookie, Page, Response } from "@playwright/test";
import { goOn, messageField } from "./ask";
import { fillSignIn } from "./desk";
import type { World } from "./world";

export type Stop = {
  name: string;
  path: string | ((world: World) => string);
  as?: (world: World) => Cookie[];
  status?: number;
  /** Shows components outside of a page, so that it has more than one heading of the first rank. */
  specimens?: boolean;
  /** What is done on the page before it is looked at; a form that is sent answers with the next page. */
  act?: (page: Page) => Promise<void>;
};

const draft = (world: World) => world.draft;
const officer = (world: World) => world.officer;
const administrator = (world: World) => world.administrator;
const list = (world: World): Cookie[] => [
  {
    ...world.draft[0], name: "send_hub_list",
    value: "otters-inclusive-swimming.safe-harbour-refuge-and-helpline.gone-since",
  },
];
const step = (slug: string): Stop => ({ name: `ask-${slug}`, path: `/ask/${slug}`, as: draft });
const refused = (slug: string, act: Stop["act"]): Stop => ({
  name: `ask-${slug}-refused`, path: `/ask/${slug}`, as: draft, status: 422, act,
});

export const stops: Stop[] = [
  { name: "home", path: "/" },
  { name: "results", path: "/local-offer?q=speech&postcode=ME14+1XQ" },
  { name: "results-all", path: "/local-offer?page=2" },
  { name: "results-filtered", path: "/local-offer?q=club&postcode=ME14+1XQ&age=9&need=autism&miles=20" },
  { name: "results-unknown-postcode", path: "/local-offer?q=speech&postcode=ZZ99+9ZZ" },
  { name: "results-question", path: "/local-offer?q=free+clubs+on+saturday+for+my+9+year+old+with+autism+near+ME14+1XQ" },
  { name: "results-spelling", path: "/local-offer?q=autisim&miles=5&district=dover&sort=name" },
  { name: "results-elsewhere", path: "/local-offer?q=bin+collection" },
  { name: "results-none", path: "/local-offer?q=xyzzyqwert&age=4" },
  { name: "listing", path: "/local-offer/childrens-speech-and-language-therapy" },
  { name: "listing-answers", path: "/local-offer/otters-inclusive-swimming" },
  { name: "listing-masked", path: "/local-offer/safe-harbour-refuge-and-helpline" },
  { name: "my-list-empty", path: "/local-offer/my-list" },
  {
    name: "my-list-shared",
    path: "/local-offer/my-list?s=otters-inclusive-swimming&s=safe-harbour-refuge-and-helpline&s=gone-since",
  },
  { name: "my-list", path: "/local-offer/my-list", as: list },
  { name: "guides", path: "/guides" },
  { name: "guide", path: "/guides/ehc-needs-assessment" },
  { name: "guide-on-paper", path: "/guides/without-the-internet" },
  { name: "guide-not-found", path: "/guides/no-such-guide", status: 404 },
  { name: "our-promise", path: "/our-promise" },
  { name: "accessibility", path: "/accessibility" },
  { name: "privacy", path: "/privacy" },
  { name: "cookies", path: "/cookies" },
  { name: "design", path: "/design", specimens: true },
  { name: "not-found", path: "/nothing-here", status: 404 },
  { name: "ask", path: "/ask" },
  { name: "ask-about", path: "/ask?about=otters-inclusive-swimming" },
  { name: "ask-with-words", path: "/ask?words=sign+language+for+toddlers" },
  { name: "ask-begun", path: "/ask", as: draft },
  ...["topic", "who", "about-child", "child", "district", "support", "message", "reach", "check"].map(step),
  refused("who", async (page) => {
    await page.getByLabel("Your full name").fill("");
    await goOn(page);
  }),
  refused("child", async (page) => {
    await page.getByLabel("Day", { exact: true }).fill("31");
    await page.getByLabel("Month", { exact: true }).fill("2");
    await page.getByLabel("Year", { exact: true }).fill("2015");
    await goOn(page);
  }),
  refused("message", async (page) => {
    await messageField(page).fill("");
    await goOn(page);
  }),
  refused("reach", async (page) => {
    await page.getByLabel("Email address").fill("not an address");
    await goOn(page);
  }),
  { name: "ask-sent", path: "/ask/sent", as: (world) => world.sent },
  { name: "enquiry-waiting", path: (world) => world.waitingLink },
  { name: "enquiry-answered", path: (world) => world.answeredLink },
  { name: "enquiry-dead-link", path: "/enquiry/no-such-link", status: 404 },
  { name: "sign-in", path: "/desk/sign-in" },
  {
    name: "sign-in-refused", path: "/desk/sign-in", status: 422,
    act: (page) => fillSignIn(page, { email: "nobody@example.org", password: "wrong" }),
  },
  { name: "desk", path: "/desk?whose=everyone", as: officer },
  { name: "desk-narrowed", path: "/desk?whose=everyone&topic=something-else&district=maidstone", as: officer },
  { name: "desk-mine", path: "/desk?whose=mine", as: officer },
  { name: "file-waiting", path: (world) => `/desk/enquiry/${world.waiting}`, as: officer },
  { name: "file-answered", path: (world) => `/desk/enquiry/${world.answered}`, as: officer },
  { name: "file-by-telephone", path: (world) => `/desk/enquiry/${world.byTelephone}`, as: officer },
  { name: "undelivered", path: "/desk/undelivered", as: officer },
  { name: "quarantine", path: "/desk/quarantine", as: officer },
  { name: "not-acknowledged", path: "/desk/not-acknowledged", as: officer },
  { name: "daily-check", path: "/desk/daily-check", as: administrator },
  { name: "desk-not-sorted", path: "/desk?whose=unsorted", as: officer },
  { name: "desk-answered", path: "/desk?whose=answered", as: officer },
  { name: "desk-closed", path: "/desk?whose=closed", as: officer },
  { name: "call", path: "/desk/call", as: officer },
  { name: "call-about", path: (world) => `/desk/call?about=${world.byTelephone}`, as: officer },
  { name: "call-logged", path: (world) => `/desk/call/${world.waiting}`, as: officer },
  {
    name: "call-refused", path: "/desk/call", as: officer, status: 422,
    act: (page) => page.getByRole("button", { name: "Log it", exact: true }).click(),
  },
  { name: "find", path: "/desk/find", as: officer },
  {
    name: "find-found", path: "/desk/find", as: officer,
    act: async (page) => {
      await page.getByLabel("Reference, email address, phone number or name").fill("quill");
      await page.getByRole("button", { name: "Find it" }).click();
    },
  },
  { name: "searches", path: "/desk/searches", as: officer },
  { name: "mailboxes", path: "/desk/mailboxes", as: officer },
  { name: "file-closed", path: (world) => `/desk/enquiry/${world.closed}`, as: officer },
  {
    name: "file-refused", path: (world) => `/desk/enquiry/${world.waiting}`, as: officer, status: 422,
    act: (page) => page.getByRole("button", { name: "Send the reply" }).click(),
  },
  { name: "account", path: "/desk/account", as: officer },
  { name: "account-away", path: "/desk/account/away", as: officer },
  { name: "account-password", path: "/desk/account/password", as: officer },
  { name: "account-second-step", path: "/desk/account/second-step", as: officer },
  { name: "admin", path: "/admin", as: administrator },
  { name: "people", path: "/admin/people", as: administrator },
  { name: "people-invite", path: "/admin/people/invite", as: administrator },
  {
    name: "people-invite-refused", path: "/admin/people/invite", as: administrator, status: 422,
    act: (page) => page.getByRole("button", { name: "Send the invitation" }).click(),
  },
  { name: "person", path: (world) => world.person, as: administrator },
  { name: "settings", path: "/admin/settings", as: administrator },
  ...["contact", "look", "topics", "routing", "topics/1", "closures/new", "promises/new", "escalation", "bank-holidays", "bank-holidays/new", "search-words", "search-words/new", "letters/reply", "incoming-mail"].map((page) => ({
    name: `settings-${page.replace("/", "-")}`, path: `/admin/settings/${page}`, as: administrator,
  })),
  {
    name: "settings-preview", path: "/admin/settings/letters/acknowledgement", as: administrator,
    act: (page) => page.getByRole("button", { name: "Look at it" }).click(),
  },
  { name: "settings-history", path: "/admin/settings/history", as: administrator },
  { name: "settings-version", path: "/admin/settings/history/1", as: administrator },
  { name: "desk-not-found", path: "/desk/enquiry/SEND-2222-2222", as: officer, status: 404 },
];

/** Opens the page and does what is to be done on it; the answer that it came with. */
export async function open(page: Page, stop: Stop, world: World): Promise<Response> {
  const address = typeof stop.path === "string" ? stop.path : stop.path(world);
  const first = (await page.goto(address))!;
  if (!stop.act) return first;
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    stop.act(page),
  ]);
  await page.waitForLoadState();
  return answer;
}
