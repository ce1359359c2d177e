import type { Fetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";
import type { Clock } from "../../shared/clock.ts";

/** For storing what was read and sending on what rings. */
const reserveMs = 5000;
/** What a source must be given at least, so that a slow publisher is told from our own lack of time. */
const fairMs = 25_000;

/** How the time of one invocation is spent. Moments are milliseconds since 1970. */
export interface Deadline {
  /** No source is begun after it. */
  readonly beginBy: number;
  /** What a publisher has not answered then, it has not answered in time. */
  readonly endBy: number;
}

/** The deadline of an invocation that has so much time left now. */
export function deadlineOf(now: number, remainingMs: number): Deadline {
  const endBy = now + Math.max(0, remainingMs - reserveMs);
  return { endBy, beginBy: endBy - Math.min(fairMs, (endBy - now) / 2) };
}

/** A fetcher that waits for no answer beyond a moment: then the source has timed out. */
export function fetchUntil(fetch: Fetcher, endBy: number, clock: Clock): Fetcher {
  return async (request) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new SourceError("timeout", "It had not answered when the time for polling was over.")), endBy - clock.now());
    try {
      return await Promise.race([fetch(request), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
