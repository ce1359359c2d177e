import { byHand } from "../../shared/alerts/alert.ts";
import { Source, type Series } from "../../shared/catalogue/schema.ts";
import { itemId } from "../../shared/intake/identity.ts";
import type { Item } from "../../shared/intake/item.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { read } from "../../shared/records/records.ts";
import { editionKey, itemKey } from "../../shared/records/keys.ts";
import { type Recording, recordOne, type Relevant, type Rung } from "./record.ts";

/** What a person saw where no machine could read it. */
export interface Entered {
  readonly series: Series;
  readonly year: number;
  readonly url: string;
  /** Null where the person did not write it: then it is as it is on record, or in the catalogue. */
  readonly title: string | null;
  /** A day or a moment; null as above. */
  readonly published: string | null;
  /** Tell nobody. */
  readonly silent: boolean;
}

/** What entering it came to. */
export interface Received {
  /** It was on record with the same title and date, so nothing was written. */
  readonly known: boolean;
  /** The key of its edition; null where the series is not counted by years. */
  readonly edition: string | null;
  readonly title: string;
  readonly rung: Rung | undefined;
}

/** The id of the item at an address, as if a source had shown it. */
export function idByHand(url: string): string {
  const item = { title: "", url, published: null, summary: null, guid: url, symbol: null, language: null };
  return itemId(item, { id: byHand, url: "" }, null);
}

function filledIn({ series, year, title, published }: Entered, before: ItemRecord | undefined): { title: string; published: string | null } {
  const known = series.editions.find((edition) => edition.year === year);
  const day = known === undefined || known.released === "unknown" ? null : known.released;
  return { title: title ?? before?.title ?? known?.title ?? `${series.name} ${year}`, published: published ?? before?.published ?? day };
}

/** Whether the item is on record as a release of the series, and its edition too, where it has editions. */
async function isShown({ table }: Recording, { role, series: id, edition }: ItemRecord, series: Series): Promise<boolean> {
  if (role !== "release" || id !== series.id) return false;
  return !series.year || (edition !== null && (await read(table, editionKey(series.id, edition))) !== undefined);
}

/**
 * Records what a person saw as a release of its series, as if a source had shown it, and gives the alert that is
 * owed for it. Entering the same again changes nothing. `at` is the moment of entering, ISO 8601.
 */
export async function recordByHand(recording: Recording, entered: Entered, at: string): Promise<Received> {
  const { series, year, url, silent } = entered;
  const source = Source.parse({ id: byHand, publisher: series.publisher, url, read: { as: "page" } });
  const id = idByHand(url);
  const before = await read(recording.table, itemKey(id));
  const { title, published } = filledIn(entered, before);
  if (before && (await isShown(recording, before, series)) && before.title === title && before.published === published) {
    return { known: true, edition: before.edition, title, rung: undefined };
  }
  const language = entered.title !== null && /\p{Script=Hangul}/u.test(title) ? "ko" : "en";
  const item: Item = { title, url, published, summary: null, guid: null, symbol: null, language };
  const relevant: Relevant = {
    id,
    item,
    edition: year,
    recognised: { relevance: "series", series: series.id, edition: year, role: "release", own: true, saysOut: false, body: undefined, why: [`entered by hand on ${at.slice(0, 10)}`] },
  };
  const rung = await recordOne(recording, { source, at, firstRead: false, relaid: false, silent }, relevant, before);
  const after = await read(recording.table, itemKey(id));
  return { known: false, edition: after?.edition ?? null, title, rung };
}
