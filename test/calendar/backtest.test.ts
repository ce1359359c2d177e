import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { backtestSeries, score, type Tried } from "../../shared/calendar/backtest.ts";
import { isoDay } from "../../shared/calendar/days.ts";
import { day, listed, seriesOf } from "./made.ts";

const days = { 2014: "2014-06-20", 2015: "2015-06-22", 2016: "2016-06-18", 2017: "2017-06-20", 2018: "2018-06-25", 2019: "2019-12-01", 2020: "2020-06-20" };

test("an edition is forecast by those that were out when the year before ended", () => {
  const { tried, tooFew } = backtestSeries(seriesOf({ editions: listed(days) }), 2018);
  expect(tried.map(({ year }) => year)).toEqual([2018, 2019, 2020]);
  expect(tooFew).toBe(0);
  expect(backtestSeries(seriesOf({ editions: listed({ 2017: days[2017], 2018: days[2018], 2019: days[2019] }) }), 2018)).toMatchObject({ tried: [], tooFew: 2 });
});

test("a report on the year before is not forecast by one that came in its own year", () => {
  const coverage = seriesOf({ year: "coverage", editions: listed({ 2014: "2015-06-20", 2015: "2016-06-22", 2016: "2017-06-18", 2017: "2018-12-20" }) });
  const late = seriesOf({ year: "coverage", lagYears: [1, 2], editions: listed({ 2014: "2015-06-20", 2015: "2016-06-22", 2016: "2018-01-18", 2017: "2018-12-20" }) });
  expect(backtestSeries(coverage, 2018).tried).toHaveLength(1);
  // The edition 2016 came in 2018, when 2017 was due, so two alone were known.
  expect(backtestSeries(late, 2018)).toMatchObject({ tried: [], tooFew: 2 });
});

/** What is tried of the years before 2020 where 2020 came on that day of it; on every other day with a window and a law. */
function until2020(place: number): Tried[] {
  const stated = place % 2 ? { window: { opens: "01-01", closes: "01-02" }, due: { day: "01-01", law: "An Act" } } : {};
  const series = seriesOf({ editions: listed({ ...days, 2020: isoDay(day("2020-01-01") + place) }), ...stated });
  return backtestSeries(series, 2018).tried.filter(({ year }) => year < 2020);
}

test("what came later changes no forecast of what came before, and the catalogue's window none at all", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 364 }), (one, other) => {
      expect(until2020(one)).toEqual(until2020(other));
    }),
    { numRuns: 40 },
  );
});

test("the naive forecast is the day of the year of the edition before", () => {
  const { tried } = backtestSeries(seriesOf({ editions: listed(days) }), 2018);
  expect(tried.map(({ naive }) => isoDay(naive))).toEqual(["2018-06-20", "2019-06-25", "2020-12-01"]);
});

test("a score counts what came inside, after, in the same week, and within the same width", () => {
  const base = { series: "a", year: 2020 };
  const all = score([
    { ...base, opens: 100, closes: 109, day: 105, naive: 107 },
    { ...base, opens: 100, closes: 109, day: 110, naive: 107 },
    { ...base, opens: 100, closes: 119, day: 99, naive: 110 },
  ]);
  expect(all).toEqual({ editions: 3, inside: 1, after: 1, medianWidth: 10, meanWidth: 40 / 3, sameWeek: 2, sameWidth: 2 });
});

describe("on the repository's catalogue", async () => {
  const { series } = await readCatalogue();
  const all = score(series.filter(({ cadence, year }) => year !== undefined && (cadence === "annual" || cadence === "biennial")).flatMap((one) => backtestSeries(one, 2018).tried));

  test("at least 84 percent of the editions since 2018 came inside their window, half of which are of at most 45 days", () => {
    expect(all.editions).toBeGreaterThanOrEqual(150);
    expect(all.inside / all.editions).toBeGreaterThanOrEqual(0.84);
    expect(all.medianWidth).toBeLessThanOrEqual(45);
  });
  test("which is far better than the same week as last year, and better than as many days around last year's day", () => {
    expect(all.inside).toBeGreaterThan(2 * all.sameWeek);
    expect(all.inside).toBeGreaterThan(all.sameWidth);
  });
});
