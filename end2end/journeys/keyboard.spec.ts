// With a keyboard alone, and to the ear: the order of a page's stops, and what a screen reader is told.
import { expect } from "@playwright/test";
import { walk } from "./steps/keyboard";
import { test } from "./steps/world";

const SKIP = "Skip to main content";
const PUBLIC = [SKIP, "Sample County Council Special needs and disabilities", "Local offer", "Guides", "Ask a question", "Our promise"];

test.use({ viewport: { width: 1200, height: 700 } });

test("the first page is walked from the search to the help, and nothing holds the focus", async ({ page }) => {
  await page.goto("/");
  const stops = await walk(page);
  expect(stops.slice(0, 12)).toEqual([
    ...PUBLIC, "What do you need help with?", "Postcode (if you like)", "Search", "speech", "autism", "short breaks",
  ]);
  expect(stops[12]).toBe("Ask us a question");
  expect(stops).toContain("Read all of our promise");
  expect(stops.at(-1)).toBe("Officers’ sign in");
});

test("the skip link leads past the menu", async ({ page }) => {
  await page.goto("/local-offer?q=speech");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: SKIP });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the results" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Sort by Name" })).toBeFocused();
});

test("the results are walked from the search over the filters to the services", async ({ page }) => {
  await page.goto("/local-offer?q=speech&postcode=ME14+1XQ");
  const stops = await walk(page);
  const order = ["Skip to the results", "What do you need help with?", "Search", "Age", "Cost", "Use these filters", "Children's speech and language therapy", "Ask us for help with this"];
  expect(stops.filter((name) => order.includes(name))).toEqual(order);
});

test("a question of the form is walked from the way back to the way on", async ({ page, context, world }) => {
  await context.addCookies(world.draft);
  await page.goto("/ask/reach");
  const stops = await walk(page);
  expect(stops.slice(PUBLIC.length, PUBLIC.length + 6)).toEqual([
    "Back", "By email", "Email address", "Phone number", "Postal address", "Continue",
  ]);
});

test("the desk and a file are walked in the order in which they are read", async ({ page, context, world }) => {
  await context.addCookies(world.officer);
  await page.goto("/desk?whose=everyone");
  const queue = await walk(page);
  expect(queue).toContain(world.waiting);
  expect(queue.indexOf("Mine")).toBeLessThan(queue.indexOf(world.waiting));
  await page.goto(`/desk/enquiry/${world.waiting}`);
  const file = await walk(page);
  const order = ["Back to the desk", "Your reply", "Send the reply", "Record a conversation or a letter", "Note for officers", "Add the note", "Close this enquiry"];
  expect(file.filter((name) => order.includes(name))).toEqual(order);
});

test("a guide is walked from its parts over its words to its services, and on to asking us", async ({ page }) => {
  await page.goto("/guides/ehc-needs-assessment");
  const stops = await walk(page);
  expect(stops.slice(0, PUBLIC.length + 1)).toEqual([...PUBLIC, "All guides"]);
  const order = ["What to do first", "our form", "EHC needs assessments", "Ask us a question", "SEND Code of Practice 2015, chapter 9"];
  expect(stops.filter((name) => order.includes(name))).toEqual(order);
  await page.getByRole("link", { name: "How long it takes" }).press("Enter");
  await expect(page.getByRole("heading", { name: "How long it takes" })).toBeInViewport();
});

// The same with and without scripts: once is enough.
test("a screen reader is told what each key page is for", async ({ page, context, world, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled);
  await page.goto("/");
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - heading "Find help for your child or for you" [level=1]
    - search:
      - textbox "What do you need help with?"
      - textbox "Postcode (if you like)"
      - button "Search"
    - list "Or try:"
    - region "Not sure? Ask us":
      - heading "Not sure? Ask us" [level=2]
      - button "Ask us a question"
    - region "What we promise":
      - heading "What we promise" [level=2]
      - paragraph: /A person replies to you within/
      - term: If you ask today
      - definition: /You hear from us by \\w+day \\d+ \\w+ \\d{4}\\./
      - term: Who replies
      - definition
      - term: If we are late
      - definition
      - paragraph:
        - link "Read all of our promise"
    - heading "Who are you?" [level=2]
    - heading "How do things work?" [level=2]
    - paragraph:
      - link "See all guides"
    - list:
      - listitem:
        - link "Help without an EHC plan"
    - heading "What is hard for your child, or for you?" [level=2]
    - heading "What kind of help do you want?" [level=2]
  `);
  await page.goto("/local-offer?q=autism+assessment&postcode=ME14+1XQ");
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - link "Skip to the results"
    - heading "Find services in the local offer" [level=1]
    - group:
      - search
    - group:
      - form "Filters":
        - combobox "Age"
        - combobox "How far away"
        - group: What it helps with
        - group: Kind of help
        - button "Use these filters"
    - heading /\\d+ services found/ [level=2]
    - list "We looked for:":
      - listitem:
        - link "Remove Near ME14 1XQ"
    - list "Sort by"
    - list:
      - listitem:
        - heading "Autism assessment for children" [level=3]:
          - link "Autism assessment for children"
        - term: "For:"
        - definition
  `);
  await page.goto("/guides/travel");
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - heading "Travel to school or college" [level=1]
    - navigation "On this page":
      - heading "On this page" [level=2]
      - list:
        - listitem:
          - link "What to do first"
    - paragraph: /Some children cannot walk/
    - heading "What to do first" [level=2]
    - list
    - region "Services that can help":
      - heading "Services that can help" [level=2]
      - list:
        - listitem:
          - link "School travel help"
    - heading "Was this not what you needed?" [level=2]
    - paragraph:
      - button "Ask us a question"
    - heading "Where these facts come from" [level=2]
    - list
    - paragraph: /We last checked this guide on/
  `);
  await context.addCookies(world.draft);
  await page.goto("/ask/who");
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - heading "About you" [level=1]
    - group "Who are you?":
      - radio "A parent or carer" [checked]
      - radio "A young person"
    - textbox "Your full name": Rosalind Quill
    - textbox "Where you work (optional)"
    - button "Continue"
  `);
  await context.addCookies(world.officer);
  await page.goto("/desk?whose=everyone");
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - heading "Enquiries waiting for an answer" [level=1]
    - navigation "Whose enquiries"
    - table /Open enquiries by the promised day/:
      - rowgroup:
        - row:
          - columnheader "Reference"
          - columnheader "Promised"
      - rowgroup:
        - row /SEND-/:
          - rowheader /SEND-/:
            - link /SEND-/
  `);
});
