import type { Clock } from "../../shared/clock.ts";

/** A clock that stands still, and jumps by as much as somebody sleeps. */
export function jumpingClock(start = Date.parse("2026-11-24T12:00:00Z")): Clock & { readonly slept: number[]; set(ms: number): void } {
  let time = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    set: (ms) => {
      time = ms;
    },
    sleep: (ms) => {
      slept.push(ms);
      time += ms;
      return Promise.resolve();
    },
  };
}
