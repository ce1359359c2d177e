import { type AlertFacts, byHand, type WrongAlert } from "../../shared/alerts/alert.ts";
import { en } from "../../shared/alerts/texts/en.ts";
import { zoneOf } from "../../shared/calendar/calendar.ts";
import { dayAt, isoDay } from "../../shared/calendar/days.ts";
import { whereToLook } from "../../shared/calendar/where-to-look.ts";
import { releasedOn } from "../../shared/calendar/released.ts";
import { sayableAddress } from "../../shared/catalogue/address.ts";
import type { Named } from "../../shared/catalogue/named-in.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { newestVersion, type EditionChanges, type Version } from "../../shared/records/documents.ts";
import type { AlertRecord } from "../../shared/records/alerts.ts";
import type { Correction, EditionRecord, Ring } from "../../shared/records/editions.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { StandingRecord } from "../../shared/records/standing.ts";
import type { Watch } from "../../shared/records/watch.ts";
import type { Known } from "./known.ts";

const unweighed = { symbol: null, basis: null, update: false, earlier: [], window: null, due: null } as const;

/** A source by its name; what no source of the catalogue has shown stands under its publisher's. */
function sourceOf(known: Known, id: string): AlertFacts["source"] {
  return { id, name: known.sources.get(id)?.name ?? known.publishers.get(id)?.name ?? id };
}

/** The names by which the catalogue calls a series or a publisher. */
function namesOf({ name, short, translated }: Named): Named {
  return { name, short, ...(translated ? { translated } : {}) };
}

function publisherOf(known: Known, series: Series | undefined, sourceId: string): AlertFacts["publisher"] {
  const id = series?.publisher ?? known.sources.get(sourceId)?.publisher ?? sourceId;
  const publisher = known.publishers.get(id);
  return { id, ...(publisher ? { ...namesOf(publisher), ...(publisher.zone === undefined ? {} : { zone: publisher.zone }) } : { name: id, short: id }) };
}

function seriesOf(series: Series | undefined): AlertFacts["series"] {
  return series ? { id: series.id, ...(series.code === undefined ? {} : { code: series.code }), ...namesOf(series), kind: series.kind } : null;
}

/** What an edition is of whose series the catalogue has no more. */
function seriesById(id: string): AlertFacts["series"] {
  return { id, name: id, short: id, kind: "report" };
}

/** Earlier editions, newest first: those of the catalogue, and over them those that were recorded here. */
function earlierEditions(known: Known, series: Series, recorded: readonly EditionRecord[], year: number | null, at: string): AlertFacts["earlier"] {
  const zone = zoneOf({ publishers: [...known.publishers.values()] }, series);
  const today = isoDay(dayAt(zone, at) ?? 0);
  const days = new Map<number, AlertFacts["earlier"][number]>();
  for (const edition of series.editions) {
    if (edition.year === null || (edition.released !== "unknown" && edition.released > today)) continue;
    days.set(edition.year, { year: edition.year, released: edition.released, url: edition.url ?? null });
  }
  for (const edition of recorded) {
    if (edition.year === null || edition.status !== "out" || days.get(edition.year)?.released.startsWith("2")) continue;
    days.set(edition.year, { year: edition.year, released: releasedOn(edition, zone) ?? "unknown", url: edition.url });
  }
  return [...days.values()].filter((edition) => year === null || (edition.year ?? 0) < year).toSorted((a, b) => (b.year ?? 0) - (a.year ?? 0));
}

function evidenceOf(version: Version | undefined): Pick<AlertFacts, "evidence"> {
  if (!version) return {};
  const { sha256, at, url, bytes } = version;
  return { evidence: { sha256, at, url, bytes } };
}

/** What an edition's alert says, from the ring that its record kept. */
export function editionFacts(known: Known, edition: Pick<EditionRecord, "series" | "year" | "versions">, ring: Ring, recorded: readonly EditionRecord[]): AlertFacts {
  const series = known.series.get(edition.series);
  return {
    id: ring.alert,
    kind: ring.kind,
    at: ring.at,
    theme: known.theme,
    publisher: publisherOf(known, series, ring.source),
    series: seriesOf(series) ?? seriesById(edition.series),
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
    earlier: series ? earlierEditions(known, series, recorded, edition.year, ring.at) : [],
    window: series?.window ?? null,
    due: series?.due ?? null,
    ...(ring.kind === "edition" ? evidenceOf(newestVersion(edition)) : {}),
  };
}

/** What the alert says that tells what is different in an edition's document. */
export function changesFacts(known: Known, edition: Pick<EditionRecord, "series" | "year" | "title" | "url" | "published" | "symbol" | "basis" | "rings" | "sightings" | "versions">, changes: EditionChanges, recorded: readonly EditionRecord[]): AlertFacts {
  const series = known.series.get(edition.series);
  const ring = edition.rings.at(-1);
  const source = ring?.source ?? edition.sightings[0]?.source ?? edition.series;
  const { before, sha256 } = changes;
  const own = before.year === edition.year;
  return {
    ...unweighed,
    id: changes.alert,
    kind: "changes",
    at: changes.at,
    theme: known.theme,
    publisher: publisherOf(known, series, source),
    series: seriesOf(series) ?? seriesById(edition.series),
    edition: edition.year,
    title: edition.title,
    url: edition.url,
    published: edition.published,
    symbol: edition.symbol,
    basis: edition.basis,
    update: own,
    language: ring?.language ?? null,
    why: [],
    source: sourceOf(known, source),
    earlier: series ? earlierEditions(known, series, recorded, edition.year, changes.at) : [],
    changes: { against: own ? null : before.year, summary: changes.summary },
    ...evidenceOf(edition.versions?.find((version) => version.sha256 === sha256)),
  };
}

/** What is on record of an alert that was told. */
type Told = Pick<AlertRecord, "id" | "facts" | "at" | "sent" | "broadcast">;

/** An alert that was wrong, as it was told. One whose sending was begun may have been told, also where nobody noted that. */
function asTold({ id, facts, at, sent, broadcast = true }: Told): WrongAlert {
  return { alert: id, at: at ?? sent ?? facts.at, kind: facts.kind, language: facts.language, broadcast };
}

/**
 * What a correction says of the alerts that it takes back, as far as their sending was begun. Nothing where there are
 * none, so that nobody hears of what nobody was told.
 */
export function correctionFacts(known: Known, { alert, at, kind, to, why }: Correction, told: readonly Told[], right: Pick<EditionRecord, "url"> | undefined): AlertFacts | undefined {
  const [first, ...others] = told.map(asTold).toSorted((a, b) => a.at.localeCompare(b.at, "en"));
  const last = told.find(({ id }) => id === (others.at(-1) ?? first)?.alert);
  if (!first || !last) return undefined;
  const series = last.facts.series && known.series.get(last.facts.series.id);
  const rightSeries = to ? known.series.get(to.series) : undefined;
  const { changes: _changes, evidence: _evidence, ...facts } = last.facts;
  return {
    ...facts,
    id: alert,
    kind: "correction",
    at,
    url: to === null && series ? whereToLook(series, [...known.sources.values()]) : (right?.url ?? null),
    published: null,
    symbol: null,
    basis: null,
    update: false,
    why: why === null ? [] : [why],
    source: { id: byHand, name: en.ownSources[byHand] },
    earlier: [],
    window: null,
    due: null,
    corrects: {
      kind,
      wrong: [first, ...others],
      to: to && { series: to.series, ...(rightSeries ? namesOf(rightSeries) : { name: to.series, short: to.series }), edition: to.year },
    },
  };
}

/** What an alert on one item says. */
export function itemFacts(known: Known, item: Pick<ItemRecord, "source" | "series" | "seen" | "title" | "url" | "published" | "symbol" | "role" | "language" | "why">, alert: string): AlertFacts {
  const series = item.series === undefined ? undefined : known.series.get(item.series);
  return {
    ...unweighed,
    id: alert,
    kind: "about",
    at: item.seen,
    theme: known.theme,
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
export function healthFacts(known: Known, state: Pick<SourceState, "id" | "url" | "told">, alert: string): AlertFacts | undefined {
  const { told } = state;
  const source = known.sources.get(state.id);
  if (told?.alert !== alert) return undefined;
  return {
    ...unweighed,
    id: alert,
    kind: "health",
    at: told.at,
    theme: known.theme,
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

const calendarSource: AlertFacts["source"] = { id: "calendar", name: en.ownSources.calendar };

/** What an alert says of where an edition stands, from the ring that its record kept; nothing where the catalogue no longer has the series. */
export function standingFacts(known: Known, record: Pick<StandingRecord, "series" | "rings">, alert: string, recorded: readonly EditionRecord[]): AlertFacts | undefined {
  const series = known.series.get(record.series);
  const ring = record.rings.find((rung) => rung.alert === alert);
  if (!series || !ring) return undefined;
  const { kind, at, update, edition, late, window, why } = ring;
  return {
    ...unweighed,
    id: alert,
    kind,
    at,
    theme: known.theme,
    publisher: publisherOf(known, series, series.publisher),
    series: seriesOf(series),
    edition,
    title: edition === null ? series.name : `${series.name} ${edition}`,
    url: whereToLook(series, [...known.sources.values()]),
    published: null,
    language: null,
    update,
    why,
    source: calendarSource,
    earlier: earlierEditions(known, series, recorded, edition, at),
    window,
    due: series.due ?? null,
    late,
  };
}

/** What reminds of a source that a person must look at; nothing where the catalogue no longer asks for it. */
export function reminderFacts(known: Known, { reminded }: Pick<Watch, "reminded">, alert: string): AlertFacts | undefined {
  const [id = "", reminder] = Object.entries(reminded).find(([, last]) => last.alert === alert) ?? [];
  const source = known.sources.get(id);
  if (!reminder || !source?.manualCheck) return undefined;
  const { everyDays, message } = source.manualCheck;
  return {
    ...unweighed,
    id: alert,
    kind: "health",
    at: reminder.at,
    theme: known.theme,
    publisher: publisherOf(known, undefined, id),
    series: null,
    edition: null,
    title: `${source.name ?? id}: please look. ${message}`,
    url: source.url,
    published: null,
    language: null,
    why: [`A person looks here every ${everyDays} days. When you have, write the day into "verified" of ${id} in sources.json.`],
    source: sourceOf(known, id),
  };
}
