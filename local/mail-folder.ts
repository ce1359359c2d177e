import { createReadStream } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { mostMailBytes } from "../shared/intake/guard-mail.ts";
import { makeFolder } from "./folder.ts";

/** A folder that mail is put into. */
export interface MailFolder {
  readonly path: string;
  /** The files that wait, the oldest first as far as their names tell. */
  waiting(): Promise<readonly string[]>;
  /** A message, of a larger one no more than shows that it is too large. */
  read(name: string): Promise<Uint8Array>;
  /** When the file came, in milliseconds since 1970. */
  cameAt(name: string): Promise<number>;
  /** Lets go of a message: it lies under read/ from now on. */
  done(name: string): Promise<void>;
  /** Keeps a message under refused/, and beside it a file that says why. */
  refuse(name: string, why: string): Promise<void>;
}

/** A message may still be written by whoever copies it here. */
const stillMs = 5000;

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Opens a folder: a maildir, whose new messages lie whole under new/, or a folder of .eml files, which are left for five
 * seconds after they were last written. Of what was read and refused the newest `mostKept` stay; all do unless that is
 * given. Throws a sentence where there is no such folder.
 */
export async function openMailFolder(path: string, mostKept = Number.POSITIVE_INFINITY): Promise<MailFolder> {
  if (!(await isFolder(path))) throw new Error(`There is no folder ${path} to watch for mail. Make it, or correct --mail-folder.`);
  const inNew = join(path, "new");
  const isMaildir = await isFolder(inNew);
  const incoming = isMaildir ? inNew : path;
  for (const kept of ["read", "refused"]) await makeFolder(join(path, kept));

  async function isWhole(name: string): Promise<boolean> {
    if (isMaildir) return true;
    const { mtimeMs } = await stat(join(incoming, name));
    return Date.now() - mtimeMs >= stillMs;
  }

  async function keep(name: string, kept: "read" | "refused"): Promise<void> {
    const folder = join(path, kept);
    await rename(join(incoming, name), join(folder, name));
    if (mostKept === Number.POSITIVE_INFINITY) return;
    const names = (await readdir(folder)).filter((one) => !one.endsWith(".why.txt")).toSorted();
    for (const old of names.slice(0, -mostKept)) for (const file of [old, `${old}.why.txt`]) await rm(join(folder, file), { force: true });
  }

  return {
    path,
    async waiting() {
      const files = (await readdir(incoming, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith(".") && (isMaildir || entry.name.endsWith(".eml")));
      const whole = await Promise.all(files.map(({ name }) => isWhole(name)));
      return files.flatMap(({ name }, index) => (whole[index] ? [name] : [])).toSorted();
    },
    // Its end is the last byte that is read: one more than a mail may have.
    read: (name) => buffer(createReadStream(join(incoming, name), { end: mostMailBytes })),
    cameAt: async (name) => (await stat(join(incoming, name))).mtimeMs,
    done: (name) => keep(name, "read"),
    async refuse(name, why) {
      await writeFile(join(path, "refused", `${name}.why.txt`), `${why}\n`, { mode: 0o600 });
      await keep(name, "refused");
    },
  };
}
