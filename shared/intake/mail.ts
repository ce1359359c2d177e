import { load } from "cheerio/slim";
import type { Draft } from "./draft.ts";
import { toReading } from "./draft.ts";
import { messageOf } from "../fault.ts";
import { guard } from "./guard.ts";
import { guardMail, mostMailBytes } from "./guard-mail.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";
import type { Email } from "postal-mime";
import { unwrapLinks } from "./wrapped-link.ts";

/** Each takes a millisecond or more. */
const maxMessages = 500;
/** A mail that was forwarded whole is a part like any other, and its words are not the sender's. */
const limits = { maxNestingDepth: 100, maxHeadersSize: 200_000, maxRfc822NestingDepth: 0 } as const;
// Links of every newsletter that lead to no item.
const housekeeping = /unsubscribe|preferences|view (?:this|it|as|in)|in (?:a|your) (?:web )?browser|forward (?:this|to)|privacy|수신\s?거부/i;

/**
 * Reads one message (RFC 822), or each of the first 500 messages of an mbox file: the subject is the title, the first
 * link of the text the address, the Message-ID the guid. For a mailer's link that counts clicks stands what it leads to.
 * @throws SourceError with reason too-large, too-deep or unreadable.
 */
export async function readMail(bytes: Uint8Array): Promise<Reading> {
  if (bytes.length > mostMailBytes) {
    throw new SourceError("too-large", `The mail has ${bytes.length} bytes; at most ${mostMailBytes} are read.`);
  }
  const drafts: Draft[] = [];
  for (const message of messagesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
    drafts.push(await draftOf(message));
  }
  if (drafts.every((draft) => draft.title === null && draft.guid === null)) {
    throw new SourceError("unreadable", "The content is no mail: it has neither a subject nor a Message-ID.");
  }
  return toReading(drafts);
}

/** The parser refuses mail with more parts or headers than any has. */
function refused(error: unknown): never {
  throw new SourceError("unreadable", `The mail cannot be taken apart: ${messageOf(error)}.`, { cause: error });
}

/** In an mbox file a line that begins with "From " after an empty one starts the next message. */
function messagesOf(bytes: Buffer): Buffer[] {
  if (!bytes.subarray(0, 5).equals(Buffer.from("From "))) return [bytes];
  const text = bytes.toString("latin1");
  return text
    .split(/(?:^|\r?\n\r?\n)From [^\n]*\n/)
    .filter((message) => message.trim() !== "")
    .slice(0, maxMessages)
    .map((message) => Buffer.from(message.replaceAll(/^>(>*From )/gm, "$1"), "latin1"));
}

async function parsed(message: Buffer): Promise<Email> {
  guardMail(message);
  const { default: PostalMime } = await import("postal-mime");
  return PostalMime.parse(message, limits).catch(refused);
}

async function draftOf(message: Buffer): Promise<Draft> {
  const mail = await parsed(message);
  const text = mail.text ?? "";
  return {
    title: mail.subject ?? null,
    links: unwrapLinks(mail.html ? linksOfHtml(mail.html) : linksOf(text)),
    base: "about:blank",
    dates: mail.date === undefined ? [] : [mail.date],
    description: mail.html ? mail.html : text,
    content: null,
    guid: mail.messageId ?? null,
  };
}

/** What a mail tells of stands at its beginning. */
const linksWithin = 500_000;

function linksOf(text: string): string[] {
  const lines = text.slice(0, linksWithin).split("\n").filter((line) => !housekeeping.test(line));
  return lines.flatMap((line) => line.match(/https?:\/\/[^\s<>"'\])]+/g) ?? []).map((link) => link.replace(/[.,;:!?]+$/, ""));
}

function linksOfHtml(html: string): string[] {
  guard(html, true);
  const page = load(html, { xml: { xmlMode: false, decodeEntities: true } });
  const links = page("a[href]").toArray().map((element) => page(element));
  return links.filter((link) => !housekeeping.test(link.text())).map((link) => link.attr("href") ?? "");
}
