import { type Correction, type EditionRecord, nameInAlerts, type Ring, type Sighting, withSighting, wrongIn } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { owe } from "../../shared/records/owed.ts";
import type { Content } from "../../shared/records/records.ts";

type Edition = Content<EditionRecord>;

/** Where what was wrong belongs. */
export interface Right {
  readonly series: string;
  /** What the edition is called in its series. */
  readonly key: string;
  readonly year: number | null;
}

/** What is taken back of an edition: the last thing that it said, with what was told of it, and the sightings that said so. */
export interface TakenBack extends Pick<Correction, "kind" | "rings" | "changes"> {
  readonly sightings: readonly Sighting[];
}

/** What can be taken back of an edition: that it is out, else that it was announced; undefined where it says neither. */
export function takenBack({ status, rings, sightings, silent, changes }: Edition): TakenBack | undefined {
  if (status === "mentioned") return undefined;
  const kind = status === "out" ? "edition" : "notice";
  return {
    kind,
    rings: rings.filter((ring) => ring.kind === kind),
    ...(changes && !silent ? { changes: changes.map(({ alert, at }) => ({ alert, at })) } : {}),
    // A notice that it will come stays true where something else was taken for it.
    sightings: kind === "notice" ? sightings : sightings.filter(({ role }) => role !== "notice"),
  };
}

/**
 * The edition without what was wrong, open again for the real one, and owing the correction where something rang. What
 * it still owed of that is owed no more. `name` is what it is called where nothing is left that shows it.
 */
export function withoutWrong(edition: Edition, { sightings, ...taken }: TakenBack, { at, to, why, name }: Pick<Correction, "at" | "to" | "why"> & { readonly name: string }): Edition {
  const gone = new Set(sightings.map(({ item }) => item));
  const left = edition.sightings.filter(({ item }) => !gone.has(item));
  const isAnnounced = taken.kind === "edition" && edition.announcedTitle !== undefined;
  const wrong = new Set(wrongIn(taken));
  const owed = new Set([...(edition.owed ?? [])].filter((alert) => !wrong.has(alert)));
  const corrections = edition.corrections ?? [];
  const alert = `correction:${edition.series}:${edition.key}:${corrections.length + 1}`;
  const open: Edition = {
    ...edition,
    ...placedAt(left[0]?.at ?? edition.firstSeen),
    status: isAnnounced ? "announced" : "mentioned",
    basis: null,
    title: left[0]?.title ?? edition.announcedTitle ?? name,
    url: left[0]?.url ?? null,
    symbol: null,
    published: null,
    announcedTitle: isAnnounced ? edition.announcedTitle : undefined,
    sightings: left,
    sightingCount: Math.max(left.length, edition.sightingCount - gone.size),
    silent: false,
    moved: undefined,
    rings: edition.rings.filter((ring) => !wrong.has(ring.alert)),
    corrections: [...corrections, { alert, at, ...taken, to, why }],
    versions: undefined,
    document: undefined,
    changes: undefined,
    nextAt: undefined,
    owed: owed.size > 0 ? owed : undefined,
    owedSince: owed.size > 0 ? edition.owedSince : undefined,
  };
  return wrong.size > 0 ? owe(open, alert, at) : open;
}

function blank(wrong: Edition, { series, key, year }: Right): Edition {
  const { title, url, symbol, published, firstSeen } = wrong;
  return { ...placedAt(published ?? firstSeen), series, key, year, status: "mentioned", basis: null, title, url, symbol, published, firstSeen, sightings: [], sightingCount: 0, silent: wrong.silent, rings: [] };
}

/** Whether what was taken for the wrong edition tells more of the right one than is known of it. */
function tellsMore(right: Edition, wrong: Edition): boolean {
  return wrong.status === "out" && (right.status !== "out" || (right.basis === "coverage" && wrong.basis === "release"));
}

/** A person's word on what an item is, as the reason of what is said of it from then on; `name` is what the wrong edition is called. */
function saidBy(at: string, isOther: boolean, name: string): string {
  return `a person said on ${at.slice(0, 10)} that it is ${isOther ? "this edition, not" : "not"} ${name}`;
}

/** What tells those who asked for the right series, of whom many were not told wrongly, and so get no correction. */
function ringFor(right: Edition, rings: readonly Ring[], name: string, at: string): Edition {
  const last = rings.at(-1);
  if (!last) return right;
  const next: Ring = { ...last, alert: `${last.kind}:${nameInAlerts(right)}`, at, update: false, why: [saidBy(at, true, name)] };
  return right.rings.some(({ alert }) => alert === next.alert) ? right : owe({ ...right, rings: [...right.rings, next] }, next.alert, at);
}

/**
 * The right edition with what was taken for another. Where both are of one series nothing rings: the correction, which
 * names it, goes to the same people. `name` is what the wrong one is called. Where the right one is out already, the two become one.
 */
export function withMoved(before: Edition | undefined, wrong: Edition, { rings, sightings }: TakenBack, to: Right, name: string, at: string): Edition {
  const known = before ?? blank(wrong, to);
  const moved = sightings.reduce(withSighting, known);
  const isNews = known.status !== "out" && (wrong.status === "out" || known.status === "mentioned");
  const told = isNews && to.series !== wrong.series ? ringFor(moved, rings, name, at) : moved;
  if (wrong.status === "announced") return known.status === "mentioned" ? { ...told, status: "announced", announcedTitle: wrong.announcedTitle } : told;
  if (!tellsMore(known, wrong)) return told;
  const { title, url, symbol, published, basis } = wrong;
  const hasDocument = basis === "release" && url !== null;
  return { ...told, ...placedAt(published ?? wrong.firstSeen), status: "out", basis, title, url, symbol, published, silent: known.silent || wrong.silent, ...(known.status === "out" ? {} : { moved: true }), ...(hasDocument ? { nextAt: at } : {}) };
}

/** What a sighting tells of its item. Its own day is not among that; the day on which it was read tells it from one that comes much later. */
export function itemOf({ item, role, source, at, title, url }: Sighting, { series, key }: Pick<EditionRecord, "series" | "key">): Content<ItemRecord> {
  return { ...placedAt(at), id: item, series, edition: key, role, title, url, published: at, symbol: null, seen: at, source, language: null, relevance: "series", why: [], earlierTitles: [] };
}

/** The item as a person says it is: of the right edition, or of none. That it was taken for the wrong one is noted with it. */
export function correctedItem(item: Content<ItemRecord>, wrong: Pick<EditionRecord, "series" | "key">, to: Right | null, name: string, at: string): Content<ItemRecord> {
  const corrected = { at, series: wrong.series, edition: wrong.key };
  const why = [saidBy(at, to !== null, name)];
  if (to === null) return { ...item, series: undefined, edition: null, role: null, relevance: "about", why, corrected };
  return { ...item, series: to.series, edition: to.key, why, corrected };
}
