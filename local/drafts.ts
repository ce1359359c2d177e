import { access, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readersPrefix } from "../shared/stage.ts";
import { hasEnded } from "./alive.ts";
import { makeFolder } from "./folder.ts";

const ofDraft = /\.(\d+)\.unfinished$/;

/** What a file is called while it is being written, by this process. */
export const draftName = (path: string): string => `${path}.${process.pid}.unfinished`;

/** Writes a file of the data folder in the place of the one before, for its owner alone; a reader sees the one or the other whole, also after a kill or a power cut. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await makeFolder(dirname(path));
  const draft = draftName(path);
  await writeFile(draft, content, { mode: 0o600, flush: true });
  await rename(draft, path);
}

/** Writes a file whole, unless it is there. */
export async function writeOnce(path: string, content: Uint8Array | string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await writeWhole(path, content);
}

async function draftsIn(folder: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && ofDraft.test(entry.name)).map(({ parentPath, name }) => join(parentPath, name));
}

/** Where drafts of a data folder can be. It may hold more than what is ours, so nothing else in it is gone through. */
const folders = ["outbox", "evidence", readersPrefix, join("mail", "tmp")];

async function isLeft(draft: string): Promise<boolean> {
  return hasEnded(Number(ofDraft.exec(draft)?.[1]), (await stat(draft)).mtimeMs);
}

/** Removes from a data folder what processes were writing when they were killed. Never throws: what cannot be removed now stays until the next start. */
export async function clearDrafts(dataFolder: string): Promise<void> {
  const drafts = await Promise.all([draftsIn(dataFolder, false), ...folders.map((name) => draftsIn(join(dataFolder, name), true))]);
  for (const draft of drafts.flat()) {
    try {
      if (await isLeft(draft)) await rm(draft, { force: true });
    } catch {
      // Its name keeps it from being read as what it was to become.
    }
  }
}
