import type { Series } from "../catalogue/schema.ts";
import { currentEdition, forecastAfter, halfPeriod, isExpected, lastYearOut, liveNotice } from "./cycle.ts";
import { yearOf } from "./days.ts";
import { doubtOn } from "./doubt.ts";
import { type Forecast, forecast, usualLag } from "./forecast.ts";
import type { Known, Notice, Now, OutEdition } from "./known.ts";
import { type Lateness, latenessOn } from "./lateness.ts";

/** Where an edition can be. */
export const standings = ["ahead", "open", "announced", "out", "late", "missed", "blind"] as const;
export type Standing = (typeof standings)[number];

/** What we see of a series. */
export interface Sight {
  /** The sources that could show its releases, by id. */
  readonly sources: readonly string[];
  /** Those of them that cannot be read. */
  readonly unreadable: readonly string[];
  /** Between which days each was read without a gap; null where nothing but the catalogue is known. */
  readonly watched: ReadonlyMap<string, WatchedDays> | null;
}

/** Days between which nothing can have come at a source and gone unseen, both included. */
export interface WatchedDays {
  readonly from: number;
  readonly until: number;
}

/** Where a series' current edition is. Days are numbers since 1970, in the publisher's zone. */
export interface SeriesStanding {
  readonly series: string;
  readonly edition: number | null;
  readonly standing: Standing;
  /** When the current edition is expected, or was; null where nothing tells. */
  readonly expected: Forecast | null;
  readonly notice: Notice | null;
  /** The edition that is out, when it stands at `out`. */
  readonly out: OutEdition | null;
  /** How late it is, from the statutory day or the end of its window on, while it is not out. */
  readonly lateness: Lateness | null;
  /** The last year whose edition was out. */
  readonly lastOut: number | null;
  /** The last day on which something became known of the series. */
  readonly changed: number | null;
  /** What is expected after the current edition. */
  readonly next: Forecast | null;
  /** Sources that could show it and cannot be read. */
  readonly unreadable: readonly string[];
  /** Why we cannot tell though a source can be read. */
  readonly doubt: string | null;
  /** The day since when one of the sources that can be read was read without a gap; null where none can be. */
  readonly watchedFrom: number | null;
}

const blank = { expected: null, notice: null, out: null, lateness: null, lastOut: null, changed: null, next: null, unreadable: [], doubt: null, watchedFrom: null } as const;

/** What is said on a day, or held on one, does not come weeks later. */
const momentary: ReadonlySet<Series["kind"]> = new Set(["statement", "meeting"]);
const momentaryDays = 14;

/** The day from which an edition that has not come is taken to come no more: nearer to the next one than to its own. */
function missedFrom(series: Series, { closes, median }: Forecast): number {
  return momentary.has(series.kind) ? closes + momentaryDays + 1 : Math.max(closes + 1, median + halfPeriod(series));
}

/** All sources are lost, or there is none. */
function isBlind({ sources, unreadable }: Sight): boolean {
  return unreadable.length >= sources.length;
}

function watchedFrom({ sources, unreadable, watched }: Sight): number | null {
  const days = sources.filter((id) => !unreadable.includes(id)).map((id) => (watched ? (watched.get(id)?.from ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY));
  return days.length > 0 ? Math.min(...days) : null;
}

/** The days of the sources that can be read and were read without a gap since before a window opened; undefined where that is not asked. */
function witnesses(sight: Sight, { opens }: Forecast): WatchedDays[] | undefined {
  const { sources, unreadable, watched } = sight;
  if (watched === null || isBlind(sight)) return undefined;
  return sources.flatMap((id) => (unreadable.includes(id) ? [] : (watched.get(id) ?? []))).filter(({ from }) => from <= opens);
}

/** What was seen of an edition that did not come so far. */
interface Seen {
  readonly notice: Notice | undefined;
  readonly doubt: string | null;
  /** A source has shown all of the window but its end, and will tell at its next reading. */
  readonly isPending: boolean;
}

function standingOf(series: Series, expected: Forecast, { notice, doubt, isPending }: Seen, sight: Sight, { today }: Now): Standing {
  if (notice) return "announced";
  if (today < expected.opens) return "ahead";
  if (today <= expected.closes || isPending) return "open";
  if (doubt !== null || isBlind(sight)) return "blind";
  return today >= missedFrom(series, expected) ? "missed" : "late";
}

function ofOut(series: Series, known: Known, year: number): SeriesStanding {
  const out = known.out.findLast((edition) => edition.year === year) ?? null;
  const expected = forecast(series, known.out, year) ?? null;
  const lateness = expected && out && out.day !== null ? latenessOn(series, known.out, expected, out.day) : null;
  return { ...blank, series: series.id, edition: year, standing: "out", expected, out, lateness, next: forecastAfter(series, known, year) ?? null };
}

function ofExpected(series: Series, known: Known, sight: Sight, now: Now): SeriesStanding | undefined {
  const current = currentEdition(series, known, now);
  if (!current) return undefined;
  if ("out" in current) return { ...ofOut(series, known, current.out), unreadable: sight.unreadable };
  const { expected } = current;
  const notice = liveNotice(known, expected.year, now);
  const watching = witnesses(sight, expected);
  const hasSeen = watching?.some(({ until }) => until > expected.closes);
  const doubt = doubtOn(series, expected.year, hasSeen ?? null);
  const isPending = hasSeen === false && watching?.length !== 0;
  const stands = standingOf(series, expected, { notice, doubt, isPending }, sight, now);
  return {
    ...blank,
    series: series.id,
    edition: expected.year,
    standing: stands,
    expected,
    notice: notice ?? null,
    lateness: latenessOn(series, known.out, expected, now.today),
    next: forecastAfter(series, known, expected.year) ?? null,
    unreadable: sight.unreadable,
    doubt: stands === "blind" ? doubt : null,
  };
}

/** How long an edition of a series without a rhythm is told as out. */
const freshDays = 180;

/** The stated window of this season or, where it is over, of the next. */
function seasonOf(series: Series, today: number): Forecast | null {
  const stated = [-1, 0, 1, 2].flatMap((step) => forecast(series, [], yearOf(today) + step - usualLag(series)) ?? []).filter(({ basis }) => basis === "catalogue");
  return stated.find(({ closes }) => closes >= today) ?? null;
}

/** A series without a rhythm is looked for in its window, and never late. */
function ofUnexpected(series: Series, known: Known, sight: Sight, now: Now): SeriesStanding {
  const { today } = now;
  const season = seasonOf(series, today);
  const isOpen = season !== null && season.opens <= today;
  const last = known.out.findLast(({ day }) => day !== null) ?? known.out.at(-1);
  const notice = known.notices.findLast(({ year }) => liveNotice(known, year, now) !== undefined);
  const base = { ...blank, series: series.id, unreadable: sight.unreadable };
  if (notice) return { ...base, edition: notice.year, standing: "announced", expected: season, notice };
  const since = last?.day ?? Number.NEGATIVE_INFINITY;
  const isOut = isOpen ? since >= season.opens : today - since <= freshDays || series.cadence === "once" || series.cadence === "dormant";
  if (last && isOut) return { ...base, edition: last.year, standing: "out", out: last, next: isOpen ? null : season };
  return { ...base, edition: series.year && season ? season.year : null, standing: isOpen ? "open" : "ahead", expected: season };
}

/** The newest of what is known. */
function lastChange({ out, notices }: Known): number | null {
  const days = [...out.flatMap(({ seen }) => seen ?? []), ...notices.map(({ given }) => given)];
  return days.length > 0 ? Math.max(...days) : null;
}

/**
 * Where a series stands: by what was known of its editions by then, whether its sources can be read and were, and the day
 * that it is at its publisher. Late is an edition that has not come in its usual days, however long the law's day is
 * past; where it may have come unseen, we cannot tell.
 */
export function standing(series: Series, known: Known, sight: Sight, now: Now): SeriesStanding {
  const expected = isExpected(series) ? ofExpected(series, known, sight, now) : undefined;
  return { ...(expected ?? ofUnexpected(series, known, sight, now)), lastOut: lastYearOut(known) ?? null, changed: lastChange(known), watchedFrom: watchedFrom(sight) };
}
