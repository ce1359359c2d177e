import { describe, expect, test } from "vitest";
import { paceMinutes } from "../../shared/calendar/season.ts";
import { byId } from "../../shared/catalogue/by-id.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";

type SeriesEntry = NonNullable<Parts["series"]>[number];
const recognise: SeriesEntry["recognise"] = [{ role: "release", title: ["report"] }];
const { series, sources } = catalogue({
  series: [
    { id: "summer", window: { opens: "06-01", closes: "07-31" }, recognise },
    { id: "winter", window: { opens: "12-10", closes: "01-20" }, recognise },
    { id: "any-time", recognise },
  ],
  sources: [
    { id: "both", publisher: "state", url: "https://a.example/", read: { as: "feed" }, everyMinutes: 60, carries: ["any-time", "summer", "winter"] },
    { id: "fast", publisher: "state", url: "https://a.example/", read: { as: "feed" }, everyMinutes: 2, carries: ["summer"] },
    { id: "none", publisher: "state", url: "https://a.example/", read: { as: "feed" }, everyMinutes: 90, carries: ["any-time", "removed"] },
  ],
});
const known = byId(series);

test.each([
  ["both", "2021-05-30", 60],
  // It is 1 June in Seoul already.
  ["both", "2021-05-31", 5],
  ["both", "2021-06-01", 5],
  ["both", "2021-07-31T23:59:00Z", 5],
  ["both", "2021-08-01", 60],
  ["both", "2021-12-31", 5],
  ["both", "2021-01-20", 5],
  ["fast", "2021-06-15", 2],
  ["none", "2021-06-15", 90],
])("%s is read on %s every %i minutes", (id, day, minutes) => {
  const source = sources.find((one) => one.id === id);
  expect(source && paceMinutes(source, day, known)).toBe(minutes);
});

const june = [2018, 2019, 2020].map((year) => ({ year, released: `${year}-06-20` }));

function paceOf(everyMinutes: number, day: string, list: readonly (Partial<SeriesEntry> & { readonly id: string })[], as: "feed" | "page" = "feed"): number | undefined {
  const made = catalogue({ series: list.map((one) => ({ recognise, ...one })), sources: [{ id: "one", publisher: "state", url: "https://a.example/", read: { as }, everyMinutes, carries: list.map(({ id }) => id) }] });
  const [source] = made.sources;
  return source && paceMinutes(source, day, byId(made.series));
}

describe("a source of one yearly report", () => {
  const report = { id: "report", year: "release" as const, editions: june };
  test.each([
    ["long before", "2021-03-01", 360],
    ["within a month of its window", "2021-05-20", 60],
    ["in its window", "2021-06-20", 5],
    ["while it is late", "2021-07-10", 60],
    ["while it is late for long", "2021-10-10", 60],
  ])("is read %s every %i minutes", (_, day, minutes) => expect(paceOf(60, day, [report])).toBe(minutes));

  test("is read fast on the days after it came, since the document may follow, and slowly after that", () => {
    const out = { ...report, editions: [...june, { year: 2021, released: "2021-06-18" }] };
    expect(["2021-06-18", "2021-06-21", "2021-06-23", "2021-09-01"].map((day) => paceOf(60, day, [out]))).toEqual([5, 5, 360, 360]);
  });

  test("that turns over fast is never read more than six times slower than its own pace", () => {
    expect([5, 10, 30, 60, 120, 720].map((every) => paceOf(every, "2021-03-01", [report]))).toEqual([30, 60, 180, 360, 360, 720]);
  });

  test("keeps its own pace while it also brings what may come on any day", () => {
    expect(paceOf(60, "2021-03-01", [report, { id: "any", cadence: "irregular" }])).toBe(60);
  });
});

describe("a window of months", () => {
  const loose = { id: "loose", year: "release" as const, window: { opens: "03-01", closes: "10-31" } };
  test("keeps a first way to the publisher at five minutes, and a second one at fifteen", () => {
    expect([10, 60, 120, 360].map((every) => paceOf(every, "2021-06-15", [loose], "page"))).toEqual([5, 5, 15, 15]);
  });
});

test("what only reports on others is read at its own pace", () => {
  const made = catalogue({ series: [{ id: "summer", window: { opens: "06-01", closes: "07-31" }, recognise }], sources: [{ id: "daily", publisher: "daily", url: "https://daily.example/", read: { as: "feed" }, everyMinutes: 60, carries: ["summer"] }] });
  const [source] = made.sources;
  expect(source && ["2021-06-15", "2021-01-15"].map((day) => paceMinutes(source, day, byId(made.series)))).toEqual([60, 60]);
});

describe("a series that is expected whatever the catalogue says", () => {
  const made = catalogue({ series: [{ id: "report", year: "release" as const, editions: june, recognise }, { id: "other", year: "release" as const, editions: june, recognise }], sources: [{ id: "one", publisher: "state", url: "https://a.example/", read: { as: "feed" }, everyMinutes: 60, carries: ["report"] }] });
  const seriesById = byId(made.series);
  const pace = (inSeason: readonly string[]): number | undefined => made.sources[0] && paceMinutes(made.sources[0], "2021-03-01", seriesById, new Set(inSeason));
  test("has the sources that carry it read as in season, and no others", () => expect([pace([]), pace(["other"]), pace(["report"])]).toEqual([360, 360, 5]));
});
