import type { Recognised } from "../../shared/recognition/match.ts";
import { type EditionRecord, nameInAlerts, type Ring, type Sighting, withSighting } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { owe } from "../../shared/records/owed.ts";
import type { Content } from "../../shared/records/records.ts";

/** An item that shows an edition, and what it was recognised as. */
export interface Shown {
  readonly series: string;
  /** What the edition is called in its series. */
  readonly key: string;
  readonly year: number | null;
  readonly sighting: Sighting;
  readonly published: string | null;
  readonly symbol: string | null;
  readonly language: string | null;
  readonly recognised: Pick<Recognised, "role" | "own" | "saysOut" | "why">;
  /** Older than the install: recorded, and told to nobody. */
  readonly silent: boolean;
  /** Its own date lies after the install. */
  readonly provesNew: boolean;
}

type Edition = Content<EditionRecord>;

function blank(shown: Shown): Edition {
  const { sighting, published } = shown;
  return {
    ...placedAt(published ?? sighting.at),
    series: shown.series,
    key: shown.key,
    year: shown.year,
    status: "mentioned",
    basis: null,
    title: sighting.title,
    url: sighting.url,
    symbol: shown.symbol,
    published,
    firstSeen: sighting.at,
    sightings: [],
    sightingCount: 0,
    silent: false,
    rings: [],
  };
}

/** What a sighting means for the edition: nothing new, that it was announced, that it is out, or that the thing itself is here. */
function step(edition: Edition, { recognised, silent, provesNew }: Shown): "announced" | "out" | "document" | undefined {
  const { role, own, saysOut } = recognised;
  if (!own) return undefined;
  if (role === "release" && edition.silent && provesNew && !silent) return "out";
  if (role === "release") return edition.status !== "out" ? "out" : edition.basis === "coverage" ? "document" : undefined;
  if (role === "coverage" && saysOut && edition.status !== "out") return "out";
  if (role === "notice" && edition.status === "mentioned") return "announced";
  return undefined;
}

function ringOf(edition: Edition, shown: Shown, kind: Ring["kind"], update: boolean): Ring {
  const { sighting, recognised } = shown;
  return {
    alert: `${kind}:${nameInAlerts(edition)}${update ? ":document" : ""}`,
    kind,
    at: sighting.at,
    update,
    basis: kind === "notice" ? null : recognised.role === "release" ? "release" : "coverage",
    title: sighting.title,
    url: sighting.url,
    published: shown.published,
    symbol: shown.symbol,
    language: shown.language,
    source: sighting.source,
    why: recognised.why,
  };
}

/** The edition with its document to be looked at from now on: it is out, and this is the thing itself with its address. */
function withDocument(edition: Edition, { sighting }: Shown): Edition {
  return edition.basis === "release" && edition.url !== null ? { ...edition, nextAt: sighting.at } : edition;
}

/** The edition now rests on this sighting: its title, address and day become the edition's. */
function rest(edition: Edition, shown: Shown): Edition {
  const { sighting, published } = shown;
  return { ...edition, ...placedAt(published ?? sighting.at), title: sighting.title, url: sighting.url, symbol: shown.symbol ?? edition.symbol, published };
}

function ring(edition: Edition, shown: Shown, kind: Ring["kind"], update: boolean): Edition {
  const next = ringOf(edition, shown, kind, update);
  if (edition.rings.some(({ alert }) => alert === next.alert)) return edition;
  return owe({ ...edition, rings: [...edition.rings, next] }, next.alert, next.at);
}

/**
 * The edition's record after one more item showed it. An edition rings once, on its first release or on the
 * publisher's own words that it is out; the thing itself, seen later, rings as an update. Seeing the same item
 * again, saying the same, changes nothing.
 */
export function sight(before: EditionRecord | undefined, shown: Shown): Edition {
  const known = before?.sightings.find(({ item }) => item === shown.sighting.item);
  const edition: Edition = before ?? blank(shown);
  const next = step(edition, shown);
  // An edited title can say that it is out where it only spoke of it, and is coverage as before.
  if (before && known?.role === shown.sighting.role && next === undefined) return before;
  const seen: Edition = known
    ? { ...edition, sightings: edition.sightings.map((sighting) => (sighting.item === known.item ? shown.sighting : sighting)) }
    : withSighting(edition, shown.sighting);
  if (next === undefined) return seen;
  if (next === "announced") {
    const announced: Edition = { ...seen, status: "announced", announcedTitle: shown.sighting.title };
    return shown.silent ? announced : ring(announced, shown, "notice", false);
  }
  const out: Edition = { ...rest(seen, shown), status: "out", basis: shown.recognised.role === "release" ? "release" : "coverage" };
  if (shown.silent) return next === "document" ? out : { ...out, silent: true };
  // Whoever was never told that it was said to be out hears of the thing itself as news.
  const update = next === "document" && !edition.silent;
  return ring(withDocument({ ...out, silent: false }, shown), shown, "edition", update);
}
