import type { Outcome } from "../functions/poll/poll.ts";
import type { Reason } from "../shared/intake/health.ts";

/** So many sources in a row that cannot be reached mean that it is our network, and not theirs. */
const inARow = 5;

/** These say nothing of the network: a slow publisher, or one that was not asked at all. */
const silent: ReadonlySet<Reason | undefined> = new Set(["timeout", "credential", "waiting", "bad-address", "robots"]);

/** Tells an outage of this machine's own network from publishers that cannot be reached. */
export interface Outage {
  /** Takes an outcome, and says when an outage begins or ends. True where the outcome is worth a line: those of an outage are not. */
  hear(outcome: Pick<Outcome, "source" | "reason">): boolean;
  /** Whether there is one now. */
  isOn(): boolean;
  /** The sources that could not be reached in an outage that is over, once: they need not wait for their next attempt. */
  takeLost(): ReadonlySet<string>;
}

/** An outage that may come; of `sources` sources. */
export function createOutage(sources: number, say: (sentence: string) => void): Outage {
  const enough = Math.max(2, Math.min(inARow, sources));
  let unreached = new Set<string>();
  let lost = new Set<string>();
  let isOn = false;

  function end(): void {
    if (isOn) {
      lost = new Set([...lost, ...unreached]);
      say(`Sources can be reached again. The ${unreached.size} that could not be are polled now.`);
    }
    isOn = false;
    unreached = new Set();
  }

  return {
    hear({ source, reason }) {
      if (silent.has(reason)) return true;
      if (reason !== "unreachable") {
        end();
        return true;
      }
      unreached.add(source);
      if (isOn) return false;
      if (unreached.size < enough) return true;
      isOn = true;
      say(`None of ${unreached.size} sources in a row could be reached: is this machine online? It goes on trying, and says when it can reach one.`);
      return true;
    },
    isOn: () => isOn,
    takeLost() {
      const taken = lost;
      lost = new Set();
      return taken;
    },
  };
}
