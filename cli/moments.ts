import { UsageError } from "./command.ts";

/**
 * A day (YYYY-MM-DD) as it is, or a moment in UTC, ISO 8601. Throws UsageError for anything else, and for a day that
 * is in no calendar.
 */
export function readMoment(option: string, text: string): string {
  const [, day, rest] = /^(\d{4}-\d\d-\d\d)(T.+)?$/.exec(text) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(text);
  // A 30 February would become 1 March.
  const exists = day !== undefined && new Date(Date.parse(day) || 0).toISOString().startsWith(day);
  if (Number.isNaN(at) || !exists) throw new UsageError(`${option} "${text}" is no day and no moment. Write it as 2021-06-30 or 2021-06-30T12:00:00Z.`);
  return rest === undefined ? text : new Date(at).toISOString().replace(".000Z", "Z");
}

const firstYear = 1900;
const lastYear = 2199;

/** A year. Throws UsageError for anything that is none. */
export function readYear(option: string, text: string): number {
  const year = /^\d{4}$/.test(text) ? Number(text) : Number.NaN;
  if (year >= firstYear && year <= lastYear) return year;
  throw new UsageError(`${option} "${text}" is no year. Write it as 2021.`);
}
