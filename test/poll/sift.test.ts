import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sift } from "../../functions/poll/sift.ts";
import type { Item } from "../../shared/intake/item.ts";

const source = { id: "press", url: "https://state.example/feed" };
const item = (number: number, more: Partial<Item> = {}): Item => ({ title: `Title ${number}`, url: `https://state.example/${number}`, published: "2021-07-01", summary: null, guid: null, symbol: null, language: null, ...more });
const seenOf = (...items: readonly Item[]): string => sift(items, "", source).marks.join(" ");
const titles = ({ fresh }: ReturnType<typeof sift>): string[] => fresh.map(({ item: { title }, edited }) => (edited ? `${title}, edited` : title));

describe("what is fresh", () => {
  test("is everything at the first reading", () => expect(titles(sift([item(1), item(2)], "", source))).toEqual(["Title 1", "Title 2"]));
  test("is nothing where all is as before, in any order and with other summaries", () => expect(titles(sift([item(2, { summary: "new" }), item(1)], seenOf(item(1), item(2)), source))).toEqual([]));
  test("is what was not there", () => expect(titles(sift([item(3), item(1)], seenOf(item(1), item(2)), source))).toEqual(["Title 3"]));
  test("is what says something else", () => {
    const seen = seenOf(item(1), item(2));
    expect(titles(sift([item(1, { title: "Other" }), item(2, { published: "2021-07-02" })], seen, source))).toEqual(["Other, edited", "Title 2, edited"]);
    expect(titles(sift([item(1, { symbol: "A/1" })], seen, source))).toEqual(["Title 1, edited"]);
  });
  test("is told once where the source lists it twice", () => expect(titles(sift([item(1), item(1)], "", source))).toEqual(["Title 1"]));
  test("is what was left out of the marks", () => {
    const { fresh, marks } = sift([item(1), item(2)], "", source);
    const seen = marks.filter((mark) => mark !== fresh[1]?.mark).join(" ");
    expect(titles(sift([item(1), item(2)], seen, source))).toEqual(["Title 2"]);
  });
});

describe("a full change", () => {
  const three = [item(1), item(2), item(3)];
  test.each([
    ["of three for three", three, [item(4), item(5), item(6)], true],
    ["of all but one", three, [item(4), item(5), item(1)], false],
    ["of all but an edited one", three, [item(4), item(5), item(1, { title: "Other" })], false],
    ["of few for many", [item(1), item(2)], [item(4), item(5), item(6)], false],
    ["of many for few", three, [item(4), item(5)], true],
    ["from nothing", [], three, false],
  ])("%s may have lost some: %s", (_, before, now, overflow) => expect(sift(now, seenOf(...before), source).overflow).toBe(overflow));
});

test("at most two thousand items are remembered", () => {
  const many = Array.from({ length: 2100 }, (_, number) => item(number));
  expect(sift(many, "", source).marks).toHaveLength(2000);
});

test("for any list, what was read is not fresh again, and the marks are in its order", () => {
  const lists = fc.uniqueArray(fc.record({ number: fc.integer({ min: 0, max: 9 }), title: fc.constantFrom("a", "b") }), { selector: ({ number }) => number, maxLength: 10 });
  fc.assert(
    fc.property(lists, lists, (before, now) => {
      const items = (list: typeof now): Item[] => list.map(({ number, title }) => item(number, { title }));
      const first = sift(items(before), "", source);
      const second = sift(items(now), first.marks.join(" "), source);
      const known = new Set(first.marks);
      expect(second.marks).toEqual(sift(items(now), "", source).marks);
      expect(second.fresh.map(({ mark }) => mark)).toEqual(second.marks.filter((mark) => !known.has(mark)));
    }),
  );
});
