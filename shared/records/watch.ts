import { watchKey } from "./keys.ts";
import type { Owing } from "./owed.ts";
import { read } from "./records.ts";
import type { Stored, Table } from "./table.ts";

/** When somebody was reminded to look at a source by hand. */
export interface Reminder {
  /** The alert's id. */
  readonly alert: string;
  /** ISO 8601. */
  readonly at: string;
}

/** How watch stands: what it looked at last, and what it found that others need. */
export interface Watch extends Stored, Owing {
  readonly kind: "watch";
  /** The hour (such as 2026-11-24T13) in which it last looked at where series stand. */
  readonly hour: string;
  /** The day (YYYY-MM-DD, beginning at noon in UTC) for which it last told that. */
  readonly day: string;
  /** The ids of the sources that could not be read then, in order. */
  readonly unreadable: readonly string[];
  /** The ids of the series whose sources are read as in season, whatever the catalogue's days: a notice named these days, or an edition just came. */
  readonly inSeason: readonly string[];
  /** The last reminder, by source. */
  readonly reminded: Readonly<Record<string, Reminder>>;
}

/** The ids of the series whose sources are to be read as in season, beside those that the catalogue alone tells. */
export async function seriesInSeason(table: Table): Promise<ReadonlySet<string>> {
  return new Set((await read(table, watchKey))?.inSeason);
}
