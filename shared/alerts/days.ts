import { dayNumber, yearOf } from "../calendar/days.ts";
import type { Texts } from "./texts/texts.ts";

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

/** "1 July". */
export function sayDayOfYear(day: number): string {
  const date = new Date(day * msPerDay);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()] ?? ""}`;
}

/** "1 July 2021". */
export const sayDay = (day: number): string => `${sayDayOfYear(day)} ${yearOf(day)}`;

/** The day that `sayDay` says so, as a number since 1970; null where it is none. */
export function readDay(said: string): number | null {
  const [, date = "", name = "", year = ""] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(said) ?? [];
  const month = monthNames.findIndex((known) => known === name) + 1;
  return month === 0 ? null : dayNumber(`${year}-${String(month).padStart(2, "0")}-${date.padStart(2, "0")}`);
}

/** "1 day", "12 days". */
export const sayDays = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

/** "18:40 UTC", or null where the date is a day alone. */
export function sayTime(date: string): string | null {
  if (!date.includes("T") || dayNumber(date) === null) return null;
  return `${new Date(date).toISOString().slice(11, 16)} UTC`;
}

/** "1 July 2021, 18:40 UTC", or the day alone where no time was given; what is no date stays as it is. */
export function sayMomentOrDay(at: string, days: Texts["days"]): string {
  const day = dayNumber(at);
  const time = sayTime(at);
  if (day === null) return at;
  return time === null ? days.day(day) : `${days.day(day)}, ${time}`;
}

/** "1 July 2021, 18:40 UTC", or "1 July 2021 (no time was given)"; null where it is no date. */
export function sayMoment(date: string | null, days: Texts["days"]): string | null {
  const day = dayNumber(date);
  if (day === null || date === null) return null;
  const time = sayTime(date);
  const said = days.day(day);
  return time === null ? days.noTime(said) : `${said}, ${time}`;
}
