import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Found } from "../functions/compare/documents.ts";
import { UsageError } from "./command.ts";
import { givenPath, whyUnreadable } from "./paths.ts";

/** A document in a file that the user named with an option. Throws UsageError where it cannot be read. */
export async function givenDocument(option: string, path: string, url: string | null): Promise<Found> {
  try {
    const bytes = await readFile(givenPath(path));
    return { bytes, contentType: null, url, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be read: ${whyUnreadable(error)}. Give the path of a web page, a PDF or a text, as it was saved.`, { cause: error });
  }
}
