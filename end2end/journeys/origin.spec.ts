// Forms are taken from our own pages only.
import { expect } from "@playwright/test";
import { test } from "../server";

test("a form from another site is refused", async ({ request }) => {
  for (const path of ["/ask", "/ask/topic", "/ask/check", "/desk/sign-in", "/desk/sign-out", "/enquiry/abc"]) {
    const answer = await request.post(path, {
      headers: { Origin: "https://elsewhere.example.org" },
      form: { topic: "something-else" },
      maxRedirects: 0,
    });
    expect(answer.status(), path).toBe(403);
    expect(answer.headers()["set-cookie"], path).toBeUndefined();
  }
});

test("a form without an origin is refused", async ({ request }) => {
  const answer = await request.post("/ask", { maxRedirects: 0 });
  expect(answer.status()).toBe(403);
});

test("a browser that comes from another site's page is refused", async ({ page, hub }) => {
  await page.route("http://elsewhere.example.org/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${hub.address}/ask"><button>Go</button></form>`,
    }),
  );
  await page.goto("http://elsewhere.example.org/");
  const [answer] = await Promise.all([
    page.waitForResponse(`${hub.address}/ask`),
    page.getByRole("button", { name: "Go" }).click(),
  ]);
  expect(answer.status()).toBe(403);
});
