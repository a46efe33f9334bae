// What holds for every page, whatever it says.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type Response } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
/** What makes a page good to hear: headings in order, parts that are named. */
const HEARD = [
  "empty-heading", "heading-order", "landmark-banner-is-top-level", "landmark-complementary-is-top-level",
  "landmark-contentinfo-is-top-level", "landmark-main-is-top-level", "landmark-no-duplicate-banner",
  "landmark-no-duplicate-contentinfo", "landmark-no-duplicate-main", "landmark-one-main", "landmark-unique",
  "tabindex",
];

/** Collects what a page must never do: write errors to the console, break the policy, fetch WebAssembly unasked. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    // The browser itself notes every 404 and 422, also of the page that was asked for.
    const ofThePage = message.location().url === page.url() && /^Failed to load/.test(message.text());
    if (message.type() === "error" && !ofThePage) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) faults.push(`fetched ${request.url()}`);
  });
  page.on("response", (response) => {
    const file = response.request().resourceType() !== "document";
    if (file && !response.ok() && response.status() !== 304) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

/** Where axe can run: in the page itself, or, where scripts are off, in a copy of it without its scripts. */
async function auditable(page: Page, javaScriptEnabled: boolean): Promise<Page> {
  if (javaScriptEnabled) return page;
  const body = (await page.content()).replace(/<script\b[^>]*><\/script>/g, "");
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: true });
  const copy = await context.newPage();
  await copy.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await copy.goto(page.url());
  return copy;
}

/** No violation of WCAG 2.0 to 2.2, A and AA, nor of what makes a page good to hear, at any of these widths. */
export async function expectAccessible(page: Page, javaScriptEnabled: boolean, widths: number[]): Promise<void> {
  const audited = await auditable(page, javaScriptEnabled);
  for (const width of widths) {
    await audited.setViewportSize({ width, height: 900 });
    const heard = Object.fromEntries(HEARD.map((rule) => [rule, { enabled: true }]));
    const { violations } = await new AxeBuilder({ page: audited })
      .options({ runOnly: { type: "tag", values: WCAG }, rules: heard })
      .analyze();
    const found = violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(" | ")}`);
    expect.soft(found, `at a width of ${width}`).toEqual([]);
  }
  if (audited !== page) await audited.context().close();
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window, widest] = await page.evaluate(() => {
    const root = document.scrollingElement!;
    const past = [...document.body.querySelectorAll("*")].filter(
      (it) => it.getBoundingClientRect().right > root.clientWidth + 1,
    );
    return [root.scrollWidth, root.clientWidth, past.slice(0, 3).map((it) => it.outerHTML.slice(0, 120)).join("\n")] as const;
  });
  // Half a line of a table's border is cut to a whole one.
  expect.soft(content, `wider than the screen:\n${widest}`).toBeLessThanOrEqual(window + 1);
}

/** A window of 1280 by 1024 at 400%: one column, and nothing that sticks where there is no room (WCAG 2.2, 1.4.10). */
export async function expectReflow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 256 });
  await expectNoSidewaysScroll(page);
  const stuck = await page.evaluate(() =>
    [...document.body.querySelectorAll("*")]
      .filter((it) => ["fixed", "sticky"].includes(getComputedStyle(it).position))
      .map((it) => it.outerHTML.slice(0, 120)),
  );
  expect.soft(stuck, "sticks to the screen").toEqual([]);
}

/** On paper: the page and its help, black on white, without what only a screen can use; no wider than A4. */
export async function expectPrints(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 680, height: 900 });
  await expectNoSidewaysScroll(page);
  const paper = await page.evaluate(() => {
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 120));
    const words = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, a, dt, dd, td, label)")];
    return {
      controls: shown("nav, button, .govuk-button, .govuk-skip-link, .govuk-back-link, [type=search]"),
      parts: ["main h1, main h2", "aside"].map((it) => shown(it).length > 0),
      forOfficers: document.querySelector(".hub-account") !== null,
      pale: words
        .filter((it) => it.checkVisibility() && getComputedStyle(it).color === "rgb(255, 255, 255)")
        .map((it) => it.outerHTML.slice(0, 120)),
      addressesOf: [...document.querySelectorAll("a")]
        .filter((it) => it.checkVisibility() && getComputedStyle(it, "::after").content.includes("("))
        .map((it) => it.getAttribute("href")!)
        .filter((href) => !href.startsWith("http")),
    };
  });
  const { forOfficers, ...printed } = paper;
  expect.soft(printed).toEqual({ controls: [], parts: [true, !forOfficers], pale: [], addressesOf: [] });
  await page.emulateMedia({ media: null });
}

/** One heading, a title, the language, links that are told apart, the help in its place, a strict policy. */
export async function expectWhole(page: Page, answer: Response, headings: "one" | "many" = "one"): Promise<void> {
  const csp = answer.headers()["content-security-policy"] ?? "";
  expect.soft(csp).toContain("default-src 'none'");
  expect.soft(csp).not.toContain("unsafe-inline");
  expect.soft(await page.title()).toMatch(/\S – Sample County Council$/);
  if (headings === "one") await expect.soft(page.locator("h1")).toHaveCount(1);
  await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-GB");
  const unclear = await page.locator("a[href]").evaluateAll((links) => {
    const leads = new Map<string, Set<string>>();
    for (const link of links) {
      const name = (link.getAttribute("aria-label") ?? link.textContent!).replace(/\s+/g, " ").trim();
      leads.set(name, (leads.get(name) ?? new Set()).add(link.getAttribute("href")!));
    }
    return [...leads].filter(([name, to]) => !name || to.size > 1).map(([name, to]) => `“${name}”: ${[...to].join(", ")}`);
  });
  if (headings === "one") expect.soft(unclear, "links of one name lead to one place").toEqual([]);
  const parts = await page.locator(".hub-page > :is(header, main, aside, footer)").evaluateAll((all) =>
    all.map((part) => part.localName),
  );
  if (await page.locator(".hub-account").count()) {
    expect.soft(parts, "officers need no help for families").toEqual(["header", "main", "footer"]);
    return;
  }
  expect.soft(parts, "the help comes after the page and before the footer").toEqual(["header", "main", "aside", "footer"]);
  const help = await page.locator("aside").getByRole("heading").allInnerTexts();
  expect.soft(help).toEqual(["Need to talk to someone independent?", "Talk to us"]);
  const links = await page.locator("aside a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  expect.soft(links[0]).toBe("https://sendiass.example.org");
  expect.soft(links.at(-1)).toBe("mailto:enquiries@send.example.org");
}
