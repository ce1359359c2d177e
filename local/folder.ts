import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "../shared/fault.ts";

/** Makes a folder of the data folder, and those above it, for its owner alone: it holds the addresses of subscribers. Throws a sentence where it cannot be made. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makePath(folder);
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be made: ${messageOf(error)}. Give a folder that you may write to with --data.`, { cause: error });
  }
}

/** Makes a folder and those above it. Node's own recursive mkdir never ends where the system denies that a folder is there, as under /proc. */
async function makePath(folder: string): Promise<void> {
  const fault = await makeOne(folder);
  if (fault === undefined) return;
  const above = dirname(folder);
  if (fault.code !== "ENOENT" || above === folder || (await isFolder(above))) throw fault;
  await makePath(above);
  const again = await makeOne(folder);
  if (again) throw again;
}

async function makeOne(folder: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return undefined;
  } catch (error) {
    if (await isFolder(folder)) return undefined;
    if (error instanceof Error) return error;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Whether a fault says that a file is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
