// Dates as the pages write them: "Friday 27 November 2026".
import { expect } from "@playwright/test";

/** Reads a date, and checks that its day of the week is the right one. */
export function dateInWords(words: string): Date {
  const [, weekday, rest] = words.match(/(\w+day) (\d{1,2} \w+ \d{4})/) ?? [];
  const date = new Date(`${rest} 12:00 UTC`);
  const inWords = date.toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" });
  expect(inWords, words).toBe(weekday);
  return date;
}

export function isWeekday(date: Date): boolean {
  return date.getUTCDay() % 6 !== 0;
}
