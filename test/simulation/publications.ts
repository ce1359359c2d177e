import type { Chance } from "./chance.ts";
import { daysOf, type Expected } from "./expected.ts";
import { publisherOf, sitesOf, yearly } from "./publishers.ts";
import { day, hour } from "./timeline.ts";
import type { Site } from "./web.ts";

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

/** What a publication is called by whoever publishes it. */
export function titleOf({ kind, series, year, id }: Publication): string {
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

/** A moment of a year in which the title's year and the day's agree, whatever is done to the day later. */
function momentIn(chance: Chance, year: number, from: number, to: number): number | undefined {
  const first = Math.max(from, Date.UTC(year, 0, 14));
  const last = Math.min(to, Date.UTC(year, 10, 10));
  return first < last ? Math.round(first + chance.next() * (last - first)) : undefined;
}

/** A publication before it has its id. */
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

/** Draws all that is published in a year, and what the sites showed before it, in the order of time. */
export function drawPublications(chance: Chance, start: number, end: number, sites: readonly Site[]): Publication[] {
  const drafts = [...drawPast(chance, start, sites), ...drawYearly(chance, start, end), ...drawRest(chance, start, end), ...drawBursts(chance, start, end, sites)].toSorted((a, b) => a.published - b.published);
  return drafts.map((draft, index): Publication => ({ ...draft, id: `p${1000 + index}`, isOld: draft.published < start }));
}
