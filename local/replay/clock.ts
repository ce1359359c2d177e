import type { Clock } from "../../shared/clock.ts";

/** A clock that stands where it is put. Waiting on it takes no time, since nothing recorded is in a hurry. */
export function jumpingClock(start: number): Clock & { jump(to: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    jump: (to) => {
      now = to;
    },
  };
}
