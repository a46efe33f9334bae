// A server of its own for each worker: the built binary, the sample council, an empty folder.
import { test as base } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Hub = { address: string; data: string };

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

async function untilReady(address: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      if ((await fetch(`${address}/`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server did not become ready in 30 seconds");
}

export const test = base.extend<object, { hub: Hub }>({
  hub: [
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), "send-hub-end2end-"));
      const address = `http://127.0.0.1:${await freePort()}`;
      const server = spawn(process.env.SEND_HUB_BINARY!, ["serve", "--sample"], {
        env: {
          ...process.env,
          SEND_HUB_DATA: data,
          SEND_HUB_LISTEN: address.replace("http://", ""),
          SEND_HUB_PUBLIC_URL: address,
        },
        stdio: ["ignore", "ignore", "inherit"],
      });
      await untilReady(address);
      await use({ address, data });
      server.kill("SIGTERM");
      await new Promise((resolve) => server.once("exit", resolve));
      await rm(data, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  baseURL: async ({ hub }, use) => use(hub.address),
});

export { expect } from "@playwright/test";
