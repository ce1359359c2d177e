import { describe, expect, test } from "vitest";
import { isoDay } from "../../shared/calendar/days.ts";
import { knownAt, nowIn, type Recorded } from "../../shared/calendar/known.ts";
import type { Ring } from "../../shared/records/editions.ts";
import { listed, seriesOf } from "./made.ts";

const washington = "America/New_York";
const ring = (over: Partial<Ring>): Ring => ({ alert: "edition:report:2021", kind: "edition", at: "2021-07-01T18:40:15Z", update: false, basis: "release", title: "2021 report", url: "https://state.example/2021", published: "2021-07-01T18:33:52Z", symbol: null, language: "en", source: "state-press", why: [], ...over });

function recorded(over: Partial<Recorded> = {}): Recorded {
  return { series: "report", year: 2021, status: "out", silent: false, published: "2021-07-01T18:33:52Z", firstSeen: "2021-06-30T12:00:00Z", url: "https://state.example/2021", rings: [ring({})], sightings: [], ...over };
}

const series = seriesOf({ editions: listed({ 2019: "2019-06-20", 2020: "2020-06-25" }) });
const outAt = (at: string, records: readonly Recorded[] = [], of = series): string[] =>
  knownAt(of, records, nowIn(washington, at)).out.map(({ year, day }) => `${year} ${day === null ? "unknown" : isoDay(day)}`);

describe("what is later is not known", () => {
  test.each([
    ["2019-06-19", []],
    ["2019-06-20", ["2019 2019-06-20"]],
    ["2020-06-24T23:59:00Z", ["2019 2019-06-20"]],
    ["2020-06-25", ["2019 2019-06-20", "2020 2020-06-25"]],
    ["2021-06-30", ["2019 2019-06-20", "2020 2020-06-25"]],
    ["2021-07-01T18:33:51Z", ["2019 2019-06-20", "2020 2020-06-25"]],
    ["2021-07-01T18:33:52Z", ["2019 2019-06-20", "2020 2020-06-25", "2021 2021-07-01"]],
    ["2021-07-01", ["2019 2019-06-20", "2020 2020-06-25", "2021 2021-07-01"]],
  ])("at %s", (at, expected) => expect(outAt(at, [recorded()])).toEqual(expected));

  test("a day is the publisher's: what came on the evening of 30 June in Washington is of 30 June", () => {
    const evening = recorded({ published: "2021-07-01T02:00:00Z", rings: [ring({ at: "2021-07-01T02:05:00Z", published: "2021-07-01T02:00:00Z" })] });
    expect(outAt("2021-07-02", [evening])).toContain("2021 2021-06-30");
    expect(outAt("2021-06-30", [evening])).toContain("2021 2021-06-30");
  });
});

describe("the catalogue and the table", () => {
  test("are one: where both know the day, the catalogue's stands", () => {
    expect(outAt("2022-01-01", [recorded({ year: 2020, published: "2020-06-27", rings: [] })])).toEqual(["2019 2019-06-20", "2020 2020-06-25"]);
  });
  test("the day on record stands where the edition was seen before the catalogue's, and where the catalogue only recalls its own", () => {
    const seen = recorded({ year: 2020, published: "2020-06-23", firstSeen: "2020-06-24T09:00:00Z", rings: [] });
    expect(outAt("2022-01-01", [seen])).toEqual(["2019 2019-06-20", "2020 2020-06-23"]);
    const recalled = seriesOf({ editions: [{ year: 2020, released: "2020-06-25", certain: false }] });
    expect(outAt("2022-01-01", [recorded({ year: 2020, published: "2020-06-27", firstSeen: "2021-01-01T00:00:00Z", rings: [] })], recalled)).toEqual(["2020 2020-06-27"]);
  });
  test("the table tells the day that the catalogue does not know", () => {
    const unknown = seriesOf({ editions: listed({ 2020: "2020-06-25", 2021: "unknown" }) });
    expect(outAt("2022-01-01", [recorded()], unknown)).toEqual(["2020 2020-06-25", "2021 2021-07-01"]);
  });
  test("an edition that was only announced or mentioned is not out", () => {
    expect(outAt("2022-01-01", [recorded({ status: "announced" }), recorded({ status: "mentioned" })])).toEqual(["2019 2019-06-20", "2020 2020-06-25"]);
  });
  test("the word that it is out counts from its own day, also when the document came later", () => {
    const completed = recorded({ published: "2021-07-03", rings: [ring({ basis: "coverage" }), ring({ update: true, published: "2021-07-03", at: "2021-07-03T06:00:00Z" })] });
    expect(outAt("2021-07-01", [completed])).toContain("2021 2021-07-01");
  });
  test("what rang is out from then on, also where its publisher gave it a day that lay ahead", () => {
    const ahead = recorded({ published: "2021-07-03", rings: [ring({ published: "2021-07-03" })] });
    expect(outAt("2021-07-01T18:40:15Z", [ahead])).toContain("2021 2021-07-01");
  });
  test("what was there before the install without a date is out, on a day that nobody knows", () => {
    expect(outAt("2022-01-01", [recorded({ silent: true, published: null, rings: [] })])).toContain("2021 unknown");
  });
  test("editions of other series are none of this one", () => expect(outAt("2022-01-01", [recorded({ series: "other" })])).toHaveLength(2));
  test("several of a year are all there, and the same one once", () => {
    const several = seriesOf({ several: "month", editions: listed({ 2021: "2021-07-01" }) });
    expect(outAt("2022-01-01", [recorded(), recorded({ published: "2021-10-05", rings: [] })], several)).toEqual(["2021 2021-07-01", "2021 2021-10-05"]);
  });
});

describe("an edition whose day nobody saw", () => {
  const days = { 2018: "2018-06-20", 2019: "2019-06-20", 2020: "2020-06-20" };
  const unseen = (more: object) => seriesOf({ editions: [...listed(days), { year: 2021, released: "unknown" as const, why: "the day was not seen", ...more }] });

  test("is out from the day by which it was", () => {
    expect(outAt("2021-06-10", [], unseen({ by: "2021-06-11" }))).not.toContain("2021 unknown");
    expect(outAt("2021-06-11", [], unseen({ by: "2021-06-11" }))).toContain("2021 unknown");
  });
  test("is out after its usual days, if somebody saw that it exists", () => {
    expect(outAt("2021-06-20", [], unseen({ title: "Report 2021" }))).not.toContain("2021 unknown");
    expect(outAt("2021-07-20", [], unseen({ title: "Report 2021" }))).toContain("2021 unknown");
  });
  test("is not out while nobody knows that it exists", () => expect(outAt("2024-01-01", [], unseen({}))).not.toContain("2021 unknown"));
});

describe("notices", () => {
  const notice = ring({ kind: "notice", alert: "notice:report:2021", at: "2021-06-30T12:00:00Z", published: "2021-06-30T11:50:00Z", title: "Secretary to Release the Report", basis: null });
  const announced = recorded({ status: "announced", published: null, rings: [notice], sightings: [{ item: "a", role: "notice", source: "state-press", at: "2021-06-30T20:00:00Z", title: "Secretary to Release the Report on July 1", url: null }] });
  const named = (at: string): (string | null)[] => knownAt(series, [announced], nowIn(washington, at)).notices.map(({ names }) => (names === null ? null : isoDay(names)));

  test("are known from when they were given, the one that names the day too", () => {
    expect([named("2021-06-29"), named("2021-06-30T13:00:00Z"), named("2021-07-01")]).toEqual([[], [null], [null, "2021-07-01"]]);
  });
  test("of others alone announce nothing", () => {
    const others = { ...announced, status: "mentioned" as const, rings: [] };
    expect(knownAt(series, [others], nowIn(washington, "2021-07-01")).notices).toEqual([]);
  });
});
