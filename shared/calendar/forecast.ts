import type { Series } from "../catalogue/schema.ts";
import { dayInto, dayOfYear, daysInto } from "./days.ts";
import type { OutEdition } from "./known.ts";
import { springSessionOpens } from "./session.ts";

/** When an edition is expected. Days are numbers since 1970, in the publisher's zone. */
export interface Forecast {
  readonly year: number;
  readonly opens: number;
  /** Half of the weight of earlier editions lies before it. */
  readonly median: number;
  readonly closes: number;
  /** The day that a law sets. */
  readonly due: number | null;
  /** What the days rest on: earlier editions, the window in the catalogue, or the law alone. */
  readonly basis: "history" | "catalogue" | "law";
  /** Earlier editions whose day is known. */
  readonly editions: number;
  /** How far earlier editions lie from the median, in days: half of their weight lies within it. Null without history. */
  readonly spreadDays: number | null;
}

/** Fewer editions than these show no habit. */
const fewest = 3;
/** An edition weighs half as much as one that came so many years later. */
const halfLifeYears = 3;
/** How much of the weight the window holds. */
const held = 0.8;
/** Each edition stands for the days around it: these, and most of the days that the series usually moves from one to the next. */
const leastReach = 4;
const reachOfStep = 0.75;
/** Beyond so many reaches an edition says nothing. */
const reaches = 4;
/** A window of more than half a year says little, so one that the catalogue states is better. */
const longestDays = 183;

interface Weighed {
  /** Days from where editions of this series are counted from. */
  readonly at: number;
  readonly weight: number;
}

/** The value that half of the weight lies below. */
function middle(values: readonly Weighed[]): number {
  const sorted = values.toSorted((a, b) => a.at - b.at);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  return sorted.find(({ weight }) => (sum += weight) >= half)?.at ?? 0;
}

/**
 * How many days a day lies from where the editions of a series are counted from, for the edition of a year: from the
 * opening of the session in which the Human Rights Council decides, and for all others from the first day of the
 * edition's year. So a window over New Year, and a report that comes two years after its own, need nothing special.
 */
export function placeOf(series: Series, year: number, day: number): number {
  return series.session === "hrc" ? day - springSessionOpens(year) : daysInto(year, day);
}

function dayAt(series: Series, year: number, count: number): number {
  return series.session === "hrc" ? springSessionOpens(year) + count : dayInto(year, count);
}

/** Where the editions before a year lie whose day is known, each counted from its own year. */
export function placesOf(series: Series, out: readonly OutEdition[], before: number): { readonly year: number; readonly at: number }[] {
  return out.flatMap(({ year, day }) => (year !== null && day !== null && year < before ? [{ year, at: placeOf(series, year, day) }] : []));
}

/** How likely each day is, from the first, not scaled. Every edition adds a peak at its own day, which fades to both sides. */
function density(editions: readonly Weighed[], reach: number): { readonly first: number; readonly likely: readonly number[] } {
  const first = Math.floor(Math.min(...editions.map(({ at }) => at)) - reaches * reach);
  const last = Math.ceil(Math.max(...editions.map(({ at }) => at)) + reaches * reach);
  const peaks = Array.from({ length: last - first + 1 }, () => 0);
  for (const { at, weight } of editions) peaks[at - first] = (peaks[at - first] ?? 0) + weight;
  const fade = Math.exp(-1 / reach);
  let from = 0;
  const before = peaks.map((peak) => (from = from * fade + peak));
  let to = 0;
  const after = peaks.toReversed().map((peak) => (to = to * fade + peak) - peak).toReversed();
  return { first, likely: before.map((value, index) => value + (after[index] ?? 0)) };
}

/** The shortest run of days that holds the share, and of those as short the one that holds most, as positions, both included. */
function shortest(likely: readonly number[], share: number): readonly [from: number, to: number] {
  const wanted = share * likely.reduce((sum, value) => sum + value, 0);
  let best = { from: 0, days: likely.length + 1, sum: 0 };
  let to = 0;
  let sum = 0;
  for (let from = 0; from < likely.length; from++) {
    while (to < likely.length && sum < wanted) sum += likely[to++] ?? 0;
    if (sum < wanted) break;
    const days = to - from;
    if (days < best.days || (days === best.days && sum > best.sum)) best = { from, days, sum };
    sum -= likely[from] ?? 0;
  }
  return [best.from, best.from + Math.min(best.days, likely.length) - 1];
}

/** The years between the year of an edition and the one in which it usually comes out. */
export function usualLag({ lagYears, year }: Series): number {
  return lagYears?.[0] ?? (year === "coverage" ? 1 : 0);
}

/** The day that a law sets for the edition of a year. */
function dueDay(series: Series, year: number): number | null {
  return series.due ? dayOfYear(year + usualLag(series), series.due.day) : null;
}

type Days = Pick<Forecast, "opens" | "median" | "closes" | "basis" | "spreadDays">;

function fromHistory(series: Series, places: ReturnType<typeof placesOf>, year: number): Days {
  const editions = places.map(({ year: own, at }) => ({ at, weight: 0.5 ** ((year - own) / halfLifeYears) }));
  const steps = editions.slice(1).map(({ at, weight }, index) => ({ at: Math.abs(at - (editions[index]?.at ?? at)), weight }));
  const { first, likely } = density(editions, leastReach + reachOfStep * middle(steps));
  const [from, to] = shortest(likely, held);
  const median = middle(editions);
  const day = (count: number): number => dayAt(series, year, count);
  return {
    opens: day(Math.min(first + from, median)),
    median: day(median),
    closes: day(Math.max(first + to, median)),
    basis: "history",
    spreadDays: middle(editions.map(({ at, weight }) => ({ at: Math.abs(at - median), weight }))),
  };
}

/** The window of the catalogue, in the year in which that edition's opens. */
function statedWindow(series: Series, year: number): { readonly opens: number; readonly closes: number } | undefined {
  if (!series.window) return undefined;
  const opensIn = year + usualLag(series);
  const { opens, closes } = series.window;
  const days = [dayOfYear(opensIn, opens), dayOfYear(opens <= closes ? opensIn : opensIn + 1, closes)] as const;
  return days[0] === null || days[1] === null ? undefined : { opens: days[0], closes: days[1] };
}

function fromCatalogue(series: Series, year: number): Days | undefined {
  const stated = statedWindow(series, year);
  const due = dueDay(series, year);
  if (stated) return { ...stated, median: Math.floor((stated.opens + stated.closes) / 2), basis: "catalogue", spreadDays: null };
  return due === null ? undefined : { opens: due, median: due, closes: due, basis: "law", spreadDays: null };
}

/** What was forecast from the same editions is not worked out again: a calendar asks for the same years each day. */
const made = new WeakMap<Series, Map<string, Forecast | undefined>>();
const mostKept = 100;

/**
 * When the edition of a year is expected, by what earlier editions did. Each of them makes the days around its own
 * likelier, recent ones more than old ones, and the window is the shortest run of days that holds four fifths of it.
 * With fewer than three days known, or where it would be longer than half a year, it is the window of the catalogue.
 * Undefined where nothing is known.
 */
export function forecast(series: Series, out: readonly OutEdition[], year: number): Forecast | undefined {
  const places = placesOf(series, out, year);
  const key = [year, ...places.map((place) => `${place.year}:${place.at}`)].join(" ");
  const kept = made.get(series) ?? new Map<string, Forecast | undefined>();
  made.set(series, kept);
  if (!kept.has(key)) kept.set(key, make(series, places, year));
  if (kept.size > mostKept) kept.clear();
  return kept.get(key) ?? make(series, places, year);
}

function make(series: Series, places: ReturnType<typeof placesOf>, year: number): Forecast | undefined {
  const habit = places.length >= fewest ? fromHistory(series, places, year) : undefined;
  const days = habit && (habit.closes - habit.opens <= longestDays || !series.window) ? habit : fromCatalogue(series, year);
  return days && { year, ...days, due: dueDay(series, year), editions: places.length };
}
