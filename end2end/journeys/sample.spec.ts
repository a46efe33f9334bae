// What `cargo xtask run` shows: the sample council with a day's enquiries on its desk.
import { expect } from "@playwright/test";
import { test as base, withHub } from "../server";
import { signIn } from "./steps/desk";

const test = base.extend({
  hub: [async ({}, use) => withHub(use, { more: ["--enquiries"] }), { scope: "worker", timeout: 60_000 }],
});

test("the sample's desk shows what an officer meets on a day", async ({ page, hub }) => {
  await signIn(page, hub, "team-lead");
  await expect(page.getByText("the promise is broken").first()).toBeVisible();
  await page.goto("/desk?whose=everyone");
  const queue = page.getByRole("table");
  for (const words of ["Jonah Pellow", "Asked again once", "Not sorted", "Margo Thistlewood", "Ottilie Marsh"]) {
    await expect(queue).toContainText(words);
  }
  await expect(async () => {
    await page.reload();
    await expect(queue.getByText(/Paused until/)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  for (const [path, words] of [
    ["/desk?whose=answered", "Bertram Quist"],
    ["/desk/quarantine", "Fenwick School"],
    ["/desk/not-acknowledged", "A computer system sent it."],
    ["/desk/undelivered", "There is no such domain"],
  ]) {
    await page.goto(path);
    await expect(page.locator("main"), path).toContainText(words);
  }
});
