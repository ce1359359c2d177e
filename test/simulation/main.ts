import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { isReport, page, reportOf, type SeedReport, told, totalOf, writeReliability } from "./report.ts";
import type { Simulated } from "./year.ts";

/** Most of what a seed makes is forgotten at once: with room for it, a tenth less time goes into clearing up. */
const youngSpace = "--max-semi-space-size=64";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function wholeNumber(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} "${text}" is no whole number. Write it as --${name} 200.`);
  return number;
}

/** Plays a seed. Whoever hands seeds on to others need not load what plays them. */
async function simulate(seed: number): Promise<Simulated> {
  const year = await import("./year.ts");
  return year.simulate(seed);
}

/** So many seeds a process plays at most, so that none grows old and large. */
const mostSeeds = 250;

/** Plays seeds one after another in this process, and hands each report on as a line of JSON. */
async function work(seeds: readonly number[]): Promise<void> {
  // Faults throw thousands of errors whose stacks nobody reads.
  Error.stackTraceLimit = 0;
  for (const seed of seeds) {
    const before = process.cpuUsage();
    const simulated = await simulate(seed);
    const { user, system } = process.cpuUsage(before);
    say(JSON.stringify(reportOf(simulated, (user + system) / 1_000_000)));
  }
}

/** Plays seeds in another process. */
async function delegate(seeds: readonly number[], hear: (report: SeedReport) => void): Promise<void> {
  const child = spawn(process.execPath, [youngSpace, import.meta.filename, "--work", ...seeds.map(String)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const report: unknown = JSON.parse(line);
    if (isReport(report)) hear(report);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`A worker of the simulation ended with ${code}; see what it said above.`);
}

/** Plays seeds in processes side by side, and where asked one of them again, behind others in its process. */
async function spread(seeds: readonly number[], { workers, again }: { readonly workers: number; readonly again: boolean }, hear: (report: SeedReport) => void): Promise<void> {
  const share = Math.min(mostSeeds, Math.ceil(seeds.length / workers));
  const shares = Array.from({ length: Math.ceil(seeds.length / share) }, (_, index) => seeds.slice(index * share, (index + 1) * share));
  if (again) shares.at(-1)?.push(...(shares.at(-1)?.slice(0, 1) ?? []));
  const worker = async (): Promise<void> => {
    for (let next = shares.shift(); next; next = shares.shift()) await delegate(next, hear);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/** Says whether a seed that was played again came out as before, to the last line of its trace. */
function compare(before: SeedReport, after: SeedReport): void {
  const isSame = before.hash === after.hash;
  say(isSame ? `seed ${after.seed} was played again, and was the same` : `seed ${after.seed} was played again, and was another: trace ${before.hash}, then ${after.hash}`);
  if (!isSame) process.exitCode = 1;
}

/** The reports that an earlier run kept in a file. A line that it did not end is taken out of it, and its seed played again. */
function keptReports(path: string | undefined): SeedReport[] {
  if (path === undefined || !existsSync(path)) return [];
  const whole = readFileSync(path, "utf8").split("\n").slice(0, -1);
  writeFileSync(path, whole.map((line) => `${line}\n`).join(""));
  return whole.flatMap((line) => {
    const report: unknown = JSON.parse(line);
    return isReport(report) ? [report] : [];
  });
}

async function traced(seed: number): Promise<void> {
  const simulated = await simulate(seed);
  for (const line of simulated.trace.lines()) say(line);
  for (const line of told(reportOf(simulated))) say(line);
  say(`seed ${seed}: trace ${simulated.trace.hash()}, ${simulated.violations.length} promises broken`);
  if (simulated.violations.length > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: "string", default: "100" }, from: { type: "string", default: "1" }, keep: { type: "string" }, seed: { type: "string" }, workers: { type: "string" }, trace: { type: "boolean", default: false }, again: { type: "boolean", default: false }, work: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
  });
  if (values.work) return work(positionals.map(Number));
  const first = wholeNumber(values.seed ?? values.from, values.seed === undefined ? "from" : "seed");
  if (values.trace) return traced(first);
  const count = values.seed === undefined ? wholeNumber(values.seeds, "seeds") : 1;
  const { keep } = values;
  const reports = keptReports(keep).filter(({ seed }) => seed >= first && seed < first + count);
  for (const line of reports.flatMap(told)) say(line);
  const known = new Set(reports.map(({ seed }) => seed));
  const seeds = Array.from({ length: count }, (_, index) => first + index).filter((seed) => !known.has(seed));
  const began = performance.now();
  const workers = wholeNumber(values.workers ?? `${availableParallelism()}`, "workers");
  await spread(seeds, { workers, again: values.again }, (report) => {
    const before = reports.find(({ seed }) => seed === report.seed);
    if (before) return compare(before, report);
    reports.push(report);
    if (keep !== undefined) appendFileSync(keep, `${JSON.stringify(report)}\n`);
    for (const line of told(report)) say(line);
    if (reports.length % 100 === 0) process.stderr.write(`${reports.length} of ${count} seeds\n`);
  });
  const total = totalOf(reports);
  const minutes = (performance.now() - began) / 60_000;
  for (const line of page(total)) say(line);
  if (values.write) writeReliability("npm run simulate", page(total));
  if (total.broken > 0) process.exitCode = 1;
  say(`${total.seeds} seeds, ${total.faults} faults injected, ${total.broken} promises broken, ${total.repeated} possible repeats, ${Math.round(seeds.length / minutes)} seeds a minute`);
}

await main();
