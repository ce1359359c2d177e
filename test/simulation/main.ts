import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { isReport, page, reportOf, type SeedReport, told, totalOf, writeReliability } from "./report.ts";
import { simulate } from "./year.ts";

/** Most of what a seed makes is forgotten at once: with room for it, a tenth less time goes into clearing up. */
const youngSpace = "--max-semi-space-size=64";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function wholeNumber(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} "${text}" is no whole number. Write it as --${name} 200.`);
  return number;
}

/** Plays seeds one after another in this process, and hands each report on as a line of JSON. */
async function work(first: number, every: number, last: number): Promise<void> {
  for (let seed = first; seed <= last; seed += every) {
    const before = process.cpuUsage();
    const simulated = await simulate(seed);
    const { user, system } = process.cpuUsage(before);
    say(JSON.stringify(reportOf(simulated, (user + system) / 1_000_000)));
  }
}

/** Plays seeds in processes side by side. */
async function spread(first: number, count: number, workers: number, hear: (report: SeedReport) => void): Promise<void> {
  const last = first + count - 1;
  await Promise.all(
    Array.from({ length: Math.min(workers, count) }, async (_, index) => {
      const child = spawn(process.execPath, [youngSpace, import.meta.filename, "--work", `${first + index}`, `${workers}`, `${last}`], { stdio: ["ignore", "pipe", "inherit"] });
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      for await (const line of createInterface({ input: child.stdout })) {
        const report: unknown = JSON.parse(line);
        if (isReport(report)) hear(report);
      }
      const code = await ended;
      if (code !== 0) throw new Error(`A worker of the simulation ended with ${code}; see what it said above.`);
    }),
  );
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
    options: { seeds: { type: "string", default: "100" }, seed: { type: "string" }, workers: { type: "string" }, trace: { type: "boolean", default: false }, work: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
  });
  if (values.work) {
    const [first = 1, every = 1, last = 1] = positionals.map(Number);
    return work(first, every, last);
  }
  const first = wholeNumber(values.seed ?? "1", "seed");
  if (values.trace) return traced(first);
  const count = values.seed === undefined ? wholeNumber(values.seeds, "seeds") : 1;
  const began = performance.now();
  const reports: SeedReport[] = [];
  await spread(first, count, wholeNumber(values.workers ?? `${availableParallelism()}`, "workers"), (report) => {
    reports.push(report);
    for (const line of told(report)) say(line);
    if (reports.length % 100 === 0) process.stderr.write(`${reports.length} of ${count} seeds\n`);
  });
  const total = totalOf(reports, (performance.now() - began) / 1000);
  for (const line of page(total)) say(line);
  if (values.write) writeReliability("npm run simulate", page(total));
  if (total.broken > 0) process.exitCode = 1;
  say(`${total.seeds} seeds, ${total.faults} faults injected, ${total.broken} promises broken, ${total.repeated} possible repeats, ${Math.round((60 * total.seeds) / total.seconds)} seeds a minute`);
}

await main();
