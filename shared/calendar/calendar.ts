import type { Catalogue, Series } from "../catalogue/schema.ts";
import { dayIn } from "./days.ts";
import { knownAt, nowIn, type Recorded } from "./known.ts";
import { releasers, type Watched } from "./readable.ts";
import { type SeriesStanding, standing, type WatchedDays } from "./standing.ts";

/** What the calendar is made from. */
export interface Basis {
  readonly catalogue: Pick<Catalogue, "series" | "sources" | "publishers">;
  /** Editions on record, of any series; none where there is no table. */
  readonly recorded: readonly Recorded[];
  /** The ids of the sources that cannot be read. */
  readonly unreadable: ReadonlySet<string>;
  /** Between when each source that was ever read was read without a gap, by its id; null where nothing but the catalogue is known. */
  readonly watched: ReadonlyMap<string, Watched> | null;
  /** A day (YYYY-MM-DD) or a moment (ISO 8601): what is later is not known. */
  readonly at: string;
}

/** The time zone in which a series' days are counted: its publisher's, or UTC. */
export function zoneOf({ publishers }: Pick<Catalogue, "publishers">, { publisher }: Series): string {
  return publishers.find(({ id }) => id === publisher)?.zone ?? "UTC";
}

/** The days of these sources in a zone. */
function daysIn(zone: string, sources: readonly string[], watched: ReadonlyMap<string, Watched>): Map<string, WatchedDays> {
  return new Map(
    sources.flatMap((id) => {
      const moments = watched.get(id);
      return moments ? [[id, { from: dayIn(zone, moments.from), until: dayIn(zone, moments.until) }]] : [];
    }),
  );
}

/** Where each series stands, in the order of the catalogue. */
export function calendar({ catalogue, recorded, unreadable, watched, at }: Basis): SeriesStanding[] {
  return catalogue.series.map((series) => {
    const now = nowIn(zoneOf(catalogue, series), at);
    const sources = releasers(series, catalogue.sources);
    const sight = { sources, unreadable: sources.filter((id) => unreadable.has(id)), watched: watched && daysIn(now.zone, sources, watched) };
    return standing(series, knownAt(series, recorded, now), sight, now);
  });
}
