import { byId } from "../catalogue/by-id.ts";
import type { Catalogue, Series, Source } from "../catalogue/schema.ts";
import { zoneOf } from "./calendar.ts";
import { dayNumber, isoDay, momentIn, yearOf } from "./days.ts";
import { canRelease } from "./readable.ts";
import { demandOn, paceMinutes } from "./season.ts";

const minutesADay = 24 * 60;

/** The first minute (since 1970) at or after `from` in which a source is polled that has this pace in minutes. */
export type SlotAfter = (sourceId: string, pace: number, from: number) => number;

/** How often sources are asked in a year, and at which fixed pace each would be asked as often. */
export interface Requests {
  /** Requests a day, by source id. */
  readonly perDay: ReadonlyMap<string, number>;
  /** Minutes, by source id. */
  readonly fixedPace: ReadonlyMap<string, number>;
}

function enabled({ sources }: Pick<Catalogue, "sources">): Source[] {
  return sources.filter(({ disabled }) => disabled === undefined);
}

/** The requests of a year, from its first day to its last. */
export function requestsOf(catalogue: Catalogue, year: number): Requests {
  const series = byId(catalogue.series);
  const first = dayNumber(`${year}-01-01`) ?? 0;
  const days = (dayNumber(`${year + 1}-01-01`) ?? 0) - first;
  const perDay = new Map<string, number>();
  for (const source of enabled(catalogue)) {
    let requests = 0;
    for (let day = first; day < first + days; day++) requests += minutesADay / paceMinutes(source, isoDay(day), series);
    perDay.set(source.id, requests / days);
  }
  return { perDay, fixedPace: new Map([...perDay].map(([id, requests]) => [id, Math.max(1, Math.round(minutesADay / requests))])) };
}

/** Minutes from publication to alert, by a pace that follows the season and by a fixed one, at each hour of publication. */
export interface Waits {
  readonly series: string;
  readonly year: number | null;
  readonly day: number;
  /** It came while its window was open, as that was known then. */
  readonly inside: boolean;
  readonly seasonal: readonly number[];
  readonly fixed: readonly number[];
}

/** Publishers publish from morning to evening. The days alone are known, so moments all over them are tried; the step shares no factor with any pace. */
const opensMinutes = 8 * 60;
const closesMinutes = 20 * 60;
const stepMinutes = 7;

function moments(zone: string, day: number): number[] {
  const count = Math.floor((closesMinutes - opensMinutes) / stepMinutes);
  return Array.from({ length: count }, (_, index) => momentIn(zone, day, opensMinutes + index * stepMinutes) / 60_000);
}

/** The first poll of any of the sources, each at its pace, after something was published. */
function firstPoll(sources: readonly Source[], from: number, pace: (source: Source) => number, slotAfter: SlotAfter): number {
  // What comes within a minute is not there yet when that minute's poll begins.
  return Math.min(...sources.map((source) => slotAfter(source.id, pace(source), from + 1) - from));
}

function waitsOf(catalogue: Catalogue, series: Series, all: ReadonlyMap<string, Series>, requests: Requests, since: number, slotAfter: SlotAfter): Waits[] {
  const sources = enabled(catalogue).filter(({ carries, publisher }) => carries.includes(series.id) && canRelease(series, publisher));
  if (sources.length === 0) return [];
  const zone = zoneOf(catalogue, series);
  return series.editions.flatMap(({ year, released }) => {
    const day = released === "unknown" ? null : dayNumber(released);
    if (day === null || yearOf(day) < since) return [];
    // How eagerly it is looked for must not follow from its having come.
    const unaware: Series = { ...series, editions: series.editions.filter((edition) => edition.released !== released) };
    const known = new Map(all).set(series.id, unaware);
    const demand = demandOn(unaware, day);
    const published = moments(zone, day);
    const seasonal = published.map((from) => firstPoll(sources, from, (source) => paceMinutes(source, new Date(from * 60_000).toISOString(), known), slotAfter));
    const fixed = published.map((from) => firstPoll(sources, from, ({ id }) => requests.fixedPace.get(id) ?? minutesADay, slotAfter));
    return [{ series: series.id, year, day, inside: demand === "open" || demand === "long", seasonal, fixed }];
  });
}

/**
 * How long people would have waited for each edition with a known day since a year, had all its sources shown it at
 * once. Every source is polled in its own slots; a plan ticks each minute.
 */
export function latencies(catalogue: Catalogue, requests: Requests, since: number, slotAfter: SlotAfter): Waits[] {
  const series = byId(catalogue.series);
  return catalogue.series.flatMap((one) => waitsOf(catalogue, one, series, requests, since, slotAfter));
}

/** What lies in the middle of waits, what 95 of 100 do not pass, and the longest, in minutes; null of none. */
export interface Spread {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

/** The spread of waits in minutes; null where there are none. */
export function spread(minutes: readonly number[]): Spread | null {
  const sorted = minutes.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0 ? null : { median: at(0.5), p95: at(0.95), worst: at(1) };
}
