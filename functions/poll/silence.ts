import type { Series } from "../../shared/catalogue/schema.ts";

const day = 24 * 60 * 60 * 1000;
/** Items appear up to two days after their own date (State Department feed, 2021), so the first days after install are not silenced. */
const graceDays = 3;

/** What decides whether an item is older than this install. */
export interface Age {
  readonly published: string | null;
  readonly installed: string;
  /** The source has never been read before, so that it shows what has long been there. */
  readonly firstRead: boolean;
  /** The moment of the reading, ISO 8601. */
  readonly at: string;
}

/**
 * Whether an item is recorded in silence because it is older than the install. On a source's first reading
 * its own date must prove that it is new; later it is new because it was not there before, unless its date
 * says that it is old.
 */
export function isOld({ published, installed, firstRead, at }: Age): boolean {
  if (published === null) return firstRead;
  // The day of an event that is announced, or a slip of the pen, proves nothing.
  if (firstRead && Date.parse(published) > Date.parse(at) + day) return true;
  if (firstRead) return published.length === 10 ? published <= installed.slice(0, 10) : published < installed;
  return Date.parse(published) < Date.parse(installed) - graceDays * day;
}

/**
 * Whether an edition was out before the install, whatever the date of the item that shows it: the catalogue
 * knows its day, or its year lies too far back.
 */
export function wasOut(series: Series, year: number | null, installed: string): boolean {
  // Where several editions come in a year, one of them says nothing of the others.
  if (year === null || series.several) return false;
  const known = series.editions.find((edition) => edition.year === year);
  if (known && known.released !== "unknown") return known.released < installed.slice(0, 10);
  return year < Number(installed.slice(0, 4)) - 2;
}
