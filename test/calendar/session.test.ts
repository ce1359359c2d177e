import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isoDay, weekday, yearOf } from "../../shared/calendar/days.ts";
import { sessionNumber, springSessionOpens } from "../../shared/calendar/session.ts";
import { sessionYear } from "../../shared/recognition/symbols.ts";

test.each([
  [2016, "2016-02-29"],
  [2017, "2017-02-27"],
  [2018, "2018-02-26"],
  [2019, "2019-02-25"],
  [2020, "2020-02-24"],
  [2021, "2021-02-22"],
  [2022, "2022-02-28"],
  [2023, "2023-02-27"],
  [2024, "2024-02-26"],
  [2025, "2025-02-24"],
  [2026, "2026-02-23"],
])("the Council's spring session of %i opens on %s", (year, opens) => expect(isoDay(springSessionOpens(year))).toBe(opens));

test("it opens on a Monday of the last week of February, in every year", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2006, max: 2199 }), (year) => {
      const opens = springSessionOpens(year);
      expect([weekday(opens), yearOf(opens)]).toEqual([1, year]);
      expect(isoDay(opens + 7).slice(5, 7)).toBe("03");
    }),
  );
});

test("the number of a year's session is the one in the symbols of that year", () => {
  for (let year = 2009; year < 2060; year++) {
    expect(sessionYear(`A/HRC/RES/${sessionNumber("hrc", year)}/1`, "hrc")).toBe(year);
    expect(sessionYear(`A/RES/${sessionNumber("ga", year)}/1`, "ga")).toBe(year);
  }
  expect([sessionNumber("hrc", 2026), sessionNumber("ga", 2026)]).toEqual([61, 81]);
});
