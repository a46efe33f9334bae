// Finding a service in the local offer.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";

const words = (page: Page) => page.getByLabel("What do you need help with?");
const postcode = (page: Page) => page.getByLabel("Postcode (if you like)");
const results = (page: Page) => page.locator(".hub-result");
const filters = (page: Page) => page.getByRole("form", { name: "Filters" });
const chosen = (page: Page) => page.locator(".hub-chosen");

async function search(page: Page, query: string, near = ""): Promise<void> {
  await words(page).fill(query);
  await postcode(page).fill(near);
  await page.getByRole("button", { name: "Search" }).click();
}

async function found(page: Page): Promise<number> {
  const heading = page.getByRole("heading", { name: /services? found$/ });
  return parseInt(await heading.innerText());
}

async function openFilters(page: Page): Promise<void> {
  if (!(await filters(page).isVisible())) await page.getByText("Filter these services").click();
}

test("a search by words and postcode is narrowed by need and age, and widened again", async ({ page }) => {
  await page.goto("/");
  await search(page, "speech", "me141xq");
  await expect(page).toHaveURL(/\/local-offer\?/);
  await expect(page).toHaveTitle(/^speech: \d+ services found/);
  const all = await found(page);
  expect(all).toBeGreaterThan(2);
  await expect(results(page)).toHaveCount(Math.min(all, 10));
  await expect(results(page).first()).toContainText(/\d miles? away|Less than 1 mile away/);
  await expect(words(page)).toHaveValue("speech");

  await openFilters(page);
  const need = filters(page).getByLabel(/^Learning disability \(\d+\)$/);
  const count = Number((await filters(page).getByText(/^Learning disability \(/).innerText()).match(/\d+/)![0]);
  await need.check();
  await filters(page).getByRole("button", { name: "Use these filters" }).click();
  await expect(chosen(page)).toContainText("Learning disability");
  expect(await found(page)).toBe(count);
  expect(count).toBeLessThan(all);

  await openFilters(page);
  await expect(filters(page).getByLabel(/^Learning disability/)).toBeChecked();
  await filters(page).getByLabel("Age", { exact: true }).selectOption("4");
  await filters(page).getByRole("button", { name: "Use these filters" }).click();
  await expect(chosen(page)).toContainText("Age 4");
  await expect(chosen(page)).toContainText("Learning disability");
  expect(await found(page)).toBeLessThanOrEqual(count);

  await chosen(page).getByRole("link", { name: "Learning disability" }).click();
  await expect(chosen(page)).not.toContainText("Learning disability");
  await expect(chosen(page)).toContainText("Age 4");
  await expect(words(page)).toHaveValue("speech");
  await expect(postcode(page)).toHaveValue(/ME14 ?1XQ/i);
});

test("a listing on the next page leads back to that page", async ({ page }) => {
  await page.goto("/local-offer");
  await search(page, "");
  const first = await results(page).getByRole("heading").first().innerText();
  await page.getByRole("link", { name: /Next/ }).click();
  await expect(page).toHaveURL(/page=2/);
  const listing = results(page).getByRole("heading").first();
  const name = await listing.innerText();
  expect(name).not.toBe(first);
  await listing.getByRole("link").click();
  await expect(page.locator("h1")).toHaveText(name);
  await expect(page).toHaveTitle(new RegExp(`^${name.replace(/[().?]/g, "\\$&")} – `));
  await page.getByRole("link", { name: "Back to your results" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(results(page).getByRole("heading").first()).toHaveText(name);
});

test("a postcode that we do not know is told, and the search is kept", async ({ page }) => {
  await page.goto("/");
  await search(page, "speech", "ZZ99 9ZZ");
  await expect(page.getByText("We do not know the postcode “ZZ99 9ZZ”")).toBeVisible();
  expect(await found(page)).toBeGreaterThan(2);
  await expect(words(page)).toHaveValue("speech");
  await expect(postcode(page)).toHaveValue("ZZ99 9ZZ");
});

test("words as parents type them find what they mean", async ({ page }) => {
  for (const [typed, name] of [
    ["speach therapy", "Children's speech and language therapy"],
    ["SALT", "Children's speech and language therapy"],
    ["help for my 4 year old not talking near ME14 1XQ", "Children's speech and language therapy"],
    ["autisim", "Autism assessment for children"],
  ]) {
    await page.goto(`/local-offer?q=${encodeURIComponent(typed)}`);
    await expect(results(page).filter({ hasText: name }), typed).toHaveCount(1);
  }
});

test("a search that finds nothing has ways on", async ({ page }) => {
  await page.goto("/");
  await search(page, "xyzzyqwert");
  await expect(page.getByRole("heading", { name: "We found no services" })).toBeVisible();
  const ways = page.locator(".hub-nothing");
  await expect(ways.getByRole("link", { name: "see every service" })).toBeVisible();
  await expect(ways.getByRole("link", { name: "not part of the council" })).toBeVisible();
  await ways.getByRole("button", { name: "Ask us a question" }).click();
  await expect(page).toHaveURL(/\/ask$/);
});

test("what a person types into the search is never read as HTML", async ({ page }) => {
  const typed = `"><script>document.title="taken"</script>`;
  await page.goto("/");
  await search(page, typed, typed);
  await expect(words(page)).toHaveValue(typed);
  await expect(page).not.toHaveTitle("taken");
});

test("a listing that is not there answers 404 with ways on", async ({ page }) => {
  for (const slug of ["no-such-service", "No Such Service", "%F0%9F%99%82"]) {
    const answer = await page.goto(`/local-offer/${slug}`);
    expect(answer!.status(), slug).toBe(404);
    await expect(page.locator("h1")).toHaveText("Page not found");
    await expect(page.locator("main").getByRole("link", { name: "Search the local offer" })).toBeVisible();
  }
});

test("names are suggested once the field is used, and what is typed is kept", async ({ page, javaScriptEnabled }) => {
  const wasm: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) wasm.push(request.url());
  });
  await page.goto("/", { waitUntil: "networkidle" });
  expect(wasm).toEqual([]);
  const fetched = javaScriptEnabled ? page.waitForResponse(/\.wasm$/) : undefined;
  // As fast as a person can: the code is still on its way.
  await words(page).pressSequentially("spee");
  await fetched;
  const names = page.locator("#q-names option");
  if (javaScriptEnabled) {
    await expect.poll(() => names.count()).toBeGreaterThan(0);
    await expect(names.first()).toHaveAttribute("value", /spee/i);
  } else {
    await expect(names).toHaveCount(0);
  }
  await expect(words(page)).toHaveValue("spee");
  await words(page).press("Enter");
  await expect(page).toHaveURL(/q=spee/);
});
