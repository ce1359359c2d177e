import { newestVersion } from "../shared/records/documents.ts";
import type { EditionRecord } from "../shared/records/editions.ts";
import { history } from "../shared/records/history.ts";
import type { ItemRecord } from "../shared/records/items.ts";
import { sideBySide } from "../shared/records/side-by-side.ts";
import type { Table } from "../shared/records/table.ts";
import { fold, spelled } from "../shared/recognition/fold.ts";

/** An item or an edition as `query` gives it: both in one shape, so that they fit into one table. */
export interface Row {
  readonly kind: "item" | "edition";
  /** The day or moment that it is placed at: when it was published, or else first seen. */
  readonly at: string;
  readonly series: string | null;
  readonly edition: number | null;
  /** The edition's key in its series: the year, and what tells several of a year apart. */
  readonly key: string | null;
  /** Of an item. */
  readonly relevance: ItemRecord["relevance"] | null;
  readonly role: ItemRecord["role"];
  /** Of an edition. */
  readonly status: EditionRecord["status"] | null;
  readonly basis: EditionRecord["basis"];
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly seen: string;
  readonly source: string | null;
  readonly language: string | null;
  readonly symbol: string | null;
  readonly sightings: number | null;
  readonly why: readonly string[];
  /** Of an edition's document as it is kept, in hexadecimal, and when it was found. */
  readonly sha256: string | null;
  readonly found: string | null;
  /** Since when the document has not been at its address. */
  readonly notThereSince: string | null;
}

function itemRow(item: ItemRecord): Row {
  const { at, series = null, edition: key, relevance, role, title, url, published, seen, source, language, symbol, why } = item;
  const edition = key === null ? null : Number(key.slice(0, 4));
  return { kind: "item", at, series, edition, key, relevance, role, status: null, basis: null, title, url, published, seen, source, language, symbol, sightings: null, why, sha256: null, found: null, notThereSince: null };
}

function editionRow(edition: EditionRecord): Row {
  const { at, series, year, key, status, basis, title, url, published, firstSeen: seen, symbol, sightingCount: sightings } = edition;
  const ring = edition.rings.at(-1);
  const kept = newestVersion(edition);
  const source = edition.sightings[0]?.source ?? null;
  return { kind: "edition", at, series, edition: year, key, relevance: null, role: null, status, basis, title, url, published, seen, source, language: ring?.language ?? null, symbol, sightings, why: ring?.why ?? [], sha256: kept?.sha256 ?? null, found: kept?.at ?? null, notThereSince: edition.document?.notThereSince ?? null };
}

/** What `query` is asked for. */
export interface Question {
  readonly series: readonly string[];
  readonly sources: readonly string[];
  readonly year: number | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly text: string | undefined;
  readonly kind: Row["kind"] | undefined;
}

function isAsked(record: ItemRecord | EditionRecord, row: Row, { sources, year, text, kind }: Question): boolean {
  if (kind !== undefined && row.kind !== kind) return false;
  // What shows no edition is of the year that it was published in.
  if (year !== undefined && (row.edition ?? Number(row.at.slice(0, 4))) !== year) return false;
  const shownBy = record.kind === "item" ? [record.source] : record.sightings.map(({ source }) => source);
  if (sources.length > 0 && !shownBy.some((source) => sources.includes(source))) return false;
  if (text === undefined) return true;
  const titles = record.kind === "item" ? [record.title, ...record.earlierTitles] : [record.title, ...record.sightings.map(({ title }) => title)];
  const wanted = fold(text);
  return titles.some((title) => fold(title).includes(wanted) || spelled(title).includes(wanted));
}

/** The years in which what we record can lie, on any theme: publishers who put old papers on the web give them their own day, and a date that was lost is often 1900 or 1970. */
const firstDay = "1900-01-01";
const yearsAhead = 2;
/** A month is a question of its own, and a table on AWS takes long to answer each: so many years are asked side by side. */
const spansAtOnce = 48;

/** The span in years, which can be read side by side. Text that begins with a day and goes on with "~" is after it. */
function years(from: string, to: string): { from: string; to: string }[] {
  const first = Number(from.slice(0, 4));
  const count = Math.max(0, Number(to.slice(0, 4)) - first + 1);
  return Array.from({ length: count }, (_, index) => {
    const [opens, closes] = [`${first + index}-01-01`, `${first + index}-12-31`];
    return { from: opens < from ? from : opens, to: closes > to ? to : closes };
  });
}

/** The items and editions that were asked for, newest first. `today` is a day or moment. */
export async function rowsOf(table: Table, question: Question, today: string): Promise<Row[]> {
  const { series, since = firstDay, until = `${Number(today.slice(0, 4)) + yearsAhead}-12-31` } = question;
  const spans = series.length > 0 ? series.map((id) => ({ series: id, from: question.since ?? "", to: question.until ?? "9999-12-31" })) : years(since, until);
  const rows: Row[] = [];
  await sideBySide(spans, spansAtOnce, async (span) => {
    for await (const record of history(table, span)) {
      const row = record.kind === "item" ? itemRow(record) : editionRow(record);
      if (isAsked(record, row, question)) rows.push(row);
    }
  });
  // An edition comes before the items of its day, and the same question always has the same answer.
  const place = ({ at, kind, title }: Row): string => `${at.padEnd(30)}${kind === "edition" ? 2 : 1}${title}`;
  return rows.map((row) => ({ row, at: place(row) })).toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).map(({ row }) => row);
}
