import type { Series } from "../catalogue/schema.ts";
import { dayNumber, yearOf } from "./days.ts";
import { forecast, placeOf, placesOf, usualLag } from "./forecast.ts";
import type { OutEdition } from "./known.ts";

/** One edition, and what would have been forecast of it by what was known when the year before ended. */
export interface Tried {
  readonly series: string;
  readonly year: number;
  /** The day of its release, as a number since 1970. */
  readonly day: number;
  readonly opens: number;
  readonly closes: number;
  /** The same day of the year as the edition before, which is the naive forecast. */
  readonly naive: number;
}

function dated(series: Series): OutEdition[] {
  return series.editions.flatMap(({ year, released }) => {
    const day = released === "unknown" ? null : dayNumber(released);
    return day === null ? [] : [{ year, day, url: null, seen: day }];
  });
}

/** What was tried of a series, and how many of its editions had too few before them to be forecast. */
export interface SeriesTried {
  readonly tried: readonly Tried[];
  readonly tooFew: number;
}

/**
 * Forecasts each edition of a series that came in or after a year, each by the editions that were out when the year
 * before its usual one ended. The windows of the catalogue do not count: whoever wrote them knew all editions.
 */
export function backtestSeries(series: Series, since: number): SeriesTried {
  const plain: Series = { ...series, window: undefined, due: undefined };
  const all = dated(series);
  const tried: Tried[] = [];
  let tooFew = 0;
  for (const { year, day } of all) {
    if (year === null || day === null || yearOf(day) < since) continue;
    const known = all.filter((edition) => edition.day !== null && yearOf(edition.day) < year + usualLag(series));
    const before = placesOf(plain, known, year).at(-1);
    const expected = forecast(plain, known, year);
    if (!before || !expected) tooFew++;
    else tried.push({ series: series.id, year, day, opens: expected.opens, closes: expected.closes, naive: day - (placeOf(plain, year, day) - before.at) });
  }
  return { tried, tooFew };
}

/** How well forecasts did. Widths are in days. */
export interface Score {
  readonly editions: number;
  /** Editions that came inside their window. */
  readonly inside: number;
  /** Editions that came after their window had closed, and so would have been told as late. */
  readonly after: number;
  readonly medianWidth: number;
  readonly meanWidth: number;
  /** Editions within three days of the day of the year of the edition before: the same week. */
  readonly sameWeek: number;
  /** Editions within as many days of it as the window is wide. */
  readonly sameWidth: number;
}

const width = ({ opens, closes }: Tried): number => closes - opens + 1;
const weekReach = 3;

function count(tried: readonly Tried[], holds: (one: Tried) => boolean): number {
  return tried.filter(holds).length;
}

/** The score of what was tried. */
export function score(tried: readonly Tried[]): Score {
  const widths = tried.map(width).toSorted((a, b) => a - b);
  return {
    editions: tried.length,
    inside: count(tried, ({ day, opens, closes }) => day >= opens && day <= closes),
    after: count(tried, ({ day, closes }) => day > closes),
    medianWidth: widths[Math.floor(widths.length / 2)] ?? 0,
    meanWidth: widths.reduce((sum, one) => sum + one, 0) / Math.max(1, widths.length),
    sameWeek: count(tried, ({ day, naive }) => Math.abs(day - naive) <= weekReach),
    sameWidth: count(tried, (one) => Math.abs(one.day - one.naive) <= (width(one) - 1) / 2),
  };
}
