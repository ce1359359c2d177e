const msPerDay = 86_400_000;
const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

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

/** "1 July". */
export function sayDayOfYear(day: number): string {
  const date = new Date(day * msPerDay);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()] ?? ""}`;
}

/** "1 July 2021". */
export const sayDay = (day: number): string => `${sayDayOfYear(day)} ${yearOf(day)}`;

/** "1 day", "12 days". */
export const sayDays = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

/** "18:40 UTC", or null where the date is a day alone. */
export function sayTime(date: string): string | null {
  if (!date.includes("T") || dayNumber(date) === null) return null;
  return `${new Date(date).toISOString().slice(11, 16)} UTC`;
}

/** "1 July 2021, 18:40 UTC", or "1 July 2021 (no time was given)"; null where it is no date. */
export function sayMoment(date: string | null): string | null {
  const day = dayNumber(date);
  if (day === null || date === null) return null;
  const time = sayTime(date);
  return time === null ? `${sayDay(day)} (no time was given)` : `${sayDay(day)}, ${time}`;
}
