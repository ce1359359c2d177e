import type { Source } from "../catalogue/schema.ts";
import { decode } from "./decode.ts";
import type { Reading } from "./item.ts";
import { readJson } from "./json.ts";

/**
 * Reads what a source answered into items; an item that names no language has the source's.
 * @throws SourceError when the content is not what the source should give, with the reason for its health.
 */
export async function readContent(
  bytes: Uint8Array,
  contentType: string | null,
  source: Pick<Source, "url" | "read" | "language">,
): Promise<Reading> {
  const { items, skipped } = await readAs(bytes, contentType, source);
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
