import type { Publisher } from "../../shared/alerts/publisher.ts";
import type { Clock } from "../../shared/clock.ts";

/** SNS suspends an email subscription that gets more than 10 a second; the rest is for what the network bunches up. */
export const publishesASecond = 8;
const apartMs = 1000 / publishesASecond;

/** Keeps publishes apart. */
export interface Pacer {
  /** Resolves when the next may begin: an eighth of a second after the one before began, and at once where that has passed. */
  turn(): Promise<void>;
  /** Resolves when another's next might begin: for who will not be asked again, and does not know who will. */
  rest(): Promise<void>;
}

/** A pacer for one topic. */
export function createPacer(clock: Clock): Pacer {
  let began = Number.NEGATIVE_INFINITY;
  let turns: Promise<void> = Promise.resolve();
  async function rest(): Promise<void> {
    // A clock that was set back would have us wait for hours, so never longer than between two.
    const wait = Math.min(began + apartMs - clock.now(), apartMs);
    if (wait > 0) await clock.sleep(wait);
  }
  async function begin(): Promise<void> {
    await rest();
    began = clock.now();
  }
  return {
    turn: () => (turns = turns.then(begin)),
    rest: () => turns.then(rest),
  };
}

/** A publisher that takes its turn before each publish. */
export function paced(publish: Publisher, pacer: Pacer): Publisher {
  return async (alert, audience) => {
    await pacer.turn();
    return publish(alert, audience);
  };
}
