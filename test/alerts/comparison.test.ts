import { expect, test } from "vitest";
import { comparison } from "../../shared/alerts/comparison.ts";
import { releasedOn } from "../../shared/calendar/released.ts";
import { tip } from "./facts.ts";

const report = { ...tip, window: { opens: "03-01", closes: "04-30" }, due: { day: "02-25", law: "22 U.S.C. 2304" } };

test("a report on the year before is compared at the same distance from its year", () => {
  const earlier = [{ year: 2014, released: "2015-06-25", url: null }];
  expect(comparison({ ...report, edition: 2015, published: "2016-04-13", earlier })).toEqual([
    "73 days earlier than last year's 25 June.",
    "Usual window: 1 March to 30 April.",
    "Statutory day 25 February: 48 days late.",
  ]);
});

test("very late stays late, and does not turn into early for the next year", () => {
  const earlier = [{ year: 2022, released: "2023-03-20", url: null }];
  expect(comparison({ ...report, edition: 2024, published: "2025-11-15T10:00:00Z", earlier })).toEqual([
    "240 days later in the year than the 2022 edition (20 March 2023).",
    "Usual window: 1 March to 30 April.",
    "Statutory day 25 February: 263 days late.",
  ]);
});

test("without a window the statutory day is that of the season", () => {
  const facts = { ...report, window: null, earlier: [] };
  expect(comparison({ ...facts, published: "2021-02-20" })).toEqual(["Statutory day 25 February: 5 days early."]);
  expect(comparison({ ...facts, published: "2021-02-25" })).toEqual(["Statutory day 25 February: on the day."]);
  expect(comparison({ ...facts, published: "2021-10-01" })).toEqual(["Statutory day 25 February: 218 days late."]);
});

test("a window may run over New Year", () => {
  const facts = { ...tip, earlier: [], due: null, window: { opens: "11-15", closes: "01-10" } };
  expect(comparison({ ...facts, published: "2021-01-04" })).toEqual(["Usual window: 15 November to 10 January."]);
});

test("editions that are not counted by years, or come several a year, say how long after the one before", () => {
  const earlier = [{ year: null, released: "2021-05-28", url: null }];
  expect(comparison({ ...tip, edition: null, earlier, window: null, due: null })).toEqual(["34 days after the one before (28 May 2021)."]);
  const sameYear = [{ year: 2021, released: "2021-06-30", url: null }];
  expect(comparison({ ...tip, earlier: sameYear, window: null, due: null })).toEqual(["1 day after the one before (30 June 2021)."]);
});

test("the newest edition with a known day is compared with", () => {
  const earlier = [{ year: 2020, released: "unknown", url: null }, { year: 2019, released: "2019-07-01", url: null }];
  expect(comparison({ ...tip, earlier, window: null, due: null })).toEqual(["The same day of the year as the 2019 edition's 1 July 2019."]);
});

test("29 February is compared with 1 March in a year without it", () => {
  const earlier = [{ year: 2020, released: "2020-02-29", url: null }];
  expect(comparison({ ...tip, published: "2021-03-02", earlier, window: null, due: null })).toEqual(["1 day later than last year's 29 February."]);
});

test("an item of no series is compared with nothing", () => {
  expect(comparison({ ...tip, series: null })).toEqual([]);
});

test.each([
  ["America/New_York", "2021-06-20T03:59:00Z", "2021-06-19"],
  ["America/New_York", "2021-06-20T04:00:00Z", "2021-06-20"],
  ["Asia/Seoul", "2021-06-19T14:59:00Z", "2021-06-19"],
  ["Asia/Seoul", "2021-06-19T15:00:00Z", "2021-06-20"],
  ["Europe/Zurich", "2021-06-19T21:59:00Z", "2021-06-19"],
  ["Europe/Zurich", "2021-06-19T22:00:00Z", "2021-06-20"],
  [undefined, "2021-06-19T23:59:00Z", "2021-06-19"],
  [undefined, "2021-06-20", "2021-06-20"],
] as const)("where the publisher is (%s), what came at %s came on %s, in mail and on the site", (zone, at, day) => {
  const facts = { ...report, publisher: { ...tip.publisher, zone }, edition: 2021, window: null, due: { day: "06-20", law: "a law" }, earlier: [{ year: 2020, released: "2020-06-20", url: null }] };
  const sentences = day === "2021-06-20" ? ["The same day of the year as last year's 20 June.", "Statutory day 20 June: on the day."] : ["1 day earlier than last year's 20 June.", "Statutory day 20 June: 1 day early."];
  expect(comparison({ ...facts, published: at })).toEqual(sentences);
  expect(comparison({ ...facts, published: null, at })).toEqual(sentences);
  expect(releasedOn({ status: "out", published: at, silent: false, firstSeen: at }, zone ?? "UTC")).toBe(day);
});
