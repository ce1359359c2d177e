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

/** A failure of so long is no mood of a network any more. */
const failingMs = 24 * 60 * 60 * 1000;

/**
 * Whether a source could not be read at a moment (milliseconds since 1970), by its state: blocked, dead, without its
 * credential, failing for a day, or never read. What was not yet so at that moment does not count.
 */
export function cannotBeRead(state: Pick<SourceState, "health" | "since" | "firstRead"> | undefined, moment: number): boolean {
  if (!state) return true;
  const since = Date.parse(state.since);
  if (since > moment) return false;
  if (state.health === "failing") return moment - since >= failingMs || state.firstRead === null;
  return isLost(state.health) || state.health === "disabled" || state.firstRead === null;
}
