import { dayNumber, isoDay } from "../../shared/calendar/days.ts";

/** "2021년 7월 1일". */
export function dayKo(day: number): string {
  const [year, month, date] = isoDay(day).split("-").map(Number);
  return `${year}년 ${month}월 ${date}일`;
}

/** "2021년 7월 1일 18:40 UTC", or the day alone where no time was given. */
export function momentKo(at: string): string {
  const day = dayNumber(at);
  if (day === null) return at;
  return at.includes("T") ? `${dayKo(day)} ${new Date(at).toISOString().slice(11, 16)} UTC` : dayKo(day);
}
