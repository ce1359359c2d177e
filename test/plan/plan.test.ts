import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { due, nextSlot, onwards } from "../../functions/plan/plan.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";

const day = 24 * 60;
const noon = Date.parse("2021-03-01T12:00:00Z") / 60_000;
const none: ReadonlyMap<string, number> = new Map();

function sourcesOf(count: number, more: Partial<NonNullable<Parts["sources"]>[number]> = {}): readonly Source[] {
  return catalogue({ sources: Array.from({ length: count }, (_, index) => ({ id: `source-${index}`, publisher: "state", url: `https://s${index}.example/feed`, read: { as: "feed" as const }, everyMinutes: 60, ...more })) }).sources;
}

const series: ReadonlyMap<string, Series> = new Map(catalogue({ series: [{ id: "summer", window: { opens: "06-01", closes: "07-31" }, recognise: [{ role: "release", title: ["report"] }] }] }).series.map((one) => [one.id, one]));
const ids = (sources: readonly Source[]): string[] => sources.map(({ id }) => id);

describe("each minute", () => {
  test("of an hour together has every hourly source once", () => {
    const sources = sourcesOf(40);
    const seen: string[] = [];
    for (let now = noon + 1; now <= noon + 60; now++) seen.push(...ids(due(sources, now - 1, now, series, none)));
    expect(seen.toSorted()).toEqual(ids(sources).toSorted());
  });

  test("that was missed is made up for: what is due follows from the minutes, not from the ticks", () => {
    const sources = sourcesOf(20);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 20 }), (steps) => {
        let planned = noon;
        const byTicks = new Set<string>();
        for (const step of steps) {
          for (const { id } of due(sources, planned, planned + step, series, none)) byTicks.add(id);
          planned += step;
        }
        const byMinutes = new Set<string>();
        for (let now = noon + 1; now <= planned; now++) for (const { id } of due(sources, now - 1, now, series, none)) byMinutes.add(id);
        expect(byTicks).toEqual(byMinutes);
      }),
    );
  });

  test("that was planned already has nothing more", () => expect(due(sourcesOf(200), noon, noon, series, none)).toEqual([]));
});

describe("after a sleep", () => {
  test.each([60, 8 * 60, 30 * day, 365 * day])("of %i minutes each source is due once", (slept) => {
    const sources = sourcesOf(30);
    expect(ids(due(sources, noon - slept, noon, series, none))).toEqual(ids(sources));
  });
  test("and at the very first tick each source is due", () => expect(due(sourcesOf(30), 0, noon, series, none)).toHaveLength(30));
  test("a clock that was set back has nothing due until it has caught up", () => expect(due(sourcesOf(30), noon + 500, noon, series, none)).toEqual([]));
});

describe("slots", () => {
  test("are the same each day and each hour", () => {
    for (const source of sourcesOf(20)) {
      const first = nextSlot(source, noon, series);
      expect(first).toBeGreaterThanOrEqual(noon);
      expect(first).toBeLessThan(noon + 60);
      expect(nextSlot(source, noon + 60, series)).toBe(first + 60);
      expect(nextSlot(source, noon + day, series)).toBe(first + day);
      expect(nextSlot(source, first, series)).toBe(first);
    }
  });

  test("are spread over the minutes", () => {
    const slots = new Map<number, number>();
    for (const source of sourcesOf(600)) slots.set(nextSlot(source, noon, series) - noon, (slots.get(nextSlot(source, noon, series) - noon) ?? 0) + 1);
    expect(slots.size).toBeGreaterThan(55);
    expect(Math.max(...slots.values())).toBeLessThan(25);
  });

  test("come every five minutes in the season of what a source carries", () => {
    const [source] = sourcesOf(1, { carries: ["summer"] });
    const summer = Date.parse("2021-06-15T00:00:00Z") / 60_000;
    const times = (start: number): number => Array.from({ length: day }, (_, minute) => start + minute + 1).filter((now) => due(source ? [source] : [], now - 1, now, series, none).length > 0).length;
    expect([times(noon), times(summer)]).toEqual([24, 288]);
  });
});

describe("from where planning goes on", () => {
  test.each([
    ["the last minute, where none was missed", noon - 1, { from: noon - 1, missed: 0, setBack: false }],
    ["the last minute, however many were missed", noon - 90, { from: noon - 90, missed: 89, setBack: false }],
    ["this minute, where it was planned already", noon, { from: noon, missed: 0, setBack: false }],
    ["the minute before this one, where the clock was set back", noon + 500, { from: noon - 1, missed: 0, setBack: true }],
    ["the beginning, where nothing was ever planned", undefined, { from: 0, missed: 0, setBack: false }],
  ])("%s", (_, planned, onward) => expect(onwards(planned, noon)).toEqual(onward));
});

describe("what deviates", () => {
  test("a source that is to wait is not due before, and is due then, off its slot", () => {
    const sources = sourcesOf(3);
    const waits = new Map([["source-1", noon + 90]]);
    expect(ids(due(sources, noon, noon + 89, series, waits))).toEqual(["source-0", "source-2"]);
    expect(ids(due(sources, noon + 89, noon + 90, series, waits))).toContain("source-1");
  });
  test("a source whose wait ended before is due in its slot, so that a poll that was lost is made up for", () => {
    const sources = sourcesOf(3);
    const waits = new Map(sources.map(({ id }) => [id, noon - 7]));
    for (let now = noon + 1; now <= noon + 60; now++) expect(due(sources, now - 1, now, series, waits)).toEqual(due(sources, now - 1, now, series, none));
  });
  test("a wait of more than a day was noted by a clock that ran ahead, and does not count", () =>
    expect(ids(due(sourcesOf(3), noon - 60, noon, series, new Map([["source-1", noon + 2 * day]])))).toEqual(["source-0", "source-1", "source-2"]));
  test("a disabled source is never due", () => {
    expect(due(sourcesOf(3, { disabled: "asks for a login" }), 0, noon, series, none)).toEqual([]);
    expect(due(sourcesOf(1, { disabled: "asks for a login" }), 0, noon, series, new Map([["source-0", 1]]))).toEqual([]);
  });
});
