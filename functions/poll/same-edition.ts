import { createHash } from "node:crypto";
import type { Series } from "../../shared/catalogue/schema.ts";
import { editionYear } from "../../shared/recognition/edition.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { symbolsOf } from "../../shared/recognition/symbols.ts";
import type { Item } from "../../shared/intake/item.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import type { Relevant } from "./record.ts";

/** What an edition is called in its series, by an item that shows it and was read `at`, ISO 8601. */
export function editionName(series: Series, year: number, item: Item, at: string): string {
  if (series.several === "month") return (item.published ?? at).slice(0, 7);
  if (series.several === "title") return `${year}~${createHash("sha256").update(fold(item.title)).digest("hex").slice(0, 8)}`;
  return String(year);
}

/** The same address with a day as near as this is the same thing, dated anew or as another zone has it; later it may be the next. */
const nearMs = 31 * 24 * 60 * 60 * 1000;

function isNear(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && Math.abs(Date.parse(one) - Date.parse(other)) <= nearMs;
}

/** Whether an item's words say of which year it is, whatever its day. */
function namesYear(series: Series, item: Item): boolean {
  return editionYear(series, fold(item.title), null, symbolsOf(item)).year !== null;
}

/** Whether an item without a day says word for word what it said before: a list that shows it again, perhaps in another year, makes nothing new of it. */
function isListedAgain(item: Item, { title, earlierTitles }: ItemRecord): boolean {
  return item.published === null && [title, ...earlierTitles].some((said) => fold(said) === fold(item.title));
}

/**
 * An item that was edited stays with its edition, also where editions are told apart by their titles; and so does one
 * that was dated anew, also from one year into another. Without a day it is of the moment when it was first seen, or
 * is read `at`, unless its words name their year.
 */
export function keptName(series: Series, year: number, { item }: Relevant, known: ItemRecord | undefined, at: string): string | null {
  if (known?.series !== series.id || known.edition === null) return null;
  if (isListedAgain(item, known)) return known.edition;
  const [before, now] = namesYear(series, item) ? [known.published, item.published] : [known.published ?? known.seen, item.published ?? at];
  return known.edition.startsWith(String(year)) || isNear(before, now) ? known.edition : null;
}

/** What shows no edition by itself, as its day is gone or its page cannot be read any more, shows the one that it did. */
export function shownBefore(known: ItemRecord | undefined, { recognised }: Relevant): string | null {
  return known !== undefined && known.series === recognised.series ? known.edition : null;
}

/**
 * A person said that the item does not show the edition that it is taken for now. What is dated anew by more than a
 * month, or taken for another edition, is judged afresh: at the same address the real one may come. A new day alone
 * makes no other edition of it, also where it lies in another year.
 */
export function isOverruled(all: ReadonlyMap<string, Series>, known: ItemRecord, { item, recognised, edition }: Relevant, at: string): boolean {
  const { corrected, published, seen } = known;
  const series = corrected && all.get(corrected.series);
  if (!series || recognised.series !== series.id) return false;
  if (isListedAgain(item, known)) return true;
  if (edition === null || corrected.edition.startsWith(String(edition))) return published === null || item.published === null || isNear(published, item.published);
  return !namesYear(series, item) && isNear(published ?? seen, item.published ?? at);
}
