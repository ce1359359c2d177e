import type { Match } from "../recognition/match.ts";
import { itemKey } from "./keys.ts";
import type { Owing } from "./owed.ts";
import type { Placed } from "./history.ts";
import { readMany } from "./records.ts";
import type { Stored, Table } from "./table.ts";

/** A relevant item, as it was last seen. */
export interface ItemRecord extends Stored, Owing, Placed {
  readonly kind: "item";
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  /** As the publisher dated it, a day or a moment. */
  readonly published: string | null;
  /** The first document symbol that it shows. */
  readonly symbol: string | null;
  /** When it was first seen here, ISO 8601. */
  readonly seen: string;
  /** The id of the source that showed it first. */
  readonly source: string;
  readonly language: string | null;
  readonly relevance: Match["relevance"];
  /** The key of the edition that it shows, in its series. */
  readonly edition: string | null;
  readonly role: Match["role"];
  readonly why: Match["why"];
  /** Titles that it had before, oldest first. */
  readonly earlierTitles: readonly string[];
  /** When its alert came to be owed, ISO 8601; absent where it never did. An item rings once. */
  readonly rang?: string;
  /** The edition that a person said it does not show, and when, ISO 8601: it is never taken for that again. */
  readonly corrected?: { readonly at: string; readonly series: string; readonly edition: string };
}

/** Those of the items that are on record, by id; read in batches before anything is put. */
export async function readItems(table: Table, ids: readonly string[]): Promise<Map<string, ItemRecord>> {
  const records = await readMany(table, ids.map(itemKey));
  return new Map(records.map((record) => [record.id, record]));
}
