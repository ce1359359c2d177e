import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Mutation, mutations } from "./mutations.ts";
import { readReliability, writeReliability } from "./report.ts";

const root = resolve(import.meta.dirname, "../..");
const rooms = ["shared", "functions", "infra/sizes.ts", "test/simulation", "test/recognition", "test/readers/memory-files.ts", "package.json"];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A copy of what the simulation runs, with one fault in it. Throws where the text that is to be replaced is not there. */
function plant(folder: string, { name, file, from, to }: Mutation): void {
  for (const room of rooms) cpSync(join(root, room), join(folder, room), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`The mutation "${name}" does not fit any more: ${file} does not hold its text exactly once.`);
  writeFileSync(path, text.replace(from, () => to));
}

interface Found {
  readonly seed: number;
  readonly what: string;
}

/** Plays seeds over a copy until one breaks a promise; undefined where none does. */
async function hunt(folder: string, seeds: number): Promise<Found | undefined> {
  const child = spawn(process.execPath, [join(folder, "test/simulation/hunt.ts"), `${seeds}`], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  const found = /^found by seed (\d+): (.*)$/m.exec(said);
  if (found) return { seed: Number(found[1]), what: found[2] ?? "" };
  if (code !== 0) throw new Error(`The simulation itself ended with ${code}: ${said.slice(-2000)}`);
  return undefined;
}

function rowOf({ name, file }: Mutation, hit: Found | undefined): string {
  return `| ${name} | ${file} | ${hit?.seed ?? "none"} | ${(hit?.what ?? "").replaceAll("|", "/")} |`;
}

const head = ["| fault | in | found by seed | by what it broke |", "|---|---|---|---|"];

/** The rows that stand in the page, by what was planted. They were found before this run, so each bears a star. */
function standingRows(): Map<string, string> {
  const rows = readReliability("npm run mutants").slice(head.length).map((row) => row.replace(/^(\|[^|]*\|[^|]*\| \w+) \|/, "$1 * |"));
  return new Map(rows.map((row) => [/^\| (.*?) \|/.exec(row)?.[1] ?? "", row]));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seeds: { type: "string", default: "60" }, only: { type: "string" }, write: { type: "boolean", default: false }, workers: { type: "string", default: `${availableParallelism()}` } } });
  const rows = standingRows();
  // What never was looked for comes first, and each result is written at once, so that a run may end at any time.
  const waiting = mutations.filter(({ name }) => values.only === undefined || name.includes(values.only)).toSorted((a, b) => Number(rows.has(a.name)) - Number(rows.has(b.name)));
  const all = waiting.length;
  let found = 0;
  const worker = async (): Promise<void> => {
    for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
      const folder = mkdtempSync(join(tmpdir(), "almanac-mutant-"));
      try {
        plant(folder, mutation);
        const hit = await hunt(folder, Number(values.seeds));
        if (hit) found++;
        rows.set(mutation.name, rowOf(mutation, hit));
        if (values.write) writeReliability("npm run mutants", [...head, ...mutations.flatMap(({ name }) => rows.get(name) ?? [])]);
        say(`${hit ? "found" : "NOT FOUND"}: ${mutation.name} (${mutation.file})${hit ? ` by seed ${hit.seed}: ${hit.what}` : ` in ${values.seeds} seeds`}`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, worker));
  if (found < all) process.exitCode = 1;
  say(`${found} of ${all} faults found`);
}

await main();
