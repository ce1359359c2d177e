import { firstMonth, months } from "../../shared/records/history.ts";
import { type ItemRecord, readItems } from "../../shared/records/items.ts";
import { asKind } from "../../shared/records/records.ts";
import { isStored } from "../../shared/records/stored.ts";
import type { Index, Table } from "../../shared/records/table.ts";
import type { World } from "../world.ts";
import { isAfter, type Place } from "./cursor.ts";
import { createItemIndex, type ItemIndex } from "./found-items.ts";
import type { Overview } from "./overview.ts";

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
  /** True where it ended before it was full, since it went back far enough: what is older was not looked at. */
  readonly cut: boolean;
  /** Where the index was asked: when it was last brought up to date, ISO 8601, and from which month on it is whole. */
  readonly index?: { readonly at: string; readonly from: string };
}

/** Whose items, and how many. Undefined where only the index can tell, and watch has not made it yet. */
export type Items = (overview: Pick<Overview, "since">, question: ItemQuestion, size: number) => Promise<ItemPage | undefined>;

/** A page goes back through so many months of the years that have items, and on to the beginning of a year. */
const monthsAtOnce = 36;
const readAtOnce = 120;

async function* found(table: Table, index: Index, { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): AsyncGenerator<ItemRecord> {
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), newestFirst: true, pageSize: readAtOnce };
  for await (const record of table.query(index, range)) if (isStored(record) && record.kind === "item") yield asKind(record, "item");
}

/** Month by month, the newest first. Months are months side by side, more at a time the longer the way back. */
async function* throughMonths(table: Table, asked: readonly string[], to: string | undefined): AsyncGenerator<ItemRecord> {
  for (let at = 0, atOnce = 1; at < asked.length; at += atOnce, atOnce = Math.min(atOnce * 2, 16)) {
    const readers = asked.slice(at, at + atOnce).map((month) => found(table, { name: "month", month }, { to }));
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

/** The months that may hold items, from one backwards: of the years that are known to have none, the newest two months alone, since the index may not have them yet. */
function monthsFrom(start: string, years: ReadonlySet<string> | undefined, now: number): string[] {
  const newest = new Date(now - 31 * 86_400_000).toISOString().slice(0, 7);
  return months(firstMonth, start).toReversed().filter((month) => month >= newest || !years || years.has(month.slice(0, 4)));
}

/** So many of the months that a page looks at them together: to the beginning of a year, so that no rest of an empty one is left. */
function together(all: readonly string[]): readonly string[] {
  const last = all.findIndex((month, index) => index + 1 >= monthsAtOnce && month.endsWith("-01"));
  return last === -1 ? all : all.slice(0, last + 1);
}

/** As many of the items as a page holds; `end` is where to go on when they are over. */
async function filled(items: AsyncIterable<ItemRecord>, after: Place | undefined, size: number, end: Place | null): Promise<ItemPage> {
  const page: ItemRecord[] = [];
  for await (const item of inOrder(items)) {
    if (after && !isAfter(item, after)) continue;
    const last = page.at(-1);
    if (page.length === size) return { items: page, next: last ? { at: last.at, id: last.id } : null, cut: false };
    page.push(item);
  }
  return { items: page, next: end, cut: end !== null };
}

/** All items, month by month. While nobody knows which years have some, the way is as long as it must be. */
async function newestPage(table: Table, { after }: ItemQuestion, size: number, years: ReadonlySet<string> | undefined, now: number): Promise<ItemPage> {
  // An item may be dated some days ahead.
  const all = monthsFrom(after?.at.slice(0, 7) ?? new Date(now + 31 * 86_400_000).toISOString().slice(0, 7), years, now);
  const these = years ? together(all) : all;
  const last = these.at(-1);
  const end = these.length < all.length && last !== undefined ? { at: last, id: "" } : null;
  return filled(throughMonths(table, these, after?.at), after, size, end);
}

/** Newest first, by the table's index of months or of series, whichever the question names. */
async function tablePage(table: Table, question: ItemQuestion, size: number, index: ItemIndex, now: number): Promise<ItemPage> {
  const { month, series, after } = question;
  const to = after?.at;
  if (series !== undefined) {
    const range = month === undefined ? { to } : { from: month, to: to !== undefined && to < `${month}~` ? to : `${month}~` };
    return filled(found(table, { name: "series", series }, range), after, size, null);
  }
  if (month !== undefined) return filled(found(table, { name: "month", month }, { to }), after, size, null);
  return newestPage(table, question, size, await index.years(), now);
}

/** By the index that watch keeps. An item that has changed since then, so that it stands elsewhere, is left out until the index has it there. */
async function indexPage(table: Table, { find }: ItemIndex, question: ItemQuestion, size: number): Promise<ItemPage | undefined> {
  const indexed = await find(question, size);
  if (!indexed) return undefined;
  const records = await readItems(table, indexed.rows.map(({ id }) => id));
  const items = indexed.rows.flatMap(({ id, at }) => {
    const item = records.get(id);
    return item?.at === at ? [item] : [];
  });
  const { next, at, from } = indexed;
  return { items, next, cut: false, index: { at, from } };
}

/**
 * A reader of items, newest first. The table itself tells those of a month, of a series, and all; who asks for a
 * publisher, a language or words is answered from the index that watch keeps. Nothing ever reads the whole table.
 */
export function createItems({ table, files, clock }: World): Items {
  const index = createItemIndex(files, clock);
  return async ({ since }, question, size) => {
    if (since === null) return { items: [], next: null, cut: false };
    const { sources, language, text } = question;
    const isIndexed = sources !== undefined || language !== undefined || text !== undefined;
    return isIndexed ? indexPage(table, index, question, size) : tablePage(table, question, size, index, clock.now());
  };
}
