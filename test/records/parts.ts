import type { EditionRecord } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import type { Content } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";

/** The state of a source that was never read. */
export const state: Content<SourceState> = {
  id: "s",
  url: "https://example.org/feed.xml",
  contentHash: null,
  seen: "",
  firstRead: null,
  lastRead: null,
  lastChange: null,
  health: "well",
  since: "2026-11-24T00:00:00Z",
  failures: 0,
};

/** An item on the DPRK, of no series. */
export const item: Content<ItemRecord> = {
  ...placedAt("2021-07-01"),
  id: "i",
  title: "North Korea: prison camp",
  url: null,
  published: null,
  symbol: null,
  seen: "2021-07-01T12:00:00Z",
  source: "press",
  language: "en",
  relevance: "about",
  edition: null,
  role: null,
  why: [],
  earlierTitles: [],
};

/** An edition that is out and that nothing was said of. */
export const edition: Content<EditionRecord> = {
  ...placedAt("2021-07-01"),
  series: "tip",
  key: "2021",
  year: 2021,
  status: "out",
  basis: "release",
  title: "Report",
  url: null,
  symbol: null,
  published: null,
  firstSeen: "2021-07-01",
  sightings: [],
  sightingCount: 0,
  silent: false,
  rings: [],
};

/** Everything that comes, in order. */
export async function all<Member>(members: AsyncIterable<Member>): Promise<Member[]> {
  const collected: Member[] = [];
  for await (const member of members) collected.push(member);
  return collected;
}
