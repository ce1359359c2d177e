import { readFileSync } from "node:fs";
import { readPacked } from "../shared/catalogue/packed.ts";
import { compile } from "../shared/recognition/compile.ts";
import { peakMegabytes } from "./measure.ts";

/** What a process took that opened a packed catalogue and compiled its rules. Milliseconds are of its processor time. */
export interface OpeningCost {
  readonly openCpuMs: number;
  readonly compileCpuMs: number;
  /** The most memory that the process held before it opened anything, when the catalogue was open, and when its rules were compiled. */
  readonly startMegabytes: number | null;
  readonly openMegabytes: number | null;
  readonly compiledMegabytes: number | null;
}

const [packed = ""] = process.argv.slice(2);

function cpuOf<T>(work: () => T): [made: T, ms: number] {
  const before = process.cpuUsage();
  const made = work();
  const { user, system } = process.cpuUsage(before);
  return [made, (user + system) / 1000];
}

const startMegabytes = peakMegabytes(process.pid);
const [{ catalogue }, openCpuMs] = cpuOf(() => readPacked(readFileSync(packed, "utf8")));
const openMegabytes = peakMegabytes(process.pid);
const [, compileCpuMs] = cpuOf(() => compile(catalogue));
const cost: OpeningCost = { openCpuMs, compileCpuMs, startMegabytes, openMegabytes, compiledMegabytes: peakMegabytes(process.pid) };
process.stdout.write(`${JSON.stringify(cost)}\n`);
