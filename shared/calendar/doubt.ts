import type { Edition, Series } from "../catalogue/schema.ts";
import type { Forecast } from "./forecast.ts";

/** Somebody saw the edition or its address, also where nobody saw the day of its release. */
export function exists({ released, title, url, symbol, by }: Edition): boolean {
  return released !== "unknown" || title !== undefined || url !== undefined || symbol !== undefined || by !== undefined;
}

/** Editions of at least so many of the years that were looked at must have been found, before one that does not come is missed. */
const fewestKept = 0.5;

/** Whether the publisher keeps to it: statements on a yearly day, of which some years have none, are not waited for. */
export function isKept({ editions }: Series): boolean {
  return editions.filter(exists).length >= fewestKept * editions.length;
}

/**
 * Why we cannot tell whether the edition of a forecast came; null where we would know. The catalogue may have looked
 * in vain, or not at all; and what was due before `watchedSince`, the day since when our sources are read, was due
 * unseen. Null there stands for no day: nothing but the catalogue is known.
 */
export function doubtOn(series: Series, { year, opens, closes }: Forecast, watchedSince: number | null): string | null {
  if (watchedSince !== null && watchedSince <= opens) return null;
  const listed = series.editions.find((edition) => edition.year === year);
  if (listed) return listed.released === "unknown" ? (listed.why ?? "The catalogue does not know its day.") : null;
  if (series.editions.some((edition) => edition.year !== null && edition.year > year)) return "The catalogue knows later editions, and says nothing of this one.";
  return watchedSince !== null && closes < watchedSince ? "It was expected before this almanac began to read its sources." : null;
}
