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
