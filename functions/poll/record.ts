import { createHash } from "node:crypto";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import { itemId } from "../../shared/intake/identity.ts";
import type { Item } from "../../shared/intake/item.ts";
import type { Compiled } from "../../shared/recognition/compile.ts";
import { editionYear } from "../../shared/recognition/edition.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { match, type Recognised } from "../../shared/recognition/match.ts";
import { symbolsOf } from "../../shared/recognition/symbols.ts";
import type { Ring } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { type ItemRecord, readItems } from "../../shared/records/items.ts";
import { editionKey, itemKey, type RecordKey } from "../../shared/records/keys.ts";
import { type OwingKind, owe } from "../../shared/records/owed.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import type { BodyReader } from "./body.ts";
import type { Fresh } from "./sift.ts";
import { isOld, wasOut } from "./silence.ts";
import { type Shown, sight } from "./sight.ts";

/** An alert that a record owes since this reading. */
export interface Rung {
  readonly key: RecordKey<OwingKind>;
  readonly alert: string;
  readonly kind: "edition" | "notice" | "about" | "health";
  readonly series: string | null;
  readonly edition: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly at: string;
  readonly basis?: Ring["basis"];
  readonly update?: boolean;
}

/** What recording needs: the table, the catalogue made ready, and a way to read a linked page. */
export interface Recording {
  readonly table: Table;
  readonly compiled: Compiled;
  readonly series: ReadonlyMap<string, Series>;
  readonly readBody: BodyReader;
  /** When this table was first used, ISO 8601. */
  readonly installed: string;
}

/** The reading that the items come from. */
export interface Occasion {
  readonly source: Source;
  readonly at: string;
  readonly firstRead: boolean;
  /** The whole list was replaced and its items have no dates: a new layout more likely than so much news. */
  readonly relaid: boolean;
  /** A person asked that nobody be told. */
  readonly silent?: boolean;
}

/** An item that concerns us, and what it was recognised as. */
export interface Relevant {
  readonly id: string;
  readonly item: Item;
  readonly recognised: Recognised;
  readonly edition: number | null;
}

/** What recording gave: the alerts that are owed, and the marks of items that must be looked at again. */
export interface Recorded {
  readonly rung: readonly Rung[];
  readonly unread: ReadonlySet<string>;
}

/** An item without a date that was not there at the last reading is of now. */
function yearOf(item: Item, { series: id, edition }: Recognised, series: ReadonlyMap<string, Series>, { at, firstRead }: Occasion): number | null {
  const known = id === null ? undefined : series.get(id);
  if (edition !== null || !known?.year || item.published !== null || firstRead) return edition;
  return editionYear(known, fold(item.title), at, symbolsOf(item)).year;
}

function editionName(series: Series, year: number, item: Item, at: string): string {
  if (series.several === "month") return (item.published ?? at).slice(0, 7);
  if (series.several === "title") return `${year}~${createHash("sha256").update(fold(item.title)).digest("hex").slice(0, 8)}`;
  return String(year);
}

function itemContent({ id, item, recognised }: Relevant, { source, at }: Occasion, edition: string | null, before: ItemRecord | undefined): Content<ItemRecord> {
  const seen = before?.seen ?? at;
  const titles = before && before.title !== item.title && !before.earlierTitles.includes(before.title) ? [...before.earlierTitles, before.title] : (before?.earlierTitles ?? []);
  return {
    ...before,
    ...placedAt(item.published ?? seen),
    ...(recognised.series === null ? { series: undefined } : { series: recognised.series }),
    id,
    title: item.title,
    url: item.url,
    published: item.published,
    symbol: symbolsOf(item)[0] ?? null,
    seen,
    source: before?.source ?? source.id,
    language: item.language ?? source.language,
    relevance: recognised.relevance,
    edition,
    role: recognised.role,
    why: recognised.why,
    earlierTitles: titles,
  };
}

/** Nothing that matching reads has changed since the item was recorded. */
function isSame(before: ItemRecord, { item }: Relevant): boolean {
  return !isUndecided(before) && before.published === item.published && before.symbol === (symbolsOf(item)[0] ?? null) && fold(before.title) === fold(item.title);
}

/** Recorded while the body that decides it could not be read. */
function isUndecided({ relevance, role }: Pick<ItemRecord, "relevance" | "role">): boolean {
  return relevance === "series" && role === null;
}

/** Stores an item that shows an edition: the edition first, so that a crash in between repeats it and loses nothing. */
async function recordSighting(recording: Recording, occasion: Occasion, relevant: Relevant, series: Series): Promise<{ name: string; rung: Rung | undefined }> {
  const { item, recognised, id } = relevant;
  const { source, at } = occasion;
  const year = relevant.edition ?? Number(at.slice(0, 4));
  const name = editionName(series, year, item, at);
  const shown: Shown = {
    series: series.id,
    key: name,
    year,
    sighting: { item: id, role: recognised.role, source: source.id, at, title: item.title, url: item.url },
    published: item.published,
    symbol: symbolsOf(item)[0] ?? null,
    language: item.language ?? source.language,
    recognised,
    silent: occasion.silent === true || isOld({ published: item.published, installed: recording.installed, firstRead: occasion.firstRead }) || wasOut(series, year, recording.installed),
  };
  const key = editionKey(series.id, name);
  let ring: Ring | undefined;
  await change(recording.table, key, (before) => {
    const after = sight(before, shown);
    ring = after.rings.length > (before?.rings.length ?? 0) ? after.rings.at(-1) : undefined;
    return after;
  });
  const rung = ring && { key, series: series.id, edition: year, alert: ring.alert, kind: ring.kind, title: ring.title, url: ring.url, at: ring.at, basis: ring.basis, update: ring.update };
  return { name, rung };
}

/** Records one item and the edition that it shows, and gives the alert that is owed now, if one is. */
export async function recordOne(recording: Recording, occasion: Occasion, relevant: Relevant, before: ItemRecord | undefined): Promise<Rung | undefined> {
  const { recognised, item, id } = relevant;
  const series = recognised.series === null ? undefined : recording.series.get(recognised.series);
  const counted = series?.year !== undefined && (relevant.edition !== null || !occasion.firstRead);
  const sighted = series && counted && recognised.role !== null ? await recordSighting(recording, occasion, relevant, series) : undefined;
  // A series that is not counted by years has no edition to ring: its releases are told one by one.
  const tells = recognised.relevance === "about" || (series !== undefined && !series.year && recognised.role === "release" && recognised.own);
  const silent = occasion.silent === true || occasion.relaid || isOld({ published: item.published, installed: recording.installed, firstRead: occasion.firstRead });
  const alert = `about:${id}`;
  const key = itemKey(id);
  let rings = false;
  await change(recording.table, key, (stored) => {
    const content = itemContent(relevant, occasion, sighted?.name ?? null, stored ?? before);
    rings = tells && !silent && (stored === undefined || isUndecided(stored));
    return rings ? owe(content, alert, occasion.at) : content;
  });
  if (sighted?.rung) return sighted.rung;
  return rings ? { key, alert, kind: "about", series: recognised.series, edition: null, title: item.title, url: item.url, at: occasion.at } : undefined;
}

/** Oldest first, so that what came first rings first; then items without a date, in the publisher's order, newest last. */
function byDate(fresh: readonly Fresh[]): Fresh[] {
  return fresh.toReversed().toSorted((a, b) => Number(a.item.published === null) - Number(b.item.published === null) || (a.item.published ?? "").localeCompare(b.item.published ?? "", "en"));
}

/** After a day without its body, an item that needs it is kept as undecided and no longer asked for. */
const bodyPatienceMs = 24 * 60 * 60 * 1000;

/**
 * Matches the fresh items of a reading and records those that concern us; gives the alerts that are owed now.
 * Known items are looked up in one batch, and an item whose words are the same costs no write.
 */
export async function recordItems(recording: Recording, occasion: Occasion, fresh: readonly Fresh[]): Promise<Recorded> {
  const { compiled, series, table } = recording;
  const unread = new Set<string>();
  const found: (Relevant & { mark: string })[] = [];
  for (const { item, mark } of byDate(fresh)) {
    const recognised = match(compiled, { ...item, source: occasion.source.id });
    if (recognised.relevance === "none") continue;
    const edition = yearOf(item, recognised, series, occasion);
    found.push({ id: itemId(item, occasion.source, edition), item, recognised, edition, mark });
  }
  if (found.length === 0) return { rung: [], unread };
  const known = await readItems(table, [...new Set(found.map(({ id }) => id))]);
  const rung: Rung[] = [];
  for (const relevant of found) {
    const before = known.get(relevant.id);
    if (before && isSame(before, relevant)) continue;
    const decided = await decideByBody(recording, occasion, relevant);
    if (isUndecided(decided.recognised)) {
      const waited = Date.parse(occasion.at) - Date.parse(before?.seen ?? occasion.at);
      if (waited < bodyPatienceMs && relevant.item.url !== null && needsBody(recording, occasion, relevant)) unread.add(relevant.mark);
      if (before) continue;
    }
    if (decided.recognised.relevance === "none") continue;
    const one = await recordOne(recording, occasion, decided, before);
    if (one) rung.push(one);
  }
  return { rung, unread };
}

/** Only the body of a linked page can tell; that of an item that is older than the install is not worth the request. */
function needsBody({ installed }: Recording, { firstRead }: Occasion, { recognised, item }: Relevant): boolean {
  return recognised.role === null && recognised.body !== undefined && !isOld({ published: item.published, installed, firstRead });
}

async function decideByBody(recording: Recording, occasion: Occasion, relevant: Relevant): Promise<Relevant> {
  if (!needsBody(recording, occasion, relevant)) return relevant;
  return { ...relevant, recognised: await recording.readBody(relevant.item, occasion.source, relevant.recognised) };
}
