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
/** An item may be dated some days ahead: the next month, this one and the last are read each time. */
const newestMonths = 3;
/**
 * Of the others these are read each time, in turn, and on until so many items were read: of a small table all, and of a
 * large one so many months that an item that comes late or is changed is found within a day.
 */
const turnMonths = 4;
const mostItemsInTurn = 500;
const turnMs = 10 * 60_000;
/** While the index is not yet whole, older months are added each time until so many items were read. */
const mostItemsAdded = 3000;
const monthsAtOnce = 8;

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

/** Reads months in their order, some side by side: at least so many, and on until so many items were read. */
async function readUntil(table: Table, all: readonly string[], { months: fewest, items: most }: { readonly months: number; readonly items: number }): Promise<[month: string, items: readonly ItemRecord[]][]> {
  const read: [string, readonly ItemRecord[]][] = [];
  for (let count = 0; read.length < all.length && (read.length < fewest || count < most); ) {
    const next = all.slice(read.length, read.length < fewest ? fewest : read.length + monthsAtOnce);
    const found = await Promise.all(next.map((month) => itemsOf(table, month)));
    for (const [index, month] of next.entries()) read.push([month, found[index] ?? []]);
    count = read.reduce((sum, [, { length }]) => sum + length, 0);
  }
  return read;
}

/** The months to be read now, and the oldest from which on the index then is whole. */
async function readMonths({ table }: Keeping, from: string | undefined, now: number): Promise<{ readonly read: ReadonlyMap<string, readonly ItemRecord[]>; readonly from: string }> {
  const all = months(firstMonth, new Date(now + 31 * dayMs).toISOString()).toReversed();
  const known = from === undefined ? newestMonths : Math.max(newestMonths, all.indexOf(from) + 1);
  const turn = (Math.floor(now / turnMs) * turnMonths) % all.length;
  const inTurn = [...all.slice(turn), ...all.slice(0, turn)].filter((month) => all.indexOf(month) >= newestMonths && all.indexOf(month) < known);
  const newest = await readUntil(table, all.slice(0, newestMonths), { months: newestMonths, items: 0 });
  const added = await readUntil(table, all.slice(known), { months: 0, items: mostItemsAdded });
  const again = await readUntil(table, inTurn, { months: turnMonths, items: mostItemsInTurn });
  return { read: new Map([...newest, ...added, ...again]), from: all[known + added.length - 1] ?? firstMonth };
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
