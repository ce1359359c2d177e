import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayIn, dayInto, dayNumber, daysInto, isoDay, isZone, momentIn, weekday, yearOf } from "../../shared/calendar/days.ts";

const day = (text: string): number => dayNumber(text) ?? Number.NaN;
const anyDay = fc.integer({ min: day("1990-01-01"), max: day("2099-12-31") });
const anyYear = fc.integer({ min: 1995, max: 2090 });
const zones = ["UTC", "America/New_York", "America/Los_Angeles", "Europe/London", "Europe/Zurich", "Asia/Seoul", "Australia/Perth", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe"] as const;
const hourMs = 3_600_000;

describe("days into a year", () => {
  test("lead back to the day, but for 29 February, which is 1 March", () => {
    fc.assert(
      fc.property(anyDay, anyYear, (one, year) => {
        const back = dayInto(year, daysInto(year, one));
        expect(isoDay(back)).toBe(isoDay(one).endsWith("-02-29") ? `${yearOf(one)}-03-01` : isoDay(one));
      }),
    );
  });

  test("of the same day of the year are the same in every year, leap years or not", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20, max: 20 }), (one, years) => {
        const [year, rest] = [yearOf(one), isoDay(one).slice(4)];
        fc.pre(!rest.endsWith("-02-29"));
        expect(daysInto(year + years, day(`${year + years}${rest}`))).toBe(daysInto(year, one));
      }),
    );
  });

  test.each([
    [2021, "2021-01-01", 0],
    [2021, "2020-12-31", -1],
    [2021, "2022-01-01", 365],
    [2020, "2020-02-29", 59],
    [2020, "2020-03-01", 59],
    [2019, "2020-12-31", 729],
  ])("from %i to %s are %i", (year, to, days) => expect(daysInto(year, day(to))).toBe(days));
});

test("the day of the week is that of the calendar", () => {
  fc.assert(
    fc.property(fc.integer({ min: day("1950-01-01"), max: day("2099-12-31") }), (one) => {
      expect(weekday(one)).toBe(new Date(one * 24 * hourMs).getUTCDay());
    }),
  );
});

describe("a day in a zone", () => {
  test.each([
    ["Asia/Seoul", "2021-06-30T15:00:00Z", "2021-07-01"],
    ["Asia/Seoul", "2021-06-30T14:59:59Z", "2021-06-30"],
    ["America/New_York", "2021-07-01T03:59:59Z", "2021-06-30"],
    ["America/New_York", "2021-07-01T04:00:00Z", "2021-07-01"],
    ["America/New_York", "2021-01-01T04:59:59Z", "2020-12-31"],
    ["America/New_York", "2021-01-01T05:00:00Z", "2021-01-01"],
    ["Europe/London", "2026-03-29T00:59:59Z", "2026-03-29"],
    ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"],
  ])("in %s at %s it is %s", (zone, moment, expected) => expect(isoDay(dayIn(zone, Date.parse(moment)))).toBe(expected));

  test("goes on by a day at a time, over daylight saving and leap days", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.date({ noInvalidDate: true, min: new Date("2012-01-01"), max: new Date("2060-01-01") }), fc.integer({ min: 1, max: 26 }), (zone, from, hours) => {
        const later = from.getTime() + hours * hourMs;
        const step = dayIn(zone, later) - dayIn(zone, from.getTime());
        expect(step).toBeGreaterThanOrEqual(0);
        expect(step).toBeLessThanOrEqual(hours > 22 ? 2 : 1);
        expect(hours >= 25 ? step >= 1 : true).toBe(true);
      }),
    );
  });

  test("holds the moments at which its clocks show a time of it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: day("2012-01-01"), max: day("2060-01-01") }), fc.integer({ min: 4 * 60, max: 20 * 60 }), (zone, one, minutes) => {
        const moment = momentIn(zone, one, minutes);
        expect(dayIn(zone, moment)).toBe(one);
        expect(dayIn(zone, moment - minutes * 60_000 - 2 * hourMs)).toBe(one - 1);
      }),
    );
  });
});

test.each([["Asia/Seoul", true], ["UTC", true], ["Seoul", false], ["Europe/Atlantis", false], ["", false]])("%s is a zone: %s", (name, expected) => expect(isZone(name)).toBe(expected));
