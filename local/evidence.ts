import { access, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Evidence, evidenceKey, recordText, unchanged } from "../shared/records/evidence.ts";
import { makeFolder } from "./folder.ts";

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Writes a file unless it is there; a reader sees it whole or not at all, also after a kill or a power cut. */
async function writeOnce(path: string, content: Uint8Array | string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await makeFolder(dirname(path));
  const unfinished = `${path}.${process.pid}.unfinished`;
  await writeFile(unfinished, content, { mode: 0o600, flush: true });
  await rename(unfinished, path);
}

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
