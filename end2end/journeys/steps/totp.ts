// What an authenticator app does: the code of a key at this moment (RFC 6238).
import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30_000;

function bytes(key: string): Buffer {
  const bits = [...key.replace(/\s/g, "")].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

function codeAt(key: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytes(key)).update(counter).digest();
  const offset = hash[19] & 0xf;
  return ((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}

/** An app that holds a key. Each code works once, so it never shows one twice: it goes on to the next, which the
 * server takes up to thirty seconds early. */
export class App {
  private last = 0;

  constructor(private readonly key: string) {}

  async code(): Promise<string> {
    const now = () => Math.floor(Date.now() / STEP);
    while (this.last >= now() + 1) await new Promise((resolve) => setTimeout(resolve, 200));
    this.last = Math.max(now(), this.last + 1);
    return codeAt(this.key, this.last);
  }
}
