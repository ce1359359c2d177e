import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { common, type Pair, rising } from "../../shared/changes/sequence.ts";

const letters = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"), { maxLength: 40 });

/** The length of the longest common subsequence, by the book. */
function longest(x: readonly string[], y: readonly string[]): number {
  const rows = Array.from({ length: x.length + 1 }, () => Array.from({ length: y.length + 1 }, () => 0));
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) (rows[i] ?? [])[j] = x[i] === y[j] ? (rows[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(rows[i + 1]?.[j] ?? 0, rows[i]?.[j + 1] ?? 0);
  return rows[0]?.[0] ?? 0;
}

const isRising = (pairs: readonly Pair[]): boolean => pairs.every(([at, other], index) => index === 0 || ((pairs[index - 1]?.[0] ?? -1) < at && (pairs[index - 1]?.[1] ?? -1) < other));

describe("what two sequences have in common", () => {
  test("rises on both sides and is the same on both", () => {
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const pairs = common(before, after);
        expect(isRising(pairs)).toBe(true);
        expect(pairs.every(([at, other]) => before[at] === after[other])).toBe(true);
      }),
    );
  });

  test("is everything where they are equal, also where all is one thing", () => {
    fc.assert(fc.property(letters, (list) => { expect(common(list, list)).toHaveLength(list.length); }));
    const same = Array.from({ length: 5000 }, () => "x");
    expect(common(same, same.slice(100))).toHaveLength(4900);
  });

  test("is nearly the longest where nothing is unique", () => {
    const twice = letters.map((list) => [...list, ...list]);
    fc.assert(
      fc.property(twice, twice, (before, after) => {
        expect(common(before, after).length).toBeGreaterThanOrEqual(longest(before, after) * 0.5);
      }),
    );
  });

  test("thousands that repeat themselves in another order are paired all the same", () => {
    const before = Array.from({ length: 4000 }, (_, at) => `${at % 7}`);
    const after = Array.from({ length: 4000 }, (_, at) => `${(at * 3) % 7}`);
    const pairs = common(before, after);
    expect(isRising(pairs)).toBe(true);
    expect(pairs.length).toBeGreaterThan(500);
  });
});

describe("the heaviest chain that rises", () => {
  test("leaves out what moved", () => {
    expect(rising([[0, 3], [1, 0], [2, 1], [3, 2]])).toEqual([[1, 0], [2, 1], [3, 2]]);
  });

  test("keeps the heavy one and moves the light ones", () => {
    expect(rising([[0, 2], [1, 0], [2, 1]], (index) => (index === 0 ? 10 : 1))).toEqual([[0, 2]]);
  });

  test("is never beaten by any other chain", () => {
    const anyPairs = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }).chain((order) => fc.record({ order: fc.constant(order), weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 8, maxLength: 8 }) }));
    fc.assert(
      fc.property(anyPairs, ({ order, weights }) => {
        const pairs = order.map((other, at): Pair => [at, other]);
        const weightOf = (chain: readonly Pair[]): number => chain.reduce((sum, [at]) => sum + (weights[at] ?? 0), 0);
        const best = Array.from({ length: 256 }, (_, mask) => pairs.filter(([at]) => mask & (1 << at))).filter(isRising).reduce((most, chain) => Math.max(most, weightOf(chain)), 0);
        expect(weightOf(rising(pairs, (index) => weights[index] ?? 0))).toBe(best);
      }),
    );
  });
});
