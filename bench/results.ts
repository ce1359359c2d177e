import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { withParts } from "../cli/commands/backtest.ts";
import { aimsTable } from "./aims.ts";
import { markdownLines, type Table } from "./table.ts";

/** All that a run of the bench found, and where. */
export interface Results {
  readonly date: string;
  /** The machine and its Node, in a few words. */
  readonly machine: string;
  readonly tables: readonly Table[];
}

const root = join(import.meta.dirname, "..");
const folder = join(root, "bench", "results");
const baseline = join(root, "bench", "baseline.json");

/** What was found on this machine, now. */
export function resultsOf(tables: readonly Table[]): Results {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${gigabytes} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
  return { date: new Date().toISOString(), machine, tables };
}

/** Keeps results as JSON in bench/results; gives the path, seen from the project's root. */
export function keep(results: Results): string {
  mkdirSync(folder, { recursive: true });
  const name = `${results.date.replaceAll(":", "")}.json`;
  writeFileSync(join(folder, name), `${JSON.stringify(results, null, 2)}\n`);
  return `bench/results/${name}`;
}

/** The results in a file that an earlier run kept. Throws a sentence where it holds none. */
export function readResults(path: string): Results {
  const results: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (isResults(results)) return results;
  throw new Error(`${path} holds no results of this bench. It keeps them in bench/results; those of an earlier form cannot be compared.`);
}

function isResults(value: unknown): value is Results {
  return typeof value === "object" && value !== null && "machine" in value && "tables" in value && Array.isArray(value.tables);
}

/** The results with the parts that they lack, as an earlier run of the same machine has them. Another machine's figures do not go with these. */
export function completed(results: Results, earlier: Results): Results {
  if (earlier.machine !== results.machine) return results;
  const parts = new Set(results.tables.map(({ part }) => part));
  return { ...results, tables: [...results.tables, ...earlier.tables.filter(({ part }) => !parts.has(part))] };
}

/** A page with each table in its place, below the mark of its part. Throws a sentence where a part has no place there. */
export function withTables(page: string, { date, machine, tables }: Results): string {
  const parts = new Map(tables.map((table) => [`npm run bench -- ${table.part}`, [...markdownLines(table), "", `${date.slice(0, 10)}; ${machine}.`]]));
  return withMarked(page, parts);
}

function withMarked(page: string, parts: ReadonlyMap<string, readonly string[]>): string {
  const missing = [...parts.keys()].find((name) => !page.includes(`<!-- ${name} -->`));
  if (missing !== undefined) throw new Error(`docs/performance.md has no place for these figures: put the lines "<!-- ${missing} -->" and "<!-- end -->" where they belong.`);
  return withParts(page, parts);
}

/** Writes the tables into docs/performance.md, and with what earlier runs wrote the aims and the file that later runs are held against. */
export function writePerformance(results: Results): void {
  const path = join(root, "docs", "performance.md");
  const all = completed(results, readResults(baseline));
  const aims = new Map([["npm run bench", markdownLines(aimsTable(all.tables))]]);
  writeFileSync(path, withMarked(withTables(readFileSync(path, "utf8"), results), aims));
  writeFileSync(baseline, `${JSON.stringify(all, null, 2)}\n`);
}
