import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { healthAfter, nextAttempt, type Condition, type Outcome } from "../../shared/intake/backoff.ts";

const now = Date.parse("2026-11-24T12:00:00Z");
const minutesUntil = (iso: string) => (Date.parse(iso) - now) / 60_000;

describe("the next attempt", () => {
  test("lies between five minutes and a limit that doubles, up to a day", () => {
    const widest = (failures: number) => minutesUntil(nextAttempt({ paceMinutes: 1440, failures, now, random: 1 }));
    expect([1, 2, 3, 8, 9, 5000].map(widest)).toEqual([10, 20, 40, 1280, 1440, 1440]);
    expect(minutesUntil(nextAttempt({ paceMinutes: 1440, failures: 5, now, random: 0 }))).toBe(5);
  });

  test("waits as long as the publisher asks, up to a day", () => {
    const first = { failures: 1, now, random: 0 };
    const waits = [0, 120, 7200, 999_999_999].map((retryAfterSeconds) => minutesUntil(nextAttempt({ paceMinutes: 1440, ...first, retryAfterSeconds })));
    expect(waits).toEqual([5, 5, 120, 1440]);
  });

  test("is never sooner than five minutes nor later than a day", () => {
    const input = fc.record({ paceMinutes: fc.constant(1440), failures: fc.nat(), now: fc.constant(now), retryAfterSeconds: fc.nat(), random: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(input, (failed) => {
        const minutes = minutesUntil(nextAttempt(failed));
        expect(minutes).toBeGreaterThanOrEqual(5);
        expect(minutes).toBeLessThanOrEqual(1440);
      }),
    );
  });
});

const day = (n: number) => new Date(Date.UTC(2026, 10, n)).toISOString();

/** Conditions after one outcome a day, starting on 1 November. */
function lived(...outcomes: Omit<Outcome, "at">[]): Condition {
  const days = outcomes.map((outcome, index) => ({ ...outcome, at: day(index + 1) }));
  const last = days.reduce<Condition | null>((condition, outcome) => healthAfter(condition, outcome), null);
  if (!last) throw new Error("Nothing happened.");
  return last;
}

describe("health", () => {
  test("is well after a reading, since the first in a row", () => {
    expect(lived({})).toEqual({ health: "well", reason: null, since: day(1), failures: 0 });
    expect(lived({}, {}, {})).toEqual({ health: "well", reason: null, since: day(1), failures: 0 });
    expect(lived({}, { reason: "timeout" }, {})).toEqual({ health: "well", reason: null, since: day(3), failures: 0 });
  });

  test("stays well when items may have been lost or skipped, and says so", () => {
    expect(lived({}, { reason: "overflow" })).toEqual({ health: "well", reason: "overflow", since: day(1), failures: 0 });
    expect(lived({ reason: "timeout" }, { reason: "partial" })).toMatchObject({ health: "well", reason: "partial", failures: 0 });
  });

  test("is quiet when nothing new comes", () => {
    expect(lived({}, { quiet: true }, { quiet: true })).toMatchObject({ health: "quiet", since: day(2), reason: null });
    expect(lived({ quiet: true }, {})).toMatchObject({ health: "well", since: day(2) });
  });

  test.each(["timeout", "unreachable", "http-500", "http-503", "http-429", "not-a-feed", "empty", "unreadable", "too-large", "redirects"] as const)(
    "is failing after %s",
    (reason) => {
      expect(lived({}, { reason })).toEqual({ health: "failing", reason, since: day(2), failures: 1 });
    },
  );

  test("counts failures in a row, and keeps since when through changes of reason", () => {
    expect(lived({}, { reason: "timeout" }, { reason: "http-500" }, { reason: "timeout" })).toEqual({
      health: "failing",
      reason: "timeout",
      since: day(2),
      failures: 3,
    });
  });

  test.each(["http-403", "http-401", "challenge", "robots"] as const)("is blocked after %s", (reason) => {
    expect(lived({}, { reason })).toMatchObject({ health: "blocked", reason, since: day(2), failures: 1 });
  });

  test("is blocked when we are asked again and again to come less often", () => {
    const tooOften = { reason: "http-429" } as const;
    expect(lived({}, tooOften, tooOften).health).toBe("failing");
    expect(lived({}, tooOften, tooOften, tooOften)).toMatchObject({ health: "blocked", since: day(4) });
    expect(lived({ reason: "timeout" }, { reason: "timeout" }, tooOften).health).toBe("failing");
  });

  test.each(["http-404", "http-410"] as const)("is dead after %s", (reason) => {
    expect(lived({}, { reason })).toMatchObject({ health: "dead", reason, since: day(2) });
  });

  test("is dead after a week without a connection, until somebody answers", () => {
    const lost = Array.from({ length: 7 }, () => ({ reason: "unreachable" }) as const);
    expect(lived({}, ...lost)).toMatchObject({ health: "failing", since: day(2) });
    const dead = lived({}, ...lost, { reason: "unreachable" });
    expect(dead).toMatchObject({ health: "dead", since: day(9), failures: 8 });
    expect(healthAfter(dead, { reason: "unreachable", at: day(10) })).toMatchObject({ health: "dead", since: day(9) });
    expect(healthAfter(dead, { reason: "http-503", at: day(10) })).toMatchObject({ health: "dead", since: day(9) });
    expect(healthAfter(dead, { at: day(10) })).toMatchObject({ health: "well", since: day(10) });
  });

  test("is disabled without its credential, which is no failure of the source", () => {
    expect(lived({ reason: "credential" })).toMatchObject({ health: "disabled", reason: "credential", failures: 0 });
  });

});
