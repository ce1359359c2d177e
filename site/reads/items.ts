import { fold } from "../../shared/recognition/fold.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { asKind } from "../../shared/records/records.ts";
import { isStored } from "../../shared/records/stored.ts";
import type { Index, Table } from "../../shared/records/table.ts";
import type { Place } from "./cursor.ts";
import { monthsBack } from "./months.ts";

/** Which items are asked for. What is absent is not asked. */
export interface ItemQuestion {
  readonly month?: string | undefined;
  readonly series?: string | undefined;
  /** The ids of the sources whose items are asked for. */
  readonly sources?: ReadonlySet<string> | undefined;
  readonly language?: string | undefined;
  readonly text?: string | undefined;
  /** Only what comes after this place, so is older. */
  readonly after?: Place | undefined;
}

/** Some items, newest first. */
export interface ItemPage {
  readonly items: readonly ItemRecord[];
  /** Where to go on; null where there is no more. */
  readonly next: Place | null;
  /** True where it ended before it was full, since enough was read: what is older was not looked at. */
  readonly cut: boolean;
}

/** A page reads no more than this, however little it finds. */
const mostRead = 3000;
const mostMonths = 36;
const readAtOnce = 120;
/** The oldest month that is looked at when nobody names one. */
const firstMonth = "1990-01";

function isAsked(item: ItemRecord, { sources, language, text }: ItemQuestion, folded: string): boolean {
  if (sources && !sources.has(item.source)) return false;
  if (language !== undefined && item.language?.split("-")[0] !== language) return false;
  return text === undefined || [item.title, ...item.earlierTitles].some((title) => fold(title).includes(folded));
}

async function* found(table: Table, index: Index, { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): AsyncGenerator<ItemRecord> {
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), newestFirst: true, pageSize: readAtOnce };
  for await (const record of table.query(index, range)) if (isStored(record) && record.kind === "item") yield asKind(record, "item");
}

/** Month by month, the newest first. Months are asked side by side, more at a time the longer the way back. */
async function* throughMonths(table: Table, months: readonly string[], to: string | undefined): AsyncGenerator<ItemRecord> {
  for (let at = 0, atOnce = 1; at < months.length; at += atOnce, atOnce = Math.min(atOnce * 2, 16)) {
    const readers = months.slice(at, at + atOnce).map((month) => found(table, { name: "month", month }, { to }));
    const firsts = await Promise.all(readers.map((reader) => reader.next()));
    for (const [index, reader] of readers.entries()) {
      const first = firsts[index];
      if (first?.done !== false) continue;
      yield first.value;
      yield* reader;
    }
  }
}

/** Items of the same moment, in the order of their ids, so that a page always ends at the same place. */
async function* inOrder(items: AsyncIterable<ItemRecord>): AsyncGenerator<ItemRecord> {
  let same: ItemRecord[] = [];
  const sorted = (): ItemRecord[] => same.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for await (const item of items) {
    if (same[0] && same[0].at !== item.at) {
      yield* sorted();
      same = [];
    }
    same.push(item);
  }
  yield* sorted();
}

const isAfter = ({ at, id }: ItemRecord, place: Place): boolean => at < place.at || (at === place.at && id > place.id);

function ways(table: Table, question: ItemQuestion, now: number): { readonly items: AsyncIterable<ItemRecord>; readonly end: Place | null } {
  const { month, series, after } = question;
  const to = after?.at;
  if (series !== undefined) {
    const range = month === undefined ? { to } : { from: month, to: to !== undefined && to < `${month}~` ? to : `${month}~` };
    return { items: found(table, { name: "series", series }, range), end: null };
  }
  if (month !== undefined) return { items: found(table, { name: "month", month }, { to }), end: null };
  // An item may be dated some days ahead.
  const start = to?.slice(0, 7) ?? new Date(now + 31 * 86_400_000).toISOString().slice(0, 7);
  const months = monthsBack(start, mostMonths).filter((one) => one >= firstMonth);
  const last = months.at(-1);
  return { items: throughMonths(table, months, to), end: last === undefined || last === firstMonth ? null : { at: last, id: "" } };
}

/**
 * The items that were asked for, newest first, at most `size`. It goes by the index of months or of series and reads
 * at most 3,000 records and 36 months, whatever is asked. `now` is in milliseconds since 1970.
 */
export async function itemPage(table: Table, question: ItemQuestion, size: number, now: number): Promise<ItemPage> {
  const { items, end } = ways(table, question, now);
  const folded = fold(question.text ?? "");
  const page: ItemRecord[] = [];
  let read = 0;
  let last: Place | undefined;
  for await (const item of inOrder(items)) {
    if (question.after && !isAfter(item, question.after)) continue;
    if (page.length === size) return { items: page, next: last ?? null, cut: false };
    if (read >= mostRead) return { items: page, next: last ?? null, cut: true };
    read += 1;
    last = { at: item.at, id: item.id };
    if (isAsked(item, question, folded)) page.push(item);
  }
  return { items: page, next: end, cut: end !== null };
}
