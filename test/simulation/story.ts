import type { Chance } from "./chance.ts";
import { expected } from "./expected.ts";
import { drawPublications, type Publication, titleOf } from "./publications.ts";
import { drawSites } from "./publishers.ts";
import { day, hour } from "./timeline.ts";
import { type Failure, failures, type Shown, type Site, type Web } from "./web.ts";

/** Something that a publisher does, at a moment. */
interface Happening {
  readonly at: number;
  readonly what: string;
  readonly happen: (web: Web) => unknown;
}

/** All that happens in the world of one seed, apart from us. */
export interface Story {
  readonly sites: Site[];
  readonly publications: ReadonlyMap<string, Publication>;
  readonly happenings: readonly Happening[];
}

/** What a publisher does with something after it was published, in the order of its moments. */
type Deed = "edit" | "redate" | "undate" | "remove" | "guid";
const deeds: readonly (readonly [Deed, number])[] = [
  ["edit", 0.15],
  ["redate", 0.1],
  ["undate", 0.04],
  ["remove", 0.1],
  ["guid", 0.12],
];

function changed(one: Shown, deed: Exclude<Deed, "remove">, chance: Chance): Shown {
  if (deed === "edit") return { ...one, title: chance.is(0.5) ? `Corrected: ${one.title}` : one.title.replace(" (", " – final (") };
  if (deed === "guid") return { ...one, guid: `moved-${one.id}-${chance.whole(1, 999)}` };
  if (deed === "undate" || one.date === null) return { ...one, date: null };
  return { ...one, date: new Date(Date.parse(one.date) + Math.round((chance.next() * 4 - 2) * day)).toISOString() };
}

function replaceIn(web: Web, site: string, id: string, next: (one: Shown) => Shown | undefined): void {
  for (const place of web.sites) if (place.id === site) place.shown = place.shown.flatMap((one) => (one.id === id ? (next(one) ?? []) : one));
}

function add(web: Web, site: string, one: Shown): void {
  for (const place of web.sites) if (place.id === site && !place.shown.some(({ id }) => id === one.id)) place.shown = [one, ...place.shown].slice(0, place.capacity);
}

const secureAddress = (url: string | null): string | null => url?.replace("http:", "https:") ?? null;

/** Draws how something comes out, and what becomes of it at each of its sites. */
function drawLife(chance: Chance, publication: Publication, sites: readonly Site[], start: number): Happening[] {
  const { id, published } = publication;
  const first = sites.find((site) => site.id === publication.sites[0]);
  const hasAddress = publication.kind !== "yearly" || chance.is(0.85);
  const address = first && hasAddress ? `http://${first.host}/${id}-${publication.kind}` : null;
  // An item without address and date is known by its guid, so it keeps that.
  const own: Shown = { id, title: titleOf(publication), date: chance.is(0.95) || publication.isOld ? new Date(published).toISOString() : null, guid: chance.is(0.8) || !address ? `urn:${id}` : null, url: address };
  return publication.sites.flatMap((site) => {
    const shows = (web: Web): Shown => ({ ...own, url: web.sites.find((place) => place.id === site)?.secure ? secureAddress(own.url) : own.url });
    const appears = published + (site === first?.id || chance.is(0.4) ? 0 : chance.spread(60_000, 2 * day));
    return [{ at: appears, what: `${site} publishes ${own.title}`, happen: (web: Web) => add(web, site, shows(web)) }, ...drawDeeds(chance, publication, site, appears, start)];
  });
}

/** Days for which something from before the install counts as new where the first reading did not show it. */
const graceDays = 4;

/** Whether nobody could tell something from news any more, once this was done to it. */
function isTelling(deed: Deed, published: number, start: number): boolean {
  return deed === "undate" || deed === "redate" || (deed === "remove" && published > start - graceDays * day);
}

function drawDeeds(chance: Chance, { id, kind, isOld, published }: Publication, site: string, appears: number, start: number): Happening[] {
  const happenings: Happening[] = [];
  for (const [deed, odds] of deeds) {
    // What is older than the install and bears no date any more, or a date of these days, nobody could tell from news.
    if (!chance.is(odds) || (deed === "undate" && kind === "noise") || (isOld && isTelling(deed, published, start))) continue;
    const at = appears + chance.spread(60_000, 10 * day);
    if (deed !== "remove") {
      happenings.push({ at, what: `${site} ${deed}s ${id}`, happen: (web) => replaceIn(web, site, id, (one) => changed(one, deed, chance)) });
      continue;
    }
    let removed: Shown | undefined;
    happenings.push({ at, what: `${site} removes ${id}`, happen: (web) => replaceIn(web, site, id, (one) => void (removed = one)) });
    happenings.push({ at: at + chance.spread(60_000, 10 * day), what: `${site} shows ${id} again`, happen: (web) => removed && add(web, site, removed) });
  }
  return happenings;
}

function drawTrouble(chance: Chance, start: number, end: number, sites: readonly Site[]): Happening[] {
  const kinds = Object.keys(failures).filter((kind): kind is Failure => kind in failures);
  return sites.flatMap((site) =>
    Array.from({ length: chance.whole(0, 5) }, () => {
      // Some have their first reading late, when there is news among what is old.
      const isFirst = chance.is(0.1);
      const at = isFirst ? start - hour : start + chance.next() * (end - start - 40 * day);
      const lasts = isFirst ? (2 + 20 * chance.next()) * day : chance.spread(10 * 60_000, 20 * day);
      const failure = chance.pick(kinds);
      const set = (value: Failure | undefined) => (web: Web): void => {
        for (const place of web.sites) if (place.id === site.id) place.failure = value;
      };
      return [
        { at, what: `${site.id} begins to fail: ${failure}`, happen: set(failure) },
        { at: at + lasts, what: `${site.id} is well again`, happen: set(undefined) },
      ];
    }).flat(),
  );
}

function drawMoves(chance: Chance, start: number, end: number, sites: readonly Site[]): Happening[] {
  return sites
    .filter(({ secure }) => !secure)
    .map(({ id }) => ({
      at: start + chance.next() * (end - start),
      what: `${id} moves to https`,
      happen: (web: Web) => {
        for (const place of web.sites) {
          if (place.id !== id) continue;
          place.secure = true;
          place.shown = place.shown.map((one) => ({ ...one, url: secureAddress(one.url) }));
        }
      },
    }));
}

/** Some years nobody can read the sources of what is expected, just when it is. */
function drawBlindness(chance: Chance, start: number, end: number): Happening[] {
  return expected.flatMap(({ opens, sources }) =>
    [new Date(start).getUTCFullYear(), new Date(end).getUTCFullYear()].flatMap((year) => {
      const at = Date.parse(`${year}-${opens}`) + chance.spread(hour, 20 * day) - day;
      const failure = chance.pick(["500", "403", "404", "timeout"] as const);
      const lasts = chance.spread(2 * day, 30 * day);
      if (!chance.is(0.4) || at < start + 10 * day || at + lasts > end - 10 * day) return [];
      const set = (value: Failure | undefined) => (web: Web): void => {
        for (const place of web.sites) if (sources.includes(place.id)) place.failure = value;
      };
      return [
        { at, what: `${sources.join(" and ")} cannot be read in season: ${failure}`, happen: set(failure) },
        { at: at + lasts, what: `${sources.join(" and ")} can be read again`, happen: set(undefined) },
      ];
    }),
  );
}

/** The story of a seed, over a year that begins at a moment. */
export function storyOf(chance: Chance, start: number, end: number): Story {
  const sites = drawSites(chance);
  const publications = drawPublications(chance, start, end, sites);
  const pages = publications.filter(({ kind }) => kind === "body" && chance.is(0.3)).flatMap(({ id, published }): Happening[] => [
    { at: published - 1, what: `the page of ${id} cannot be read`, happen: (web) => void web.lostPages.add(id) },
    { at: published + chance.spread(10 * 60_000, 3 * day), what: `the page of ${id} can be read`, happen: (web) => void web.lostPages.delete(id) },
  ]);
  const happenings = [...publications.flatMap((publication) => drawLife(chance, publication, sites, start)), ...drawTrouble(chance, start, end, sites), ...drawMoves(chance, start, end, sites), ...drawBlindness(chance, start, end), ...pages];
  return { sites, publications: new Map(publications.map((one) => [one.id, one])), happenings: happenings.toSorted((a, b) => a.at - b.at) };
}
