import { randomBytes } from "node:crypto";
import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { mostMailBytes } from "../shared/intake/guard-mail.ts";
import { draftName } from "./drafts.ts";
import { makeFolder } from "./folder.ts";

/** A mail server of our own, which takes mail for the monitor and sends none on. */
export interface MailServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Where it listens, and the maildir that it puts mail into. */
export interface MailServerSettings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly maildir: string;
}

const mostConnections = 20;
const idleMs = 60_000;
/** So many that wait mean that nobody takes them. */
const mostWaiting = 1000;

const refusal = (responseCode: number, says: string): Error => Object.assign(new Error(says), { responseCode });

type Done = (error?: Error | null) => void;

/** The whole of a stream; nothing where it is larger than is read, of which no more is held. */
async function within(stream: AsyncIterable<Buffer>, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
  }
  return bytes <= most ? Buffer.concat(chunks) : undefined;
}

/** Called so that a later one comes after an earlier one, and never as another. */
const newName = (): string => `${new Date().toISOString().replaceAll(/[:.]/g, "-")}-${randomBytes(6).toString("hex")}`;

/** Makes the folders of a maildir where they are absent. */
export async function makeMaildir(path: string): Promise<void> {
  for (const part of ["tmp", "new"]) await makeFolder(join(path, part));
}

/** Writes a message so that whoever takes mail out of the maildir sees it whole or not at all, also after a kill. */
async function deliver(maildir: string, message: Buffer, { remoteAddress }: SMTPServerSession): Promise<void> {
  const name = newName();
  const trace = `Received: from [${remoteAddress}] by rights-almanac; ${new Date().toUTCString()}\r\n`;
  const draft = draftName(join(maildir, "tmp", name));
  await writeFile(draft, Buffer.concat([Buffer.from(trace), message]), { mode: 0o600, flush: true });
  await rename(draft, join(maildir, "new", name));
}

/**
 * Listens for mail. What it takes lies on the disk before the sender is told so; `onMail` is then called. It takes mail
 * for any receiver, since it passes on none: whose a mail is, is found out afterwards. Limits: ten million bytes, 20
 * connections, a minute of silence, and 1,000 mails that wait. Throws a sentence where it cannot listen.
 */
export async function openMailServer({ host, port, maildir }: MailServerSettings, onMail: () => void): Promise<MailServer> {
  await makeMaildir(maildir);

  async function take(stream: AsyncIterable<Buffer>, session: SMTPServerSession): Promise<void> {
    const message = await within(stream, mostMailBytes);
    if (!message) throw refusal(552, `5.3.4 At most ${mostMailBytes} bytes are taken`);
    await deliver(maildir, message, session).catch((error: unknown) => {
      throw Object.assign(refusal(451, "4.3.0 The mail could not be kept. Try again later"), { cause: error });
    });
    onMail();
  }
  const server = new SMTPServer({
    name: "rights-almanac",
    banner: "takes mail of publishers",
    size: mostMailBytes,
    maxClients: mostConnections,
    socketTimeout: idleMs,
    authOptional: true,
    // A certificate of our own making would prove nothing; whoever is to be reached from elsewhere stands behind a mail server.
    disabledCommands: ["AUTH", "STARTTLS"],
    onMailFrom: (_address, _session, done: Done) =>
      void readdir(join(maildir, "new")).then(
        ({ length }) => done(length < mostWaiting ? null : refusal(452, "4.3.1 Too much mail waits. Try again later")),
        (error: Error) => done(error),
      ),
    onData: (stream, session, done: Done) => void take(stream, session).then(() => done(null), (error: Error) => done(error)),
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  await promise.catch((error: Error) => {
    throw new Error(`No mail can be taken on ${host}:${port}: ${error.message}. Give another port with --mail-port.`, { cause: error });
  });
  server.off("error", reject);
  // A connection that breaks is its sender's trouble, who tries again.
  server.on("error", () => undefined);
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
