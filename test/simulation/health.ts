import type { SourceState } from "../../shared/records/sources.ts";
import type { Violate } from "./corrections.ts";
import { day, hour } from "./timeline.ts";
import { failures, type GivenFeed } from "./web.ts";

/** What it is to be asked of the world. */
interface Asked {
  readonly now: () => number;
  readonly peek: (source: string) => SourceState | undefined;
  readonly violate: Violate;
  /** Told of each reading in which others may have come and gone unseen. */
  readonly overflowed: (source: string) => void;
}

/** Polls in a row that a source failed, and whether anybody is owed a word of it. */
interface Refusal {
  readonly since: number;
  polls: number;
  isTold: boolean;
}

/** After so many failed polls, and so long, somebody must have been told; polls that ran beside one another count as one. */
const failedPolls = 4;
const failedMs = 3 * hour;
/** One that never could be read has a day more. */
const neverReadMs = day + failedMs;

/** What of a list can be told again: the ids of what has a link. */
function linkedIn(shown: GivenFeed["shown"]): ReadonlySet<string> {
  return new Set(shown.filter(({ url }) => url !== null).map(({ id }) => id));
}

/** Who watches that a source's health says what was wrong, and only what was, and that people hear of it. */
export class Health {
  readonly #asked: Asked;
  readonly #lastShown = new Map<string, ReadonlySet<string>>();
  readonly #everFailed = new Set<string>();
  readonly #refused = new Map<string, Refusal>();

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Whether a source has ever failed. */
  hasFailed(source: string): boolean {
    return this.#everFailed.has(source);
  }

  /** A source gave its list, or failed. */
  heard({ site, failure }: GivenFeed): void {
    if (failure !== undefined) this.#everFailed.add(site.id);
  }

  /** How a source stands was written. */
  wrote({ id, owed }: SourceState): void {
    const refusal = this.#refused.get(id);
    if (refusal && [...(owed ?? [])].some((alert) => alert.startsWith(`health:${id}:`))) refusal.isTold = true;
  }

  /** A poll, which was given this last, said aloud that others may have gone unseen. How the source stands may be written later, or not at all. */
  saidOverflow(last: GivenFeed): void {
    this.#checkOverflow(last, "overflow");
  }

  /** How a source stands was written by a poll, which was given this last. */
  polled(last: GivenFeed, state: SourceState): void {
    const { violate } = this.#asked;
    this.#checkOverflow(last, state.reason);
    const expected = last.failure === undefined ? undefined : failures[last.failure];
    if (expected === null) return;
    if (expected === undefined && state.failures > 0) violate(`${state.id} was read well, and its state says ${state.health} (${state.reason})`, state.id);
    if (expected !== undefined && (state.reason !== expected || state.failures === 0)) violate(`${state.id} failed with ${expected}, and its state says ${state.health} (${state.reason})`, state.id);
  }

  /** More came than the list shows: all that was read before is gone, so that others may have gone unseen. */
  #checkOverflow({ site, shown, failure }: GivenFeed, reason: SourceState["reason"]): void {
    const before = this.#lastShown.get(site.id);
    if (failure === "truncated") this.#lastShown.delete(site.id);
    if (failure !== undefined) return;
    const ids = linkedIn(shown);
    this.#lastShown.set(site.id, ids);
    if (!before || before.size < 4 || ids.size === 0 || ids.size < shown.length || [...ids].some((id) => before.has(id))) return;
    this.#asked.overflowed(site.id);
    if (reason !== "overflow") this.#asked.violate(`nothing of ${site.id} is left of the reading before, and its state does not say so`, site.id);
  }

  /** A poll that was given this ended well. */
  ended(poll: string, { site, shown, failure }: GivenFeed): void {
    // Where nothing was written, an earlier poll's write got no answer, and happened later.
    if (failure === undefined) this.#lastShown.set(site.id, linkedIn(shown));
    if (failure === undefined || failure === "truncated") return void this.#refused.delete(site.id);
    const { now, peek, violate } = this.#asked;
    const state = peek(site.id);
    const told = state?.told?.health;
    const refusal = this.#refused.get(site.id) ?? { since: now(), polls: 0, isTold: told !== undefined && told !== "well" && told !== "quiet" };
    refusal.polls++;
    this.#refused.set(site.id, refusal);
    const lasts = now() - refusal.since;
    const isLong = refusal.polls >= failedPolls && lasts > ((state?.firstRead ?? null) === null ? neverReadMs : failedMs);
    if (isLong && !refusal.isTold) violate(`${site.id} has failed ${refusal.polls} polls in ${Math.round(lasts / hour)} hours, and nobody is owed a word of it (${poll})`, site.id);
  }
}
