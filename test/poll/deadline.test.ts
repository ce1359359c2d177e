import { describe, expect, test } from "vitest";
import { deadlineOf, fetchUntil } from "../../functions/poll/deadline.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { jumpingClock } from "../intake/clock.ts";
import { failureOf } from "../intake/server.ts";

const request = { url: "https://state.example/feed" };
const clock = jumpingClock();

describe("the time of an invocation", () => {
  test("leaves five seconds for storing, and a source that is begun has twenty-five or more", () => expect(deadlineOf(1000, 60_000)).toEqual({ endBy: 56_000, beginBy: 31_000 }));
  test("is halved where it is short", () => expect(deadlineOf(0, 25_000)).toEqual({ endBy: 20_000, beginBy: 10_000 }));
  test("that is over begins nothing", () => expect(deadlineOf(7, 3000)).toEqual({ endBy: 7, beginBy: 7 }));
});

describe("a fetcher with a deadline", () => {
  test("gives what comes before it, and a failure as it is", async () => {
    const answer = { kind: "unchanged", url: request.url, status: 304 } as const;
    expect(await fetchUntil(async () => answer, clock.now() + 60_000, clock)(request)).toBe(answer);
    const refusal = new SourceError("http-403", "It refused.");
    await expect(fetchUntil(() => Promise.reject(refusal), clock.now() + 60_000, clock)(request)).rejects.toBe(refusal);
  });
  test("waits for nothing after it, and what comes then troubles nobody", async () => {
    const late = Promise.withResolvers<never>();
    expect((await failureOf(fetchUntil(() => late.promise, clock.now() + 10, clock)(request))).reason).toBe("timeout");
    late.reject(new Error("The connection broke."));
  });
});
