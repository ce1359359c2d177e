import type { Series } from "../catalogue/schema.ts";
import { yearOf } from "./days.ts";
import { isKept } from "./doubt.ts";
import { type Forecast, forecast, usualLag } from "./forecast.ts";
import type { Known, Notice, Now } from "./known.ts";

/** Whether an edition is expected each year or every other, and so can be late. */
export function isExpected(series: Series): boolean {
  return series.year !== undefined && (series.cadence === "annual" || series.cadence === "biennial") && isKept(series);
}

const periodYears = ({ cadence }: Series): number => (cadence === "biennial" ? 2 : 1);

/** Half the days between two editions. */
export const halfPeriod = (series: Series): number => Math.round((periodYears(series) * 365) / 2);

/** The years of the editions that the catalogue lists. */
const listedYears = ({ editions }: Series): number[] => editions.flatMap(({ year }) => year ?? []);

/**
 * The year of the edition after that of `year`, without those that are known to be skipped. What comes every other
 * year has changed from even years to odd ones, so where the catalogue lists the next one, that is it.
 */
function yearAfter(series: Series, year: number): number {
  const period = periodYears(series);
  const listed = listedYears(series).find((one) => one > year && one < year + 2 * period) ?? year + period;
  return series.skipped.some((skipped) => skipped.year === listed) ? yearAfter(series, listed) : listed;
}

/** The first edition to expect: that after the last one that was out, else the first that the catalogue lists, else this year's. */
function firstExpected(series: Series, last: number | undefined, { today }: Now): number {
  if (last !== undefined) return yearAfter(series, last);
  return listedYears(series)[0] ?? yearOf(today) - usualLag(series);
}

/** What is expected after the edition of a year. */
export function forecastAfter(series: Series, known: Known, year: number): Forecast | undefined {
  return forecast(series, known.out, yearAfter(series, year));
}

const graceDays = 2;
const undatedDays = 7;

/** The last notice of an edition that still holds: until two days after the day that it names, or for a week. */
export function liveNotice({ notices }: Known, year: number | null, { today }: Now): Notice | undefined {
  const live = notices.filter((notice) => notice.year === year && today <= (notice.names === null ? notice.given + undatedDays : notice.names + graceDays));
  return live.findLast(({ names }) => names !== null) ?? live.at(-1);
}

/** The last year whose edition was out. */
export function lastYearOut({ out }: Known): number | undefined {
  const years = out.flatMap(({ year }) => year ?? []);
  return years.length > 0 ? Math.max(...years) : undefined;
}

/** A series' current edition: the one that is out, or what is expected of the one that is not. */
export type Current = { readonly out: number } | { readonly expected: Forecast };

/** One that came so late that the next is near still is news for so long. */
const freshDays = 60;

/** The last edition has only just come. */
function isFresh({ out }: Known, last: number | undefined, { today }: Now): boolean {
  return out.some(({ year, day }) => year === last && day !== null && today - day < freshDays);
}

/**
 * The edition that matters now. One that is out stays current until half the time to the next has passed, or the
 * window of the next opens, or that is announced; one that has not come stays until the window of the next opens.
 * Undefined where nothing is expected, since nothing is known.
 */
export function currentEdition(series: Series, known: Known, now: Now): Current | undefined {
  const last = lastYearOut(known);
  let expected = forecast(series, known.out, firstExpected(series, last, now));
  for (let next = expected; next && (next.opens <= now.today || liveNotice(known, next.year, now)); next = forecast(series, known.out, yearAfter(series, next.year))) expected = next;
  if (!expected) return last === undefined ? undefined : { out: last };
  const isHalfway = now.today >= expected.median - halfPeriod(series) && !isFresh(known, last, now);
  const isNear = expected.opens <= now.today || isHalfway || liveNotice(known, expected.year, now) !== undefined;
  return last === undefined || isNear ? { expected } : { out: last };
}
