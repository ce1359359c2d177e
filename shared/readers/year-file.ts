import type { AsPlainObject } from "minisearch";
import { inFormat } from "./files.ts";
import { indexFormat, type Row, type Year } from "./item-index.ts";
import { askedTerms, findsBeginnings } from "./words.ts";

type Listed = readonly [number: number, id: string, revision: number, at: string, source: string, language: string | null, series: string | null];
type Entry = AsPlainObject["index"][number];

/** A value as JSON in ASCII alone, of which a megabyte is read in a tenth of the time that it takes with Hangul in it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * A year as text, in lines: the format, what minisearch knows of all words, the rows, and each word with the numbers of
 * the rows that have it. So what is asked for is found without what is written of the rest. A row is a list: the names
 * of its fields would be half of it.
 */
export function yearText({ rows, words: { index, ...rest } }: Year): string {
  const listed = rows.map(({ number, id, revision, at, source, language, series }): Listed => [number, id, revision, at, source, language, series]);
  return [{ format: indexFormat }, rest, ...listed, ...index].map((line) => `${asciiJson(line)}\n`).join("");
}

/** The year in a file, of which no more is parsed than is asked for. */
export interface YearFile {
  /** The rows, newest first; with numbers, those that have one of them. */
  readonly rows: (numbers?: ReadonlySet<number>) => Iterable<Row>;
  /** The numbers of the rows whose titles, now or earlier, have all of these words. */
  readonly numbersWith: (text: string) => ReadonlySet<number>;
  /** All of it; undefined where a line is damaged. */
  readonly whole: () => Year | undefined;
}

/** What a line says; undefined where it is damaged, since readers had better miss a title than see no page. Watch mends the file. */
function saidIn<Said>(line: string, isWhole: (value: readonly unknown[]) => value is readonly unknown[] & Said): Said | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && isWhole(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRow = (value: readonly unknown[]): value is Listed => value.length === 7 && typeof value[0] === "number" && typeof value[1] === "string" && typeof value[3] === "string" && typeof value[4] === "string";
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isEntry = (value: readonly unknown[]): value is Entry => typeof value[0] === "string" && isObject(value[1]) && Object.values(value[1]).every(isObject);

const whenThere = <Value>(value: Value | undefined): Value[] => (value === undefined ? [] : [value]);

/** The line that begins at a place. */
const lineAt = (text: string, start: number): string => text.slice(start, text.indexOf("\n", start));

/** Rows are the lines that begin with a bracket and a figure: the number of the row. */
function* rowsIn(text: string, start: number, numbers?: ReadonlySet<number>): Generator<Row> {
  for (let at = start, line = lineAt(text, at); /^\[\d/.test(line); at += line.length + 1, line = lineAt(text, at)) {
    if (numbers && !numbers.has(Number.parseInt(line.slice(1), 10))) continue;
    const row = saidIn(line, isRow);
    if (!row) continue;
    const [number, id, revision, published, source, language, series] = row;
    yield { number, id, revision, at: published, source, language, series };
  }
}

/** What is written of a term, or of all terms that begin with it. Only the line of a word begins with a bracket and a quotation mark. */
function entriesOf(text: string, asked: string): Entry[] {
  const written = `\n[${asciiJson(asked)}`;
  const start = findsBeginnings(asked) ? written.slice(0, -1) : `${written},`;
  const found: Entry[] = [];
  for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1)) found.push(...whenThere(saidIn(lineAt(text, at + 1), isEntry)));
  return found;
}

/** The numbers of the rows that have a term, or one that begins with it. */
function numbersOf(text: string, asked: string): Set<number> {
  return new Set(entriesOf(text, asked).flatMap(([, fields]) => Object.values(fields).flatMap((counts) => Object.keys(counts).map(Number))));
}

/** Those that have all of the words. Which fits best is not asked, as rows have an order of their own: so minisearch need not make its index ready. */
function numbersIn(text: string, asked: string): Set<number> {
  const [first, ...more] = askedTerms(asked);
  let numbers = first === undefined ? new Set<number>() : numbersOf(text, first);
  for (const term of more) {
    if (numbers.size === 0) break;
    const others = numbersOf(text, term);
    numbers = new Set([...numbers].filter((number) => others.has(number)));
  }
  return numbers;
}

function wholeIn(text: string, start: number, rest: string): Year | undefined {
  try {
    const rows = [...rowsIn(text, start)];
    const lines = text.split("\n").slice(2 + rows.length, -1);
    const index = lines.flatMap((line) => whenThere(saidIn(line, isEntry)));
    // A row that is damaged was passed over, so that the last one is taken for a word, and is none.
    return index.length === lines.length ? { rows, words: { ...JSON.parse(rest), index } } : undefined;
  } catch {
    return undefined;
  }
}

/** The year that a text holds; undefined where it is cut off or another version wrote it. */
export function yearIn(text: string): YearFile | undefined {
  const [head = "", rest = ""] = text.split("\n", 2);
  if (!text.endsWith("\n") || !inFormat(head, indexFormat, (value): value is { readonly format: string } => "format" in value)) return undefined;
  const start = head.length + rest.length + 2;
  return {
    rows: (numbers) => rowsIn(text, start, numbers),
    numbersWith: (asked) => numbersIn(text, asked),
    whole: () => wholeIn(text, start, rest),
  };
}
