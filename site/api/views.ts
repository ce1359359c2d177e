import type * as z from "zod";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { changesPath, editionPath, seriesPath } from "../paths.ts";
import type { EditionView } from "../reads/editions.ts";
import type { Overview } from "../reads/overview.ts";
import type { ChangesShape, EditionShape, SeriesShape, SourceShape, WholeEditionShape } from "./shapes.ts";

/** A series as the API gives it. */
export function seriesView({ standings }: Overview, { id, name, short, publisher, kind, cadence, aka, basis }: Series): z.infer<typeof SeriesShape> {
  const standing = standings.get(id);
  return { id, name, short, publisher, kind, cadence, aka, basis: basis ?? null, standing: standing?.standing ?? "ahead", edition: standing?.edition ?? null, page: seriesPath(id) };
}

/** An edition as the API lists it. */
export function editionView({ series, key, year, status, released, certain, title, url, symbol, why }: EditionView): z.infer<typeof EditionShape> {
  return { series, key, year, status, released, certain, title, url, symbol, note: why, page: editionPath(series, year) };
}

/** What changed in an edition, the newest first. */
export function changesOf({ series, year, changes = [] }: EditionRecord): z.infer<typeof ChangesShape>[] {
  return changes.toReversed().map(({ alert, at, sha256, before, summary }) => ({
    id: alert,
    at,
    series,
    edition: year,
    sha256,
    before: { edition: before.year, sha256: before.sha256, at: before.at },
    summary: [...summary],
    page: changesPath(series, year),
  }));
}

/** An edition with all that is told of it. */
export function wholeEditionView(view: EditionView): z.infer<typeof WholeEditionShape> {
  const { record } = view;
  return {
    ...editionView(view),
    firstSeen: record?.firstSeen ?? null,
    basis: record?.basis ?? null,
    sightings: (record?.sightings ?? []).map(({ item, role, source, at, title, url }) => ({ item, role, source, at, title, url })),
    sightingCount: record?.sightingCount ?? 0,
    evidence: (record?.versions ?? []).map(({ sha256, at, url, type, bytes }) => ({ sha256, at, url, type, bytes })),
    notThereSince: record?.document?.notThereSince ?? null,
    changes: record ? changesOf(record) : [],
  };
}

/** A source as the API gives it. */
export function sourceView({ states }: Overview, source: Source): z.infer<typeof SourceShape> {
  const { id, name, publisher, url, language, carries, disabled } = source;
  const state = states.get(id);
  const health = disabled === undefined ? (state?.health ?? null) : "disabled";
  return { id, name: name ?? null, publisher, url, language, carries, health, reason: disabled ?? state?.reason ?? null, since: state?.since ?? null, lastChange: state?.lastChange ?? null };
}
