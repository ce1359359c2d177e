import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Composed } from "../shared/alerts/alert.ts";
import { forAddress } from "../shared/alerts/compose-email.ts";
import { isDirect, isRead } from "../shared/alerts/pace.ts";
import type { Publisher, Recipient, SubscriptionLike } from "../shared/alerts/publish.ts";
import { safeText } from "../shared/alerts/safe-text.ts";
import { underClaim } from "./claim.ts";
import { type Handed, type Mailer, type SmtpSettings, smtpMailer } from "./smtp.ts";

const nobody = "Nobody has subscribed yet, so this alert is kept here for the operator.\nTo subscribe: almanac subscribe ADDRESS";

/** Follows from the alert and the address, so that the same message has the same file and the same Message-ID. */
export const fileMark = (alertId: string, address: string): string =>
  createHash("sha256").update(`${alertId}\n${address}`).digest("hex").slice(0, 12);

/** "2021-07-01T184015Z-edition-us-state-tip-report-2021--0a1b2c3d4e5f": in order of time, and fit for any file system. */
function fileName({ facts }: Composed, address: string): string {
  const words = `${facts.at.replace(/\.\d+/, "").replaceAll(":", "")}-${facts.id}`;
  return `${words.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 150).replace(/-$/, "")}--${fileMark(facts.id, address)}`;
}

const exists = (path: string): Promise<boolean> => access(path).then(
  () => true,
  () => false,
);

/** Writes a file unless it is there, so that a reader sees it whole or not at all. Only the owner may read addresses. */
async function writeOnce(folder: string, name: string, content: string | Buffer): Promise<void> {
  const path = join(folder, name);
  if (await exists(path)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `.${name}.${process.pid}`);
  await writeFile(unfinished, content, { mode: 0o600, flush: true });
  await rename(unfinished, path);
}

interface Letter {
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly text: string;
}

const messageId = ({ facts }: Composed, { from, to }: Letter): string =>
  `<${fileMark(facts.id, to.address)}@${from.slice(from.lastIndexOf("@") + 1)}>`;

/** The email as it goes over the wire. Its date is the alert's, so that composing it again gives the same bytes. */
async function emlOf(alert: Composed, letter: Letter): Promise<Buffer> {
  const { facts, email } = alert;
  const at = new Date(facts.at);
  // Loaded here, since most polls ring nothing and it takes its time.
  const { createTransport } = await import("nodemailer");
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: "windows" }).sendMail({
    from: { name: "Rights Almanac", address: letter.from },
    to: letter.to,
    subject: email.subject,
    text: letter.text,
    textEncoding: "quoted-printable",
    messageId: messageId(alert, letter),
    date: at,
    headers: { "X-Rights-Almanac-Alert": safeText(facts.id), "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  if (!Buffer.isBuffer(message)) throw new Error("nodemailer gave a stream where a buffer was asked for");
  return message;
}

/** What the outbox needs. */
export interface OutboxSettings {
  /** The outbox folder; made when it is needed. */
  readonly folder: string;
  /** All of them, ended ones too. */
  readonly subscriptions: () => Promise<readonly SubscriptionLike[]>;
  /** Null where alerts are only to be written down. */
  readonly smtp: SmtpSettings | null;
  /** Takes a sentence for the operator. Never given an address. */
  readonly say: (sentence: string) => void;
}

interface Delivery {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly mailed: boolean;
}

/** Writes down what one subscription gets. */
async function write(alert: Composed, { protocol, address }: Recipient, folder: string, from: string): Promise<Delivery> {
  const name = fileName(alert, address);
  if (protocol === "email") {
    const letter = { from, to: { name: "", address }, text: forAddress(alert.email.text, address) };
    await writeOnce(folder, `${name}.eml`, await emlOf(alert, letter));
    return { name, id: messageId(alert, letter), address, mailed: true };
  }
  if (protocol === "sms") await writeOnce(join(folder, "sms"), `${name}.txt`, `To: ${address}\n\n${alert.sms}\n`);
  else await writeOnce(join(folder, "https"), `${name}.json`, `${alert.json}\n`);
  return { name, id: name, address, mailed: false };
}

async function keepForOperator(alert: Composed, folder: string, from: string): Promise<readonly string[]> {
  const to = { name: "nobody has subscribed yet", address: "operator@localhost" };
  const letter = { from, to, text: `${nobody}\n\n${alert.email.text}` };
  await writeOnce(folder, `${fileName(alert, to.address)}.eml`, await emlOf(alert, letter));
  return [messageId(alert, letter)];
}

/** Sends what was written to one recipient, once, also where two processes are at it: a marker keeps what the server said. */
function sendOnce(mail: Mailer, folder: string, delivery: Delivery): Promise<Handed["state"] | "refused before"> {
  return underClaim(join(folder, "sent", `.${delivery.name}.claim`), () => sendUnlessMarked(mail, folder, delivery));
}

async function sendUnlessMarked(mail: Mailer, folder: string, { name, address }: Delivery): Promise<Handed["state"] | "refused before"> {
  const marker = `${name}.txt`;
  if (await exists(join(folder, "sent", marker))) {
    const said = await readFile(join(folder, "sent", marker), "utf8");
    return said.startsWith("taken") ? "taken" : "refused before";
  }
  // What is sent is the file, byte for byte, also when it was written before a crash.
  const { state, reply } = await mail(await readFile(join(folder, `${name}.eml`)), address);
  if (state !== "later") await writeOnce(join(folder, "sent"), marker, `${state}: ${reply}\n`);
  return state;
}

/**
 * Publishes on this machine. For each subscription that wants the alert as it comes, or for the one that it is for,
 * it writes a file: an .eml, or under sms/ and
 * https/ what a phone or a web address would get (nothing here sends those). Where SMTP is set, emails are sent too,
 * with a marker a recipient under sent/, so that after a crash only those without one are sent again. A recipient who
 * is refused for good is said and not tried again. Throws when a recipient can be reached later, after trying the
 * others, or when the server takes no mail at all.
 */
export function outboxPublisher({ folder, subscriptions, smtp, say }: OutboxSettings): Publisher {
  const from = smtp?.from ?? "almanac@localhost";
  const mail = smtp && smtpMailer(smtp);

  async function handOver(alert: Composed, deliveries: readonly Delivery[]): Promise<readonly string[]> {
    const ids: string[] = [];
    let later = 0;
    let broken: unknown;
    let inARow = 0;
    for (const delivery of deliveries) {
      let state: Awaited<ReturnType<typeof sendOnce>> = "taken";
      try {
        if (mail && delivery.mailed) state = await sendOnce(mail, folder, delivery);
        inARow = 0;
      } catch (error) {
        broken = error;
        // One connection that breaks may be this recipient's; three in a row are the server's.
        if (++inARow >= 3) throw error;
        continue;
      }
      if (state === "taken") ids.push(delivery.id);
      if (state === "later") later += 1;
      if (state === "refused") say(`one recipient is refused for good and not tried again: see sent/${delivery.name}.txt in the outbox`);
    }
    if (broken !== undefined) throw broken;
    if (later > 0) throw new Error(`the alert ${alert.facts.id} could not be handed over for ${later} of its recipients; it stays owed`);
    return ids;
  }

  return async (alert, audience = "everyone") => {
    if (typeof audience !== "string") return handOver(alert, [await write(alert, audience, folder, from)]);
    const active = (await subscriptions()).filter(({ state }) => state === "active");
    if (active.length === 0) return await keepForOperator(alert, folder, from);
    const direct = active.filter((one) => isDirect(one, alert.facts) && (audience === "everyone" || !isRead(one)));
    const deliveries: Delivery[] = [];
    for (const subscription of direct) deliveries.push(await write(alert, subscription, folder, from));
    return handOver(alert, deliveries);
  };
}
