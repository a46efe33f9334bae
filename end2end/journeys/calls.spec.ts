// Calls: logged by keyboard alone, joined to what is known, and found again.
import { expect } from "@playwright/test";
import { test } from "../server";
import { aQuestion, asked } from "./steps/ask";
import { signIn, state } from "./steps/desk";
import { expectRefused } from "./steps/refusal";

test("a call is logged by keyboard alone, with few stops, and its reference read out", async ({ page, hub }) => {
  await signIn(page, hub, "officer");
  await page.goto("/desk/call");
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  // An officer begins at the first field: the skip link leads to it.
  await page.getByLabel("Reference, if they have one").focus();
  await press("Tab");
  await page.keyboard.type("Wilhelmina Pryce");
  await press("Tab");
  await page.keyboard.type("01632 960 555");
  await press("Tab");
  await press("Tab");
  await press("Tab");
  await expect(page.getByLabel("What it is about")).toBeFocused();
  await page.keyboard.type("A school");
  await press("Tab");
  await page.keyboard.type("Which schools have a place?");
  await press("Tab");
  await expect(page.getByLabel("I answered it")).toBeFocused();
  await press("Space");
  await press("ArrowDown");
  await press("ArrowDown");
  await expect(page.getByLabel("It needs an answer")).toBeChecked();
  await press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The call is logged");
  expect(keys).toBeLessThanOrEqual(12);
  const number = (await page.locator(".govuk-panel strong").innerText()).trim();
  await expect(page.getByText("Read the reference out.")).toBeVisible();

  await page.goto("/desk/find");
  await page.getByLabel("Reference, email address, phone number or name").fill("pryce");
  await page.getByRole("button", { name: "Find it" }).click();
  await expect(page).toHaveURL(/\/desk\/find$/);
  await page.getByRole("row", { name: number }).getByRole("link", { name: "Log a call" }).click();
  await page.getByLabel("What was said").fill("Told her: two schools.");
  await page.getByLabel("I answered it").check();
  await page.getByRole("button", { name: "Log it", exact: true }).click();
  await page.getByRole("link", { name: "Open the file" }).click();
  await expect(state(page)).toHaveText("Answered");
  await expect(page.locator(".hub-thread")).toContainText("Told her: two schools.");
});

test("a call back is promised, rung in vain, and stays promised", async ({ page, hub }) => {
  await signIn(page, hub, "officer");
  await page.goto("/desk/call");
  await page.getByRole("button", { name: "Log it", exact: true }).click();
  await expectRefused(page, "said", "Write what was said");
  await page.getByLabel("Name", { exact: true }).fill("Osric Vane");
  await page.getByLabel("Phone number").fill("01632 960 556");
  await page.getByLabel("What it is about").selectOption({ index: 1 });
  await page.getByLabel("What was said").fill("Please call.");
  await page.getByLabel("Somebody calls back").check();
  await page.getByLabel("Call back by").selectOption({ index: 2 });
  await page.getByRole("button", { name: "Log it", exact: true }).click();
  await expect(page.getByText("We call them back by")).toBeVisible();
  await page.getByRole("link", { name: "Open the file" }).click();
  await page.getByText("I rang, and nobody answered", { exact: true }).click();
  await page.getByRole("button", { name: "Note the call" }).click();
  await expect(page.locator(".hub-thread")).toContainText("nobody answered");
  await expect(state(page)).toHaveText("Waiting for an answer");
  await expect(page.locator("main")).toContainText("Rang once, nobody answered");
});

test("an enquiry is sorted and passed on, and its officers are told why", async ({ page, hub }) => {
  const number = await asked(page, hub, aQuestion());
  await signIn(page, hub, "team-lead");
  await page.goto(`/desk/enquiry/${number}`);
  await page.getByText("Sort it, or pass it on").click();
  await page.getByLabel("Team", { exact: true }).selectOption({ label: "School transport" });
  await page.getByRole("button", { name: "Save and pass it on" }).click();
  await expectRefused(page, "passed_why", /Write why it goes to them/);
  await page.getByLabel("Why it goes to them").fill("It is about the taxi.");
  await page.getByRole("button", { name: "Save and pass it on" }).click();
  await expect(page.locator(".hub-message--note")).toContainText("It is about the taxi.");
});
