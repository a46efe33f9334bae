// Finding a service in the local offer.
import { expect, type Page } from "@playwright/test";
import { test } from "../server";
import { expectAccessible } from "./steps/quality";

const words = (page: Page) => page.getByLabel("What do you need help with?");
const postcode = (page: Page) => page.getByLabel("Postcode (if you like)");
const results = (page: Page) => page.locator(".hub-result");
const filters = (page: Page) => page.getByRole("form", { name: "Filters" });
const chosen = (page: Page) => page.locator(".hub-chosen");
const offers = (page: Page) => page.getByRole("option");

async function search(page: Page, query: string, near = ""): Promise<void> {
  await words(page).fill(query);
  await postcode(page).fill(near);
  await page.getByRole("button", { name: "Search" }).click();
}

async function found(page: Page): Promise<number> {
  const heading = page.getByRole("heading", { name: /services? found$/ });
  return parseInt(await heading.innerText());
}

/** Opens the filters, and in them a group; both may stand open already. */
async function openFilters(page: Page, group?: string): Promise<void> {
  if (!(await filters(page).isVisible())) await page.getByText("Filter these services").click();
  if (!group) return;
  const fold = filters(page).locator(".hub-filter").filter({ has: page.locator("summary").getByText(group, { exact: true }) });
  if ((await fold.getAttribute("open")) === null) await fold.locator("> summary").click();
  const more = fold.locator(".hub-filter__more:not([open]) > summary");
  if (await more.count()) await more.click();
}

test("a search by words and postcode is narrowed by need and age, and widened again", async ({ page }) => {
  await page.goto("/");
  await search(page, "speech", "me141xq");
  await expect(page).toHaveURL(/\/local-offer\?/);
  await expect(page).toHaveTitle(/^speech: \d+ services found/);
  const all = await found(page);
  expect(all).toBeGreaterThan(2);
  await expect(results(page)).toHaveCount(Math.min(all, 20));
  await expect(results(page).first()).toContainText(/\d miles? away|less than 1 mile away/i);
  await expect(words(page)).toHaveValue("speech");

  await openFilters(page, "What it helps with");
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

test("what was read out of a question is shown, and each part can be taken off", async ({ page }) => {
  await page.goto("/");
  await search(page, "free club for my 9 year old with autism near ME14 1XQ");
  for (const part of ["Age 9", "Free", "Near ME14 1XQ"]) {
    await expect(chosen(page).getByRole("link", { name: `Remove ${part}` })).toBeVisible();
  }
  await expect(results(page).first()).toContainText(/miles? away/);
  await chosen(page).getByRole("link", { name: "Remove Free" }).click();
  await expect(chosen(page)).not.toContainText("Free");
  await expect(chosen(page)).toContainText("Age 9");
  await expect(words(page)).toHaveValue("free club for my 9 year old with autism near ME14 1XQ");
  await chosen(page).getByRole("link", { name: "Remove Near ME14 1XQ" }).click();
  await expect(results(page).first()).not.toContainText("away");
  await chosen(page).getByRole("link", { name: "Remove Age 9" }).click();
  await expect(chosen(page)).toHaveCount(0);
});

test("a misspelt word is mended, and the person can insist on it", async ({ page }) => {
  await page.goto("/local-offer?q=autisim");
  await expect(page.getByText("Showing results for autism.")).toBeVisible();
  await expect(page).toHaveTitle(/^autism: \d+ services found/);
  await page.getByRole("link", { name: "Search for “autisim” instead" }).click();
  await expect(page).toHaveURL(/spelling=typed/);
  await expect(words(page)).toHaveValue("autisim");
  await expect(page.getByText("Showing results for")).toHaveCount(0);
});

test("a distance needs a place, and the page says so", async ({ page }) => {
  await page.goto("/local-offer?q=club&miles=5");
  await expect(chosen(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Type a postcode" }).click();
  await postcode(page).fill("ME14 1XQ");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(chosen(page)).toContainText("Up to 5 miles away");
});

test("what comes first can be chosen, and a filter keeps that choice", async ({ page }) => {
  await page.goto("/local-offer?q=club&postcode=ME14+1XQ");
  const order = page.getByRole("list", { name: "Sort by" });
  await expect(order.locator("[aria-current]")).toHaveText("Best match");
  await order.getByRole("link", { name: "Sort by Name" }).click();
  await expect(order.locator("[aria-current]")).toHaveText("Name");
  const names = await results(page).getByRole("heading").allInnerTexts();
  expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, "en-GB")));
  await openFilters(page, "Cost");
  await filters(page).getByLabel(/^Free \(\d+\)$/).check();
  await filters(page).getByRole("button", { name: "Use these filters" }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(chosen(page)).toContainText("Free");
  // The group in which something is ticked stands open.
  await openFilters(page);
  await expect(filters(page).getByLabel(/^Free \(/)).toBeVisible();
});

test("a search that finds nothing says what to drop, and a question begins with its words", async ({ page }) => {
  await page.goto("/");
  await search(page, "xyzzyqwert");
  await expect(page.getByRole("heading", { name: "We found no services" })).toBeVisible();
  const ways = page.locator(".hub-nothing");
  await expect(ways.getByRole("link", { name: "see every service" })).toBeVisible();
  await expect(ways.getByRole("link", { name: "not part of the council" })).toBeVisible();
  await ways.getByRole("button", { name: "Ask us a question" }).click();
  await expect(page).toHaveURL(/\/ask\?words=xyzzyqwert$/);
  await expect(page.locator("main")).toContainText("You searched for “xyzzyqwert”.");
  await page.getByRole("button", { name: "Start" }).click();
  await page.goto("/ask/message");
  const message = page.getByLabel("What do you want to ask or tell us?");
  await expect(message).toHaveValue(/“xyzzyqwert”/);
  // A refused page comes back as it was sent.
  await message.fill("");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(message).toHaveValue("");

  await page.goto("/local-offer?q=speech&age=25&need=deaf&language=klingon");
  await expect(page.getByRole("heading", { name: "We found no services" })).toBeVisible();
  const drop = page.getByRole("link", { name: "Look without any filters" });
  const promised = parseInt((await ways.locator("li").filter({ has: drop }).innerText()).match(/: (\d+)/)![1]);
  await drop.click();
  expect(await found(page)).toBe(promised);
});

test("what others look after is said so", async ({ page }) => {
  await page.goto("/local-offer?q=bin+collection");
  await expect(page.locator(".hub-nothing")).toContainText("bins and recycling");
  await expect(page.locator(".hub-nothing")).toContainText("Another part of the council looks after it.");
});

test("the first result comes soon, zoomed in to four times the size", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto("/local-offer?q=help+for+my+4+year+old+not+talking+near+ME14+1XQ");
  const top = (await results(page).first().boundingBox())!.y;
  expect(top).toBeLessThan(3 * 256);
  await expect(words(page)).toBeHidden();
  await page.getByText("Change your search").click();
  await expect(words(page)).toBeVisible();
});

test("on paper a search says what it was, when, and where it is on the web", async ({ page }) => {
  await page.goto("/local-offer?q=club&postcode=ME14+1XQ&cost=free");
  await page.emulateMedia({ media: "print" });
  const printed = page.locator(".hub-printed-search");
  for (const words of ["Words: “club”", "Looked for: Near ME14 1XQ; Free", /Page 1 of \d/, /Printed on \w+day \d+ \w+ \d{4}/, /On the web: http.*\/local-offer\?.*q=club/]) {
    await expect(printed).toContainText(words);
  }
  await expect(page.getByRole("search")).toBeHidden();
  await expect(filters(page)).toBeHidden();
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

test("the code for suggestions comes once the field is used, and what is typed is kept", async ({ page, javaScriptEnabled }) => {
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
  if (javaScriptEnabled) {
    await expect(offers(page).first()).toHaveText(/spee/i);
  } else {
    await expect(page.getByRole("combobox", { name: "What do you need help with?" })).toHaveCount(0);
    await expect(page.locator("#q-offers")).toBeHidden();
  }
  await expect(words(page)).toHaveValue("spee");
  await words(page).press("Enter");
  await expect(page).toHaveURL(/q=spee/);
});

test("suggestions are gone through with the arrows, to the ear too", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled);
  await page.goto("/");
  const box = page.getByRole("combobox", { name: "What do you need help with?" });
  await words(page).focus();
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await box.pressSequentially("autis");
  await expect(box).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator(".hub-search")).toMatchAriaSnapshot(`
    - combobox "What do you need help with?" [expanded]: autis
    - listbox "Suggestions":
      - group "Need":
        - option "Autism"
      - group "Service":
        - option /Autis/
    - text: /\\d+ suggestions/
  `);
  await expectAccessible(page, true, [1200]);
  const at = async () => page.locator(`[id="${await box.getAttribute("aria-activedescendant")}"]`);
  await box.press("ArrowDown");
  await expect(await at()).toHaveText(/Autism/);
  await expect(await at()).toHaveAttribute("aria-selected", "true");
  await box.press("ArrowUp");
  await expect(await at()).toHaveText(await offers(page).last().innerText());
  await box.press("ArrowDown");
  await box.press("Home");
  await expect(box).not.toHaveAttribute("aria-activedescendant");
  await expect(box).toHaveValue("autis");
  await box.press("Escape");
  await expect(page.locator("#q-offers")).toBeHidden();
  await expect(box).toHaveValue("autis");
  await box.press("ArrowDown");
  await expect(page.locator("#q-offers")).toBeVisible();
  await box.press("Enter");
  await expect(page).toHaveURL(/\/local-offer\?need=autism/);
});

test("a suggestion is chosen by touch, and leaving the field closes the list", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled);
  await page.setViewportSize({ width: 375, height: 667 });
  await page.goto("/");
  await words(page).pressSequentially("speech and lang");
  const service = offers(page).filter({ hasText: "Children's speech and language therapy" });
  await expect(service).toBeVisible();
  // The list is drawn anew with each answer.
  await expect.poll(async () => (await service.boundingBox())?.height).toBeGreaterThanOrEqual(24);
  await postcode(page).focus();
  await expect(page.locator("#q-offers")).toBeHidden();
  await words(page).press("End");
  await words(page).pressSequentially("u");
  await service.click();
  await expect(page.locator("h1")).toHaveText("Children's speech and language therapy");
});
