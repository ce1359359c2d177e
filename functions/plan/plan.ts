import { paceOn } from "../../shared/calendar/season.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import { longestWaitMs } from "../../shared/intake/backoff.ts";
import { slotAfter } from "../../shared/slot.ts";

const minute = 60_000;
const dayMinutes = 24 * 60;

/** The first minute (since 1970) at or after `from` in which a source is due. */
export function nextSlot(source: Source, from: number, series: ReadonlyMap<string, Series>, inSeason?: ReadonlySet<string>): number {
  return slotAfter(source.id, paceOn(source, Math.floor(from / dayMinutes), series, inSeason), from);
}

/** What plan needs to know of a source that deviates from the catalogue's pace: when it may be asked again. */
export type NotBefore = ReadonlyMap<string, number>;

/** From where planning goes on. */
export interface Onwards {
  /** Everything up to this minute was polled. */
  readonly from: number;
  /** Minutes that passed without a tick; none where nothing was ever planned. */
  readonly missed: number;
  /** The clock was set back: what is noted lies in the future. */
  readonly setBack: boolean;
}

/** From where planning goes on at the minute `now`, when it is noted that all up to `planned` was polled. */
export function onwards(planned: number | undefined, now: number): Onwards {
  if (planned === undefined) return { from: 0, missed: 0, setBack: false };
  if (planned > now) return { from: now - 1, missed: 0, setBack: true };
  return { from: planned, missed: Math.max(0, now - planned - 1), setBack: false };
}

/**
 * The sources that are due in the minutes after `planned`, up to and with `now` (minutes since 1970), each once however
 * many of its slots have passed; all of them where nothing was ever planned (0). Nothing is stored but deviations: a
 * source's slot follows from its id, so a lost tick loses nothing and a sleeping machine polls each source once when it
 * wakes. One that deviates is due when its wait ends, and if that poll was lost, again in its slot. `inSeason` are
 * series that are expected whatever the catalogue says.
 */
export function due(sources: readonly Source[], planned: number, now: number, series: ReadonlyMap<string, Series>, notBefore: NotBefore, inSeason?: ReadonlySet<string>): Source[] {
  return sources.filter((source) => {
    if (source.disabled !== undefined) return false;
    const wait = notBefore.get(source.id);
    if (wait !== undefined && wait > planned && wait <= now + longestWaitMs / minute) return wait <= now;
    return nextSlot(source, planned + 1, series, inSeason) <= now;
  });
}
