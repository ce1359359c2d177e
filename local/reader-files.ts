import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ReaderFiles } from "../shared/readers/files.ts";
import { readersPrefix } from "../shared/stage.ts";
import { writeWhole } from "./drafts.ts";
import { isAbsent } from "./folder.ts";

/** The files for readers in a data folder. A file's tag is when it was written, and its size. */
export function folderFiles(dataFolder: string): ReaderFiles {
  const pathOf = (name: string): string => join(dataFolder, readersPrefix, name);
  return {
    async read(name, tag) {
      try {
        // Before the content: what is written in between is read again the next time.
        const { mtimeMs, size } = await stat(pathOf(name));
        const etag = `${mtimeMs} ${size}`;
        return etag === tag ? { kind: "same" } : { kind: "content", text: (await readFile(pathOf(name))).toString("utf8"), etag };
      } catch (error) {
        if (isAbsent(error)) return { kind: "absent" };
        throw error;
      }
    },
    write: (name, text) => writeWhole(pathOf(name), text),
  };
}
