import { dayNumber } from "../../shared/calendar/days.ts";
import type { OutEdition } from "../../shared/calendar/known.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";

type SeriesEntry = NonNullable<Parts["series"]>[number];

/** A yearly report of the ministry, unless it says otherwise. */
export function seriesOf(more: Partial<SeriesEntry> = {}): Series {
  const [series] = catalogue({ series: [{ id: "report", year: "release", recognise: [{ role: "release", title: ["report"] }], ...more }] }).series;
  if (!series) throw new Error("the small catalogue has its series");
  return series;
}

/** The number of a day. */
export function day(text: string): number {
  const number = dayNumber(text);
  if (number === null) throw new Error(`${text} is a day`);
  return number;
}

/** Editions by year and day, as they were out. */
export function outOn(days: Readonly<Record<number, string>>): OutEdition[] {
  return Object.entries(days).map(([year, released]) => ({ year: Number(year), day: day(released), url: null, seen: day(released) }));
}

/** Editions as the catalogue lists them. */
export function listed(days: Readonly<Record<number, string>>): NonNullable<SeriesEntry["editions"]> {
  return Object.entries(days).map(([year, released]) => ({ year: Number(year), released, ...(released === "unknown" ? { why: "the day was not seen" } : {}) }));
}
