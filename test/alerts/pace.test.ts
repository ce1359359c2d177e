import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alertKinds } from "../../shared/alerts/alert.ts";
import { digestNumber, isDirect, isQuiet, paceOf } from "../../shared/alerts/pace.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { isZone, wallClock } from "../../shared/alerts/wall-clock.ts";
import { tip } from "./facts.ts";

const minuteMs = 60_000;
const zones = ["UTC", "Asia/Seoul", "Asia/Pyongyang", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca"];
const zone = fc.constantFrom(...zones);
const moment = fc.date({ noInvalidDate: true, min: new Date("2011-01-01"), max: new Date("2031-01-01") });
const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) }).map(({ hour, minute }) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const after = (date: Date, minutes: number): string => new Date(date.getTime() + minutes * minuteMs).toISOString();

describe("a clock on the wall", () => {
  test.each([
    ["2026-07-01T18:40:00Z", "Asia/Seoul", "2026-07-02", "03:40"],
    ["2026-07-01T18:40:00Z", "America/New_York", "2026-07-01", "14:40"],
    ["2026-01-01T00:00:00Z", "UTC", "2026-01-01", "00:00"],
    // The hour that summer time leaves out, and the one that it brings twice.
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29", "03:00"],
    ["2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25", "02:30"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25", "02:30"],
  ])("shows at %s in %s the day %s and the time %s", (at, where, day, shown) => expect(wallClock(at, where)).toEqual({ day, time: shown }));

  test("is known for names of zones, and for nothing else", () => {
    expect(["Asia/Seoul", "UTC", "Europe/Berlin", "Seoul", "Asia/Soul", "+09:00", "", "x"].filter(isZone)).toEqual(["Asia/Seoul", "UTC", "Europe/Berlin"]);
  });
});

describe("quiet hours", () => {
  const night = { quiet: { from: "22:00", to: "07:00" }, zone: "Asia/Seoul" };

  test.each([
    ["2026-11-24T12:59:00Z", false],
    ["2026-11-24T13:00:00Z", true],
    ["2026-11-24T21:59:00Z", true],
    ["2026-11-24T22:00:00Z", false],
  ])("go over midnight: at %s it is quiet in Seoul: %s", (at, expected) => expect(isQuiet(night, at)).toBe(expected));

  test("end when the clock shows their end, on days when it is set forward or back too", () => {
    const berlin = { ...night, zone: "Europe/Berlin" };
    expect(["2026-03-28T05:59Z", "2026-03-28T06:00Z", "2026-03-29T04:59Z", "2026-03-29T05:00Z", "2026-10-25T05:59Z", "2026-10-25T06:00Z"].map((at) => isQuiet(berlin, at))).toEqual([true, false, true, false, true, false]);
  });

  test("are never and always of the same minutes of the clock, in every zone", () => {
    fc.assert(
      fc.property(zone, moment, time, time, (where, date, from, to) => {
        const at = date.toISOString();
        const { time: shown } = wallClock(at, where);
        const isIn = from === to ? false : from < to ? shown >= from && shown < to : shown >= from || shown < to;
        expect(isQuiet({ quiet: { from, to }, zone: where }, at)).toBe(isIn);
        expect(isQuiet({ zone: where }, at)).toBe(false);
      }),
    );
  });

  test("of less than a day end within a day and a changed clock, in every zone", () => {
    fc.assert(
      fc.property(zone, moment, time, time, (where, date, from, to) => {
        // A clock that is set forward over the hours outside leaves out at most one of them.
        const length = (Number(to.slice(0, 2)) * 60 + Number(to.slice(3)) - Number(from.slice(0, 2)) * 60 - Number(from.slice(3)) + 1440) % 1440;
        fc.pre(length > 0 && length < 1320);
        const minutes = Array.from({ length: (26 * 60) / 10 }, (_, index) => index * 10);
        expect(minutes.some((later) => !isQuiet({ quiet: { from, to }, zone: where }, after(date, later)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the number of a digest", () => {
  test("grows at eight in the morning by the subscriber's clock, and each Monday where it is weekly", () => {
    const daily = { pace: "daily" as const, zone: "Asia/Seoul" };
    expect(digestNumber(daily, "2026-11-23T23:00:00Z") - digestNumber(daily, "2026-11-23T22:59:00Z")).toBe(1);
    const weekly = { zone: "America/New_York" };
    const mondays = ["2026-11-23T12:59:00Z", "2026-11-23T13:00:00Z", "2026-11-30T12:59:00Z", "2026-11-30T13:00:00Z"].map((at) => digestNumber(weekly, at));
    expect(mondays.map((number) => number - (mondays[0] ?? 0))).toEqual([0, 1, 1, 2]);
  });

  test("grows by one a day, once, whatever the zone and its summer time", () => {
    fc.assert(
      fc.property(zone, moment, (where, date) => {
        const daily = { pace: "daily" as const, zone: where };
        const numbers = Array.from({ length: 4 * 24 * 6 }, (_, index) => digestNumber(daily, after(date, index * 10)));
        const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
        // Samoa left out the last Friday of 2011.
        expect(steps.every((step) => step === 0 || step === 1 || (step === 2 && where === "Pacific/Apia"))).toBe(true);
        expect(steps.reduce((sum, step) => sum + step, 0)).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 40 },
    );
  });
});

describe("who asks for no pace", () => {
  test("is told at once, but once a week of what is of no series", () => {
    expect(alertKinds.filter((kind) => paceOf({}, kind) === "weekly")).toEqual(["about"]);
    expect(alertKinds.filter((kind) => isDirect({ protocol: "email", wishes: allWishes }, { ...tip, kind }))).toEqual(["edition", "notice", "late", "blind", "changes"]);
  });

  test("gets nothing directly with quiet hours, as SNS knows none", () => {
    expect(alertKinds.filter((kind) => isDirect({ protocol: "sms", wishes: allWishes, quiet: { from: "22:00", to: "07:00" } }, { ...tip, kind }))).toEqual([]);
  });
});
