import type { Document, Layout } from "../changes/document.ts";
import { readPages } from "../changes/pdf-blocks.ts";
import { documentOf } from "../changes/read-layout.ts";
import { readPage } from "../changes/section.ts";
import { readText } from "../changes/text-blocks.ts";
import type { Names } from "../recognition/names.ts";
import { decode } from "./decode.ts";

/** A document as it was found: its bytes, and what its publisher called their type. */
interface Bytes {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
}

/** Some servers put a few bytes in front of a PDF, and readers bear it. */
const markWithin = 1024;

/** Whether bytes are a PDF's. */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, markWithin)).includes("%PDF-", 0, "latin1");
}

async function layoutOf({ bytes, contentType }: Bytes): Promise<Layout> {
  if (isPdf(bytes)) {
    // The reader of PDFs is large, and most documents are pages.
    const { readPdf } = await import("./pdf.ts");
    return readPages(await readPdf(bytes));
  }
  const text = decode(bytes, contentType);
  return /<(?:!doctype|html|head|body|p|div|h1)\b/i.test(text) ? readPage(text) : readText(text);
}

/** What a document says on the theme, be it a web page, a PDF or plain text. Throws SourceError where it cannot be read. */
export async function readDocument(found: Bytes, names: Names): Promise<Document> {
  return documentOf(await layoutOf(found), names);
}
