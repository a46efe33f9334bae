// Going through a page with the Tab key alone.
import { expect, type Page } from "@playwright/test";

/** Where the focus is: its name, and what is wrong with it. */
type Stop = { name: string; faults: string[] };

function look(): Stop | null {
  const it = document.activeElement as HTMLElement | null;
  if (!it || it === document.body) return null;
  const labels = [...((it as HTMLInputElement).labels ?? [])].map((label) => label.textContent);
  const words = it.getAttribute("aria-label") ?? (labels.length ? labels.join(" ") : it.innerText);
  const name = words!.replace(/\s+/g, " ").trim();
  const faults: string[] = [];
  if (!name) faults.push("has no name");
  const style = getComputedStyle(it);
  // A radio's or checkbox's own box is transparent: its label draws the ring.
  const drawn = it.matches("[type=radio], [type=checkbox]") ? getComputedStyle(it.nextElementSibling!, "::before") : style;
  if (drawn.outlineStyle === "none" && drawn.boxShadow === "none") faults.push("is not marked");
  const box = it.getClientRects()[0] ?? it.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2];
  if (x < 0 || x >= innerWidth || y < 0 || y >= innerHeight) {
    faults.push("is out of sight");
  } else {
    const there = document.elementFromPoint(x, y);
    const own = there === it || it.contains(there) || [...((it as HTMLInputElement).labels ?? [])].some((label) => label.contains(there));
    if (!own) faults.push(`lies under ${there?.outerHTML.slice(0, 120)}`);
  }
  return { name, faults };
}

/** The names of every stop from the top of the page to its end, in their order. Each can be seen, is marked and has a name. */
export async function walk(page: Page): Promise<string[]> {
  // From the top, wherever the page put the focus when it opened.
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.setPosition(document.body, 0);
  });
  const names: string[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(look);
    // Past the last stop the focus leaves the page, or begins anew at its first.
    if (!stop || (names.length > 1 && stop.name === names[0])) return names;
    expect.soft(stop.faults, `stop ${names.length + 1}, “${stop.name}”`).toEqual([]);
    names.push(stop.name);
    expect(names.length, `the focus is caught: ${names.slice(-5).join(" | ")}`).toBeLessThan(200);
  }
}
