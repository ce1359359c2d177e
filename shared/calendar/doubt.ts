import type { Edition, Series } from "../catalogue/schema.ts";

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
 * Why we cannot tell whether the edition of a year came; null where we would know. The catalogue may have looked in
 * vain, or not at all; and sources that were not read all the time since its usual days began may have shown it unseen.
 * `witnessed` says whether one was; null where nothing but the catalogue is known.
 */
export function doubtOn({ editions }: Series, year: number, witnessed: boolean | null): string | null {
  const listed = editions.find((edition) => edition.year === year);
  if (listed) return listed.released === "unknown" ? (listed.why ?? "The catalogue does not know its day.") : null;
  if (witnessed === true) return null;
  if (editions.some((edition) => edition.year !== null && edition.year > year)) return "The catalogue knows later editions, and says nothing of this one.";
  return witnessed === false ? "Its sources were not read all the time since its usual days began, so it may have come unseen." : null;
}
