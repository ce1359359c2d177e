import type { Series, Source } from "../catalogue/schema.ts";
import { isExpected } from "./cycle.ts";
import { dayNumber } from "./days.ts";
import { knownAt, type Now } from "./known.ts";
import { canRelease } from "./readable.ts";
import { type SeriesStanding, standing } from "./standing.ts";

/**
 * How eagerly a series is looked for: its window is open, or open for months; it is near or late; nothing is expected
 * of it for a month; or it may come on any day.
 */
export type Demand = "open" | "long" | "near" | "far" | "any";

const inSeasonMinutes = 5;
/** In a window of months, the second ways to a publisher (pages that the catalogue has read every two hours or less often) can wait. */
const secondMinutes = 15;
const secondEvery = 120;
const longDays = 122;
const nearMinutes = 60;
const farMinutes = 360;
/** A feed's own pace tells how fast it turns over; read so many times slower, it still shows most of what came. */
const slowestFactor = 6;
/** Nothing is expected for a month. */
const nearDays = 31;
/** Days are those of the publisher, and it may be tomorrow or yesterday there. */
const zoneDays = 1;
/** The thing itself may follow the word that it is out. */
const afterDays = 3;

function within(today: number, window: { readonly opens: number; readonly closes: number } | null): "open" | "long" | undefined {
  if (window === null || today < window.opens - zoneDays || today > window.closes + zoneDays) return undefined;
  return window.closes - window.opens < longDays ? "open" : "long";
}

/** How eagerly a series is looked for on a day that stands so. */
function demandOf(series: Series, { standing: at, expected, notice, out, next }: SeriesStanding, today: number): Demand {
  if (notice !== null && Math.abs((notice.names ?? today) - today) <= zoneDays) return "open";
  if (out?.day !== undefined && out.day !== null && today - out.day <= afterDays) return "open";
  const coming = at === "out" ? next : expected;
  const open = within(today, coming);
  if (open) return open;
  if (!isExpected(series)) return "any";
  if (coming === null || today > coming.closes || coming.opens - today <= nearDays) return "near";
  return "far";
}

/** Today's answers, so that planning each minute costs no forecast. They follow from the series and the day alone. */
const demands = new WeakMap<Series, Map<number, Demand>>();
const daysKept = 400;

/** How eagerly a series is looked for on a day, by the catalogue alone. Whether its sources can be read does not matter. */
export function demandOn(series: Series, today: number): Demand {
  const kept = demands.get(series) ?? new Map<number, Demand>();
  demands.set(series, kept);
  const known = kept.get(today);
  if (known !== undefined) return known;
  const now: Now = { zone: "UTC", today, moment: null };
  const demand = demandOf(series, standing(series, knownAt(series, [], now), { sources: [series.publisher], unreadable: [], watched: null }, now), today);
  if (kept.size >= daysKept) kept.clear();
  kept.set(today, demand);
  return demand;
}

/** Whether what is on record of a series has its sources read as in season on a day on which the catalogue alone would not. */
export function isHurried(series: Series, at: SeriesStanding, today: number): boolean {
  return demandOf(series, at, today) === "open" && demandOn(series, today) !== "open";
}

const none: ReadonlySet<string> = new Set();

/** The series that a source carries and whose releases it can bring, as eagerly as they are looked for. */
function demandsOf({ carries, publisher }: Source, today: number, series: ReadonlyMap<string, Series>, inSeason: ReadonlySet<string>): Demand[] {
  const demanded: Demand[] = [];
  for (const id of carries) {
    const carried = series.get(id);
    if (carried && canRelease(carried, publisher)) demanded.push(inSeason.has(id) ? "open" : demandOn(carried, today));
  }
  return demanded;
}

/**
 * Minutes between two polls of a source on a day, a number since 1970: its own pace; every 5 minutes while a series is
 * expected whose releases it can bring, and at least every hour within a month of that; six times slower, up to 6
 * hours, where nothing is expected of it for a month. `inSeason` are series that are expected whatever the catalogue says.
 */
export function paceOn(source: Source, today: number, series: ReadonlyMap<string, Series>, inSeason: ReadonlySet<string> = none): number {
  const demanded = demandsOf(source, today, series, inSeason);
  const { everyMinutes } = source;
  if (demanded.includes("open")) return Math.min(everyMinutes, inSeasonMinutes);
  if (demanded.includes("long")) return Math.min(everyMinutes, everyMinutes < secondEvery ? inSeasonMinutes : secondMinutes);
  if (demanded.includes("near")) return Math.min(everyMinutes, nearMinutes);
  const isFar = demanded.length > 0 && demanded.every((demand) => demand === "far");
  return isFar ? Math.max(everyMinutes, Math.min(farMinutes, everyMinutes * slowestFactor)) : everyMinutes;
}

/** The pace of a source, in minutes, on a day as it is written, ISO 8601. */
export function paceMinutes(source: Source, day: string, series: ReadonlyMap<string, Series>, inSeason: ReadonlySet<string> = none): number {
  return paceOn(source, dayNumber(day) ?? 0, series, inSeason);
}
