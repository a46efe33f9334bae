// The mail that the server sent: files in its data folder.
import { expect } from "@playwright/test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hub } from "../../server";

/** One mail: its headers unfolded, and the words of every part together. */
export type Letter = { headers: string; words: string };

const decoders: Record<string, (body: string) => string> = {
  base64: (body) => Buffer.from(body, "base64").toString("utf8"),
  "quoted-printable": (body) =>
    Buffer.from(
      body
        .replace(/=\r?\n/g, "")
        .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))),
      "latin1",
    ).toString("utf8"),
};

function split(part: string): { headers: string; body: string } {
  const [head, ...rest] = part.split(/\r?\n\r?\n/);
  return { headers: head.replace(/\r?\n[ \t]+/g, " "), body: rest.join("\n\n") };
}

function words(part: string): string {
  const { headers, body } = split(part);
  const boundary = headers.match(/boundary="?([^";\s]+)"?/i)?.[1];
  if (boundary) {
    return body.split(`--${boundary}`).slice(1, -1).map((inner) => words(inner.trimStart())).join("\n");
  }
  const encoding = headers.match(/^content-transfer-encoding:\s*(\S+)/im)?.[1].toLowerCase();
  return (decoders[encoding ?? ""] ?? ((plain: string) => plain))(body);
}

/** Reads a mail as it travelled. */
export function read(raw: string): Letter {
  return { headers: split(raw).headers, words: words(raw) };
}

/** What a header says; nothing where it is not there. */
export function header(letter: Letter, name: string): string | undefined {
  return letter.headers.match(new RegExp(`^${name}:[ \\t]*(.*)$`, "im"))?.[1].trim();
}

/** Every mail to an address so far, the oldest first: their names are their times. */
export async function lettersTo(hub: Hub, address: string): Promise<Letter[]> {
  const folder = join(hub.data, "mail");
  const names = await readdir(folder).catch(() => [] as string[]);
  const files = names.filter((name) => name.endsWith(".eml")).sort();
  const raw = await Promise.all(files.map((name) => readFile(join(folder, name), "latin1")));
  return raw
    .map(read)
    .filter((letter) => new RegExp(`^To:.*${address}`, "im").test(letter.headers));
}

/** Waits until an address has so many letters; the last of them. */
export async function letterTo(hub: Hub, address: string, count = 1): Promise<Letter> {
  await expect.poll(async () => (await lettersTo(hub, address)).length, { timeout: 15_000 }).toBe(count);
  return (await lettersTo(hub, address))[count - 1];
}

/** The path of the private link in a letter. */
export function privateLink(letter: Letter): string {
  const link = letter.words.match(/https?:\/\/[^/\s]+(\/enquiry\/[A-Za-z0-9_.~-]+)/);
  expect(link, "a private link stands in the letter").not.toBeNull();
  return link![1];
}
