import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { sayableAddress } from "../../shared/catalogue/address.ts";
import { byId } from "../../shared/catalogue/by-id.ts";
import type { Catalogue, Series, Source } from "../../shared/catalogue/schema.ts";
import type { EditionRecord, Ring } from "../../shared/records/editions.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import type { SourceState } from "../../shared/records/sources.ts";

/** What composing needs of the catalogue. */
export interface Known {
  readonly series: ReadonlyMap<string, Series>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly publishers: ReadonlyMap<string, Catalogue["publishers"][number]>;
}

/** The catalogue by ids. */
export function knownOf(catalogue: Catalogue): Known {
  return { series: byId(catalogue.series), sources: byId(catalogue.sources), publishers: byId(catalogue.publishers) };
}

const unweighed = { symbol: null, basis: null, update: false, earlier: [], window: null, due: null } as const;

function sourceOf(known: Known, id: string): AlertFacts["source"] {
  return { id, name: known.sources.get(id)?.name ?? id };
}

function publisherOf(known: Known, series: Series | undefined, sourceId: string): AlertFacts["publisher"] {
  const id = series?.publisher ?? known.sources.get(sourceId)?.publisher ?? sourceId;
  const publisher = known.publishers.get(id);
  return { id, name: publisher?.name ?? id, short: publisher?.short ?? id };
}

function seriesOf(series: Series | undefined): AlertFacts["series"] {
  return series ? { id: series.id, name: series.name, short: series.short, kind: series.kind } : null;
}

/** Earlier editions, newest first: those of the catalogue, and over them those that were recorded here. */
function earlierEditions(series: Series, recorded: readonly EditionRecord[], year: number | null, at: string): AlertFacts["earlier"] {
  const days = new Map<number, AlertFacts["earlier"][number]>();
  for (const edition of series.editions) {
    if (edition.year === null || (edition.released !== "unknown" && edition.released > at.slice(0, 10))) continue;
    days.set(edition.year, { year: edition.year, released: edition.released, url: edition.url ?? null });
  }
  for (const edition of recorded) {
    if (edition.year === null || edition.status !== "out" || days.get(edition.year)?.released.startsWith("2")) continue;
    days.set(edition.year, { year: edition.year, released: (edition.published ?? edition.firstSeen).slice(0, 10), url: edition.url });
  }
  return [...days.values()].filter((edition) => year === null || (edition.year ?? 0) < year).toSorted((a, b) => (b.year ?? 0) - (a.year ?? 0));
}

/** What an edition's alert says, from the ring that its record kept. */
export function editionFacts(known: Known, edition: Pick<EditionRecord, "series" | "year">, ring: Ring, recorded: readonly EditionRecord[]): AlertFacts {
  const series = known.series.get(edition.series);
  return {
    id: ring.alert,
    kind: ring.kind,
    at: ring.at,
    publisher: publisherOf(known, series, ring.source),
    series: series ? seriesOf(series) : { id: edition.series, name: edition.series, short: edition.series, kind: "report" },
    edition: edition.year,
    title: ring.title,
    url: ring.url,
    published: ring.published,
    symbol: ring.symbol,
    language: ring.language,
    basis: ring.basis,
    update: ring.update,
    why: ring.why,
    source: sourceOf(known, ring.source),
    earlier: series ? earlierEditions(series, recorded, edition.year, ring.at) : [],
    window: series?.window ?? null,
    due: series?.due ?? null,
  };
}

/** What an alert on one item says. */
export function itemFacts(known: Known, item: ItemRecord, alert: string): AlertFacts {
  const series = item.series === undefined ? undefined : known.series.get(item.series);
  return {
    ...unweighed,
    id: alert,
    kind: "about",
    at: item.seen,
    publisher: publisherOf(known, series, item.source),
    series: seriesOf(series),
    edition: null,
    title: item.title,
    url: item.url,
    published: item.published,
    symbol: item.symbol,
    basis: series && item.role === "release" ? "release" : null,
    language: item.language,
    why: item.why,
    source: sourceOf(known, item.source),
  };
}

/** What an alert on a source's health says; nothing where the state no longer knows what it owed. */
export function healthFacts(known: Known, state: SourceState, alert: string): AlertFacts | undefined {
  const { told } = state;
  const source = known.sources.get(state.id);
  if (told?.alert !== alert) return undefined;
  return {
    ...unweighed,
    id: alert,
    kind: "health",
    at: told.at,
    publisher: publisherOf(known, undefined, state.id),
    series: null,
    edition: null,
    title: told.title,
    url: source ? sayableAddress(source, state.url) : state.url,
    published: null,
    language: null,
    why: told.why,
    source: sourceOf(known, state.id),
  };
}
