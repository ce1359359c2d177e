import { itemId } from "../shared/intake/identity.ts";
import type { EditionRecord } from "../shared/records/editions.ts";
import { type ItemRecord, readItems } from "../shared/records/items.ts";
import { editionKey } from "../shared/records/keys.ts";
import { read } from "../shared/records/records.ts";
import type { Table } from "../shared/records/table.ts";

/** An item that is on record, and the edition that it shows, if it shows one. */
export interface OnRecord {
  readonly item: ItemRecord;
  readonly edition: EditionRecord | undefined;
}

const firstReused = 2000;

/** The ids that an item at this address may have: the address alone, or with the year of an edition where it is reused. */
function idsOf(url: string, lastYear: number): string[] {
  const item = { title: "", url, published: null, summary: null, guid: null, symbol: null, language: null };
  const reused = Array.from({ length: lastYear - firstReused + 1 }, (_, index) => itemId(item, { id: "", url: "", reused: true }, lastYear - index));
  return [itemId(item, { id: "", url: "" }, null), ...reused];
}

/** What is on record of an address, the newest edition where it is used again each year. `thisYear` is the latest that there can be. */
export async function onRecord(table: Table, url: string, thisYear: number): Promise<OnRecord | undefined> {
  const ids = idsOf(url, thisYear + 1);
  const items = await readItems(table, ids);
  const id = ids.find((one) => items.has(one));
  const item = id === undefined ? undefined : items.get(id);
  if (!item) return undefined;
  const edition = item.series !== undefined && item.edition !== null ? await read(table, editionKey(item.series, item.edition)) : undefined;
  return { item, edition };
}
