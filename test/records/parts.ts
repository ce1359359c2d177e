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

/** Everything that comes, in order. */
export async function all<Member>(members: AsyncIterable<Member>): Promise<Member[]> {
  const collected: Member[] = [];
  for await (const member of members) collected.push(member);
  return collected;
}
