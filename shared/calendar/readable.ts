import type { Series, Source } from "../catalogue/schema.ts";
import { isLost } from "../intake/health.ts";
import type { SourceState } from "../records/sources.ts";

/** Whether a series' releases can come from this publisher. News on them comes from others too, and proves nothing. */
export function canRelease(series: Series, publisher: string): boolean {
  return series.publisher === publisher || series.recognise.some(({ role, from }) => role === "release" && from?.includes(publisher));
}

/** The ids of the sources that are read and can show a series' releases. */
export function releasers(series: Series, sources: readonly Source[]): string[] {
  return sources.filter(({ carries, publisher, disabled }) => disabled === undefined && carries.includes(series.id) && canRelease(series, publisher)).map(({ id }) => id);
}

const dayMs = 24 * 60 * 60 * 1000;
/** A failure of so long is no mood of a network any more. */
const failingMs = dayMs;
/** When a source was last read is noted once a day, and most are read more often. */
const staleMs = 3 * dayMs;
/** What stood in a list for less than this may have come and gone while nobody read it, whatever else is there still. */
const gapMs = 7 * dayMs;
/** Of a source that is read more seldom than that, one reading may be left out. */
const pacesMs = ({ everyMinutes }: Pick<Source, "everyMinutes">): number => 2 * everyMinutes * 60_000;

/**
 * Whether a source could not be read at a moment (milliseconds since 1970), by its state: blocked, dead, without its
 * credential, failing for a day, never read, or not for three days and twice its pace. What was not yet so at that
 * moment does not count.
 */
export function cannotBeRead(source: Pick<Source, "everyMinutes">, state: Pick<SourceState, "health" | "since" | "firstRead" | "lastRead"> | undefined, moment: number): boolean {
  if (!state || state.firstRead === null || state.lastRead === null) return true;
  if (moment - Date.parse(state.lastRead) > Math.max(staleMs, pacesMs(source))) return true;
  const since = Date.parse(state.since);
  if (since > moment) return false;
  if (state.health === "failing") return moment - since >= failingMs;
  return isLost(state.health) || state.health === "disabled";
}

/** Whether a reading ends a gap: nothing that it shows was there at the one before, or that one is long ago. */
export function endsGap(source: Pick<Source, "everyMinutes">, lastRead: string | null, at: string, overflow: boolean): boolean {
  return overflow || (lastRead !== null && Date.parse(at) - Date.parse(lastRead) > Math.max(gapMs, pacesMs(source)));
}

/** The moments (milliseconds since 1970) between which nothing can have come at a source and gone unseen. */
export interface Watched {
  readonly from: number;
  readonly until: number;
}

/** Between when a source was read without a gap, by its state; undefined where it was never read. */
export function watchedBy({ firstRead, lastRead, gapUntil, failingSince }: Pick<SourceState, "firstRead" | "lastRead" | "gapUntil" | "failingSince">): Watched | undefined {
  if (firstRead === null || lastRead === null) return undefined;
  // It was read again on the day of its last reading, unless it failed.
  const until = Date.parse(lastRead) + dayMs;
  return { from: Date.parse(gapUntil ?? firstRead), until: failingSince === undefined ? until : Math.min(until, Date.parse(failingSince)) };
}

/** Between when the sources of these states were read without a gap, by their ids. */
export function watchedIn(states: ReadonlyMap<string, SourceState>): Map<string, Watched> {
  return new Map(
    [...states].flatMap(([id, state]) => {
      const watched = watchedBy(state);
      return watched ? [[id, watched]] : [];
    }),
  );
}
