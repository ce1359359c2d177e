import type { Chance } from "./chance.ts";
import { daysOf, expected, type Expected } from "./expected.ts";
import { type Failure, failures, type Shown, type Site, type Web } from "./web.ts";

export const day = 24 * 60 * 60_000;
export const hour = 60 * 60_000;

/** What a publication is in truth, whatever anybody makes of it. */
export interface Publication {
  readonly id: string;
  /**
   * `yearly`: the edition of a year; `several`: one of several editions of a year; `body`: one of which only the page
   * tells; `free`: a release of a series without years; `about`: of no series; `word`: the publisher's own word that a
   * yearly edition is out; `others`: what a newspaper says of it; `noise`: nothing that concerns us.
   */
  readonly kind: "yearly" | "several" | "body" | "free" | "about" | "word" | "others" | "noise";
  readonly series: string | null;
  readonly year: number;
  readonly published: number;
  /** The ids of the sites that show it. */
  readonly sites: readonly string[];
  /** It is older than the install. */
  readonly isOld: boolean;
}

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

/** The sites: their publisher's own, a library that mirrors some of it, and a newspaper. */
const places = [
  ["state-press", "www.state.example", "state"],
  ["state-reports", "www.state.example", "state"],
  ["state-rights", "rights.state.example", "state"],
  ["state-mission", "mission.state.example", "state"],
  ["council-news", "www.council.example", "council"],
  ["council-docs", "docs.council.example", "council"],
  ["council-library", "docs.council.example", "council"],
  ["council-envoy", "envoy.council.example", "council"],
  ["league-news", "league.example", "league"],
  ["league-papers", "papers.league.example", "league"],
  ["daily-world", "daily.example", "daily"],
  ["daily-asia", "asia.daily.example", "daily"],
] as const;
export const publisherOf: ReadonlyMap<string, string> = new Map(places.map(([id, , publisher]) => [id, publisher]));

/** Names of yearly reports, each with its publisher. */
export const yearly = [
  ["dossier", "Trafficking Dossier", "state"],
  ["country", "Country Chapters", "state"],
  ["belief", "Freedom of Belief Survey", "state"],
  ["rapporteur", "Rapporteur's Findings", "council"],
  ["secretary", "Secretary's Account", "council"],
  ["index", "Liberty Index", "league"],
  ["season", "Autumn Resolution", "council"],
] as const;

function titleOf({ kind, series, year, id }: Publication): string {
  const name = yearly.find(([known]) => known === series)?.[1] ?? "";
  const titles: Readonly<Record<Publication["kind"], string>> = {
    yearly: `${year} ${name} (${id})`,
    word: `Remarks on the release of the ${year} ${name} (${id})`,
    others: `${year} ${name} is out, and Seoul welcomes it (${id})`,
    several: `Request for proposals: radio into closed countries (${id})`,
    body: `Council adopts texts and ends its session (${id})`,
    free: `Camp report: what satellites saw (${id})`,
    about: `North Korea: new prison camp, say those who fled (${id})`,
    noise: `Statement on fisheries and the sea (${id})`,
  };
  return titles[kind];
}

function sitesOf(publisher: string): string[] {
  return places.filter(([, , of]) => of === publisher).map(([id]) => id);
}

/** Draws the sites as they are before the first poll. */
function drawSites(chance: Chance): Site[] {
  return places.map(([id, host]) => ({ id, host, path: `/feeds/${id}.xml`, as: chance.is(0.25) ? "json" : "rss", tagged: chance.is(0.7), capacity: chance.whole(5, 12), secure: chance.is(0.7), failure: undefined, shown: [] }));
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

/** A moment of a year in which the title's year and the day's agree, whatever is done to the day later. */
function momentIn(chance: Chance, year: number, from: number, to: number): number | undefined {
  const first = Math.max(from, Date.UTC(year, 0, 14));
  const last = Math.min(to, Date.UTC(year, 10, 10));
  return first < last ? Math.round(first + chance.next() * (last - first)) : undefined;
}

interface Draft extends Pick<Publication, "kind" | "series" | "year" | "published" | "sites"> {}

function drawYearly(chance: Chance, start: number, end: number): Draft[] {
  return yearly.flatMap(([series, , publisher]) => {
    const own = sitesOf(publisher);
    const years = [new Date(start).getUTCFullYear(), new Date(end).getUTCFullYear()];
    return [...new Set(years)].flatMap((year) => {
      const before = chance.is(0.3) ? momentIn(chance, year, start - 60 * day, start - 5 * day) : undefined;
      const days = daysOf(series);
      const published = days ? drawExpected(chance, days, start, end, year) : (before ?? momentIn(chance, year, start + day, end - 30 * day));
      if (published === undefined) return [];
      const site = chance.pick(days?.sources ?? own);
      const mirror = chance.is(0.4) ? own.filter((one) => one !== site).slice(0, 1) : [];
      const drafts: Draft[] = [{ kind: "yearly", series, year, published, sites: [site, ...mirror] }];
      // Another document of the same edition, and what is said of it.
      if (published < start || days) return drafts;
      if (chance.is(0.3)) drafts.push({ kind: "yearly", series, year, published: published + chance.spread(60_000, 5 * day), sites: [chance.pick(own)] });
      if (chance.is(0.7)) drafts.push({ kind: "word", series, year, published: published - (chance.is(0.4) ? 5000 : chance.spread(5000, 2 * day)), sites: [chance.pick(own)] });
      if (chance.is(0.5)) drafts.push({ kind: "others", series, year, published: published + chance.spread(60_000, 2 * day), sites: [chance.pick(sitesOf("daily"))] });
      return drafts.filter((draft) => draft.published > start + day / 2);
    });
  });
}

/** What is expected on days comes on the first of them, or late, or not at all. */
function drawExpected(chance: Chance, { opens, closes }: Expected, start: number, end: number, year: number): number | undefined {
  const isLate = chance.is(0.35);
  const at = isLate ? Date.parse(`${year}-${closes}T00:00:00Z`) + chance.spread(day, 50 * day) : Date.parse(`${year}-${opens}T09:00:00Z`);
  const comes = chance.is(0.8);
  return comes && at > start + day && at < end - 30 * day ? Math.round(at) : undefined;
}

const rest: readonly (readonly [Publication["kind"], string | null, string, number])[] = [
  ["several", "grants", "state", 20],
  ["body", "votes", "council", 12],
  ["free", "camps", "league", 10],
  ["about", null, "state", 14],
  ["about", null, "council", 10],
  ["about", null, "league", 10],
  ["about", null, "daily", 12],
  ["noise", null, "state", 20],
  ["noise", null, "council", 14],
  ["noise", null, "league", 10],
  ["noise", null, "daily", 10],
];

function drawRest(chance: Chance, start: number, end: number): Draft[] {
  return rest.flatMap(([kind, series, publisher, count]) => {
    const own = sitesOf(publisher);
    return Array.from({ length: count }, () => {
      const published = Math.round(start + day + chance.next() * (end - start - 31 * day));
      const site = chance.pick(own);
      const mirror = chance.is(0.25) ? own.filter((one) => one !== site).slice(-1) : [];
      return { kind, series, year: new Date(published).getUTCFullYear(), published, sites: [site, ...mirror] };
    });
  });
}

/** Days on which a site publishes more at once than it shows. */
function drawBursts(chance: Chance, start: number, end: number, sites: readonly Site[]): Draft[] {
  return Array.from({ length: chance.whole(0, 3) }, () => {
    const site = chance.pick(sites);
    const at = Math.round(start + 2 * day + chance.next() * (end - start - 40 * day));
    const kinds = publisherOf.get(site.id) === "state" ? (["noise", "about", "several"] as const) : (["noise", "about"] as const);
    return Array.from({ length: site.capacity + chance.whole(0, 4) }, (_, index): Draft => {
      const kind = chance.pick(kinds);
      return { kind, series: kind === "several" ? "grants" : null, year: new Date(at).getUTCFullYear(), published: at + index * 30_000, sites: [site.id] };
    });
  }).flat();
}

/** What each site showed before the install. */
function drawPast(chance: Chance, start: number, sites: readonly Site[]): Draft[] {
  return sites.flatMap(({ id, capacity }) =>
    Array.from({ length: capacity - chance.whole(0, 2) }, (_, index): Draft => {
      // The newest is so young that only the first reading can tell that it is old.
      const published = start - (index === 0 ? chance.spread(hour, 2 * day) : (index + 1) * chance.spread(4.5 * day, 9 * day));
      const kind = publisherOf.get(id) === "state" ? chance.pick(["noise", "about", "several"] as const) : chance.pick(["noise", "about"] as const);
      return { kind, series: kind === "several" ? "grants" : null, year: new Date(published).getUTCFullYear(), published: Math.round(published), sites: [id] };
    }),
  );
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
  const drafts = [...drawPast(chance, start, sites), ...drawYearly(chance, start, end), ...drawRest(chance, start, end), ...drawBursts(chance, start, end, sites)].toSorted((a, b) => a.published - b.published);
  const publications = drafts.map((draft, index): Publication => ({ ...draft, id: `p${1000 + index}`, isOld: draft.published < start }));
  const pages = publications.filter(({ kind }) => kind === "body" && chance.is(0.3)).flatMap(({ id, published }): Happening[] => [
    { at: published - 1, what: `the page of ${id} cannot be read`, happen: (web) => void web.lostPages.add(id) },
    { at: published + chance.spread(10 * 60_000, 3 * day), what: `the page of ${id} can be read`, happen: (web) => void web.lostPages.delete(id) },
  ]);
  const happenings = [...publications.flatMap((publication) => drawLife(chance, publication, sites, start)), ...drawTrouble(chance, start, end, sites), ...drawMoves(chance, start, end, sites), ...drawBlindness(chance, start, end), ...pages];
  return { sites, publications: new Map(publications.map((one) => [one.id, one])), happenings: happenings.toSorted((a, b) => a.at - b.at) };
}
