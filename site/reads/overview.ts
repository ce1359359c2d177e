import { byId } from "../../shared/catalogue/by-id.ts";
import { calendar } from "../../shared/calendar/calendar.ts";
import { cannotBeRead, watchedIn } from "../../shared/calendar/readable.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import type { Catalogue, Publisher } from "../../shared/catalogue/schema.ts";
import { editionsOfAll } from "../../shared/readers/editions-file.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { installKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { readStates, type SourceState } from "../../shared/records/sources.ts";
import type { World } from "../world.ts";
import { createRecorded, type Recorded } from "./recorded.ts";

/** Everything that is known at a moment: the catalogue, and what is on record. */
export interface Overview {
  readonly catalogue: Catalogue;
  /** Those of the catalogue, by id. */
  readonly publishers: ReadonlyMap<string, Publisher>;
  /** The moment, ISO 8601. */
  readonly at: string;
  /** Since when the sources are read; null where none ever was. */
  readonly since: string | null;
  readonly states: ReadonlyMap<string, SourceState>;
  /** Of all series without what only an edition's own page shows: its documents, and its sightings but for notices. */
  readonly recorded: readonly EditionRecord[];
  /** Where each series stands, by its id. */
  readonly standings: ReadonlyMap<string, SeriesStanding>;
}

/** Who published an item, as the catalogue names them; the source's id where the catalogue has it no more. */
export function publisherName({ catalogue, publishers }: Pick<Overview, "catalogue" | "publishers">, item: Pick<ItemRecord, "source">): string {
  const source = catalogue.sources.find(({ id }) => id === item.source);
  return source ? (publishers.get(source.publisher)?.name ?? source.publisher) : item.source;
}

/** What was read serves for so long: a day's calendar does not change by the second, and pages are kept by caches as long. */
const freshMs = 60_000;

/** How much of what is known is read: all, the sources' states alone, one series with its sources, one publisher's series, or nothing beyond the catalogue. */
export type Scope = "all" | "sources" | "nothing" | { readonly series: string } | { readonly publisher: string };

/** A reader of what is known. Of series that are not in the scope, neither editions nor standing are given. */
export type Look = (scope: Scope) => Promise<Overview>;

function chosenBy({ series, sources }: Catalogue, scope: Scope): Pick<Catalogue, "series" | "sources"> {
  if (scope === "all") return { series, sources };
  if (typeof scope === "string") return { series: [], sources: scope === "sources" ? sources : [] };
  const chosen = series.filter((one) => ("series" in scope ? one.id === scope.series : one.publisher === scope.publisher));
  return { series: chosen, sources: sources.filter(({ carries }) => chosen.some(({ id }) => carries.includes(id))) };
}

async function readOverview(world: World, scope: Scope, all: Recorded): Promise<Overview> {
  const [catalogue, install] = await Promise.all([world.catalogue(), read(world.table, installKey)]);
  const { series, sources } = chosenBy(catalogue, scope);
  const now = world.clock.now();
  const at = new Date(now).toISOString();
  const [recorded, states] = install ? await Promise.all([scope === "all" ? all(series) : editionsOfAll(world.table, series), readStates(world.table, sources.map(({ id }) => id))]) : [[], new Map<string, SourceState>()];
  const unreadable = install ? sources.filter((source) => cannotBeRead(source, states.get(source.id), now)).map(({ id }) => id) : [];
  const watched = install ? watchedIn(states) : null;
  const found = calendar({ catalogue: { ...catalogue, series }, recorded, unreadable: new Set(unreadable), watched, at });
  return { catalogue, publishers: byId(catalogue.publishers), at, since: install?.at ?? null, states, recorded, standings: new Map(found.map((one) => [one.series, one])) };
}

/**
 * A reader of what is known. What was read of all serves for a minute, also those who ask for less, but for one series:
 * its pages show more. Those who ask at once share one reading.
 */
export function createLook(world: World): Look {
  const all = createRecorded(world);
  let held: { readonly until: number; readonly overview: Promise<Overview> } | undefined;
  return async (scope) => {
    const isOfOne = typeof scope === "object" && "series" in scope;
    if (!isOfOne && held && world.clock.now() < held.until) return held.overview;
    const overview = readOverview(world, scope, all);
    if (scope !== "all") return overview;
    held = { until: world.clock.now() + freshMs, overview };
    // What failed is not kept: the next one who asks tries again.
    overview.catch(() => (held = undefined));
    return overview;
  };
}
