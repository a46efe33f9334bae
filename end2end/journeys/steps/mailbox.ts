// Real mail: Postfix takes it, Dovecot keeps it, and the hub follows the council's mailbox there.
// They are the servers of the Rust tests (`testing/src/mail_servers.rs`), one pair for each worker.
import { expect } from "@playwright/test";
import { ImapFlow } from "imapflow";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createTransport } from "nodemailer";
import { test as base, withHub } from "../../server";
import { read, type Letter } from "./mail";

/** The mailbox of the sample council. */
export const COUNCIL = "enquiries@send.example.org";

/** Where the servers are. Every mailbox opens with the one password. */
export type MailServers = { smtp: string; imap: number; imaps: number; authority: string; password: string };

/** A mail of a family's own mail program. */
export type Written = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  inReplyTo?: string;
  references?: string;
};

/** Sends it by SMTP; its Message-ID. */
export async function write(servers: MailServers, mail: Written): Promise<string> {
  const transport = createTransport(servers.smtp);
  const { messageId } = await transport.sendMail(mail);
  transport.close();
  return messageId;
}

/** Everything in a mailbox, the oldest first, as IMAP gives it. */
async function mailbox({ imap, password }: MailServers, address: string): Promise<Letter[]> {
  const client = new ImapFlow({
    host: "127.0.0.1", port: imap, secure: false, doSTARTTLS: false, logger: false,
    auth: { user: address, pass: password },
  });
  await client.connect();
  const inbox = await client.mailboxOpen("INBOX", { readOnly: true });
  const mails = inbox.exists === 0 ? [] : await client.fetchAll("1:*", { source: true });
  await client.logout();
  return mails.map(({ source }) => read(source!.toString("latin1")));
}

/** Waits until a mailbox holds so many letters; the last of them. */
export async function letterIn(servers: MailServers, address: string, count = 1): Promise<Letter> {
  let letters: Letter[] = [];
  await expect(async () => {
    letters = await mailbox(servers, address);
    expect(letters).toHaveLength(count);
  }).toPass({ timeout: 20_000 });
  return letters[count - 1];
}

const settings = ({ smtp, imaps, authority, password }: MailServers) => `
smtp_url = "${smtp}"

[[mailbox]]
name = "enquiries"
host = "localhost"
port = ${imaps}
authority = "${authority}"
user = "${COUNCIL}"
password = "${password}"
`;

/** A hub whose mail goes out and comes in by real servers. */
export const test = base.extend<object, { mailServers: MailServers }>({
  mailServers: [
    async ({}, use) => {
      const program = process.env.MAIL_SERVERS;
      base.skip(!program, "without the mail servers, as asked");
      const servers = spawn(program!, { stdio: ["pipe", "pipe", "inherit"] });
      const [told] = await once(servers.stdout, "data");
      await use(JSON.parse(String(told)));
      const gone = once(servers, "exit");
      servers.stdin.end();
      await gone;
    },
    { scope: "worker", timeout: 60_000 },
  ],
  hub: [
    async ({ mailServers }, use) => withHub(use, { settings: settings(mailServers) }),
    { scope: "worker", timeout: 60_000 },
  ],
});
