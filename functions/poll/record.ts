import type { AlertKind } from "../../shared/alerts/alert.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import { itemId } from "../../shared/intake/identity.ts";
import type { Item } from "../../shared/intake/item.ts";
import type { Compiled } from "../../shared/recognition/compile.ts";
import { yearsIn } from "../../shared/recognition/edition.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { match, matchAbout, type Recognised } from "../../shared/recognition/match.ts";
import { symbolsOf } from "../../shared/recognition/symbols.ts";
import type { Ring } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { type ItemRecord, readItems } from "../../shared/records/items.ts";
import { editionKey, itemKey, type RecordKey } from "../../shared/records/keys.ts";
import { type OwingKind, owe } from "../../shared/records/owed.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import type { BodyReader } from "./body.ts";
import { editionName, isOverruled, keptName, shownBefore } from "./same-edition.ts";
import type { Fresh } from "./sift.ts";
import { type Age, isOld, wasOut } from "./silence.ts";
import { type Shown, sight } from "./sight.ts";

/** An alert that a record owes since this reading. */
export interface Rung {
  readonly key: RecordKey<OwingKind>;
  readonly alert: string;
  readonly kind: AlertKind;
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
  /** The rules of the catalogue, made ready when the first item is matched: most rounds find nothing new. */
  readonly rules: () => Compiled;
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
  /** The whole list was replaced by one of other words, and its items have no dates: another page more likely than so much news. */
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
  /** Its list came at other addresses, and it was there before. */
  readonly isMoved?: boolean;
  /** Its page could not be read in time, so people are told to look themselves. */
  readonly isGivenUp?: boolean;
}

/** What recording gave: the alerts that are owed, and the marks of items that must be looked at again. */
export interface Recorded {
  readonly rung: readonly Rung[];
  readonly unread: ReadonlySet<string>;
}

function ageOf({ installed }: Recording, { firstRead, at }: Occasion, { published }: Item): Age {
  return { published, installed, firstRead, at };
}

/** Matches a fresh item. One without a date that was not there at the last reading is of now; one that was edited may be of any time. */
function matchFresh(compiled: Compiled, { source, at, firstRead }: Occasion, { item, edited, moved }: Fresh): Recognised {
  const published = item.published ?? (firstRead || edited || moved ? null : at);
  return match(compiled, { ...item, published, source: source.id });
}

function symbolOf(item: Item): string | null {
  return symbolsOf(item)[0] ?? null;
}

/** A title with a count of readers in it changes at every poll, and a record has an end. */
const mostTitles = 20;

function itemContent({ id, item, recognised }: Relevant, { source, at }: Occasion, edition: string | null, before: ItemRecord | undefined): Content<ItemRecord> {
  const seen = before?.seen ?? at;
  const titles = before && before.title !== item.title && !before.earlierTitles.includes(before.title) ? [...before.earlierTitles, before.title] : (before?.earlierTitles ?? []);
  return {
    ...before,
    ...placedAt(item.published ?? seen),
    series: recognised.series ?? undefined,
    id,
    title: item.title,
    url: item.url,
    published: item.published,
    symbol: symbolOf(item),
    seen,
    source: before?.source ?? source.id,
    language: item.language ?? source.language,
    relevance: recognised.relevance,
    edition,
    role: recognised.role,
    why: recognised.why,
    earlierTitles: titles.slice(-mostTitles),
  };
}

/** Nothing that matching reads has changed since the item was recorded. */
function isSame(before: ItemRecord, { item }: Relevant): boolean {
  return !isUndecided(before) && before.published === item.published && before.symbol === symbolOf(item) && fold(before.title) === fold(item.title);
}

/** Recorded while the body that decides it could not be read. */
function isUndecided({ relevance, role }: Pick<ItemRecord, "relevance" | "role">): boolean {
  return relevance === "series" && role === null;
}

/**
 * The name of an item's edition. Where several of a year are told apart by what the item says now, the name is noted
 * with the item before anything rings: another source may show the item at this moment with other words, or its
 * publisher may edit it before a poll that ended here is made good. Until the rest is noted it counts as undecided.
 */
async function claimName({ table }: Recording, occasion: Occasion, relevant: Relevant, series: Series, year: number): Promise<string> {
  const name = editionName(series, year, relevant.item, occasion.at);
  if (!series.several) return name;
  const claim: Relevant = { ...relevant, recognised: { ...relevant.recognised, role: null } };
  const claimed = await change(table, itemKey(relevant.id), (stored) => (keptName(series, year, relevant, stored, occasion.at) === null ? itemContent(claim, occasion, name, stored) : stored));
  return keptName(series, year, relevant, claimed, occasion.at) ?? name;
}

/** Stores an item that shows an edition: the edition first, so that a crash in between repeats it and loses nothing. */
async function recordSighting(recording: Recording, occasion: Occasion, relevant: Relevant, series: Series, before: ItemRecord | undefined): Promise<{ name: string; rung: Rung | undefined }> {
  const { item, recognised, id } = relevant;
  const { source, at } = occasion;
  const likely = relevant.edition ?? Number(at.slice(0, 4));
  // What names no year speaks of no other edition than it did before.
  const shownYet = relevant.edition === null ? shownBefore(before, relevant) : null;
  const name = shownYet ?? keptName(series, likely, relevant, before, at) ?? (await claimName(recording, occasion, relevant, series, likely));
  // Months are no years of editions: there the name says nothing of it.
  const year = series.several === "month" || name.startsWith(String(likely)) ? likely : Number(name.slice(0, 4));
  const shown: Shown = {
    series: series.id,
    key: name,
    year,
    sighting: { item: id, role: recognised.role, source: source.id, at, title: item.title, url: item.url },
    published: item.published,
    symbol: symbolOf(item),
    language: item.language ?? source.language,
    recognised,
    provesNew: item.published !== null && !isOld({ ...ageOf(recording, occasion, item), firstRead: true }),
    silent: occasion.silent === true || relevant.isMoved === true || (occasion.relaid && yearsIn(fold(item.title), series.actYears).length === 0) || isOld(ageOf(recording, occasion, item)) || wasOut(series, year, recording.installed),
  };
  const key = editionKey(series.id, name);
  let ring: Ring | undefined;
  await change(recording.table, key, (stored) => {
    const after = sight(stored, shown);
    ring = after.rings.length > (stored?.rings.length ?? 0) ? after.rings.at(-1) : undefined;
    return after;
  });
  const rung = ring && { key, series: series.id, edition: year, alert: ring.alert, kind: ring.kind, title: ring.title, url: ring.url, at: ring.at, basis: ring.basis, update: ring.update };
  return { name, rung };
}

/** An item of no edition that is older than this by its own date was listed again, or comes with a source that was added. */
const staleMs = 14 * 24 * 60 * 60 * 1000;

/** Records one item and the edition that it shows, and gives the alert that is owed now, if one is. */
export async function recordOne(recording: Recording, occasion: Occasion, relevant: Relevant, before: ItemRecord | undefined): Promise<Rung | undefined> {
  const { recognised, item, id } = relevant;
  const series = recognised.series === null ? undefined : recording.series.get(recognised.series);
  const counted = series?.year !== undefined && (relevant.edition !== null || (!occasion.firstRead && (item.published !== null || shownBefore(before, relevant) !== null)));
  const sighted = series && counted && recognised.role !== null ? await recordSighting(recording, occasion, relevant, series, before) : undefined;
  // A series that is not counted by years has no edition to ring: its releases are told one by one.
  const tells = relevant.isGivenUp === true || recognised.relevance === "about" || (series !== undefined && !series.year && recognised.role === "release" && recognised.own);
  const stale = item.published !== null && Date.parse(occasion.at) - Date.parse(item.published) > staleMs;
  const silent = occasion.silent === true || relevant.isMoved === true || occasion.relaid || stale || isOld(ageOf(recording, occasion, item));
  const alert = `about:${id}`;
  const key = itemKey(id);
  let rings = false;
  await change(recording.table, key, (stored) => {
    // A person may have said meanwhile that it is none.
    if (stored && isOverruled(recording.series, stored, relevant, occasion.at)) return stored;
    const known = stored ?? before;
    const content = itemContent(relevant, occasion, sighted?.name ?? shownBefore(known, relevant), known);
    // What was given up stays undecided, and may be edited, or its page be read at last: it was told all the same.
    rings = tells && !silent && stored?.rang === undefined && (stored === undefined || isUndecided(stored));
    return rings ? owe({ ...content, rang: occasion.at }, alert, occasion.at) : content;
  });
  if (sighted?.rung) return sighted.rung;
  return rings ? { key, alert, kind: "about", series: recognised.series, edition: null, title: item.title, url: item.url, at: occasion.at } : undefined;
}

/** Oldest first, so that what came first rings first; then items without a date, in the publisher's order, newest last. */
function byDate(fresh: readonly Fresh[]): Fresh[] {
  return fresh.toReversed().toSorted((a, b) => Number(a.item.published === null) - Number(b.item.published === null) || (a.item.published ?? "").localeCompare(b.item.published ?? "", "en"));
}

/** Pages read in one poll of a source. */
const mostBodies = 10;
/** After a day without its body, an item that needs it is told as undecided, so that a person looks, and no longer asked for. */
const bodyPatienceMs = 24 * 60 * 60 * 1000;

/**
 * Matches the fresh items of a reading and records those that concern us; gives the alerts that are owed now.
 * Known items are looked up in one batch, and an item whose words are the same costs no write.
 */
export async function recordItems(recording: Recording, occasion: Occasion, fresh: readonly Fresh[]): Promise<Recorded> {
  const { rules, table } = recording;
  const unread = new Set<string>();
  const found: (Relevant & { mark: string })[] = [];
  for (const one of byDate(fresh)) {
    const { item, mark } = one;
    const recognised = matchFresh(rules(), occasion, one);
    if (recognised.relevance === "none") continue;
    const { edition } = recognised;
    found.push({ id: itemId(item, occasion.source, edition), item, recognised, edition, mark, isMoved: one.moved });
  }
  if (found.length === 0) return { rung: [], unread };
  const known = await readItems(table, [...new Set(found.map(({ id }) => id))]);
  const rung: Rung[] = [];
  let bodies = 0;
  for (const relevant of found) {
    const before = known.get(relevant.id);
    if (before && (isSame(before, relevant) || isOverruled(recording.series, before, relevant, occasion.at))) continue;
    // The rest waits for the next poll, so that one page of many such items does not hold up its host.
    if (needsBody(recording, occasion, relevant) && ++bodies > mostBodies) {
      unread.add(relevant.mark);
      continue;
    }
    let decided = await decideByBody(recording, occasion, relevant);
    if (isUndecided(decided.recognised) && needsBody(recording, occasion, relevant)) {
      const waited = Date.parse(occasion.at) - Date.parse(before?.seen ?? occasion.at);
      if (waited >= bodyPatienceMs || relevant.item.url === null) decided = givenUp(decided);
      else {
        unread.add(relevant.mark);
        if (before) continue;
      }
    }
    if (decided.recognised.relevance === "none") continue;
    const one = await recordOne(recording, occasion, decided, before);
    if (one) rung.push(one);
  }
  return { rung, unread };
}

/** Only the body of a linked page can tell; that of an item that is older than the install is not worth the request. */
function needsBody(recording: Recording, occasion: Occasion, { recognised, item }: Relevant): boolean {
  return recognised.role === null && recognised.body !== undefined && !isOld(ageOf(recording, occasion, item));
}

function givenUp(relevant: Relevant): Relevant {
  const { recognised } = relevant;
  return { ...relevant, isGivenUp: true, recognised: { ...recognised, why: [...recognised.why, "its page could not be read, so a person must look"] } };
}

async function decideByBody(recording: Recording, occasion: Occasion, relevant: Relevant): Promise<Relevant> {
  if (!needsBody(recording, occasion, relevant)) return relevant;
  const recognised = await recording.readBody(relevant.item, occasion.source, relevant.recognised);
  if (recognised.relevance !== "none") return { ...relevant, recognised };
  // No edition, but it may still be news on the theme.
  return { ...relevant, edition: null, recognised: matchAbout(recording.rules(), { ...relevant.item, source: occasion.source.id }) };
}
