import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { withParts } from "../cli/commands/backtest.ts";
import { projectPath } from "../cli/paths.ts";
import { serveFeeds } from "./feeds.ts";
import { matchingSpeeds } from "./matching.ts";
import { measure, type Measured } from "./measure.ts";
import { planCosts } from "./plan.ts";
import { almanacCommand, installedPrograms, type Program } from "./programs.ts";
import { tableTraffic } from "./records.ts";
import { pageCosts } from "./site.ts";
import { headline, matchingLines, pageLines, planLines, median, type Replay, type Results, type Round, type Row, table } from "./report.ts";

const feeds = 500;
const itemsEach = 20;
const resultsFolder = join(import.meta.dirname, "results");
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

type Sample = Omit<Measured, "stdout"> & { readonly program: string; readonly round: Round; readonly requests: number };
type Server = Awaited<ReturnType<typeof serveFeeds>>;

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Gives the work a folder of its own, which is gone afterwards. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "almanac-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One program's first round and, on what that left behind, its unchanged round. */
function bothRounds(program: Program, server: Server, addresses: readonly string[]): Promise<Sample[]> {
  return inFolder(async (folder) => {
    const run = program.prepare(folder, addresses);
    const samples: Sample[] = [];
    for (const round of ["first", "unchanged"] as const) {
      const before = server.requests();
      const { stdout: _stdout, ...measured } = await measure(run);
      const requests = server.requests() - before;
      if (requests < feeds) throw new Error(`${program.name} asked for ${requests} of ${feeds} feeds, so its time says nothing.`);
      samples.push({ program: program.name, round, ...measured, requests });
    }
    return samples;
  });
}

function summarise(samples: readonly Sample[]): Row[] {
  return [...Map.groupBy(samples, ({ program, round }) => `${program} ${round}`).values()].flatMap((group) => {
    const [one] = group;
    const middle = (value: (sample: Sample) => number | null): number | null => median(group.map(value));
    return one ? [{ program: one.program, round: one.round, wallSeconds: middle((s) => s.wallSeconds) ?? 0, cpuSeconds: middle((s) => s.cpuSeconds), peakMegabytes: middle((s) => s.peakMegabytes), requests: middle((s) => s.requests) ?? 0 }] : [];
  });
}

/** The programs take turns, so that what else the machine does meets all of them. */
async function rounds(runs: number, server: Server, addresses: readonly string[]): Promise<Row[]> {
  const programs = installedPrograms(say);
  const samples: Sample[] = [];
  // The turn before the first one warms the disk's and the compiler's caches, and does not count.
  for (let run = 0; run <= runs; run++) {
    for (const program of programs) {
      say(`${run === 0 ? "warming up" : `run ${run} of ${runs}`}: ${program.name}`);
      const both = await bothRounds(program, server, addresses);
      if (run > 0) samples.push(...both);
    }
  }
  return summarise(samples);
}

/** Plays what is on record through the whole path, once. */
function replay(name: string, words: readonly string[]): Promise<Replay> {
  say(`replay of ${name}`);
  return inFolder(async (folder) => {
    const { stdout, wallSeconds, cpuSeconds } = await measure({ command: almanacCommand("replay", ...words, "--data", join(folder, "data"), "--json"), env: { PATH: process.env["PATH"] ?? "" }, folder });
    const { polls }: { polls: number } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    return { name, polls, wallSeconds, cpuSeconds };
  });
}

function earlierResults(): Results | undefined {
  const last = readdirSync(resultsFolder).filter((name) => name.endsWith(".json")).toSorted().at(-1);
  return last === undefined ? undefined : JSON.parse(readFileSync(join(resultsFolder, last), "utf8"));
}

/** What plan takes as a catalogue grows; written into docs/performance.md where that is wanted. */
async function plan(write: boolean): Promise<void> {
  const lines = planLines(await inFolder(planCosts));
  const page = projectPath("docs", "performance.md");
  if (write) writeFileSync(page, withParts(readFileSync(page, "utf8"), new Map([["npm run bench -- plan", lines]])));
  print(lines);
}

async function main(): Promise<void> {
  const { values, positionals: [part] } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" }, snapshots: { type: "string" }, write: { type: "boolean", default: false } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs "${values.runs}" is no number of runs. Write it as --runs 5.`);
  if (part === "matching") return print(matchingLines(await matchingSpeeds()));
  if (part === "plan") return plan(values.write);
  if (part === "site") return print(pageLines(await inFolder(pageCosts)));
  if (part !== undefined) throw new Error(`There is no part "${part}" of the bench to run alone. Write "npm run bench -- matching", "npm run bench -- site" or "npm run bench -- plan", or nothing for all but site and plan.`);
  const replays = [await replay("the year 2020", [])];
  if (values.snapshots === undefined) say("Recorded polls are not replayed: name their folder with --snapshots DIR.");
  else replays.push(await replay("us-state-press", ["--snapshots", resolve(process.env["INIT_CWD"] ?? "", values.snapshots), "--source", "us-state-press"]));
  const server = await serveFeeds(feeds, itemsEach);
  try {
    const addresses = Array.from({ length: feeds }, (_, index) => `${server.base}/feed/${index + 1}.xml`);
    const rows = await rounds(runs, server, addresses);
    const traffic = await inFolder((folder) => tableTraffic(folder, addresses, itemsEach));
    const matching = await matchingSpeeds();
    const results: Results = { date: new Date().toISOString(), node: process.versions.node, cores: availableParallelism(), feeds, runs, rows, table: traffic, titlesPerSecond: matching[0]?.titlesPerSecond ?? 0, matching, replays };
    mkdirSync(resultsFolder, { recursive: true });
    const lines = table(results, earlierResults());
    writeFileSync(join(resultsFolder, `${results.date.replaceAll(":", "")}.json`), `${JSON.stringify(results, null, 2)}\n`);
    print([...lines, headline(rows)]);
  } finally {
    await server.close();
  }
}

await main();
