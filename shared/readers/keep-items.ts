import type { Clock } from "../clock.ts";
import { sha256Of } from "../records/evidence.ts";
import { firstMonth, months } from "../records/history.ts";
import type { ItemRecord } from "../records/items.ts";
import { asKind } from "../records/records.ts";
import { isStored } from "../records/stored.ts";
import type { Table } from "../records/table.ts";
import type { ReaderFiles } from "./files.ts";
import { type Contents, contentsIn, contentsName, contentsText, emptyYear, withMonths, type Year, yearName } from "./item-index.ts";
import { yearIn, yearText } from "./year-file.ts";

/** What keeps the files for readers. */
export interface Keeping {
  readonly table: Table;
  readonly files: ReaderFiles;
  readonly clock: Clock;
}

const dayMs = 86_400_000;
/** How many months are read: at least so many, and more while few items were found in them, up to a most. */
interface Reach {
  readonly fewest: number;
  readonly most: number;
  readonly items: number;
  /** Beyond the fewest, so many are read side by side: few where what is read beyond the items is read in vain. */
  readonly atOnce: number;
}
/** Read each time: of a large table the next month (an item may be dated some days ahead), this one and the last; of a small one what feeds and lists still show. */
export const newest: Reach = { fewest: 3, most: 24, items: 500, atOnce: 2 };
/** While the index is not yet whole, the older ones that are added each time. */
const added: Reach = { fewest: 0, most: Infinity, items: 3000, atOnce: 8 };
/** Of the others, in turn, so many that an item that comes late or is changed is found within a day. */
export const inTurn: Reach = { fewest: 4, most: 4, items: 0, atOnce: 4 };
const turnMs = 10 * 60_000;

async function itemsOf(table: Table, month: string): Promise<ItemRecord[]> {
  const items: ItemRecord[] = [];
  for await (const record of table.query({ name: "month", month })) if (isStored(record) && record.kind === "item") items.push(asKind(record, "item"));
  return items;
}

/** The year as it is kept; undefined where it is lost, damaged or of another version. */
async function keptYear(files: ReaderFiles, name: string): Promise<Year | undefined> {
  const answer = await files.read(yearName(name));
  return answer.kind === "content" ? yearIn(answer.text)?.whole() : undefined;
}

/** Reads months in their order, some side by side, as far as the reach goes. */
async function readUntil(table: Table, all: readonly string[], { fewest, most, items: enough, atOnce }: Reach): Promise<[month: string, items: readonly ItemRecord[]][]> {
  const read: [string, readonly ItemRecord[]][] = [];
  const end = Math.min(all.length, most);
  for (let count = 0; read.length < end && (read.length < fewest || count < enough); ) {
    const next = all.slice(read.length, Math.min(end, read.length < fewest ? fewest : read.length + atOnce));
    const found = await Promise.all(next.map((month) => itemsOf(table, month)));
    for (const [index, month] of next.entries()) read.push([month, found[index] ?? []]);
    count = read.reduce((sum, [, { length }]) => sum + length, 0);
  }
  return read;
}

/** The months to be read now, and the oldest from which on the index then is whole. */
async function readMonths({ table }: Keeping, from: string | undefined, now: number): Promise<{ readonly read: ReadonlyMap<string, readonly ItemRecord[]>; readonly from: string }> {
  const all = months(firstMonth, new Date(now + 31 * dayMs).toISOString()).toReversed();
  const recent = await readUntil(table, all, newest);
  const known = Math.max(recent.length, from === undefined ? 0 : all.indexOf(from) + 1);
  const older = await readUntil(table, all.slice(known), added);
  const others = all.slice(recent.length, known);
  const turn = (Math.floor(now / turnMs) * inTurn.most) % others.length;
  const again = await readUntil(table, [...others.slice(turn), ...others.slice(0, turn)], inTurn);
  return { read: new Map([...recent, ...older, ...again]), from: all[known + older.length - 1] ?? firstMonth };
}

/** Puts what was read into the files of the years; gives the hash of each that is there then, or nothing where one of them is lost. */
async function keepYears(files: ReaderFiles, before: Contents["years"], read: ReadonlyMap<string, readonly ItemRecord[]>): Promise<Contents["years"] | undefined> {
  const years = { ...before };
  for (const [name, own] of Map.groupBy(read.keys(), (month) => month.slice(0, 4))) {
    const items = own.flatMap((month) => read.get(month) ?? []);
    if (items.length === 0 && years[name] === undefined) continue;
    const kept = years[name] === undefined ? emptyYear : await keptYear(files, name);
    if (!kept) return undefined;
    const year = await withMonths(kept, new Set(own), items);
    if (year === kept) continue;
    const text = yearText(year);
    await files.write(yearName(name), text);
    years[name] = sha256Of(text).slice(0, 16);
  }
  return years;
}

async function keepAfter(keeping: Keeping, before: Contents | undefined): Promise<boolean> {
  const { files, clock } = keeping;
  const now = clock.now();
  const { read, from } = await readMonths(keeping, before?.from, now);
  const years = await keepYears(files, before?.years ?? {}, read);
  // The contents come last: what they name is there.
  if (years) await files.write(contentsName, contentsText({ at: new Date(now).toISOString(), from, years }));
  return years !== undefined;
}

/**
 * Brings the index of items up to date: the newest months always, some others in turn, and more of the older ones
 * while it is not yet whole. What it reads and writes at a time is bounded, whatever is on record. Where a file of it
 * is lost or of another version, it begins anew.
 */
export async function keepItems(keeping: Keeping): Promise<void> {
  const answer = await keeping.files.read(contentsName);
  const before = answer.kind === "content" ? contentsIn(answer.text) : undefined;
  if (!(await keepAfter(keeping, before))) await keepAfter(keeping, undefined);
}
