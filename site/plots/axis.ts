import { yearOf } from "../../shared/calendar/days.ts";

/** Twelve months in a row, the first of which may be any. Each is as wide as the others. */
export interface Axis {
  /** The first month, counted from January of the year 0. */
  readonly first: number;
}

const months = 12;
const msPerDay = 86_400_000;

/** The axis that begins with a month of a year; 0 is January, and it may lie before or after that year. */
export function axisFrom(year: number, month = 0): Axis {
  return { first: year * months + month };
}

/** Where a day lies on the axis: 0 is its beginning and 1 its end; days outside lie below or above. */
export function placeOn({ first }: Axis, day: number): number {
  const date = new Date(day * msPerDay);
  const year = yearOf(day);
  const length = new Date(Date.UTC(year, date.getUTCMonth() + 1, 0)).getUTCDate();
  return (year * months + date.getUTCMonth() - first + (date.getUTCDate() - 1) / length) / months;
}

/** Which months stand on the axis: 0 is January. */
export function monthsOn({ first }: Axis): number[] {
  return Array.from({ length: months }, (_, index) => (first + index) % months);
}

/**
 * The month with which to begin each year's axis so that as many days as can be lie on it; January where that is as
 * good. Days are given with the year of their edition's usual release.
 */
export function firstMonthFor(days: readonly { readonly year: number; readonly day: number }[]): number {
  const outside = (month: number): number => days.filter(({ year, day }) => placeOn(axisFrom(year, month), day) < 0 || placeOn(axisFrom(year, month), day) >= 1).length;
  return [0, 3, -3, 6, -6, 9, -9].reduce((best, month) => (outside(month) < outside(best) ? month : best), 0);
}
