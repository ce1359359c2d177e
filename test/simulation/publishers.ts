import type { Chance } from "./chance.ts";
import type { Site } from "./web.ts";

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

/** The ids of a publisher's sites. */
export function sitesOf(publisher: string): string[] {
  return places.filter(([, , of]) => of === publisher).map(([id]) => id);
}

/** Draws the sites as they are before the first poll. */
export function drawSites(chance: Chance): Site[] {
  return places.map(([id, host]) => ({ id, host, path: `/feeds/${id}.xml`, as: chance.is(0.25) ? "json" : "rss", tagged: chance.is(0.7), capacity: chance.whole(5, 12), secure: chance.is(0.7), failure: undefined, shown: [] }));
}
