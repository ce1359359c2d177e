import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { calendar } from "../../shared/calendar/calendar.ts";
import { isoDay } from "../../shared/calendar/days.ts";
import { knownAt, nowIn, type Recorded } from "../../shared/calendar/known.ts";
import { cannotBeRead, endsGap, watchedBy } from "../../shared/calendar/readable.ts";
import { type SeriesStanding, type Sight, standing, type WatchedDays } from "../../shared/calendar/standing.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { day, listed, seriesOf } from "./made.ts";

const seeing: Sight = { sources: ["state-press"], unreadable: [], watched: null };
const watchedDays = (from: string, until = "2030-01-01"): WatchedDays => ({ from: day(from), until: day(until) });
const watchedFrom = (from: string, until = "2030-01-01"): Sight => ({ ...seeing, watched: new Map([["state-press", watchedDays(from, until)]]) });
const lost: Sight = { ...seeing, unreadable: ["state-press"] };

function at(series: Series, when: string, sight = seeing, recorded: readonly Recorded[] = [], zone = "UTC"): SeriesStanding {
  const now = nowIn(zone, when);
  return standing(series, knownAt(series, recorded, now), sight, now);
}
const told = (series: Series, when: string, sight = seeing): string => {
  const { edition, standing: stands } = at(series, when, sight);
  return `${edition} ${stands}`;
};

/** Each year on 20 June. */
const june = { 2017: "2017-06-20", 2018: "2018-06-20", 2019: "2019-06-20", 2020: "2020-06-20" };
const report = seriesOf({ editions: listed(june) });

describe("a yearly report", () => {
  test.each([
    ["2020-06-20", "2020 out"],
    ["2020-12-18", "2020 out"],
    ["2020-12-25", "2021 ahead"],
    ["2021-06-13", "2021 ahead"],
    ["2021-06-14", "2021 open"],
    ["2021-06-26", "2021 open"],
    ["2021-06-27", "2021 late"],
    ["2021-12-18", "2021 late"],
    ["2021-12-25", "2021 missed"],
    ["2022-06-13", "2021 missed"],
    ["2022-06-14", "2022 open"],
  ])("stands on %s at %s", (when, expected) => expect(told(report, when)).toBe(expected));

  test("that a law wants by a day before its usual ones is not late on that day, and told how far behind the law it is", () => {
    const dutiful = seriesOf({ editions: listed(june), due: { day: "06-01", law: "An Act" } });
    expect(at(dutiful, "2021-06-20")).toMatchObject({ standing: "open", lateness: { against: "due", days: 19, latest: { days: 19 } } });
    expect(at(dutiful, "2021-06-01").lateness).toBeNull();
    expect(at(dutiful, "2021-06-27")).toMatchObject({ standing: "late", lateness: { against: "due", days: 26, from: day("2021-06-01") } });
  });

  test("is measured against the latest that ever came", () => {
    const tardy = seriesOf({ editions: listed({ 2016: "2016-09-15", ...june }) });
    expect(at(tardy, "2021-08-01").lateness).toMatchObject({ against: "window", latest: { year: 2016 } });
  });

  test("whose year is known to be skipped is not late", () => {
    const skipping = seriesOf({ editions: listed(june), skipped: [{ year: 2021, why: "suspended" }] });
    expect([told(skipping, "2021-08-01"), told(skipping, "2022-08-01")]).toEqual(["2020 out", "2022 late"]);
  });

  test("that came again after a year without it is expected the year after", () => {
    const back = seriesOf({ editions: listed({ ...june, 2022: "2022-06-21" }) });
    expect([told(back, "2022-06-21"), told(back, "2023-06-18")]).toEqual(["2022 out", "2023 open"]);
  });

  test("that somebody could not find in the catalogue is not told as late: we cannot tell", () => {
    const doubtful = seriesOf({ editions: listed({ ...june, 2021: "unknown" }) });
    expect(at(doubtful, "2021-06-20")).toMatchObject({ standing: "open", doubt: null });
    expect(at(doubtful, "2021-08-01")).toMatchObject({ standing: "blind", doubt: "the day was not seen" });
    // Whoever reads all sources may be looking in the wrong place.
    expect(told(doubtful, "2021-08-01", watchedFrom("2021-06-01"))).toBe("2021 blind");
  });

  test("that the catalogue leaves out between two others is not told as late", () => {
    const gap = seriesOf({ editions: listed({ ...june, 2022: "2022-06-21" }) });
    expect(told(gap, "2021-08-01")).toBe("2021 blind");
    // Whoever watched from before its window opened would know.
    expect(told(gap, "2021-08-01", watchedFrom("2021-06-14"))).toBe("2021 late");
  });

  test("that may have come while its sources were not read is not told as late or missed: we cannot tell", () => {
    // Its window is 14 to 26 June.
    expect(told(report, "2021-08-01", watchedFrom("2021-06-14"))).toBe("2021 late");
    expect(["2021-06-15", "2021-07-15"].map((from) => told(report, "2021-08-01", watchedFrom(from)))).toEqual(["2021 blind", "2021 blind"]);
    expect(at(report, "2021-12-25", watchedFrom("2021-06-15"))).toMatchObject({ standing: "blind", doubt: "Its sources were not read all the time since its usual days began, so it may have come unseen.", unreadable: [] });
    expect(told(report, "2021-12-25", watchedFrom("2021-06-14"))).toBe("2021 missed");
  });

  test("stays open after its window until one of its sources was read once more, and is late only then", () => {
    expect(["2021-06-26", "2021-06-27"].map((until) => told(report, "2021-06-28", watchedFrom("2021-01-01", until)))).toEqual(["2021 open", "2021 late"]);
    // Where none of those that watched can be read any more, nobody waits for it.
    const noWitness: Sight = { sources: ["a", "b"], unreadable: ["a"], watched: new Map([["a", watchedDays("2021-01-01", "2021-06-26")], ["b", watchedDays("2021-06-20", "2021-06-26")]]) };
    expect(told(report, "2021-06-28", noWitness)).toBe("2021 blind");
  });

  test("is late where one source was read all the time, and can be read, whatever became of the others", () => {
    const sources = new Map([["a", watchedDays("2021-01-01")], ["b", watchedDays("2021-07-01")]]);
    const [all, withoutA, withoutB] = [[], ["a"], ["b"]].map((unreadable): Sight => ({ sources: ["a", "b", "new"], unreadable, watched: sources }));
    expect([all, withoutA, withoutB].map((sight) => told(report, "2021-08-01", sight))).toEqual(["2021 late", "2021 blind", "2021 late"]);
  });

  test("that came so late that the next is near is told as out for two months", () => {
    const tardy = seriesOf({ editions: listed({ ...june, 2021: "2022-02-01" }), lagYears: [0, 1] });
    expect(["2022-02-01", "2022-04-01", "2022-04-02"].map((when) => told(tardy, when))).toEqual(["2021 out", "2021 out", "2022 ahead"]);
  });

  test("is not expected before its first edition", () => expect(told(report, "2016-08-01")).toBe("null ahead"));
});

describe("when its sources cannot be read", () => {
  test("a late edition is blind, and so is a missed one", () => {
    expect([told(report, "2021-06-26", lost), told(report, "2021-06-27", lost), told(report, "2021-12-25", lost)]).toEqual(["2021 open", "2021 blind", "2021 blind"]);
  });
  test("it is late as long as one of them can be", () => {
    expect(told(report, "2021-06-27", { sources: ["a", "b"], unreadable: ["a"], watched: null })).toBe("2021 late");
  });
  test("it is blind where there is none at all", () => expect(told(report, "2021-06-27", { sources: [], unreadable: [], watched: null })).toBe("2021 blind"));
});

const lastRead = "2026-11-24T00:10:00Z";

test.each([
  [undefined, true],
  [{ health: "well", since: "2026-10-01T00:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead }, false],
  [{ health: "quiet", since: "2026-10-01T00:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead }, false],
  [{ health: "blocked", since: "2026-11-23T23:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead }, true],
  [{ health: "blocked", since: "2026-11-24T13:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead }, false],
  [{ health: "failing", since: "2026-11-24T06:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead }, false],
  [{ health: "failing", since: "2026-11-23T06:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead }, true],
  [{ health: "failing", since: "2026-11-24T06:00:00Z", firstRead: null, lastRead: null }, true],
  [{ health: "disabled", since: "2026-10-01T00:00:00Z", firstRead: null, lastRead: null }, true],
  [{ health: "well", since: "2026-10-01T00:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead: "2026-11-22T00:10:00Z" }, false],
  [{ health: "well", since: "2026-10-01T00:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead: "2026-11-21T00:10:00Z" }, true],
  [{ health: "failing", since: "2026-11-24T11:55:00Z", firstRead: "2020-10-01T00:00:00Z", lastRead: "2020-12-31T00:10:00Z" }, true],
] as const)("a source whose state is %j is lost at noon of 24 November 2026: %s", (state, expected) => expect(cannotBeRead({ everyMinutes: 60 }, state, Date.parse("2026-11-24T12:00:00Z"))).toBe(expected));

test("a source that is read each week is not lost between two readings, nor does each of them end a gap", () => {
  const weekly = { everyMinutes: 7 * 24 * 60 };
  const read = { health: "well", since: "2026-10-01T00:00:00Z", firstRead: "2026-10-01T00:00:00Z", lastRead: "2026-11-17T00:00:00Z" } as const;
  expect(["2026-11-24T01:00:00Z", "2026-12-02T00:00:00Z"].map((when) => [cannotBeRead(weekly, read, Date.parse(when)), endsGap(weekly, read.lastRead, when, false)])).toEqual([[false, false], [true, true]]);
});

test("a source vouches for the days since its first reading or its last gap, until it fails or a day after it was last read", () => {
  const dayMs = 86_400_000;
  const first = Date.parse("2021-01-01T00:00:00Z");
  const read = { firstRead: "2021-01-01T00:00:00Z", lastRead: "2021-06-26T00:10:00Z" };
  expect(watchedBy({ ...read, firstRead: null, lastRead: null })).toBeUndefined();
  expect(watchedBy(read)).toEqual({ from: first, until: Date.parse(read.lastRead) + dayMs });
  expect(watchedBy({ ...read, gapUntil: "2021-05-01T00:00:00Z" })).toEqual({ from: Date.parse("2021-05-01T00:00:00Z"), until: Date.parse(read.lastRead) + dayMs });
  expect(watchedBy({ ...read, failingSince: "2021-06-26T20:00:00Z" })).toEqual({ from: first, until: Date.parse("2021-06-26T20:00:00Z") });
  expect(watchedBy({ ...read, failingSince: "2021-07-20T20:00:00Z" })).toEqual({ from: first, until: Date.parse(read.lastRead) + dayMs });
});

test("a reading ends a gap where nothing of the one before is left, or that is more than a week ago", () => {
  const noon = "2021-06-26T12:00:00Z";
  const hourly = { everyMinutes: 60 };
  expect([endsGap(hourly, null, noon, false), endsGap(hourly, "2021-06-19T12:00:00Z", noon, false), endsGap(hourly, "2021-06-19T11:59:00Z", noon, false), endsGap(hourly, "2021-06-26T11:00:00Z", noon, true)]).toEqual([false, false, true, true]);
});

const notice = (title: string): Recorded => ({
  series: "report",
  year: 2021,
  status: "announced",
  silent: false,
  published: null,
  firstSeen: "2021-06-30T12:00:00Z",
  url: null,
  sightings: [],
  rings: [{ alert: "notice:report:2021", kind: "notice", at: "2021-06-30T12:00:00Z", update: false, basis: null, title, url: null, published: "2021-06-30", symbol: null, language: "en", source: "state-press", why: [] }],
});

const withNotice = (title: string, when: string): string => at(report, when, seeing, [notice(title)]).standing;

describe("announced", () => {

  test("for a day, until two days after it", () => {
    expect(["2021-06-29", "2021-06-30", "2021-07-09", "2021-07-11", "2021-07-12"].map((when) => withNotice("Secretary to Release the Report on July 9", when))).toEqual(["late", "announced", "announced", "announced", "late"]);
  });
  test("without a day, for a week", () => expect(["2021-07-07", "2021-07-08"].map((when) => withNotice("Secretary to Release the Report", when))).toEqual(["announced", "late"]));
  test("an edition that was announced early is the current one", () => {
    const early = { ...notice("To be released on December 20"), year: 2022, rings: notice("To be released on 1 January").rings.map((ring) => ({ ...ring, at: "2021-12-15T12:00:00Z", published: "2021-12-15" })) };
    expect(at(report, "2021-12-20", seeing, [early])).toMatchObject({ edition: 2022, standing: "announced" });
  });
});

describe("other rhythms", () => {
  test("what comes every other year is not late in the years between", () => {
    const biennial = seriesOf({ cadence: "biennial", editions: listed({ 2016: "2016-06-20", 2018: "2018-06-20", 2020: "2020-06-20" }) });
    expect(["2021-05-01", "2021-08-01", "2022-06-20", "2022-08-01", "2023-08-01"].map((when) => told(biennial, when))).toEqual(["2020 out", "2022 ahead", "2022 open", "2022 late", "2022 missed"]);
  });
  test("what changed from even years to odd ones is expected in odd ones", () => {
    const changed = seriesOf({ cadence: "biennial", window: { opens: "06-01", closes: "06-30" }, editions: listed({ 2014: "2014-06-20", 2016: "2016-06-20", 2019: "2019-06-20" }) });
    expect([told(changed, "2018-08-01"), told(changed, "2021-08-01")]).toEqual(["2019 ahead", "2021 late"]);
  });
  test("a statement on a day is missed two weeks later", () => {
    const statement = seriesOf({ kind: "statement", editions: listed(june) });
    expect(["2021-06-27", "2021-07-10", "2021-07-11"].map((when) => told(statement, when))).toEqual(["2021 late", "2021 late", "2021 missed"]);
  });
  test("a statement of which most years have none is never late", () => {
    const seldom = seriesOf({ kind: "statement", window: { opens: "06-24", closes: "06-27" }, editions: listed({ 2016: "unknown", 2017: "unknown", 2018: "unknown", 2019: "2019-06-26", 2020: "2020-06-26" }) });
    expect([told(seldom, "2021-06-25"), told(seldom, "2021-08-01")]).toEqual(["2021 open", "2022 ahead"]);
  });
  test("what comes when it comes is looked for in its window, and never late", () => {
    const irregular = seriesOf({ cadence: "irregular", window: { opens: "12-05", closes: "12-22" }, editions: listed({ 2017: "2017-12-11", 2020: "2020-12-11" }) });
    expect(["2020-12-10", "2020-12-12", "2021-03-01", "2021-08-01", "2021-12-05", "2021-12-23"].map((when) => told(irregular, when))).toEqual(["2020 open", "2020 out", "2020 out", "2021 ahead", "2021 open", "2022 ahead"]);
  });
  test("a window over New Year is one window", () => {
    const winter = seriesOf({ window: { opens: "11-15", closes: "01-31" }, lagYears: [0, 1], editions: listed({ 2020: "2020-12-07" }) });
    expect(["2021-11-14", "2021-11-15", "2021-12-31", "2022-01-01", "2022-01-31", "2022-02-01"].map((when) => told(winter, when))).toEqual(["2021 ahead", ...Array<string>(4).fill("2021 open"), "2021 late"]);
  });
});

describe("days are the publisher's", () => {
  const tip = seriesOf({ editions: listed({ 2017: "2017-06-30", 2018: "2018-06-30", 2019: "2019-06-30", 2020: "2020-06-30" }), due: { day: "06-30", law: "An Act" } });
  const midnightInSeoul = "2021-06-30T15:00:00Z";

  test("a report that is due on 30 June in Washington is not behind when 1 July begins in Seoul", () => {
    expect(at(tip, midnightInSeoul, seeing, [], "America/New_York").lateness).toBeNull();
    expect(at(tip, midnightInSeoul, seeing, [], "Asia/Seoul").lateness).toMatchObject({ days: 1 });
    expect(at(tip, "2021-07-01T04:00:00Z", seeing, [], "America/New_York").lateness).toMatchObject({ days: 1 });
  });

  test("an edition turns late at midnight of its publisher, in summer and in winter, whatever the zone", () => {
    const zones = fc.constantFrom("America/New_York", "Europe/London", "Asia/Seoul", "Australia/Perth", "Pacific/Apia", "America/St_Johns");
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 24 * 60 * 4 }), (zone, place, minutes) => {
        const yearly = seriesOf({ editions: [2018, 2019, 2020].map((year) => ({ year, released: isoDay(day(`${year}-01-01`) + place) })) });
        const { expected } = at(yearly, "2020-12-31");
        const closes = (expected?.year === 2021 ? expected.closes : at(yearly, "2020-12-31").next?.closes) ?? 0;
        const moment = (closes - 2) * 86_400_000 + minutes * 60_000;
        const local = nowIn(zone, new Date(moment).toISOString()).today;
        const { edition, standing: stands } = at(yearly, new Date(moment).toISOString(), seeing, [], zone);
        fc.pre(edition === 2021);
        expect(stands === "late" || stands === "missed").toBe(local > closes);
      }),
      { numRuns: 200 },
    );
  });
});

test("as days pass and no other comes, an edition goes ahead, open, late, missed, and never back; once it is out, it is out", () => {
  const order = ["out", "ahead", "open", "late", "missed"];
  const places = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(places, fc.integer({ min: -60, max: 500 }), (some, comes) => {
      const editions = some.map((place, index) => ({ year: 2010 + index, released: isoDay(day(`${2010 + index}-01-01`) + place) }));
      const year = 2010 + some.length;
      // An edition before it that comes so late that this one's window is open moves that window: what is told starts anew.
      const lastBefore = Math.max(...editions.map(({ released }) => day(released)));
      const release = Math.max(day(`${year}-01-01`) + comes, lastBefore + 1);
      const series = seriesOf({ year: "coverage", lagYears: [0, 1], editions: [...editions.toSorted((a, b) => a.year - b.year), { year, released: isoDay(release) }] });
      let before = -1;
      for (let one = Math.max(release - 200, lastBefore); one < release; one += 9) {
        const { edition, standing: stands } = at(series, isoDay(one));
        if (edition !== year) continue;
        expect(order.indexOf(stands)).toBeGreaterThanOrEqual(before);
        before = order.indexOf(stands);
      }
      const after = at(series, isoDay(release));
      // One that came when the window of the next was open already gives way to it.
      expect(after.standing).toBe(after.edition === year ? "out" : "open");
      expect(after.lastOut).toBe(year);
    }),
    { numRuns: 100 },
  );
});

describe("the repository's catalogue", async () => {
  const catalogue = await readCatalogue();
  const all = (when: string, unreadable: readonly string[] = []): Map<string, SeriesStanding> => new Map(calendar({ catalogue, recorded: [], unreadable: new Set(unreadable), watched: null, at: when }).map((one) => [one.series, one]));

  test("has the human-rights report of 2024 late by 157 days on 1 August 2025, and out 168 days late on 12 August", () => {
    expect(all("2025-08-01").get("us-state-human-rights-report")).toMatchObject({ edition: 2024, standing: "late", lateness: { against: "due", from: day("2025-02-25"), days: 157, latest: { year: 2014, days: 120 } } });
    expect(all("2025-08-12").get("us-state-human-rights-report")).toMatchObject({ edition: 2024, standing: "out", lateness: { days: 168 } });
    expect(all("2026-11-24").get("us-state-human-rights-report")?.lateness?.latest).toEqual({ year: 2024, days: 168 });
  });

  test("has the Council's resolution of 2020 late in April 2020, and blind when its sources cannot be read", () => {
    expect(all("2020-04-15").get("un-hrc-dprk-resolution")).toMatchObject({ edition: 2020, standing: "late" });
    const carriers = catalogue.sources.filter(({ carries }) => carries.includes("un-hrc-dprk-resolution")).map(({ id }) => id);
    expect(all("2020-04-15", carriers).get("un-hrc-dprk-resolution")).toMatchObject({ edition: 2020, standing: "blind" });
    expect(all("2020-06-22").get("un-hrc-dprk-resolution")).toMatchObject({ edition: 2020, standing: "out" });
  });

  test("counts the days of every publisher of a series in a zone", () => {
    const zoned = new Set(catalogue.publishers.filter(({ zone }) => zone !== undefined).map(({ id }) => id));
    expect(catalogue.series.filter(({ publisher }) => !zoned.has(publisher)).map(({ id }) => id)).toEqual([]);
  });

  test.each(["2015-01-01", "2019-02-28", "2020-02-29", "2024-12-31", "2026-11-24", "2031-07-01"])("has a standing for every series on %s, with days in their order", (when) => {
    const forecasts = [...all(when).values()].flatMap(({ expected, next }) => [expected, next]).filter((one) => one !== null);
    expect(forecasts.filter(({ opens, median, closes }) => opens > median || median > closes)).toEqual([]);
    expect(all(when).size).toBe(catalogue.series.length);
  });
});
