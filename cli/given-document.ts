import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Found } from "../functions/compare/documents.ts";
import { isPdf } from "../shared/intake/read-document.ts";
import { UsageError } from "./command.ts";
import { givenPath, whyUnreadable } from "./paths.ts";

/** Texts have no zero byte within this, but for those in UTF-16. */
const sampleBytes = 8192;
const hasUtf16Mark = (bytes: Uint8Array): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** A document in a file that the user named with an option. Throws UsageError where it cannot be read. */
export async function givenDocument(option: string, path: string): Promise<Found> {
  const bytes = await bytesOf(option, path);
  if (!isPdf(bytes) && bytes.subarray(0, sampleBytes).includes(0) && !hasUtf16Mark(bytes)) throw new UsageError(`${option} ${path} is no web page, PDF or text. Give one as it was saved, not packed and not a picture.`);
  return { bytes, contentType: null, url: null, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function bytesOf(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(givenPath(path));
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be read: ${whyUnreadable(error)}. Give the path of a web page, a PDF or a text, as it was saved.`, { cause: error });
  }
}
