import { dayNumber, yearOf } from "../calendar/days.ts";
import type { Texts } from "./texts/texts.ts";
import { wallClock } from "./wall-clock.ts";

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

/** The day, and the time as it is said, "18:40 UTC", or null where the date is a day alone; in the texts' zone, where they have one. Null where it is no date. */
export function dayAndTime(date: string | null, days: Texts["days"]): { readonly day: number; readonly time: string | null } | null {
  const { zone = "UTC" } = days;
  const day = dayNumber(date);
  if (day === null || date === null) return null;
  if (!date.includes("T")) return { day, time: null };
  if (zone === "UTC") return { day, time: `${new Date(date).toISOString().slice(11, 16)} UTC` };
  const there = wallClock(date, zone);
  return { day: dayNumber(there.day) ?? day, time: days.inZone(there.time, zone) };
}

/** "1 July 2021, 18:40 UTC", or the day alone where no time was given; what is no date stays as it is. */
export function sayMomentOrDay(at: string, days: Texts["days"]): string {
  const said = dayAndTime(at, days);
  if (said === null) return at;
  return said.time === null ? days.day(said.day) : `${days.day(said.day)}, ${said.time}`;
}

/** "1 July 2021, 18:40 UTC", or "1 July 2021 (no time was given)"; null where it is no date. */
export function sayMoment(date: string | null, days: Texts["days"]): string | null {
  const said = dayAndTime(date, days);
  if (said === null) return null;
  return said.time === null ? days.noTime(days.day(said.day)) : `${days.day(said.day)}, ${said.time}`;
}
