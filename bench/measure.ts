import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** How a part is measured: how many times, and to whom it says how far it is. */
export interface Measuring {
  readonly runs: number;
  readonly say: (sentence: string) => void;
}

/** A program to run: its file, its words, and all of its environment. */
export interface Run {
  readonly command: readonly [file: string, ...words: string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** What running a program to its end took. CPU and memory are known on Linux alone. */
export interface Measured {
  readonly wallSeconds: number;
  /** Of the program and all that it waited for, user and system together. */
  readonly cpuSeconds: number | null;
  readonly peakMegabytes: number | null;
  /** The end of what it wrote. */
  readonly stdout: string;
}

const longestSeconds = 600;
const everyMs = 10;
const keptChars = 64 * 1024;
/** The kernel counts in hundredths of a second, whatever its own clock is. */
const ticksPerSecond = 100;

function fromProc(path: string, pattern: RegExp): RegExpExecArray | null {
  try {
    return pattern.exec(readFileSync(`/proc/${path}`, "latin1"));
  } catch {
    return null;
  }
}

/** CPU seconds of all children that have ended, as the kernel adds them up for us. */
function childrenSeconds(): number | null {
  // These are the 16th and the 17th value; the name in parentheses before may hold spaces.
  const ticks = fromProc("self/stat", /\) (?:\S+ ){13}(\d+) (\d+)/);
  return ticks && (Number(ticks[1]) + Number(ticks[2])) / ticksPerSecond;
}

/** The most memory that a running process has held; null where that is not known. */
export function peakMegabytes(pid: number | undefined): number | null {
  const kilobytes = fromProc(`${pid}/status`, /^VmHWM:\s+(\d+) kB/m);
  return kilobytes && Number(kilobytes[1]) / 1024;
}

/** Runs a program to its end. Throws where it fails, or has not ended after ten minutes. */
export async function measure({ command: [file, ...words], env, folder }: Run): Promise<Measured> {
  const cpuBefore = childrenSeconds();
  const started = performance.now();
  const child = spawn(file, words, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], timeout: longestSeconds * 1000, killSignal: "SIGKILL" });
  const ended = Promise.withResolvers<number | null>();
  child.once("error", ended.reject).once("close", ended.resolve);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (stdout = (stdout + text).slice(-keptChars)));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (stderr = (stderr + text).slice(-keptChars)));
  let peak: number | null = null;
  const watch = setInterval(() => void (peak = peakMegabytes(child.pid) ?? peak), everyMs);
  const code = await ended.promise.finally(() => clearInterval(watch));
  const wallSeconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${[file, ...words].join(" ")} ended with ${code === null ? `a signal, perhaps after ${longestSeconds} s` : code}: ${stderr.trim() || stdout.trim()}`);
  // The kernel adds a child's time when we have waited for it, which may come after its pipes are closed.
  await pause(1);
  const cpuAfter = childrenSeconds();
  return { wallSeconds, cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore, peakMegabytes: peak, stdout };
}

/** Gives the work a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "almanac-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
