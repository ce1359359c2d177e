import type { EditionRecord } from "./editions.ts";
import type { ItemRecord } from "./items.ts";
import { asKind } from "./records.ts";
import { isStored } from "./stored.ts";
import type { Index, Table } from "./table.ts";

/** Where a record lies in time, and of which series it is: what the indexes by month and by series go by. */
export interface Placed {
  /** The month of `at`, such as 2026-11. */
  readonly month: string;
  /** When it happened: a moment in UTC, or a day where no more is known. */
  readonly at: string;
  /** Absent where it is of no series: an index cannot hold null. */
  readonly series?: string;
}

/** The place in time of what happened then, an ISO 8601 moment in UTC or a day. */
export function placedAt(at: string): Pick<Placed, "month" | "at"> {
  return { month: at.slice(0, 7), at };
}

/** What to look for. The ends are days or moments, both included; a day as `to` includes all of that day. */
export interface Span {
  readonly series?: string;
  readonly from: string;
  readonly to: string;
}

/** The items and editions of a span of time, oldest first. */
export async function* history(table: Table, { series, from, to }: Span): AsyncGenerator<ItemRecord | EditionRecord> {
  // A moment of the last day is text that begins with that day, and "~" comes after all of it.
  const range = { from, to: to.length === "2026-11-24".length ? `${to}~` : to };
  const indexes: Index[] = series === undefined ? months(from, to).map((month) => ({ name: "month", month })) : [{ name: "series", series }];
  for (const index of indexes) {
    for await (const record of table.query(index, range)) {
      if (isStored(record)) yield record.kind === "item" ? asKind(record, "item") : asKind(record, "edition");
    }
  }
}

/** The oldest month that is looked at when nobody names one: nothing that we read is older. */
export const firstMonth = "1990-01";

/** The months from one day or moment to another, both included. */
export function months(from: string, to: string): string[] {
  const all: string[] = [];
  let [year = 0, month = 0] = from.split("-", 2).map(Number);
  for (let next = from.slice(0, 7); next <= to.slice(0, 7); ) {
    all.push(next);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    next = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
  }
  return all;
}
