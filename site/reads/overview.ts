import { byId } from "../../shared/catalogue/by-id.ts";
import { calendar } from "../../shared/calendar/calendar.ts";
import { cannotBeRead } from "../../shared/calendar/readable.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import type { Catalogue, Publisher } from "../../shared/catalogue/schema.ts";
import { type EditionRecord, editionsOf } from "../../shared/records/editions.ts";
import { installKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { sideBySide } from "../../shared/records/side-by-side.ts";
import { readStates, type SourceState } from "../../shared/records/sources.ts";
import type { World } from "../world.ts";

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
  readonly recorded: readonly EditionRecord[];
  /** Where each series stands, by its id. */
  readonly standings: ReadonlyMap<string, SeriesStanding>;
}

const queriesAtOnce = 32;
/** What was read serves for so long: a day's calendar does not change by the second, and pages are kept by caches as long. */
const freshMs = 60_000;

/** One question a series, and none where nothing was ever recorded. */
async function recordedEditions({ table }: World, { series }: Catalogue): Promise<EditionRecord[]> {
  const recorded: EditionRecord[] = [];
  await sideBySide(series, queriesAtOnce, async ({ id }) => void recorded.push(...(await editionsOf(table, id))));
  return recorded;
}

async function readOverview(world: World): Promise<Overview> {
  const [catalogue, install] = await Promise.all([world.catalogue(), read(world.table, installKey)]);
  const now = world.clock.now();
  const at = new Date(now).toISOString();
  const [recorded, states] = install ? await Promise.all([recordedEditions(world, catalogue), readStates(world.table, catalogue.sources.map(({ id }) => id))]) : [[], new Map<string, SourceState>()];
  const unreadable = install ? catalogue.sources.filter(({ id }) => cannotBeRead(states.get(id), now)).map(({ id }) => id) : [];
  const found = calendar({ catalogue, recorded, unreadable: new Set(unreadable), since: install?.at ?? null, at });
  return { catalogue, publishers: byId(catalogue.publishers), at, since: install?.at ?? null, states, recorded, standings: new Map(found.map((one) => [one.series, one])) };
}

/** A reader of all that is known, whose answer serves for a minute; those who ask at once share one reading. */
export function createOverview(world: World): () => Promise<Overview> {
  let held: { readonly until: number; readonly overview: Promise<Overview> } | undefined;
  return async () => {
    if (held && world.clock.now() < held.until) return held.overview;
    const overview = readOverview(world);
    held = { until: world.clock.now() + freshMs, overview };
    // What failed is not kept: the next one who asks tries again.
    overview.catch(() => (held = undefined));
    return overview;
  };
}
