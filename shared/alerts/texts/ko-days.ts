import { yearOf } from "../../calendar/days.ts";

const msPerDay = 86_400_000;

/** "7월 1일", of a day as a number since 1970. */
export function dayOfYearKo(day: number): string {
  const date = new Date(day * msPerDay);
  return `${date.getUTCMonth() + 1}월 ${date.getUTCDate()}일`;
}

/** "2021년 7월 1일". */
export const dayKo = (day: number): string => `${yearOf(day)}년 ${dayOfYearKo(day)}`;
