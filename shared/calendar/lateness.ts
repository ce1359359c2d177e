import type { Series } from "../catalogue/schema.ts";
import { type Forecast, placeOf, placesOf } from "./forecast.ts";
import type { OutEdition } from "./known.ts";

/** How late an edition is, and how late the latest was that we know of. */
export interface Lateness {
  /** What it is measured from: the day of a law, or the end of the usual window. */
  readonly against: "due" | "window";
  /** That day. */
  readonly from: number;
  /** Days after it. */
  readonly days: number;
  /** Of the editions before, the one that came latest after the same day of its own year. Null where no day is known. */
  readonly latest: { readonly year: number; readonly days: number } | null;
}

/** How late the edition of a forecast is on a day; null while it is not. */
export function latenessOn(series: Series, out: readonly OutEdition[], expected: Forecast, day: number): Lateness | null {
  const from = expected.due ?? expected.closes;
  if (day <= from) return null;
  const place = placeOf(series, expected.year, from);
  const [latest = null] = placesOf(series, out, expected.year)
    .map(({ year, at }) => ({ year, days: at - place }))
    .toSorted((a, b) => b.days - a.days);
  return { against: expected.due === null ? "window" : "due", from, days: day - from, latest };
}
