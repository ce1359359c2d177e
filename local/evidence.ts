import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Evidence, evidenceKey, recordText, unchanged } from "../shared/records/evidence.ts";
import { writeOnce } from "./drafts.ts";
import { isAbsent } from "./folder.ts";

/** Evidence in a data folder: each document as a file that is called by its SHA-256, its records in a folder an edition. */
export function folderEvidence(dataFolder: string): Evidence {
  const pathOf = (name: string): string => join(dataFolder, ...name.split("/"));
  return {
    async put(bytes, record) {
      await writeOnce(pathOf(evidenceKey(record.sha256)), bytes);
      const { name, text } = recordText(record);
      await writeOnce(pathOf(name), text);
    },
    async get(sha256) {
      try {
        return unchanged(await readFile(pathOf(evidenceKey(sha256))), sha256);
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    note: (name, text) => writeOnce(pathOf(name), text),
  };
}
