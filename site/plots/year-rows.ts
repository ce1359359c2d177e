import { zoneOf } from "../../shared/calendar/calendar.ts";
import { isExpected } from "../../shared/calendar/cycle.ts";
import { yearOf } from "../../shared/calendar/days.ts";
import { type Forecast, forecast, usualLag } from "../../shared/calendar/forecast.ts";
import { type Known, knownAt, nowIn, type OutEdition } from "../../shared/calendar/known.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import type { Overview } from "../reads/overview.ts";

/** What a series has in one year. */
export interface YearRow {
  readonly series: Series;
  /** Its usual days, as they reach into the year; those of two editions where they run over New Year. */
  readonly expected: readonly Forecast[];
  /** What came out in the year, the first first. */
  readonly out: readonly OutEdition[];
  /** The usual days that are its own in this year, and the edition that they were of, where it is out. */
  readonly main: Forecast | undefined;
  readonly mainOut: OutEdition | undefined;
  /** Where it stands today. */
  readonly standing: SeriesStanding;
}

/** The usual days of an edition, by the editions before it. */
export function expectedOf(series: Series, known: Known, year: number): Forecast | undefined {
  return forecast(series, isExpected(series) ? known.out : [], year);
}

/** Whether the edition of a year was to come: not before the first that is known or expected, and not in a year that was left out. */
function isDue(series: Series, known: Known, year: number, current: readonly Forecast[]): boolean {
  const years = known.out.flatMap((edition) => edition.year ?? []);
  const listed = series.editions.flatMap((edition) => edition.year ?? []);
  const days = known.out.flatMap(({ day }) => (day === null ? [] : yearOf(day)));
  const first = Math.min(...years, ...listed, ...days, ...current.map((expected) => expected.year));
  const isBetween = series.cadence !== "biennial" || years.length === 0 || years.includes(year) || listed.includes(year) || year > Math.max(...years);
  return year >= first && isBetween && !series.skipped.some((skipped) => skipped.year === year);
}

/** What a series has in a year, by all that is known today. */
function yearRow(overview: Overview, series: Series, standing: SeriesStanding, year: number): YearRow {
  const known = knownAt(series, overview.recorded, nowIn(zoneOf(overview.catalogue, series), overview.at));
  const years = series.year === undefined && !series.window ? [] : [-2, -1, 0, 1].map((step) => year - usualLag(series) + step);
  const current = [standing.expected, standing.next].filter((one) => one !== null);
  const expected = years
    .filter((one) => isDue(series, known, one, current) && (one <= (current.at(-1)?.year ?? one)))
    .flatMap((one) => current.find((forecasted) => forecasted.year === one) ?? expectedOf(series, known, one) ?? [])
    .filter(({ opens, closes }) => yearOf(opens) <= year && yearOf(closes) >= year);
  const main = expected.find(({ median }) => yearOf(median) === year) ?? expected.at(-1);
  const mainOut = series.several ? undefined : known.out.findLast((edition) => edition.year !== null && edition.year === main?.year);
  return { series, expected, main, mainOut, out: known.out.filter(({ day }) => day !== null && yearOf(day) === year), standing };
}

/** The day by which a row stands in its year: the middle of its usual days, or else what came out first. */
function dayOf({ main, out, standing }: YearRow, year: number): number {
  const middle = main && yearOf(main.median) === year ? main.median : main?.opens;
  return middle ?? out[0]?.day ?? forecastOf(standing)?.median ?? Number.POSITIVE_INFINITY;
}

/** What is expected of a series first, in whatever year. */
export const forecastOf = ({ standing, expected, next }: SeriesStanding): Forecast | null => (standing === "out" ? next : (expected ?? next));

/** The rows of a year in the order of their days. Series that have nothing in it are left out, but for those of which something is expected, where it is the current year. */
export function yearRows(overview: Overview, year: number, isNow: boolean): YearRow[] {
  return overview.catalogue.series
    .flatMap((series) => {
      const standing = overview.standings.get(series.id);
      return standing ? [yearRow(overview, series, standing, year)] : [];
    })
    .filter(({ expected, out, standing }) => expected.length > 0 || out.length > 0 || (isNow && forecastOf(standing) !== null))
    .toSorted((a, b) => dayOf(a, year) - dayOf(b, year));
}
