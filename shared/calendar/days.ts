const msPerDay = 86_400_000;

/** The days since 1970 of YYYY-MM-DD or of the day of a moment in UTC; null where it is no such date. */
export function dayNumber(date: string | null): number | null {
  if (date === null || !/^\d{4}-\d\d-\d\d(T|$)/.test(date)) return null;
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? null : Math.floor(ms / msPerDay);
}

/** The day number of a day of the year (MM-DD) in `year`. 29 February is 1 March where the year has none. */
export function dayOfYear(year: number, monthDay: string): number | null {
  const found = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(monthDay);
  return found ? Date.UTC(year, Number(found[1]) - 1, Number(found[2])) / msPerDay : null;
}

/** The year in which a day number lies. */
export const yearOf = (day: number): number => new Date(day * msPerDay).getUTCFullYear();

/** The same day of the year so many years later. */
export function yearsLater(day: number, years: number): number {
  const date = new Date(day * msPerDay);
  return Date.UTC(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate()) / msPerDay;
}

/** A day number as YYYY-MM-DD. */
export const isoDay = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10);

/** The day of the week: 0 is Sunday, 6 is Saturday. */
export const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The days of a year before the first of each month, in a year without 29 February. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const daysAYear = 365;

/**
 * Days from 1 January of `year` to a day, in years of 365 days: so the same day of the year is always as far from it,
 * leap years or not. 29 February counts as 1 March. The day may lie years after `year`, or before it.
 */
export function daysInto(year: number, day: number): number {
  const date = new Date(day * msPerDay);
  return (date.getUTCFullYear() - year) * daysAYear + (daysBefore[date.getUTCMonth()] ?? 0) + date.getUTCDate() - 1;
}

/** The day number that is so many days into a year: what `daysInto` counts. */
export function dayInto(year: number, days: number): number {
  const years = Math.floor(days / daysAYear);
  const rest = days - years * daysAYear;
  const month = daysBefore.findLastIndex((before) => before <= rest);
  return Date.UTC(year + years, month, 1 + rest - (daysBefore[month] ?? 0)) / msPerDay;
}

// A formatter takes far longer to make than to use.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, calendar: "iso8601", numberingSystem: "latn", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  formats.set(zone, format);
  return format;
}

/** What the clocks of a zone show at a moment, as if it were UTC: milliseconds since 1970, to the minute. */
function wallClock(zone: string, moment: number): number {
  const parts = new Map(formatOf(zone).formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? Number.NaN;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

/** Which day it is in a zone (IANA, such as America/New_York) at a moment in milliseconds since 1970. */
export function dayIn(zone: string, moment: number): number {
  return Math.floor((zone === "UTC" ? moment : wallClock(zone, moment)) / msPerDay);
}

/**
 * The day on which something happened where its publisher is, from a day (YYYY-MM-DD, which is that day in every zone)
 * or a moment (ISO 8601); null where it is neither. That day is the one that a reader means, and a law.
 */
export function dayAt(zone: string, when: string | null): number | null {
  const moment = when?.includes("T") === true ? Date.parse(when) : Number.NaN;
  return Number.isNaN(moment) ? dayNumber(when) : dayIn(zone, moment);
}

/**
 * The moment, in milliseconds since 1970, at which the clocks of a zone show so many minutes after midnight of a day.
 * Where clocks are put forward and never show it, the moment is up to an hour away.
 */
export function momentIn(zone: string, day: number, minutes: number): number {
  const wanted = day * msPerDay + minutes * 60_000;
  const first = wanted - (wallClock(zone, wanted) - wanted);
  return first - (wallClock(zone, first) - wanted);
}

/** Whether a name is that of a time zone. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
