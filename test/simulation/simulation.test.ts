import { describe, expect, test } from "vitest";
import { reportOf, told } from "./report.ts";
import { simulate } from "./year.ts";

/** As many as fit into some seconds; `npm run simulate` plays more. */
const seeds = [1, 2, 3];
const patience = { timeout: 120_000 };

describe("a year of twelve sources, with faults injected at every effect", () => {
  const hashes = new Map<number, string>();

  test.each(seeds)("loses nothing, rings nothing twice unnoted, and lets nothing unknown ring (seed %i)", patience, async (seed) => {
    const simulated = await simulate(seed);
    hashes.set(seed, simulated.hash);
    expect(told(reportOf(simulated))).toEqual([]);
    expect(simulated.figures.editions).toBeGreaterThan(20);
    expect(simulated.figures.polls).toBeGreaterThan(1000);
  });

  test("is the same each time that a seed is played, to the last line of its trace", patience, async () => {
    const { hash } = await simulate(3);
    expect(hashes.get(3) ?? hash).toBe(hash);
    expect(new Set(hashes.values()).size).toBe(hashes.size);
  });
});
