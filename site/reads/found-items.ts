import type { Clock } from "../../shared/clock.ts";
import type { ReaderFiles } from "../../shared/readers/files.ts";
import { firstMonth } from "../../shared/records/history.ts";
import { type Contents, contentsIn, contentsName, type Row, yearName } from "../../shared/readers/item-index.ts";
import { type YearFile, yearIn } from "../../shared/readers/year-file.ts";
import { isAfter, type Place } from "./cursor.ts";
import type { ItemQuestion } from "./items.ts";

/** What the index has of a question, newest first. */
interface FoundRows {
  readonly rows: readonly Row[];
  /** Where to go on; null where there is no more. */
  readonly next: Place | null;
  /** When the newest items were put into the index, ISO 8601. */
  readonly at: string;
  /** The month from which on the index is whole. */
  readonly from: string;
}

/** The index that watch keeps. */
export interface ItemIndex {
  /** Looks for at most `size` rows; undefined while watch has not made an index. */
  readonly find: (question: ItemQuestion, size: number) => Promise<FoundRows | undefined>;
  /** The years that have items; undefined while the index is absent or not yet whole, so that nobody knows. */
  readonly years: () => Promise<ReadonlySet<string> | undefined>;
}

interface HeldYear extends YearFile {
  /** The hash by which the contents name it. */
  readonly hash: string;
}

/** So old may the contents be that are held: as old as a page that a cache keeps. */
const freshMs = 60_000;

function isAsked(row: Row, { month, series, sources, language, after }: ItemQuestion): boolean {
  if (month !== undefined && !row.at.startsWith(month)) return false;
  if (series !== undefined && row.series !== series) return false;
  if (sources && !sources.has(row.source)) return false;
  if (language !== undefined && row.language?.split("-")[0] !== language) return false;
  return !after || isAfter(row, after);
}

function yearsFor({ years }: Contents, { month, after }: ItemQuestion): string[] {
  const last = after?.at.slice(0, 4) ?? "9999";
  return Object.keys(years).filter((year) => year <= last && (month === undefined || month.startsWith(year))).toSorted().toReversed();
}

/** The first rows of these years that are asked for. */
async function firstRows(years: AsyncIterable<YearFile>, question: ItemQuestion, size: number): Promise<Pick<FoundRows, "rows" | "next">> {
  const rows: Row[] = [];
  for await (const year of years) {
    const numbers = question.text === undefined ? undefined : year.numbersWith(question.text);
    if (numbers?.size === 0) continue;
    for (const row of year.rows(numbers)) {
      if (!isAsked(row, question)) continue;
      const last = rows.at(-1);
      if (rows.length === size) return { rows, next: last ? { at: last.at, id: last.id } : null };
      rows.push(row);
    }
  }
  return { rows, next: null };
}

/** A reader of the index that holds what it read: the contents for a minute, and each year until its file is another. */
export function createItemIndex(files: Pick<ReaderFiles, "read">, clock: Clock): ItemIndex {
  let held: { readonly tag: string | undefined; readonly contents: Contents | undefined } | undefined;
  let asking: { readonly until: number; readonly contents: Promise<Contents | undefined> } | undefined;
  const years = new Map<string, Promise<HeldYear | undefined>>();

  async function readContents(): Promise<Contents | undefined> {
    const answer = await files.read(contentsName, held?.tag);
    if (answer.kind === "same") return held?.contents;
    held = answer.kind === "content" ? { tag: answer.etag, contents: contentsIn(answer.text) } : undefined;
    return held?.contents;
  }

  function contents(): Promise<Contents | undefined> {
    if (asking && clock.now() < asking.until) return asking.contents;
    const answer = readContents();
    asking = { until: clock.now() + freshMs, contents: answer };
    // What failed is not kept: the next one who asks tries again.
    answer.catch(() => (asking = undefined));
    return answer;
  }

  async function readYear(name: string, hash: string): Promise<HeldYear | undefined> {
    const answer = await files.read(yearName(name));
    const year = answer.kind === "content" ? yearIn(answer.text) : undefined;
    return year && { ...year, hash };
  }

  async function yearOf(name: string, hash: string): Promise<HeldYear | undefined> {
    const known = await years.get(name)?.catch(() => undefined);
    if (known?.hash === hash) return known;
    const reading = readYear(name, hash);
    years.set(name, reading);
    return reading;
  }

  /** The years, newest first, each read when it is asked for: side by side, more at a time the longer the way back. */
  async function* yearsOf(index: Contents, question: ItemQuestion): AsyncGenerator<HeldYear> {
    const names = yearsFor(index, question);
    for (let at = 0, atOnce = 1; at < names.length; at += atOnce, atOnce *= 2) {
      const read = await Promise.all(names.slice(at, at + atOnce).map((name) => yearOf(name, index.years[name] ?? "")));
      yield* read.filter((year) => year !== undefined);
    }
  }

  async function find(question: ItemQuestion, size: number): Promise<FoundRows | undefined> {
    const index = await contents();
    return index && { ...(await firstRows(yearsOf(index, question), question, size)), at: index.at, from: index.from };
  }

  return {
    find,
    years: async () => {
      // Who lists items asks the table for them: an index that cannot be read only makes the way longer.
      const index = await contents().catch(() => undefined);
      return index?.from === firstMonth ? new Set(Object.keys(index.years)) : undefined;
    },
  };
}
