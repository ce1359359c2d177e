import { expect, test } from "vitest";
import { paceMinutes } from "../../shared/calendar/season.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";

const recognise: NonNullable<Parts["series"]>[number]["recognise"] = [{ role: "release", title: ["report"] }];
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
const known = new Map(series.map((one) => [one.id, one]));

test.each([
  ["both", "2021-05-31", 60],
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
