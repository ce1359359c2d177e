import { describe, expect, test } from "vitest";
import { editionYear, inWindow, yearsIn } from "../../shared/recognition/edition.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { catalogue, type Parts } from "./catalogue.ts";

type Entry = NonNullable<Parts["series"]>[number];

/** The edition that an item of a series is taken to speak of. */
function edition(entry: Partial<Entry>, title: string, published: string | null, symbols: readonly string[] = []): ReturnType<typeof editionYear> {
  const [series] = catalogue({ series: [{ id: "a", recognise: [{ role: "release", title: ["report"] }], ...entry }] }).series;
  if (!series) throw new Error("no series");
  return editionYear(series, fold(title), published, symbols);
}

describe("a window", () => {
  const summer = { opens: "06-01", closes: "07-31" };
  const winter = { opens: "12-10", closes: "01-20" };
  test.each([
    ["2021-06-01", summer, true],
    ["2021-07-31T23:59:59Z", summer, true],
    ["2021-05-31", summer, false],
    ["2021-08-01", summer, false],
    ["2020-12-10", winter, true],
    ["2021-01-20", winter, true],
    ["2021-01-21", winter, false],
    ["2020-12-09", winter, false],
  ])("%s in %j: %s", (day, window, held) => expect(inWindow(day, window)).toBe(held));
});

describe("years in a title", () => {
  test.each([
    ["Trafficking in Persons Report 2021", [], [2021]],
    ["Report 2022/23", [], [2022, 2023]],
    ["Report 2019-20", [], [2019, 2020]],
    ["Report 1999/00", [], [1999, 2000]],
    ["Report 2022/25", [], [2022]],
    ["FY22 Appropriations", [], [2022]],
    ["FY2022 and CY2021", [], [2022, 2021]],
    ["북한인권백서 2020년판, 2021년도", [], [2020, 2021]],
    ["2021년 보고", [], [2021]],
    ["Designations under the Act of 1998, 2021", [1998], [2021]],
    ["Resolution 2397 of 12022 people, 20 in 1830", [], []],
    ["The first debate since 2017, in 2023", [], [2023]],
    ["World Report 0216", [], [2016]],
    ["Resolution 0299", [], []],
  ])("%s (Acts %j): %j", (title, acts, years) => expect(yearsIn(fold(title), acts)).toEqual(years));
});

describe("the edition", () => {
  test("of a series without years is none", () => expect(edition({}, "Report 2021", "2021-06-30")).toEqual({ year: null, why: "editions of this series are not counted by years" }));

  test("is that of the symbol's session, whatever title and date say", () => {
    const hrc: Partial<Entry> = { year: "session", session: "hrc" };
    expect(edition(hrc, "Report 2019", "2021-06-30", ["A/HRC/RES/43/25"])).toEqual({ year: 2020, why: "the symbol A/HRC/RES/43/25 is of the session of 2020" });
    expect(edition(hrc, "Report", "2021-06-30", ["S/PV.9398"]).year).toBe(2021);
  });

  test("is the title's year where the date allows it", () => {
    expect(edition({ year: "release" }, "Report 2021", "2021-06-30")).toEqual({ year: 2021, why: "the title names 2021, which fits 2021-06-30" });
    expect(edition({ year: "coverage" }, "2020 Report", "2021-03-30T18:00:00Z")).toEqual({ year: 2020, why: "the title names 2020, which fits 2021-03-30" });
  });

  test("is taken from the date where the title names no year", () => {
    expect(edition({ year: "release" }, "Report", "2021-06-30")).toEqual({ year: 2021, why: "no year in the title; an edition of 2021-06-30 is 2021" });
    expect(edition({ year: "coverage" }, "Report", "2021-03-30").year).toBe(2020);
  });

  test("is the title's year where there is no date", () => expect(edition({ year: "coverage" }, "2020 Report", null)).toEqual({ year: 2020, why: "the title names 2020; there is no date to hold it against" }));
  test("is unknown without either", () => expect(edition({ year: "release" }, "Report", null)).toEqual({ year: null, why: "neither title nor date gives a year" }));

  test("is decided by the window where title and date are a year apart, and the conflict is said", () =>
    expect(edition({ year: "coverage" }, "2021 Report", "2021-03-30")).toEqual({ year: 2020, why: "the title names 2021, but an edition of 2021-03-30 is 2020: the window decides" }));

  test("is the title's where it is further off: an old edition again", () =>
    expect(edition({ year: "release" }, "Report 2015", "2021-06-30")).toEqual({ year: 2015, why: "the title names 2015, too far from 2021-06-30 for a slip: an old edition again" }));

  test("of a release that the title dates by two years is the later one", () => {
    expect(edition({ year: "release" }, "Report 2022/23", "2023-03-28").year).toBe(2023);
    expect(edition({ year: "release" }, "Report 2022/23", null).year).toBe(2023);
    expect(edition({ year: "coverage" }, "Report 2022/23", null).year).toBe(2022);
  });

  test("belongs to the year in which a window over New Year opened", () => {
    const winter: Partial<Entry> = { year: "release", window: { opens: "11-15", closes: "01-31" } };
    expect(edition(winter, "Designations", "2020-12-07").year).toBe(2020);
    expect(edition(winter, "Designations", "2021-01-04").year).toBe(2020);
    expect(edition(winter, "Designations", "2021-05-01").year).toBe(2021);
  });

  test("is still that of a window which closed some weeks before, over New Year too", () => {
    const winter: Partial<Entry> = { year: "release", window: { opens: "11-15", closes: "01-31" } };
    const autumn: Partial<Entry> = { year: "release", lagYears: [-1], window: { opens: "09-25", closes: "12-20" } };
    expect(edition(winter, "Designations", "2021-02-01").year).toBe(2020);
    expect(edition(autumn, "Determination", "2026-12-19").year).toBe(2027);
    expect(edition(autumn, "Determination", "2027-01-06").year).toBe(2027);
    expect(edition(autumn, "Determination", "2027-09-29").year).toBe(2028);
  });

  test("may lag by more than one number of years, the first being the usual one", () => {
    const lagging: Partial<Entry> = { year: "coverage", lagYears: [1, 2] };
    expect(edition(lagging, "Report", "2021-06-30").year).toBe(2020);
    expect(edition(lagging, "2019 Report", "2021-06-30").year).toBe(2019);
    expect(edition({ year: "release", lagYears: [-1] }, "Budget", "2020-12-27").year).toBe(2021);
  });

  test("follows on a document dated late in the year before, where the series comes out early in one", () => {
    const early: Partial<Entry> = { year: "release", window: { opens: "01-07", closes: "01-20" } };
    expect(edition(early, "Country Dossier, November 2020", null).year).toBe(2021);
    expect(edition(early, "WWL 2020 Country Dossier, December 2019", null).year).toBe(2020);
    expect(edition({ ...early, window: { opens: "06-01", closes: "07-31" } }, "Dossier, November 2020", null).year).toBe(2020);
  });

  test("of a report that may be posted again a year late is the title's", () => expect(edition({ year: "release", lagYears: [0, 1] }, "World Report 2016", "2017-08-28").year).toBe(2016));

  test("is never the year of an Act", () => {
    const acts: Partial<Entry> = { year: "release", actYears: [1998, 2016] };
    expect(edition(acts, "Report under the Act of 1998 and the Act of 2016", "2021-06-30").year).toBe(2021);
    expect(edition({ year: "release" }, "Report under the Act of 1998", "2021-06-30").year).toBe(1998);
  });
});
