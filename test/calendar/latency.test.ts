import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { slotAfter } from "../../shared/slot.ts";
import { latencies, requestsOf, spread } from "../../shared/calendar/latency.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import { listed } from "./made.ts";

const source = (id: string, everyMinutes: number): NonNullable<Parts["sources"]>[number] => ({ id, publisher: "state", url: `https://${id}.example/`, read: { as: "feed" }, everyMinutes, carries: ["report"] });
const parts = (...sources: NonNullable<Parts["sources"]>): Parts => ({
  series: [{ id: "report", year: "release", recognise: [{ role: "release", title: ["report"] }], editions: listed({ 2017: "2017-06-20", 2018: "2018-06-20", 2019: "2019-06-20", 2020: "2020-06-20", 2021: "2021-10-01" }) }],
  sources,
});

test("requests are those of the paces of the year, and the fixed pace makes as many", () => {
  const { perDay, fixedPace } = requestsOf(catalogue(parts(source("a", 60))), 2020);
  const requests = perDay.get("a") ?? 0;
  expect(requests).toBeGreaterThan(4);
  expect(requests).toBeLessThan(24);
  expect(fixedPace.get("a")).toBe(Math.round(1440 / requests));
});

test("an edition waits for the first source that is polled after it, and one outside its window for longer", () => {
  const made = catalogue(parts(source("a", 60), source("b", 60)));
  const waits = latencies(made, requestsOf(made, 2020), 2020, slotAfter);
  expect(waits.map(({ year, inside }) => [year, inside])).toEqual([[2020, true], [2021, false]]);
  const [inside, outside] = waits.map(({ seasonal }) => spread(seasonal));
  expect(inside?.worst).toBeLessThanOrEqual(5);
  expect(outside?.worst).toBeLessThanOrEqual(60);
  expect(outside?.worst).toBeGreaterThan(5);
});

test("a slot in the minute of publication is too early", () => {
  const made = catalogue(parts(source("a", 60)));
  const [first] = latencies(made, requestsOf(made, 2020), 2020, (_, __, from) => from);
  expect(new Set(first?.seasonal)).toEqual(new Set([1]));
});

test("a series whose releases no source can show has no wait", () => {
  const made = catalogue({ ...parts(), sources: [{ ...source("a", 60), publisher: "daily" }] });
  expect(latencies(made, requestsOf(made, 2020), 2018, slotAfter)).toEqual([]);
});

test("a spread is the middle, what 95 of 100 do not pass, and the longest", () => {
  expect(spread(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({ median: 50, p95: 95, worst: 100 });
  expect(spread([7])).toEqual({ median: 7, p95: 7, worst: 7 });
  expect(spread([])).toBeNull();
});

describe("on the repository's catalogue", async () => {
  const made = await readCatalogue();
  const requests = requestsOf(made, 2025);
  const waits = latencies(made, requests, 2018, slotAfter);
  const p95 = (inside: boolean, which: "seasonal" | "fixed"): number => spread(waits.filter((one) => one.inside === inside).flatMap((one) => one[which]))?.p95 ?? Number.NaN;

  test("95 of 100 alerts come within 5 minutes inside the window, and within 60 outside", () => {
    expect(p95(true, "seasonal")).toBeLessThanOrEqual(5);
    expect(p95(false, "seasonal")).toBeLessThanOrEqual(60);
  });
  test("a fixed pace with as many requests is far slower inside", () => expect(p95(true, "fixed")).toBeGreaterThan(5 * p95(true, "seasonal")));
  test("no host is asked more than 1,700 times a day, and all together fewer than 10,000 times", () => {
    expect([...requests.perDay.values()].reduce((sum, one) => sum + one, 0)).toBeLessThan(10_000);
    const state = made.sources.filter(({ url }) => url.includes("www.state.gov")).reduce((sum, { id }) => sum + (requests.perDay.get(id) ?? 0), 0);
    expect(state).toBeLessThan(1_700);
  });
});
