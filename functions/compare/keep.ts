import type { Document } from "../../shared/changes/document.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { saysNothing, type Version } from "../../shared/records/documents.ts";
import { type Evidence, evidenceKey, type EvidenceRecord, sha256Of } from "../../shared/records/evidence.ts";
import { readDocument } from "../../shared/intake/read-document.ts";
import type { Names } from "../../shared/recognition/names.ts";
import type { Found } from "./documents.ts";

/** A version of an edition's document, and what it says on the theme; nothing where it cannot be read. */
export interface Kept {
  readonly version: Version;
  readonly document: Document | undefined;
}

/** Whether a document says anything that could be compared. */
export function saysSomething(document: Document | undefined): document is Document {
  return document?.sections.some(({ paragraphs }) => paragraphs.length > 0) ?? false;
}

/** How many words a document has on the theme. */
export function wordsIn(document: Document | undefined): number {
  const texts = document?.sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)) ?? [];
  return texts.reduce((sum, text) => sum + (text.match(/\S+/g) ?? []).length, 0);
}

/** What a document says on the theme; nothing where that cannot be read. It is kept all the same. */
export async function readIfPossible(found: Pick<Found, "bytes" | "contentType">, names: Names): Promise<Document | undefined> {
  try {
    return await readDocument(found, names);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** Follows from the words on the theme. A document that cannot be read is known by its bytes, and one without a word on the theme only by that. */
function textOf(document: Document | undefined, sha256: string): string {
  if (!document) return sha256;
  if (!saysSomething(document)) return saysNothing;
  const words = document.sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map(({ text }) => text)]);
  return sha256Of(words.map((text) => text.replace(/\s+/g, " ").trim()).join("\n"));
}

/** A document that was found, as a version of its edition; nothing is kept yet. `at` is ISO 8601. */
export async function versionOf(found: Found, at: string, names: Names): Promise<Kept> {
  const document = await readIfPossible(found, names);
  const { bytes, sha256, url, contentType: type } = found;
  return { version: { sha256, at, url, type, bytes: bytes.length, key: evidenceKey(sha256), text: textOf(document, sha256), words: wordsIn(document) }, document };
}

/** Keeps a document as evidence of an edition. */
export async function keep(evidence: Evidence, edition: Pick<EvidenceRecord, "series" | "edition">, found: Found, { sha256, at, url, type, bytes }: Version): Promise<void> {
  await evidence.put(found.bytes, { ...edition, sha256, at, url, type, bytes, headers: found.headers ?? {} });
}

/** Keeps the page that a document was found behind: evidence of where it stood, and no version of the document. */
export async function keepPage(evidence: Evidence, edition: Pick<EvidenceRecord, "series" | "edition">, { bytes, sha256, url, contentType, headers = {} }: Found, at: string): Promise<void> {
  await evidence.put(bytes, { ...edition, sha256, at, url, type: contentType, bytes: bytes.length, headers });
}
