import { load } from "cheerio/slim";
import type { ParsedMail } from "mailparser";
import type { Draft } from "./draft.ts";
import { toReading } from "./draft.ts";
import { messageOf } from "../fault.ts";
import { guard } from "./guard.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";
import { unwrapLinks } from "./wrapped-link.ts";

const maxBytes = 10_000_000;
/** Each takes a millisecond or more. */
const maxMessages = 500;
// Links of every newsletter that lead to no item.
const housekeeping = /unsubscribe|preferences|view (?:this|it|as|in)|in (?:a|your) (?:web )?browser|forward (?:this|to)|privacy|수신\s?거부/i;

/**
 * Reads one message (RFC 822), or each of the first 500 messages of an mbox file: the subject is the title, the first
 * link of the text the address, the Message-ID the guid. For a mailer's link that counts clicks stands what it leads to.
 * @throws SourceError with reason too-large, too-deep or unreadable.
 */
export async function readMail(bytes: Uint8Array): Promise<Reading> {
  if (bytes.length > maxBytes) {
    throw new SourceError("too-large", `The mail has ${bytes.length} bytes; at most ${maxBytes} are read.`);
  }
  // mailparser takes longer to load than everything else here together.
  const { simpleParser } = await import("mailparser");
  const drafts: Draft[] = [];
  for (const message of messagesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
    drafts.push(draftOf(await simpleParser(message, { skipTextToHtml: true, skipHtmlToText: true }).catch(refused)));
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

function draftOf(mail: ParsedMail): Draft {
  const text = mail.text ?? "";
  return {
    title: mail.subject ?? null,
    links: unwrapLinks(mail.html ? linksOfHtml(mail.html) : linksOf(text)),
    base: "about:blank",
    dates: mail.date && !Number.isNaN(mail.date.getTime()) ? [mail.date.toISOString()] : [],
    description: mail.html ? mail.html : text,
    content: null,
    guid: mail.messageId ?? null,
  };
}

function linksOf(text: string): string[] {
  const lines = text.split("\n").filter((line) => !housekeeping.test(line));
  return lines.flatMap((line) => line.match(/https?:\/\/[^\s<>"'\])]+/g) ?? []).map((link) => link.replace(/[.,;:!?]+$/, ""));
}

function linksOfHtml(html: string): string[] {
  guard(html, true);
  const page = load(html, { xml: { xmlMode: false, decodeEntities: true } });
  const links = page("a[href]").toArray().map((element) => page(element));
  return links.filter((link) => !housekeeping.test(link.text())).map((link) => link.attr("href") ?? "");
}
