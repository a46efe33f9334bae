// A server of its own for each worker: the built binary, the sample council, an empty folder.
import { test as base } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Role = "officer" | "team-lead" | "editor" | "administrator";
export type SignIn = { email: string; password: string };
/** A running server: its address, its data folder, and its officers' sign-ins. */
export type Hub = { address: string; data: string; signIns: Record<Role, SignIn> };

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Whether it answers; `false` when it ended instead: somebody else took its port between the choice and the start. */
async function isReady(address: string, server: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) return false;
    try {
      if ((await fetch(`${address}/readyz`)).ok) return true;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server did not become ready in 30 seconds");
}

/** The sample's sign-ins, one a line: `email password (role)`. */
async function sampleSignIns(data: string): Promise<Record<Role, SignIn>> {
  const lines = (await readFile(join(data, "sample-sign-ins.txt"), "utf8")).trim().split("\n");
  const entries = lines.map((line) => {
    const [email, password, role] = line.split(" ");
    return [role.replace(/[()]/g, ""), { email, password }];
  });
  return Object.fromEntries(entries);
}

/**
 * Runs a server of its own for whoever wants one. `settings` is its `send-hub.toml`, `more` stands on its command line,
 * and an officer's reply waits so many seconds.
 */
export async function withHub(
  use: (hub: Hub) => Promise<void>,
  { settings = "", more = [], undoSeconds = 0 }: { settings?: string; more?: string[]; undoSeconds?: number } = {},
): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "send-hub-end2end-"));
  const file = join(data, "send-hub.toml");
  await writeFile(file, settings);
  const start = async (tries: number): Promise<{ address: string; server: ChildProcess }> => {
    const address = `http://127.0.0.1:${await freePort()}`;
    const server = spawn(process.env.SEND_HUB_BINARY!, ["serve", "--sample", "--config", file, ...more], {
      env: {
        ...process.env,
        SEND_HUB_DATA: data,
        SEND_HUB_LISTEN: address.replace("http://", ""),
        SEND_HUB_PUBLIC_URL: address,
        SEND_HUB_REPLY_UNDO_SECONDS: String(undoSeconds),
        SEND_HUB_LOG: process.env.SEND_HUB_LOG ?? "warn",
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (await isReady(address, server)) return { address, server };
    if (tries === 1) throw new Error("the server ended before it was ready");
    return start(tries - 1);
  };
  const { address, server } = await start(3);
  await use({ address, data, signIns: await sampleSignIns(data) });
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
  await rm(data, { recursive: true, force: true });
}

export const test = base.extend<object, { hub: Hub }>({
  hub: [async ({}, use) => withHub(use), { scope: "worker", timeout: 60_000 }],
  baseURL: async ({ hub }, use) => use(hub.address),
});

export { expect } from "@playwright/test";
