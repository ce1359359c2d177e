import type { Health, Reason } from "./health.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const shortest = 5 * minute;
/** Nobody is asked to wait for longer, so a longer wait was noted by a clock that ran ahead. */
export const longestWaitMs = day;

export interface Failed {
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the publisher asked for, if it did. */
  readonly retryAfterSeconds?: number | undefined;
  /** From 0 up to 1, drawn for this attempt. */
  readonly random: number;
  /** How often the source is read today when all is well. */
  readonly paceMinutes: number;
}

/**
 * When a source that failed is asked again, ISO 8601 in UTC: somewhere between five minutes and a limit that doubles
 * with each failure, so that sources which failed together do not come back together. The limit ends at six times the
 * pace of the day, since in its season a source that is back must not be left alone for hours, and at a day. A
 * publisher's Retry-After is kept, up to a day.
 */
export function nextAttempt({ failures, now, retryAfterSeconds = 0, random, paceMinutes }: Failed): string {
  const limit = Math.min(longestWaitMs, 6 * paceMinutes * minute, shortest * 2 ** failures);
  const wait = shortest + random * Math.max(0, limit - shortest);
  const asked = Math.min(longestWaitMs, retryAfterSeconds * 1000);
  return new Date(now + Math.max(wait, asked)).toISOString();
}

/** Whether a moment until which to wait (ISO 8601) still lies ahead of `now`, and no further than anybody is asked to wait. */
export function isToWait(until: string | undefined, now: number): boolean {
  const wait = until === undefined ? 0 : Date.parse(until) - now;
  return wait > 0 && wait <= longestWaitMs;
}

/** The last of some moments (ISO 8601 in UTC); undefined where there is none. */
export function later(...moments: readonly (string | undefined)[]): string | undefined {
  return moments.flatMap((moment) => moment ?? []).toSorted().at(-1);
}

/** Whether a source can be read, and since when it is so. */
export interface Condition {
  readonly health: Health;
  readonly reason: Reason | null;
  /** When this health began, ISO 8601 in UTC. */
  readonly since: string;
  /** Failures in a row. */
  readonly failures: number;
}

export interface Outcome {
  /** Why the reading failed; or, with what was read, `overflow` or `partial`. Absent when all is well. */
  readonly reason?: Reason | undefined;
  /** When it was read, ISO 8601 in UTC. */
  readonly at: string;
  /** Readable, but nothing new has come for longer than the catalogue says is usual. */
  readonly quiet?: boolean | undefined;
}

/** Reasons that come with content: the source was read, with a remark. */
const remarks: ReadonlySet<Reason> = new Set(["overflow", "partial"]);
const shutOut: ReadonlySet<Reason> = new Set(["http-401", "http-403", "challenge", "robots"]);
const gone: ReadonlySet<Reason> = new Set(["http-404", "http-410"]);
/** One 429 asks for patience, several in a row mean that we are not let in. */
const patience = 3;
const deadAfterMs = 7 * day;

/** A source's condition after a reading; `previous` is null at the first. */
export function healthAfter(previous: Condition | null, outcome: Outcome): Condition {
  const { reason, at } = outcome;
  const failed = reason !== undefined && !remarks.has(reason) && reason !== "credential";
  const failures = failed ? (previous?.failures ?? 0) + 1 : 0;
  const health = healthOf(previous, outcome, failures);
  return { health, reason: reason ?? null, since: previous?.health === health ? previous.since : at, failures };
}

function healthOf(previous: Condition | null, { reason, at, quiet }: Outcome, failures: number): Health {
  if (reason === undefined || remarks.has(reason)) return quiet ? "quiet" : "well";
  if (reason === "credential") return "disabled";
  if (shutOut.has(reason) || (reason === "http-429" && previous?.reason === reason && failures >= patience)) return "blocked";
  if (gone.has(reason) || isLost(previous, at)) return "dead";
  return "failing";
}

/** Whether a source that cannot be reached now has been failing for a week, or was given up before. */
function isLost(previous: Condition | null, at: string): boolean {
  if (previous?.health === "dead") return true;
  return previous?.health === "failing" && Date.parse(at) - Date.parse(previous.since) >= deadAfterMs;
}
