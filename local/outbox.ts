import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Composed } from "../shared/alerts/alert.ts";
import { forAddress } from "../shared/alerts/email-frame.ts";
import { isDirect, isRead } from "../shared/alerts/pace.ts";
import { type Publisher, type Recipient, SomeLater, type SubscriptionLike } from "../shared/alerts/publisher.ts";
import { safeText } from "../shared/alerts/safe-text.ts";
import { emailHtml } from "../shared/alerts/email-html.ts";
import { writeOnce } from "./drafts.ts";
import { type Asked, type Delivery, handOver, write } from "./hand-over.ts";
import { type SmtpSettings, smtpMailer } from "./smtp.ts";
import { type WebhookSettings, webhookPoster } from "./webhook.ts";

const nobody = "Nobody has subscribed yet, so this alert is kept here for the operator.\nTo subscribe: almanac subscribe ADDRESS";

/** Follows from the alert and the address, so that the same message has the same file and the same Message-ID. */
export const fileMark = (alertId: string, address: string): string =>
  createHash("sha256").update(`${alertId}\n${address}`).digest("hex").slice(0, 12);

/** "2021-07-01T184015Z-edition-us-state-tip-report-2021--0a1b2c3d4e5f": in order of time, and fit for any file system. */
function fileName({ facts }: Composed, address: string): string {
  const words = `${facts.at.replace(/\.\d+/, "").replaceAll(":", "")}-${facts.id}`;
  return `${words.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 150).replace(/-$/, "")}--${fileMark(facts.id, address)}`;
}

interface Letter {
  readonly from: string;
  /** To whom a mail program writes where the reader presses its "unsubscribe". */
  readonly contact: string | null;
  readonly to: { readonly name: string; readonly address: string };
  readonly text: string;
}

const messageId = ({ facts }: Composed, { from, to }: Letter): string =>
  `<${fileMark(facts.id, to.address)}@${from.slice(from.lastIndexOf("@") + 1)}>`;

/** RFC 2369; in a mailto address only @ stands for itself. */
const unsubscribeHeader = ({ contact }: Letter): Record<string, string> =>
  contact === null ? {} : { "List-Unsubscribe": `<mailto:${encodeURIComponent(contact).replace("%40", "@")}?subject=unsubscribe>` };

/** The email as it goes over the wire. Its date is when its sending was first begun, so that composing it again gives the same bytes. */
async function emlOf(alert: Composed, letter: Letter): Promise<Buffer> {
  const { facts, email, begun = facts.at } = alert;
  // Loaded here, since most polls ring nothing and it takes its time.
  const { createTransport } = await import("nodemailer");
  const boundary = { baseBoundary: fileMark(facts.id, letter.to.address) };
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: "windows" }).sendMail({
    from: { name: "Rights Almanac", address: letter.from },
    to: letter.to,
    subject: email.subject,
    text: letter.text,
    html: emailHtml(letter.text, alert),
    ...boundary,
    textEncoding: "quoted-printable",
    messageId: messageId(alert, letter),
    date: new Date(begun),
    headers: { "X-Rights-Almanac-Alert": safeText(facts.id), "Auto-Submitted": "auto-generated", ...unsubscribeHeader(letter) },
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
  /** Absent where what web addresses would get is only to be written down. */
  readonly webhooks?: (WebhookSettings & { readonly note: (asked: readonly Asked[]) => Promise<void> }) | undefined;
  /** To whom readers write to end their messages, if that is set. */
  readonly contact?: string | null;
  /** Takes a sentence for the operator. Never given an address. */
  readonly say: (sentence: string) => void;
}

/** By what this machine sends. */
interface Ways {
  readonly from: string;
  readonly contact: string | null;
  readonly mail: ReturnType<typeof smtpMailer> | null;
  readonly post: ReturnType<typeof webhookPoster> | null;
}

function deliveryOf(alert: Composed, { id: to, protocol, address }: Recipient, { from, contact, mail, post }: Ways): Delivery {
  const name = fileName(alert, address);
  // Noted with the alert, and exported: nothing that follows from an address, which whoever guesses it could verify.
  const common = { to, name, id: alert.facts.id };
  if (protocol === "email") {
    const letter = { from, contact, to: { name: "", address }, text: forAddress(alert.email.text, address) };
    return { ...common, path: name, ending: ".eml", content: () => emlOf(alert, letter), hand: mail && ((message) => mail(message, address)), mailed: true };
  }
  const other = { ...common, mailed: false };
  if (protocol === "sms") return { ...other, path: join("sms", name), ending: ".txt", content: async () => Buffer.from(`To: ${address}\n\n${alert.sms}\n`), hand: null };
  return { ...other, path: join("https", name), ending: ".json", content: async () => Buffer.from(`${alert.json}\n`), hand: protocol === "https" && post ? (message) => post(message, address, alert.facts.id) : null };
}

async function keepForOperator(alert: Composed, folder: string, from: string): Promise<readonly string[]> {
  const to = { name: "nobody has subscribed yet", address: "operator@localhost" };
  const letter = { from, contact: null, to, text: `${nobody}\n\n${alert.email.text}` };
  await writeOnce(join(folder, `${fileName(alert, to.address)}.eml`), await emlOf(alert, letter));
  return [alert.facts.id];
}

/** Says once what an operator should know of webhooks that are not signed. */
function posterOf(webhooks: WebhookSettings | undefined, say: (sentence: string) => void): Ways["post"] {
  if (!webhooks) return null;
  const post = webhookPoster(webhooks);
  let isSaid = webhooks.secret !== undefined;
  return (message, address, alert) => {
    if (!isSaid) say("WEBHOOK_SECRET is not set: web addresses get alerts that are not signed, and cannot tell ours from others.");
    isSaid = true;
    return post(message, address, alert);
  };
}

/**
 * Publishes on this machine. For each subscription that wants the alert as it comes, or for the one that it is for, it
 * writes a file: an .eml, or under sms/ and https/ what a phone or a web address gets. Nothing here sends SMS. Where
 * SMTP is set, emails are sent, and where webhooks are, requests, with a marker a recipient under sent/, so that after
 * a crash only those without one are sent again. A recipient who is refused for good, or who has taken nothing for seven
 * days, is said and not tried again; what web addresses say is noted. Throws SomeLater when a recipient can be reached later, after trying the others.
 */
export function outboxPublisher({ folder, subscriptions, smtp, webhooks, contact = null, say }: OutboxSettings): Publisher {
  const ways: Ways = { from: smtp?.from ?? "almanac@localhost", contact, mail: smtp && smtpMailer(smtp), post: posterOf(webhooks, say) };

  async function deliver(alert: Composed, recipients: readonly Recipient[]): Promise<readonly string[]> {
    const deliveries = recipients.map((one) => deliveryOf(alert, one, ways));
    for (const delivery of deliveries) await write(folder, delivery);
    const { ids, later, asked } = await handOver(folder, deliveries, say);
    await webhooks?.note(asked);
    if (later.length > 0) throw new SomeLater(`the alert ${alert.facts.id} could not be handed over for ${later.length} of its recipients, ${ids.length} of ${deliveries.length} have it: ${later[0]}`);
    return ids;
  }

  return async (alert, audience = "everyone") => {
    if (typeof audience !== "string") return deliver(alert, [audience]);
    const active = (await subscriptions()).filter(({ state }) => state === "active");
    if (active.length === 0) return await keepForOperator(alert, folder, ways.from);
    return deliver(alert, active.filter((one) => isDirect(one, alert.facts) && (audience === "everyone" || !isRead(one))));
  };
}
