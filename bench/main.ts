import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../cli/command.ts";
import { aimsTable } from "./aims.ts";
import { catalogueOpening } from "./catalogue.ts";
import { coldStarts } from "./cold-start.ts";
import { matching } from "./matching.ts";
import { message } from "./message.ts";
import type { Measuring } from "./measure.ts";
import { pages } from "./pages.ts";
import { plan } from "./plan.ts";
import { reading } from "./reading.ts";
import { keep, readResults, resultsOf, writePerformance } from "./results.ts";
import { rounds } from "./rounds.ts";
import { differenceLines, plainLines, type Table } from "./table.ts";

const parts: Readonly<Record<string, (measuring: Measuring) => Promise<Table>>> = { rounds, reading, matching, message, cold: coldStarts, site: pages, catalogue: catalogueOpening, plan };

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join("\n")}\n\n`);

function chosen(names: readonly string[]): string[] {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) throw new UsageError(`The bench has no part "${unknown}". It has: ${Object.keys(parts).join(", ")}.`);
  return names.length > 0 ? [...new Set(names)] : Object.keys(parts);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" }, against: { type: "string" }, write: { type: "boolean", default: false } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs "${values.runs}" is no number of runs. Write it as --runs 5.`);
  const names = chosen(positionals);
  const earlier = values.against === undefined ? undefined : readResults(resolve(process.env["INIT_CWD"] ?? "", values.against));
  const tables: Table[] = [];
  for (const name of names) {
    say(`${name} …`);
    const table = await parts[name]?.({ runs, say });
    if (!table) continue;
    tables.push(table);
    print(plainLines(table));
    if (earlier) print(differenceLines(table, earlier.tables.find(({ part }) => part === name)));
  }
  const results = resultsOf(tables);
  const aims = aimsTable(tables);
  print(plainLines(aims));
  if (values.write) writePerformance(results);
  if (earlier) say(`Before: ${earlier.date}, ${earlier.machine}.`);
  say(`${results.machine}. Kept in ${keep(results)}; compare a later run with it by --against.`);
  process.stdout.write(`${[...tables, aims].map(({ last }) => last).join("; ")}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
