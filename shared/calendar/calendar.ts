import type { Catalogue, Series } from "../catalogue/schema.ts";
import { knownAt, nowIn, type Recorded } from "./known.ts";
import { releasers } from "./readable.ts";
import { type SeriesStanding, standing } from "./standing.ts";

/** What the calendar is made from. */
export interface Basis {
  readonly catalogue: Pick<Catalogue, "series" | "sources" | "publishers">;
  /** Editions on record, of any series; none where there is no table. */
  readonly recorded: readonly Recorded[];
  /** The ids of the sources that cannot be read. */
  readonly unreadable: ReadonlySet<string>;
  /** The day or moment since when the sources are read, ISO 8601; null where nothing but the catalogue is known. */
  readonly since: string | null;
  /** A day (YYYY-MM-DD) or a moment (ISO 8601): what is later is not known. */
  readonly at: string;
}

/** The time zone in which a series' days are counted: its publisher's, or UTC. */
export function zoneOf({ publishers }: Pick<Catalogue, "publishers">, { publisher }: Series): string {
  return publishers.find(({ id }) => id === publisher)?.zone ?? "UTC";
}

/** Where each series stands, in the order of the catalogue. */
export function calendar({ catalogue, recorded, unreadable, since, at }: Basis): SeriesStanding[] {
  return catalogue.series.map((series) => {
    const now = nowIn(zoneOf(catalogue, series), at);
    const sources = releasers(series, catalogue.sources);
    return standing(series, knownAt(series, recorded, now), { sources, unreadable: sources.filter((id) => unreadable.has(id)), since: since === null ? null : nowIn(now.zone, since).today }, now);
  });
}
