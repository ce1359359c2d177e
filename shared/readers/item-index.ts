import MiniSearch, { type AsPlainObject } from "minisearch";
import type { ItemRecord } from "../records/items.ts";
import { inFormat } from "./files.ts";
import { termsOf } from "./words.ts";

/** Raised when rows or words are made or written otherwise, or by another minisearch: what is in another format is made again. */
export const indexFormat = "3 minisearch 7";
/** Titles that a publisher changes at every reading would grow without end. */
const longestText = 1000;

/** An item as the index knows it. `number` tells it apart within its year, also from what it was before it changed: it is minisearch's own. */
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
  return JSON.stringify({ format: indexFormat, ...contents });
}

/** What a text says of the index; undefined where it is damaged or another version wrote it. */
export function contentsIn(text: string): Contents | undefined {
  return inFormat(text, indexFormat, (value): value is Contents & { readonly format: string } => "at" in value && "from" in value && "years" in value);
}

const options = { idField: "number", fields: ["text"], tokenize: termsOf, processTerm: (term: string) => term, autoVacuum: false };

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
  const first = year.words.nextId;
  const added = changed.map(({ id, revision, at, source, language, series = null }, index): Row => ({ number: first + index, id, revision, at, source, language, series }));
  words.discardAll(gone.map(({ number }) => number));
  words.addAll(changed.map(({ title, earlierTitles }, index) => ({ number: first + index, text: [title, ...earlierTitles].join(" ").slice(0, longestText) })));
  // What was discarded would stay in the file.
  await words.vacuum({ batchSize: Number.POSITIVE_INFINITY, batchWait: 0 });
  const left = new Set(gone);
  return { rows: [...year.rows.filter((row) => !left.has(row)), ...added].toSorted(newestFirst), words: words.toJSON() };
}
