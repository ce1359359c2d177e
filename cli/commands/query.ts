import { installKey } from "../../shared/records/keys.ts";
import type { Table } from "../../shared/records/table.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { csvRecord } from "../../shared/csv.ts";
import { grid } from "../grid.ts";
import { knownSeries, knownSource } from "../known.ts";
import { readMoment, readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { type Question, type Row, rowsOf } from "../rows.ts";
import { type Target, targetHelp, targetName, targetOf, targetOption, targetOptions } from "../target.ts";
import { withTableIfAny } from "../with-table.ts";

const formats = ["table", "json", "csv"] as const;
const kinds = ["item", "edition"] as const;

function oneOf<T extends string>(option: string, given: string | undefined, allowed: readonly T[]): T | undefined {
  const found = allowed.find((value) => value === given);
  if (given !== undefined && found === undefined) throw new UsageError(`${option} "${given}" is none of ${allowed.join(", ")}.`);
  return found;
}

function formatOf(args: Arguments): (typeof formats)[number] {
  const given = oneOf("--format", args.text("format"), formats);
  if (args.flag("json") && given !== undefined && given !== "json") throw new UsageError(`--json and --format ${given} ask for two things. Give one of them.`);
  return given ?? (args.flag("json") ? "json" : "table");
}

async function questionOf(args: Arguments): Promise<Question> {
  const [series, sources, year, since, until, text] = [args.list("series"), args.list("source"), args.text("year"), args.text("since"), args.text("until"), args.text("text")];
  const kind = oneOf("--kind", args.text("kind"), kinds);
  if (series.length > 0 || sources.length > 0) {
    const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
    for (const id of series) knownSeries(catalogue, id);
    for (const id of sources) knownSource(catalogue, id);
  }
  if (text !== undefined && fold(text) === "") throw new UsageError(`--text "${text}" has no word in it. Write a word of the title, such as --text trafficking.`);
  const question = {
    series: [...new Set(series)],
    sources,
    year: year === undefined ? undefined : readYear("--year", year),
    since: since === undefined ? undefined : readMoment("--since", since),
    until: until === undefined ? undefined : readMoment("--until", until),
    text,
    kind,
  };
  if (question.since && question.until && question.since > `${question.until}~`) throw new UsageError(`--since ${since} lies after --until ${until}. Change them round.`);
  return question;
}

const csvColumns = ["kind", "at", "series", "edition", "key", "relevance", "role", "status", "basis", "title", "url", "published", "seen", "source", "language", "symbol", "sightings", "why", "sha256", "found", "notThereSince"] as const satisfies readonly (keyof Row)[];

function csvValue(value: Row[keyof Row]): string {
  return Array.isArray(value) ? value.join("; ") : String(value ?? "");
}

function tableLines(rows: readonly Row[]): string[] {
  const cells = rows.map(({ at, kind, status, relevance, role, series, key, title }) => {
    const what = kind === "edition" ? (status ?? "") : (role ?? (relevance === "about" ? "about" : "undecided"));
    return [at.slice(0, 10), kind, what, `${series ?? "–"}${key ? ` ${key.slice(0, 7)}` : ""}`, title];
  });
  return grid([["date", "kind", "what", "series and edition", "title"], ...cells], process.stdout.columns);
}

function print(output: Output, format: (typeof formats)[number], rows: readonly Row[]): void {
  if (format === "json") for (const row of rows) output.json(row);
  else if (format === "csv") {
    // RFC 4180 ends each record with CRLF; the LF is the line's own.
    output.line(`${csvRecord(csvColumns)}\r`);
    for (const row of rows) output.line(`${csvRecord(csvColumns.map((column) => csvValue(row[column])))}\r`);
  } else if (rows.length > 0) {
    const [head = "", ...lines] = tableLines(rows);
    output.line(output.style("dim", head));
    for (const line of lines) output.line(line);
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Why there is nothing to show, and what to do. */
async function nothingFound(table: Table | undefined, question: Question, target: Target): Promise<string> {
  if (!table) return `There is no table in ${targetName(target)} yet. \`almanac poll\` reads the sources and begins one; --data DIR names another folder, --stage NAME a stage on AWS.`;
  const asksForAll = Object.values(question).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));
  if (!asksForAll) return "Nothing on record is like that. `almanac query` without filters shows everything. The record begins with the first poll here: `almanac preview` shows what came out before.";
  const begun = await table.get(installKey);
  if (begun) return `The sources were read, and nothing relevant is on record yet. \`almanac health${targetOption(target)}\` says whether they can be read.`;
  return target.stage === undefined ? `The table in ${targetName(target)} is empty. \`almanac poll\` reads the sources.` : `The table of ${targetName(target)} is empty: it has not polled yet. If it was not deployed just now, look at the dashboard.`;
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const format = formatOf(args);
  const question = await questionOf(args);
  await withTableIfAny(target, output, async (table) => {
    const rows = table ? await rowsOf(table, question, new Date().toISOString()) : [];
    print(output, format, rows);
    if (rows.length === 0) return output.say(await nothingFound(table, question, target));
    const editions = rows.filter(({ kind }) => kind === "edition").length;
    if (format === "table") output.say(`${counted(editions, "edition")} and ${counted(rows.length - editions, "item")}, the newest first`);
  });
}

export const command: Command = {
  summary: "show the items and editions on record",
  usage: "[--series ID]… [--year YEAR] [--since DAY] [--until DAY] [--source ID]… [--text WORDS] [--kind item|edition] [--format table|json|csv] [--data DIR|--stage NAME]",
  help: `Shows what is on record, the newest first: editions (one a year of a series) and the items that
showed them, and items on our subject that are of no series. Also while the monitor runs.

  --series ID        only this series; may be given more than once, as --source may
  --source ID        only what this source showed
  --year YEAR        only editions of this year, and what shows no edition if it is of this year
  --since, --until   only what was published between these days, both included: 2021-06-01
                     or moments: 2021-06-01T12:00:00Z
  --text WORDS       only where a title has these words, in any spelling of our subject's name, or a part of it
  --kind KIND        only items, or only editions
  --format FORMAT    table (for people, cut to the terminal), json (a line each) or csv
  --json             the same as --format json
${targetHelp}

examples:
  almanac query --kind edition --year 2021
  almanac query --series SERIES --series ANOTHER --json
  almanac query --text "religious freedom" --since 2020-01-01 --format csv > found.csv`,
  options: {
    series: { type: "string", multiple: true },
    source: { type: "string", multiple: true },
    year: { type: "string" },
    since: { type: "string" },
    until: { type: "string" },
    text: { type: "string" },
    kind: { type: "string" },
    format: { type: "string" },
    json: { type: "boolean" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
  },
  run,
};
