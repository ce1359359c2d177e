import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hasEnded } from "./alive.ts";

/** Longer than a mail server may take for the end of a message (RFC 5321), so a claim as old was left behind. */
const staleMs = 15 * 60_000;
const patienceMs = 30_000;

/** Left behind by a process that has ended, or so old that nobody can still be at it. */
async function isLeft(path: string): Promise<boolean> {
  try {
    const [pid, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    // A claim without a pid is one that is being written just now.
    return Date.now() - mtimeMs > staleMs || (pid !== "" && hasEnded(Number(pid), mtimeMs));
  } catch {
    return false;
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    if (await isLeft(path)) await rm(path, { force: true });
    return false;
  }
}

/**
 * Does the work while nobody else does work under this claim, on this machine; waits half a minute for another that
 * is at it, then throws. A claim that a killed process left behind is taken over.
 */
export async function underClaim<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const until = performance.now() + patienceMs;
  while (!(await take(path))) {
    if (performance.now() > until) throw new Error("another process is still sending this message; it stays owed until that is done");
    await pause(100);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}
