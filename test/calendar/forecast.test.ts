import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoDay, yearOf } from "../../shared/calendar/days.ts";
import { type Forecast, forecast } from "../../shared/calendar/forecast.ts";
import type { OutEdition } from "../../shared/calendar/known.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { day, outOn, seriesOf } from "./made.ts";

function expected(series: Series, out: readonly OutEdition[], year: number): Forecast {
  const found = forecast(series, out, year);
  if (!found) throw new Error("something is expected");
  return found;
}

const span = ({ opens, median, closes }: Forecast): string[] => [opens, median, closes].map(isoDay);
const width = ({ opens, closes }: Forecast): number => closes - opens + 1;
/** Editions of the years from 2010 on, each so many days after its year began. */
const yearly = (places: readonly number[], first = 2010): OutEdition[] => places.map((place, index) => ({ year: first + index, day: day(`${first + index}-01-01`) + place, url: null, seen: null }));

describe("a window", () => {
  test("of editions on one day of the year is some days around that day", () => {
    const found = expected(seriesOf(), outOn({ 2019: "2019-06-26", 2020: "2020-06-26", 2021: "2021-06-26" }), 2022);
    expect(span(found)).toEqual(["2022-06-20", "2022-06-26", "2022-07-02"]);
    expect([found.basis, found.editions, found.spreadDays, found.due]).toEqual(["history", 3, 0, null]);
  });

  test("follows a publisher that moved: the press freedom index left April for 3 May", () => {
    const days = { 2018: "2018-04-25", 2019: "2019-04-18", 2020: "2020-04-21", 2021: "2021-04-20", 2022: "2022-05-03", 2023: "2023-05-03", 2024: "2024-05-03" };
    const out = outOn(days);
    expect(isoDay(expected(seriesOf(), out.slice(0, 4), 2022).median)).toBe("2022-04-20");
    expect(isoDay(expected(seriesOf(), out, 2025).median)).toBe("2025-05-03");
    expect(expected(seriesOf(), out, 2025).opens).toBeGreaterThan(day("2025-04-10"));
  });

  test("takes in a report that left January once, and does not lose January", () => {
    const days = { 2021: "2021-01-13", 2022: "2022-01-13", 2023: "2023-01-12", 2024: "2024-01-11", 2025: "2025-01-16", 2026: "2026-02-04" };
    const found = expected(seriesOf(), outOn(days), 2027);
    expect(found.opens).toBeLessThanOrEqual(day("2027-01-11"));
    expect(found.closes).toBeGreaterThanOrEqual(day("2027-01-20"));
  });

  test("forgets a year of a plague: five years later the resolution of June 2020 stretches it no more", () => {
    const days = { 2016: "2016-03-23", 2017: "2017-03-24", 2018: "2018-03-23", 2019: "2019-03-22", 2020: "2020-06-22", 2021: "2021-03-23", 2022: "2022-04-01", 2023: "2023-04-04", 2024: "2024-04-04" };
    expect(width(expected(seriesOf({ year: "session", session: "hrc" }), outOn(days), 2025))).toBeLessThan(32);
  });

  test("that the Council decides in is counted from the opening of its session, the last Monday of February", () => {
    // 31 days after 27 February 2023, 26 February 2024 and 24 February 2025.
    const out = outOn({ 2023: "2023-03-30", 2024: "2024-03-28", 2025: "2025-03-27" });
    const council = seriesOf({ year: "session", session: "hrc" });
    expect([2026, 2028, 2033].map((year) => isoDay(expected(council, out, year).median))).toEqual(["2026-03-26", "2028-03-30", "2033-03-31"]);
  });

  test.each([
    ["a series that covers the year before", { year: "coverage" }, { 2020: "2021-03-30", 2021: "2022-04-12", 2022: "2023-03-20" }, 2023, "2024-03-30"],
    ["a series on a year that comes two years later", { year: "coverage", lagYears: [1, 2] }, { 2020: "2022-02-27", 2021: "2023-02-27", 2022: "2024-02-27" }, 2023, "2025-02-27"],
    ["an act for the year to come", { lagYears: [-1, 0] }, { 2020: "2019-12-20", 2021: "2020-12-27", 2022: "2021-12-20" }, 2023, "2022-12-20"],
    ["a designation announced over New Year", { lagYears: [0, 1] }, { 2019: "2019-12-28", 2020: "2021-01-04", 2021: "2021-12-30", 2022: "2023-01-02" }, 2023, "2024-01-02"],
  ] satisfies [string, Parameters<typeof seriesOf>[0], Record<number, string>, number, string][])("of %s needs nothing of its own", (_, more, days, year, median) => {
    expect(isoDay(expected(seriesOf(more), outOn(days), year).median)).toBe(median);
  });

  test("does not know of editions of its own year and later", () => {
    const out = outOn({ 2017: "2017-05-01", 2018: "2018-05-02", 2019: "2019-05-03", 2020: "2020-11-30", 2021: "2021-12-01" });
    expect(expected(seriesOf(), out, 2020)).toEqual(expected(seriesOf(), out.slice(0, 3), 2020));
  });
});

describe("whatever the editions", () => {
  const places = fc.array(fc.integer({ min: -40, max: 420 }), { minLength: 3, maxLength: 12 });

  test("the window holds its median and is not empty", () => {
    fc.assert(
      fc.property(places, (some) => {
        const found = expected(seriesOf(), yearly(some), 2010 + some.length);
        expect(found.opens).toBeLessThanOrEqual(found.median);
        expect(found.median).toBeLessThanOrEqual(found.closes);
        expect(found.closes - found.opens).toBeGreaterThanOrEqual(4);
      }),
    );
  });

  test("the same days a week later give the same window a week later, over New Year and leap days too", () => {
    const shifted = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(shifted, fc.integer({ min: 1, max: 90 }), (some, shift) => {
        // Years of 365 days, so that a shift is the same in each.
        const at = (by: number): OutEdition[] => some.map((place, index) => ({ year: 2010 + index, day: dayAt(2010 + index, place + by), url: null, seen: null }));
        const year = 2010 + some.length;
        const [before, after] = [expected(seriesOf(), at(0), year), expected(seriesOf(), at(shift), year)];
        expect(placesOf(after, year)).toEqual(placesOf(before, year).map((place) => place + shift));
      }),
    );
  });

  test("days of the year alone decide, not in which years they were leap", () => {
    const monthDay = fc.integer({ min: 0, max: 364 });
    fc.assert(
      fc.property(fc.array(monthDay, { minLength: 3, maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (some, later) => {
        const from = (first: number): OutEdition[] => some.map((place, index) => ({ year: first + index, day: dayAt(first + index, place), url: null, seen: null }));
        const [one, other] = [expected(seriesOf(), from(2001), 2001 + some.length), expected(seriesOf(), from(2001 + later), 2001 + later + some.length)];
        expect(placesOf(other, 2001 + later + some.length)).toEqual(placesOf(one, 2001 + some.length));
      }),
    );
  });

  test("a day nearer to today counts for more than the same day long ago", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 120 }), fc.integer({ min: 200, max: 330 }), (early, late) => {
        const moved = expected(seriesOf(), yearly([early, early, early, early, late, late, late, late]), 2018);
        expect(moved.median).toBe(dayAt(2018, late));
      }),
    );
  });
});

describe("with little known", () => {
  const window = { opens: "11-15", closes: "01-31" };

  test("the catalogue's window stands in, also over New Year", () => {
    const found = expected(seriesOf({ window }), outOn({ 2020: "2020-12-07", 2021: "2021-11-17" }), 2022);
    expect([found.basis, ...span(found)]).toEqual(["catalogue", "2022-11-15", "2022-12-23", "2023-01-31"]);
  });

  test("a window of more than half a year gives way to the catalogue's", () => {
    const out = outOn({ 2015: "2015-07-01", 2019: "2019-02-07", 2022: "2022-12-23" });
    expect(expected(seriesOf({ window }), out, 2023).basis).toBe("catalogue");
    expect(expected(seriesOf(), out, 2023).basis).toBe("history");
  });

  test("a law's day stands alone", () => {
    const found = expected(seriesOf({ year: "coverage", due: { day: "02-25", law: "An Act" } }), [], 2024);
    expect([found.basis, found.due, found.opens, found.closes]).toEqual(["law", ...Array<number>(3).fill(day("2025-02-25"))]);
  });

  test("nothing is expected where nothing is known", () => expect(forecast(seriesOf(), [], 2024)).toBeUndefined());

  test("an edition without a day does not count", () => {
    const out: OutEdition[] = [...outOn({ 2020: "2020-05-01", 2021: "2021-05-01" }), { year: 2022, day: null, url: null, seen: null }];
    expect(forecast(seriesOf(), out, 2023)).toBeUndefined();
  });
});

function dayAt(year: number, place: number): number {
  const [years, rest] = [Math.floor(place / 365), place - Math.floor(place / 365) * 365];
  // 2001 had no leap day.
  const monthDay = new Date(Date.UTC(2001, 0, 1 + rest)).toISOString().slice(5, 10);
  return day(`${year + years}-${monthDay}`);
}

function placesOf({ opens, median, closes }: Forecast, year: number): number[] {
  return [opens, median, closes].map((one) => (yearOf(one) - year) * 365 + Math.round((Date.parse(`2001-${isoDay(one).slice(5)}`) - Date.parse("2001-01-01")) / 86_400_000));
}
