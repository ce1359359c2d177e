import { dayOfYear, weekday, yearOf } from "./days.ts";

const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"] as const;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const month = `(${months.join("|")}|${months.map((name) => name.slice(0, 3)).join("|")}|sept)\\.?`;
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${month}(?:,? (20\\d\\d))?`, "i");
const monthFirst = new RegExp(`\\b${month} (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (20\\d\\d))?`, "i");
const ordered = /\b(20\d\d)-(\d\d)-(\d\d)\b/;
const korean = /(?:(20\d\d)년\s*)?(\d{1,2})월\s*(\d{1,2})일/;
const koreanDay = /(?:오는|이달)\s*(\d{1,2})일/;
const onWeekday = new RegExp(`\\bon (${weekdays.join("|")})\\b`, "i");

/** A notice speaks of the weeks to come: a day further off is of something else. */
const aheadMost = 60;
const withinDays = 31;

const two = (digits: string | number): string => String(digits).padStart(2, "0");

function monthNumber(name: string): number {
  return months.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3))) + 1;
}

/** The first such day of a year that is not before the notice; nothing where it lies too far ahead. */
function next(given: number, monthDay: string, year: string | undefined): number | null {
  const years = year === undefined ? [yearOf(given), yearOf(given) + 1] : [Number(year)];
  const found = years.map((one) => dayOfYear(one, monthDay)).find((day) => day !== null && day >= given);
  return found !== undefined && found !== null && found - given <= aheadMost ? found : null;
}

function byDate(text: string, given: number): number | null | undefined {
  const [, year, monthOfYear, dayOfMonth] = ordered.exec(text) ?? korean.exec(text) ?? [];
  if (monthOfYear && dayOfMonth) return next(given, `${two(monthOfYear)}-${two(dayOfMonth)}`, year);
  const first = dayFirst.exec(text);
  if (first) return next(given, `${two(monthNumber(first[2] ?? ""))}-${two(first[1] ?? "")}`, first[3]);
  const second = monthFirst.exec(text);
  if (second) return next(given, `${two(monthNumber(second[1] ?? ""))}-${two(second[2] ?? "")}`, second[3]);
  return undefined;
}

/** The next day that has this number in its month. */
function ofThisMonth(given: number, dayOfMonth: number): number | null {
  const days = Array.from({ length: withinDays + 1 }, (_, ahead) => given + ahead);
  return days.find((day) => new Date(day * 86_400_000).getUTCDate() === dayOfMonth) ?? null;
}

function byWord(text: string, given: number): number | null {
  if (/\btomorrow\b|내일/i.test(text)) return given + 1;
  const named = onWeekday.exec(text)?.[1]?.toLowerCase();
  const index = weekdays.findIndex((name) => name === named);
  if (index >= 0) return given + ((index - weekday(given) + 7) % 7);
  return /\btoday\b|오늘/i.test(text) ? given : null;
}

/**
 * The day that the words of a notice name for what is to come, as a day number; null where they name none, or one
 * that lies before the notice or more than two months after it. `given` is the publisher's day of the notice.
 */
export function announcedDay(text: string, given: number): number | null {
  const date = byDate(text, given);
  if (date !== undefined) return date;
  const day = koreanDay.exec(text)?.[1];
  return day ? ofThisMonth(given, Number(day)) : byWord(text, given);
}
