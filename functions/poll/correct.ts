import type { EditionRecord } from "../../shared/records/editions.ts";
import { type ItemRecord, readItems } from "../../shared/records/items.ts";
import { editionKey, itemKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import { correctedItem, itemOf, type Right, type TakenBack, takenBack, withMoved, withoutWrong } from "./take-back.ts";

/** What a person says of an edition that was told. */
export interface Correcting {
  readonly series: string;
  readonly key: string;
  /** The edition that it was instead; null where it was none. */
  readonly to: Right | null;
  readonly why: string | null;
  /** What the edition is called where people read of it, and while nothing shows it. */
  readonly name: string;
}

/** What correcting came to. */
export interface Corrected {
  /** The edition as it was, and what was taken back of it; undefined where it said nothing, or no longer does. */
  readonly taken: TakenBack | undefined;
  /** The items that showed it, as they were. */
  readonly items: readonly ItemRecord[];
  /** The edition as it is now. */
  readonly edition: EditionRecord | undefined;
}

async function correctItems(table: Table, edition: EditionRecord, { sightings }: TakenBack, { to, name }: Pick<Correcting, "to" | "name">, at: string): Promise<ItemRecord[]> {
  const items = [...(await readItems(table, sightings.map(({ item }) => item))).values()];
  for (const sighting of sightings) {
    await change(table, itemKey(sighting.item), (stored) => {
      // A poll that ended between the edition and the item leaves a sighting alone, and does the item when it comes again.
      const item = stored ?? itemOf(sighting, edition);
      // What another correction has moved since is left there.
      return item.series === edition.series && item.edition === edition.key ? correctedItem(item, edition, to, name, at) : stored;
    });
  }
  return items;
}

/**
 * Takes back what an edition told: its items are noted first, so that no poll takes them for it again; then the right
 * edition gets them; and the wrong one is opened last, and owes the correction. So what ends in between is done again
 * by the same words, and what is done changes nothing. `at` is the moment, ISO 8601.
 */
export async function correct(table: Table, correcting: Correcting, at: string): Promise<Corrected> {
  const { series, key, to, why, name } = correcting;
  const before = await read(table, editionKey(series, key));
  const taken = before && takenBack(before);
  if (!before || !taken) return { taken: undefined, items: [], edition: before };
  const items = await correctItems(table, before, taken, correcting, at);
  if (to) await change(table, editionKey(to.series, to.key), (right) => withMoved(right, before, taken, to, name, at));
  const edition = await change(table, editionKey(series, key), (wrong) => {
    const now = wrong && takenBack(wrong);
    // The person spoke of what was on record. A sighting that came in between stays.
    return wrong && now ? withoutWrong(wrong, { ...now, sightings: taken.sightings }, { at, to, why, name }) : wrong;
  });
  return { taken, items, edition };
}
