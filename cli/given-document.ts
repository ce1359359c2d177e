import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Found } from "../functions/compare/documents.ts";
import { messageOf } from "../shared/fault.ts";
import { UsageError } from "./command.ts";
import { givenPath } from "./paths.ts";

/** A document in a file that the user named with an option. Throws UsageError where it cannot be read. */
export async function givenDocument(option: string, path: string, url: string | null): Promise<Found> {
  try {
    const bytes = await readFile(givenPath(path));
    return { bytes, contentType: null, url, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : messageOf(error);
    throw new UsageError(`${option} ${path} cannot be read: ${reason}. Give the path of a web page, a PDF or a text, as it was saved.`, { cause: error });
  }
}
