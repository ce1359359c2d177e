import { setTimeout } from "node:timers/promises";

/** The time, and waiting: a port, so that a recorded year can be played on a clock that jumps. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => setTimeout(ms),
};
