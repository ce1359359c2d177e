import MiniSearch, { type AsPlainObject } from "minisearch";
import type { ItemRecord } from "../records/items.ts";
import { inFormat } from "./files.ts";
import { askedTerms, findsBeginnings, termsOf } from "./words.ts";

/** Raised when rows or words are made otherwise, or by another minisearch: what is in another format is made again. */
const format = "2 minisearch 7";
/** Titles that a publisher changes at every reading would grow without end. */
const longestText = 1000;

/** An item as the index knows it. `number` tells it apart within its year, also from what it was before it changed. */
export interface Row extends Pick<ItemRecord, "id" | "revision" | "at" | "source" | "language"> {
  readonly number: number;
  readonly series: string | null;
}

/** What of the index is where: made when the newest months were read, `at`, and whole from a month on. */
export interface Contents {
  /** ISO 8601. */
  readonly at: string;
  /** The oldest month that was read, and all after it; YYYY-MM. */
  readonly from: string;
  /** The years that have items, each with the hash of its file. */
  readonly years: Readonly<Record<string, string>>;
}

/** The items of a year: the rows, newest first, and their words as minisearch writes them. */
export interface Year {
  readonly rows: readonly Row[];
  readonly words: AsPlainObject;
}

export const contentsName = "items.json";
/** The file of a year. */
export const yearName = (year: string): string => `items-${year}.json`;

/** The contents as text. */
export function contentsText(contents: Contents): string {
  return JSON.stringify({ format, ...contents });
}

type Listed = readonly [number: number, id: string, revision: number, at: string, source: string, language: string | null, series: string | null];

/** A year as text, a row as a list: the names of its fields would be half of it. */
export function yearText({ rows, words }: Year): string {
  const listed = rows.map(({ number, id, revision, at, source, language, series }): Listed => [number, id, revision, at, source, language, series]);
  return JSON.stringify({ format, rows: listed, words });
}

/** What a text says of the index; undefined where it is damaged or another version wrote it. */
export function contentsIn(text: string): Contents | undefined {
  return inFormat(text, format, (value): value is Contents & { readonly format: string } => "at" in value && "from" in value && "years" in value);
}

/** The year that a text holds; undefined where it is damaged or another version wrote it. */
export function yearIn(text: string): Year | undefined {
  const held = inFormat(text, format, (value): value is { readonly format: string; readonly rows: readonly Listed[]; readonly words: AsPlainObject } => "rows" in value && "words" in value);
  return held && { rows: held.rows.map(([number, id, revision, at, source, language, series]) => ({ number, id, revision, at, source, language, series })), words: held.words };
}

const options = { idField: "number", fields: ["text"], tokenize: termsOf, processTerm: (term: string) => term, autoVacuum: false };

/**
 * The part of a year's words in which all of these are, with the titles that have one of them; undefined where one is
 * in no title. To make all words of a year ready takes minisearch longer than all else that a page needs.
 */
function askedPart({ words }: Pick<Year, "words">, terms: readonly string[]): AsPlainObject | undefined {
  const entries = terms.map((asked) => words.index.filter(([term]) => (findsBeginnings(asked) ? term.startsWith(asked) : term === asked)));
  if (entries.some(({ length }) => length === 0)) return undefined;
  const index = [...new Map(entries.flat())];
  const titles = [...new Set(index.flatMap(([, fields]) => Object.values(fields).flatMap((counts) => Object.keys(counts))))];
  const ofTitles = <Value>(values: Readonly<Record<string, Value>>) => Object.fromEntries(titles.flatMap((title) => (values[title] === undefined ? [] : [[title, values[title]] as const])));
  return { ...words, index, documentIds: ofTitles<unknown>(words.documentIds), fieldLength: ofTitles(words.fieldLength) };
}

/** The numbers of the rows whose titles, now or earlier, have all of these words. */
export function numbersWith(year: Pick<Year, "words">, text: string): Set<number> {
  const part = askedPart(year, askedTerms(text));
  const found = part ? MiniSearch.loadJS(part, options).search(text, { combineWith: "AND", tokenize: askedTerms, prefix: findsBeginnings }) : [];
  return new Set(found.map(({ id }) => Number(id)));
}

/** A row's place in the index: the newest first, and of one moment by its id. */
export function newestFirst(a: Pick<Row, "at" | "id">, b: Pick<Row, "at" | "id">): number {
  return a.at === b.at ? Number(a.id > b.id) - Number(a.id < b.id) : a.at < b.at ? 1 : -1;
}

const sameItem = (row: Row | undefined, { revision, at, source, language, series }: ItemRecord): boolean => row?.revision === revision && row.at === at && row.source === source && row.language === language && row.series === (series ?? null);

/** A year without items. */
export const emptyYear: Year = { rows: [], words: new MiniSearch(options).toJSON() };

/**
 * The year with these items in some of its months, and whatever else was there in those months gone; the same year
 * where nothing is different. Only what changed is indexed again.
 */
export async function withMonths(year: Year, months: ReadonlySet<string>, items: readonly ItemRecord[]): Promise<Year> {
  const known = new Map(year.rows.map((row) => [row.id, row]));
  const ids = new Set(items.map(({ id }) => id));
  const changed = items.filter((item) => !sameItem(known.get(item.id), item));
  const isGone = (row: Row): boolean => ids.has(row.id) ? changed.some(({ id }) => id === row.id) : months.has(row.at.slice(0, 7));
  const gone = year.rows.filter(isGone);
  if (changed.length === 0 && gone.length === 0) return year;
  const words = MiniSearch.loadJS(year.words, options);
  const first = 1 + Math.max(0, ...year.rows.map(({ number }) => number));
  const added = changed.map(({ id, revision, at, source, language, series = null }, index): Row => ({ number: first + index, id, revision, at, source, language, series }));
  words.discardAll(gone.map(({ number }) => number));
  words.addAll(changed.map(({ title, earlierTitles }, index) => ({ number: first + index, text: [title, ...earlierTitles].join(" ").slice(0, longestText) })));
  // What was discarded would stay in the file.
  await words.vacuum({ batchSize: Number.POSITIVE_INFINITY, batchWait: 0 });
  const left = new Set(gone);
  return { rows: [...year.rows.filter((row) => !left.has(row)), ...added].toSorted(newestFirst), words: words.toJSON() };
}
