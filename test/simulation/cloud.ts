import type { Clock } from "../../shared/clock.ts";
import type { Chance } from "./chance.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

/** How likely each fault is at one effect. What a fault cannot befall it does not: a read is not applied. */
export interface Odds {
  /** The process ends before the effect, or right after it. */
  readonly crashBefore: number;
  readonly crashAfter: number;
  /** No answer comes: the effect did not happen, did happen, or happens later. */
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly lateRequest: number;
  readonly throttled: number;
  /** A conditional write happened, its answer was lost, and its repetition is refused, since it happened. */
  readonly repeated: number;
  /** A batch is taken in part. */
  readonly partial: number;
  /** An answer takes seconds. */
  readonly slow: number;
}
type FaultKind = Exclude<keyof Odds, "slow">;

export const noFaults: Odds = { crashBefore: 0, crashAfter: 0, lostRequest: 0, lostAnswer: 0, lateRequest: 0, throttled: 0, repeated: 0, partial: 0, slow: 0 };

/** One invocation of a function, from its start to its end or its death. */
export interface Life {
  readonly name: string;
  readonly function: string;
  readonly clock: Clock;
  /** Milliseconds since 1970 at which it is ended, whatever it does. */
  readonly endsAt: number;
  isDead: boolean;
  /** Faults that befell it. */
  faults: number;
  readonly pending: Set<(error: Error) => void>;
}

/** The process has ended, and what still runs of it reaches nothing any more. */
class Ended extends Error {
  override readonly name = "Ended";
}

/** An effect on the world outside of a process. */
export interface Effect<Result> {
  readonly kind: "read" | "write" | "send" | "publish" | "fetch";
  readonly what: string;
  /** Happens at once and wholly. */
  readonly apply: () => Result | Promise<Result>;
  /** What the repetition of a conditional write answers. */
  readonly refused?: Result;
  /** Happens in part. */
  readonly applyPart?: () => unknown;
  /** Milliseconds that it takes; by chance unless given. */
  readonly takes?: number;
}

interface Surroundings {
  readonly time: Timeline;
  readonly chance: Chance;
  readonly trace: Trace;
  /** The most that a function's clock is off, in milliseconds. */
  readonly mostSkew: number;
}

/** How the one who waits for an effect is answered. */
interface Settle<Result> {
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

/** What can befall each kind of effect. */
const faultsOf: Readonly<Record<Effect<unknown>["kind"], readonly FaultKind[]>> = {
  read: ["crashBefore", "lostRequest", "throttled"],
  write: ["crashBefore", "crashAfter", "lostRequest", "lostAnswer", "lateRequest", "throttled", "repeated"],
  send: ["crashBefore", "crashAfter", "lostRequest", "lostAnswer", "lateRequest", "throttled", "partial"],
  publish: ["crashBefore", "crashAfter", "lostRequest", "lostAnswer", "throttled"],
  fetch: ["crashBefore", "crashAfter"],
};

/** Has an effect happen of which nobody hears. */
function unheard(apply: () => unknown): void {
  void new Promise((resolve) => resolve(apply())).catch(() => undefined);
}

function counted(): Record<string, number> {
  return {};
}

/** The machinery that runs functions, and lets faults befall them. */
export class Cloud {
  odds: Odds = noFaults;
  /** Faults so far, by kind. */
  readonly counts = counted();
  readonly #around: Surroundings;
  #born = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  count(kind: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  #end(life: Life): void {
    life.isDead = true;
    for (const reject of life.pending) reject(new Ended());
    life.pending.clear();
  }

  #faultFor({ kind, refused, applyPart }: Effect<unknown>): FaultKind | undefined {
    let drawn = this.#around.chance.next();
    for (const fault of faultsOf[kind]) {
      if ((fault === "repeated" && refused === undefined) || (fault === "partial" && !applyPart)) continue;
      if (drawn < this.odds[fault]) return fault;
      drawn -= this.odds[fault];
    }
    return undefined;
  }

  /** Lets a fault befall an effect; its life is given the error, or what the repetition of a write is answered. */
  #befall<Result>(fault: FaultKind, life: Life, { apply, applyPart, what, refused }: Effect<Result>, { resolve, reject }: Settle<Result>): void {
    const { time, chance, trace } = this.#around;
    this.count(fault);
    trace.add(`${life.name} ! ${fault}: ${what}`);
    if (fault === "crashAfter" || fault === "lostAnswer" || fault === "repeated") unheard(apply);
    if (fault === "lateRequest") time.at(time.now() + chance.spread(500, 120_000), () => unheard(apply));
    if (fault === "partial") applyPart?.();
    // Counted after the effect, which may ask how many befell its life before.
    life.faults++;
    if (fault === "repeated" && refused !== undefined) return resolve(refused);
    if (fault === "crashBefore" || fault === "crashAfter") this.#end(life);
    reject(life.isDead ? new Ended() : new Error(`${fault}: ${what}`));
  }

  /** Has an effect happen after a while, unless a fault befalls it. */
  effect<Result>(life: Life, asked: Effect<Result>): Promise<Result> {
    if (life.isDead) return Promise.reject(new Ended());
    const { time, chance } = this.#around;
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    life.pending.add(reject);
    const takes = asked.takes ?? (chance.is(this.odds.slow) ? chance.spread(500, 8000) : chance.spread(2, 250));
    time.at(time.now() + takes, () => {
      life.pending.delete(reject);
      this.#happen(life, asked, { resolve, reject });
    });
    return promise;
  }

  #happen<Result>(life: Life, asked: Effect<Result>, settle: Settle<Result>): void {
    const { chance, trace } = this.#around;
    if (life.isDead) {
      // What was on its way when the process ended arrives, or does not.
      if (asked.kind !== "read" && asked.kind !== "fetch" && chance.is(0.5)) unheard(asked.apply);
      return;
    }
    const fault = this.#faultFor(asked);
    if (fault) return this.#befall(fault, life, asked, settle);
    trace.add(`${life.name} ${asked.what}`);
    try {
      settle.resolve(asked.apply());
    } catch (error) {
      settle.reject(error);
    }
  }

  #sleep(life: Life, ms: number): Promise<void> {
    if (life.isDead) return Promise.reject(new Ended());
    const { time } = this.#around;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    life.pending.add(reject);
    time.at(time.now() + ms, () => {
      life.pending.delete(reject);
      if (!life.isDead) resolve();
    });
    return promise;
  }

  #bear(name: string, timeoutSeconds: number): Life {
    const { time, chance, mostSkew } = this.#around;
    const skew = (chance.next() * 2 - 1) * mostSkew;
    const clock: Clock = { now: () => Math.round(time.now() + skew), sleep: (ms) => this.#sleep(life, ms) };
    const life: Life = { name: `${name}-${++this.#born}`, function: name, clock, endsAt: time.now() + timeoutSeconds * 1000, isDead: false, faults: 0, pending: new Set() };
    return life;
  }

  /** Runs a function; undefined where its process ended before the function did. Throws what the function throws. */
  async invoke<Result>(name: string, timeoutSeconds: number, work: (life: Life) => Promise<Result>): Promise<{ readonly life: Life; readonly result: Result } | undefined> {
    const { time, trace } = this.#around;
    const life = this.#bear(name, timeoutSeconds);
    let isOver = false;
    time.at(life.endsAt, () => {
      if (isOver || life.isDead) return false;
      this.count("out of time");
      trace.add(`${life.name} ! is ended: its time is over`);
      this.#end(life);
      return true;
    });
    try {
      const result = await work(life);
      return life.isDead ? undefined : { life, result };
    } catch (error) {
      if (life.isDead) return undefined;
      throw error;
    } finally {
      isOver = true;
    }
  }
}
