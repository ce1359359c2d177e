import type { Series } from "../catalogue/schema.ts";
import { weekday } from "./days.ts";

type Body = NonNullable<Series["session"]>;

const monday = 1;
const february = 2;

/** The number of the session that is of a year: of the Human Rights Council the one in spring, of the General Assembly the one that opens in September. */
export function sessionNumber(body: Body, year: number): number {
  return body === "ga" ? year - 1945 : 28 + 3 * (year - 2015);
}

/**
 * The day on which the Human Rights Council's spring session opens: the last Monday of February. In 2015 it was the
 * Monday after that, in every year from 2016 to 2025 this one.
 */
export function springSessionOpens(year: number): number {
  const lastOfFebruary = Date.UTC(year, february, 0) / 86_400_000;
  return lastOfFebruary - ((weekday(lastOfFebruary) - monday + 7) % 7);
}
