import type { Clock } from "../clock.ts";

export interface Politeness {
  /** Runs `ask` when no other request to this host runs and `pauseMs` have passed since the last one ended. */
  readonly inTurn: <T>(host: string, ask: () => Promise<T>, pauseMs?: number) => Promise<T>;
  /** Runs `ask` beside at most 15 others, without a pause: for servers on this machine. */
  readonly amongLocal: <T>(ask: () => Promise<T>) => Promise<T>;
}

const localAtOnce = 16;

/** Keeps us from troubling a host: one request at a time, and `pauseMs` between two of them where a call names no longer pause. */
export function createPoliteness({ clock, pauseMs }: { clock: Clock; pauseMs: number }): Politeness {
  const amongLocal = createPool(localAtOnce);
  const lastTurn = new Map<string, Promise<unknown>>();
  const askedAt = new Map<string, number>();

  const rest = async (host: string, pause: number) => {
    const asked = askedAt.get(host);
    if (asked === undefined) return;
    // A clock set back would have us wait for hours, so never longer than one pause.
    const ms = Math.min(pause, asked + pause - clock.now());
    if (ms > 0) await clock.sleep(ms);
  };

  return {
    amongLocal,
    inTurn: async (host, ask, ownPauseMs = 0) => {
      const before = lastTurn.get(host);
      const turn = Promise.withResolvers<void>();
      lastTurn.set(host, turn.promise);
      try {
        await before;
        await rest(host, Math.max(pauseMs, ownPauseMs));
        return await ask();
      } finally {
        askedAt.set(host, clock.now());
        turn.resolve();
      }
    },
  };
}

function createPool(atOnce: number): Politeness["amongLocal"] {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (ask) => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await ask();
    } finally {
      // A place is handed on rather than given back, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
