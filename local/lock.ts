import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "./drafts.ts";

/** Who has a data folder's table open, and how to reach it. */
export interface Lock {
  readonly pid: number;
  /** On the loopback address. */
  readonly port: number;
  /** What a request must carry to be answered. */
  readonly credential: string;
  /** ISO 8601. */
  readonly started: string;
  /** Whether it is the monitor, and not a command that will soon be done. */
  readonly monitor: boolean;
}

// LevelDB's own lock, which the system lifts when a process dies, decides who opens the files. This file only says
// who that was: it is written after the files were opened, and believed only when the process answers at its port.
const fileName = "lock";

/** The lock in this folder, or undefined where there is none that can be read. */
export async function readLock(folder: string): Promise<Lock | undefined> {
  try {
    const lock: unknown = JSON.parse(await readFile(join(folder, fileName), "utf8"));
    return isLock(lock) ? lock : undefined;
  } catch {
    return undefined;
  }
}

/** Puts this lock in the place of any other; only the process that has the files open may do this. */
export async function writeLock(folder: string, lock: Lock): Promise<void> {
  // The credential is for this user's processes alone.
  await writeWhole(join(folder, fileName), JSON.stringify(lock));
}

/** Takes the lock away; only the process that has the files open may do this. */
export async function removeLock(folder: string): Promise<void> {
  await rm(join(folder, fileName), { force: true });
}

function isLock(value: unknown): value is Lock {
  if (typeof value !== "object" || value === null) return false;
  const lock: Partial<Record<keyof Lock, unknown>> = value;
  return (
    typeof lock.pid === "number" &&
    typeof lock.port === "number" &&
    typeof lock.credential === "string" &&
    typeof lock.started === "string" &&
    typeof lock.monitor === "boolean"
  );
}
