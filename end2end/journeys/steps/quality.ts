// What holds for every page, whatever it says.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type Response } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

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

/** No violation of WCAG 2.0 to 2.2, A and AA, at any of these widths. */
export async function expectAccessible(page: Page, javaScriptEnabled: boolean, widths: number[]): Promise<void> {
  const audited = await auditable(page, javaScriptEnabled);
  for (const width of widths) {
    await audited.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page: audited }).withTags(WCAG).analyze();
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
  expect.soft(content, `wider than the screen:\n${widest}`).toBeLessThanOrEqual(window);
}

/** One heading, a title, the language, the help in its place, a strict policy. */
export async function expectWhole(page: Page, answer: Response): Promise<void> {
  const csp = answer.headers()["content-security-policy"] ?? "";
  expect.soft(csp).toContain("default-src 'none'");
  expect.soft(csp).not.toContain("unsafe-inline");
  expect.soft(await page.title()).toMatch(/\S – Sample County Council$/);
  await expect.soft(page.locator("h1")).toHaveCount(1);
  await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-GB");
  const parts = await page.locator(".hub-page > :is(header, main, aside, footer)").evaluateAll((all) =>
    all.map((part) => part.localName),
  );
  expect.soft(parts, "the help comes after the page and before the footer").toEqual(["header", "main", "aside", "footer"]);
  const headings = await page.locator("aside").getByRole("heading").allInnerTexts();
  expect.soft(headings).toEqual(["Need to talk to someone independent?", "Talk to us"]);
  const links = await page.locator("aside a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  expect.soft(links[0]).toBe("https://sendiass.example.org");
  expect.soft(links.at(-1)).toBe("mailto:enquiries@send.example.org");
}
