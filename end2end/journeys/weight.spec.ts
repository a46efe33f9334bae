// What a first visit costs on a phone with little data left. Sizes, not seconds: they do not
// depend on the machine.
import { expect, test } from "../server";

const PAGES = ["/", "/local-offer", "/local-offer?q=speech&postcode=ME14+1XQ", "/guides", "/guides/money", "/our-promise", "/ask"];
const LARGEST_HTML = 15 * 1024;
const LARGEST_VISIT = 100 * 1024;

for (const path of PAGES) {
  test(`a first visit to ${path} is small and fetches no WebAssembly`, async ({ page }) => {
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    await page.goto(path, { waitUntil: "networkidle" });
    const sizes = await page.evaluate(() => {
      const size = (entry: PerformanceEntry) => (entry as PerformanceResourceTiming).encodedBodySize;
      return {
        html: performance.getEntriesByType("navigation").map(size)[0],
        files: performance.getEntriesByType("resource").map(size),
      };
    });
    expect(sizes.html).toBeGreaterThan(1000);
    expect(sizes.html).toBeLessThanOrEqual(LARGEST_HTML);
    const visit = sizes.files.reduce((sum, size) => sum + size, sizes.html);
    expect(visit).toBeGreaterThan(sizes.html);
    expect(visit).toBeLessThanOrEqual(LARGEST_VISIT);
    expect(requested.filter((url) => url.endsWith(".wasm"))).toEqual([]);
  });
}
