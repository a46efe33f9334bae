// Every page, at every width: accessible, whole, and quiet in the console.
import { expect, type Cookie, type Page, type Response } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { goOn, messageField } from "./steps/ask";
import { fillSignIn } from "./steps/desk";
import { expectAccessible, expectNoSidewaysScroll, expectWhole, watch } from "./steps/quality";
import { test, type World } from "./steps/world";

type Stop = {
  name: string;
  path: string | ((world: World) => string);
  as?: (world: World) => Cookie[];
  status?: number;
  /** What is done on the page before it is looked at; a form that is sent answers with the next page. */
  act?: (page: Page) => Promise<void>;
};

const draft = (world: World) => world.draft;
const officer = (world: World) => world.officer;
const administrator = (world: World) => world.administrator;
const step = (slug: string): Stop => ({ name: `ask-${slug}`, path: `/ask/${slug}`, as: draft });
const refused = (slug: string, act: Stop["act"]): Stop => ({
  name: `ask-${slug}-refused`, path: `/ask/${slug}`, as: draft, status: 422, act,
});

const stops: Stop[] = [
  { name: "home", path: "/" },
  { name: "results", path: "/local-offer?q=speech&postcode=ME14+1XQ" },
  { name: "results-all", path: "/local-offer?page=2" },
  { name: "results-filtered", path: "/local-offer?q=club&postcode=ME14+1XQ&age=9&need=autism&miles=20" },
  { name: "results-unknown-postcode", path: "/local-offer?q=speech&postcode=ZZ99+9ZZ" },
  { name: "results-none", path: "/local-offer?q=xyzzyqwert&age=4" },
  { name: "listing", path: "/local-offer/childrens-speech-and-language-therapy" },
  { name: "our-promise", path: "/our-promise" },
  { name: "accessibility", path: "/accessibility" },
  { name: "privacy", path: "/privacy" },
  { name: "cookies", path: "/cookies" },
  { name: "not-found", path: "/nothing-here", status: 404 },
  { name: "ask", path: "/ask" },
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
  { name: "desk-mine", path: "/desk?whose=mine", as: officer },
  { name: "file-waiting", path: (world) => `/desk/enquiry/${world.waiting}`, as: officer },
  { name: "file-answered", path: (world) => `/desk/enquiry/${world.answered}`, as: officer },
  { name: "file-by-telephone", path: (world) => `/desk/enquiry/${world.byTelephone}`, as: officer },
  { name: "file-closed", path: (world) => `/desk/enquiry/${world.closed}`, as: officer },
  {
    name: "file-refused", path: (world) => `/desk/enquiry/${world.waiting}`, as: officer, status: 422,
    act: (page) => page.getByRole("button", { name: "Send the reply" }).click(),
  },
  { name: "account", path: "/desk/account", as: officer },
  { name: "account-away", path: "/desk/account/away", as: officer },
  { name: "account-password", path: "/desk/account/password", as: officer },
  { name: "account-second-step", path: "/desk/account/second-step", as: officer },
  { name: "people", path: "/admin/people", as: administrator },
  { name: "people-invite", path: "/admin/people/invite", as: administrator },
  {
    name: "people-invite-refused", path: "/admin/people/invite", as: administrator, status: 422,
    act: (page) => page.getByRole("button", { name: "Send the invitation" }).click(),
  },
  { name: "person", path: (world) => world.person, as: administrator },
  { name: "desk-not-found", path: "/desk/enquiry/SEND-2222-2222", as: officer, status: 404 },
];

async function open(page: Page, stop: Stop, world: World): Promise<Response> {
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

test.use({ viewport: { width: 1200, height: 900 } });

for (const stop of stops) {
  test(`the page “${stop.name}” is whole and accessible`, async ({ page, context, world, javaScriptEnabled }, { project }) => {
    const faults = watch(page);
    if (stop.as) await context.addCookies(stop.as(world));
    const answer = await open(page, stop, world);
    expect(answer.status()).toBe(stop.status ?? 200);
    await expectWhole(page, answer);
    const folder = `screenshots/${project.name}`;
    mkdirSync(folder, { recursive: true });
    for (const width of [320, 375, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
      if (width !== 320) await page.screenshot({ path: `${folder}/${stop.name}-${width}.png`, fullPage: true });
    }
    await expectAccessible(page, javaScriptEnabled!, [1200, 375]);
    expect(faults).toEqual([]);
  });
}

test("the results’ filters and the desk’s details are accessible when they are open", async ({ page, context, world, javaScriptEnabled }) => {
  await context.addCookies(world.officer);
  await page.setViewportSize({ width: 375, height: 900 });
  for (const path of ["/local-offer?q=speech", `/desk/enquiry/${world.waiting}`]) {
    await page.goto(path);
    for (const closed of await page.locator("main details:not([open]) > summary").all()) {
      if (await closed.isVisible()) await closed.click();
    }
    await expectNoSidewaysScroll(page);
    await expectAccessible(page, javaScriptEnabled!, [375]);
  }
});

test("a keyboard reaches the main part first, and every stop can be seen", async ({ page }) => {
  await page.goto("/local-offer?q=speech");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeInViewport();
  for (let stops = 0; stops < 15; stops++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    await expect(focused).toBeInViewport();
    const marked = await focused.evaluate((it) => {
      const style = getComputedStyle(it);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    });
    expect(marked, await focused.evaluate((it) => it.outerHTML)).toBe(true);
  }
});
