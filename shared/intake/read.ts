import type { Source } from "../catalogue/schema.ts";
import { messageOf } from "../fault.ts";
import { decode } from "./decode.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";
import { readJson } from "./json.ts";

/** Reading fell over what a source published, in a way that we did not foresee: a fault in our code, and the source's health. */
export class ReaderFault extends SourceError {
  constructor(what: string, cause: unknown) {
    super("unreadable", `${what} holds something that our reader fell over (${messageOf(cause)}). Please report it, with what the address answers.`, { cause });
  }
}

/** A failure to read `what` as the source's: a SourceError as it is, and anything else as a ReaderFault. */
export function readingFailure(what: string, error: unknown): SourceError {
  return error instanceof SourceError ? error : new ReaderFault(what, error);
}

/**
 * Reads what a source answered into items; an item that names no language has the source's.
 * @throws SourceError and nothing else: when the content is not what the source should give, with the reason for its
 * health; ReaderFault where a reader broke in another way, since a publisher's document is never a reason to stop its host.
 */
export async function readContent(
  bytes: Uint8Array,
  contentType: string | null,
  source: Pick<Source, "url" | "read" | "language">,
): Promise<Reading> {
  const { items, skipped } = await readAs(bytes, contentType, source).catch((error: unknown) => {
    throw readingFailure("The answer", error);
  });
  return { items: items.map((item) => (item.language === null ? { ...item, language: source.language } : item)), skipped };
}

async function readAs(bytes: Uint8Array, contentType: string | null, source: Pick<Source, "url" | "read">): Promise<Reading> {
  const { url, read } = source;
  if (read.as === "json") return readJson(decode(bytes, contentType), url, read);
  // The parsers are slow to load, and most rounds find nothing changed that one would have to read.
  if (read.as === "feed") return (await import("./feed.ts")).readFeed(decode(bytes, contentType), url);
  if (read.as === "marcxml") return (await import("./marc.ts")).readMarc(decode(bytes, contentType), url);
  if (read.as === "page") return (await import("./page.ts")).readPage(decode(bytes, contentType), url, read);
  return (await import("./mail.ts")).readMail(bytes);
}
