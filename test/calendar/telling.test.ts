import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoDay } from "../../shared/calendar/days.ts";
import { knownAt, nowIn } from "../../shared/calendar/known.ts";
import { type SeriesStanding, standing } from "../../shared/calendar/standing.ts";
import { remindersDue, tell, type Telling, type Told } from "../../shared/calendar/telling.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { day, listed, seriesOf } from "./made.ts";

const june = { 2017: "2017-06-20", 2018: "2018-06-20", 2019: "2019-06-20", 2020: "2020-06-20" };
const installed = day("2021-01-01");

function on(series: Series, when: number, lost: boolean, watchedSince = installed): SeriesStanding {
  const now = nowIn("UTC", isoDay(when));
  return standing(series, knownAt(series, [], now), { sources: ["a"], unreadable: lost ? ["a"] : [], watched: new Map([["a", { from: watchedSince, until: when + 1 }]]) }, now);
}

/** What is told day by day, as a daily look would. */
function days(series: Series, from: string, to: string, lost: (when: number) => boolean = () => false, since = installed): { readonly when: string; readonly telling: Telling }[] {
  let told: Told | undefined;
  const all: { when: string; telling: Telling }[] = [];
  for (let when = day(from); when <= day(to); when++) {
    const next = tell(told, on(series, when, lost(when)), when, since);
    told = next.told;
    all.push(...next.alerts.map((telling) => ({ when: isoDay(when), telling })));
  }
  return all;
}
const words = (all: ReturnType<typeof days>): string[] => all.map(({ when, telling: { kind, update, standing: { edition, standing: stands } } }) => `${when} ${kind}${update ? " update" : ""} ${edition} ${stands}`);

const report = seriesOf({ editions: listed(june) });

describe("a report that does not come", () => {
  test("is told once when it is late, then each week, and once when it is missed", () => {
    expect(words(days(report, "2021-06-01", "2021-08-01"))).toEqual(["2021-06-27", "2021-07-04", "2021-07-11", "2021-07-18", "2021-07-25", "2021-08-01"].map((when) => `${when} late 2021 late`));
    const last = words(days(report, "2021-06-01", "2022-05-31")).slice(-2);
    expect(last).toEqual(["2021-12-19 late 2021 late", "2021-12-20 late 2021 missed"]);
  });

  test("is told no more once it came", () => {
    const came = seriesOf({ editions: listed({ ...june, 2021: "2021-07-08" }) });
    expect(words(days(came, "2021-06-01", "2021-12-01"))).toEqual(["2021-06-27 late 2021 late", "2021-07-04 late 2021 late"]);
  });

  test("that was over before the install is told to nobody", () => {
    expect(days(report, "2021-06-01", "2022-05-01", () => false, day("2021-07-01"))).toEqual([]);
  });

  test("is told as missed when the next one's window opens while it is late still", () => {
    const wide = seriesOf({ editions: listed({ 2016: "2016-03-02", 2017: "2017-03-02", 2018: "2018-10-28", 2019: "2019-10-28", 2020: "2020-10-28" }) });
    const [first = "", ...rest] = words(days(wide, "2021-06-01", "2022-06-01"));
    expect(first).toContain("late 2021 late");
    expect(rest.filter((line) => line.endsWith("missed"))).toEqual([expect.stringContaining("late 2021 missed")]);
    expect(rest.at(-1)).toContain("2021 missed");
  });
});

const between = (from: string, to: string) => (when: number): boolean => when >= day(from) && when <= day(to);

describe("sources that cannot be read", () => {
  test("that come and go each day are told of once a week at most", () => {
    const all = words(days(report, "2021-06-20", "2021-07-20", (when) => when % 2 === 0));
    expect(all.filter((line) => line.includes(" blind 2021"))).toHaveLength(3);
    expect(all.length).toBeLessThan(9);
  });

  test("are told once as that we cannot tell, and once as an update when they can be read again", () => {
    expect(words(days(report, "2021-06-01", "2021-07-25", between("2021-06-25", "2021-07-12")))).toEqual(["2021-06-27 blind 2021 blind", "2021-07-13 blind update 2021 late", "2021-07-20 late 2021 late"]);
  });

  test("that are lost after it was told as late take the weekly word back", () => {
    expect(words(days(report, "2021-06-01", "2021-07-20", between("2021-07-01", "2021-07-14")))).toEqual(["2021-06-27 late 2021 late", "2021-07-01 blind 2021 blind", "2021-07-15 blind update 2021 late"]);
  });

  test("need no update where the edition itself is what can be seen again", () => {
    const came = seriesOf({ editions: listed({ ...june, 2021: "2021-07-08" }) });
    expect(words(days(came, "2021-06-01", "2021-08-01", between("2021-06-25", "2021-07-07")))).toEqual(["2021-06-27 blind 2021 blind"]);
  });

  test("are told of no edition whose window is open", () => expect(days(report, "2021-06-01", "2021-06-26", () => true)).toEqual([]));
});

test("an alert's id follows from what it says and its day, so that telling it again is telling the same", () => {
  const first = tell(undefined, on(report, day("2021-06-27"), false), day("2021-06-27"), installed);
  const again = tell(undefined, on(report, day("2021-06-27"), false), day("2021-06-27"), installed);
  expect(again).toEqual(first);
  expect(first.alerts.map(({ alert }) => alert)).toEqual(["late:report:2021:2021-06-27"]);
  expect(tell(first.told, on(report, day("2021-06-27"), false), day("2021-06-27"), installed).alerts).toEqual([]);
});

test("however health and days go, late comes at most weekly, blind and its update take turns, and no alert comes twice", () => {
  const spells = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(spells, fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }), (some, comes) => {
      const lost = some.flatMap(([isLost, count]) => Array<boolean>(count).fill(isLost));
      const editions = comes === undefined ? june : { ...june, 2021: isoDay(day("2021-06-15") + comes) };
      const all = days(seriesOf({ lagYears: [0, 1], editions: listed(editions) }), "2021-06-01", "2022-06-01", (when) => lost[when - day("2021-06-01")] ?? false);
      expect(new Set(all.map(({ telling }) => telling.alert)).size).toBe(all.length);
      const ofLate = all.filter(({ telling }) => telling.kind === "late" && telling.standing.standing === "late");
      for (const [index, { when }] of ofLate.slice(1).entries()) expect(day(when) - day(ofLate[index]?.when ?? "")).toBeGreaterThanOrEqual(7);
      let blind = false;
      for (const { telling } of all.filter((one) => one.telling.kind === "blind")) {
        expect(telling.update).toBe(blind);
        blind = !telling.update;
      }
      const came = day("2021-06-15") + (comes ?? 1000);
      expect(all.filter(({ when }) => day(when) >= came && day(when) <= day("2022-05-01"))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe("looks that a person must take", () => {
  const check = { source: "seoul", everyDays: 30, message: "Open the page." };
  const due = (dueOn: string | null, last: string | undefined, today: string): number => remindersDue([{ ...check, dueOn }], new Map(last ? [["seoul", day(last)]] : []), day(today)).length;

  test.each([
    ["2026-11-20", undefined, "2026-11-19", 0],
    ["2026-11-20", undefined, "2026-11-20", 1],
    ["2026-11-20", "2026-11-20", "2026-11-21", 0],
    ["2026-11-20", "2026-11-20", "2026-12-19", 0],
    ["2026-11-20", "2026-11-20", "2026-12-20", 1],
    // Somebody looked, and wrote so into the catalogue: the next look is due a month later.
    ["2026-12-01", "2026-11-20", "2026-11-30", 0],
    ["2026-12-01", "2026-11-20", "2026-12-01", 1],
    [null, undefined, "2026-11-20", 1],
    [null, "2026-11-20", "2026-11-21", 0],
  ])("due on %s, reminded on %s, on %s: %i", (dueOn, last, today, count) => expect(due(dueOn, last, today)).toBe(count));
});
