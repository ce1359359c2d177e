import type { Source } from "../shared/catalogue/schema.ts";
import { decode } from "../shared/intake/decode.ts";
import type { Fetched } from "../shared/intake/fetch.ts";
import { type Reason, SourceError } from "../shared/intake/health.ts";
import { readContent } from "../shared/intake/read.ts";

type Content = Extract<Fetched, { kind: "content" }>;
type Read = Source["read"];

const others: readonly { readonly read: Read; readonly write: string }[] = [
  { read: { as: "feed" }, write: '"read": {"as": "feed"}' },
  { read: { as: "page" }, write: '"read": {"as": "page"}, without selectors,' },
];

/** Another way of reading the same answer that finds items, in words; undefined where none does. */
async function otherReading(source: Source, { bytes, contentType, url }: Content): Promise<string | undefined> {
  for (const { read, write } of others) {
    if (read.as === source.read.as && read.as !== "page") continue;
    try {
      const { items } = await readContent(bytes, contentType, { ...source, url, read });
      if (items.length > 0) return `${write} finds ${items.length} items there, the first "${items[0]?.title.slice(0, 60)}".`;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return undefined;
}

/** The feed that a web page says it has. */
function namedFeed({ bytes, contentType, url }: Content): string | undefined {
  const links = decode(bytes, contentType).slice(0, 200_000).match(/<link\b[^<>]*>/gi) ?? [];
  const link = links.find((tag) => /type\s*=\s*["']?application\/(rss|atom)\+xml/i.test(tag));
  const href = /href\s*=\s*["']?([^"'\s>]+)/i.exec(link ?? "")?.[1]?.replaceAll("&amp;", "&");
  return href === undefined ? undefined : URL.parse(href, url)?.href;
}

const refused = 'Open it in a browser. If it is there, ask the publisher to let our user agent through, try "userAgent" or an address on another host in "fallbacks", or give up: "disabled" with the reason, and a "manualCheck".';

/** What to change in the catalogue for a reason that needs no look at the answer. */
function byReason(source: Source, reason: Reason): string {
  if (reason === "challenge" || reason === "http-401" || reason === "http-403") return refused;
  if (reason === "http-404" || reason === "http-410") return `The address is gone. Look for the new one on ${URL.parse(source.url)?.origin}, and write it in "url"; or say "disabled" with the reason.`;
  if (reason === "soft-error") return `It shows an error's page, or leads to the first page of a site. Open it in a browser. If that lasts, look for the list's new address on ${URL.parse(source.url)?.origin}, and write it in "url".`;
  if (reason === "robots") return 'Look for a feed that robots.txt allows, or write the reason for reading it all the same in "ignoreRobots".';
  if (reason === "credential") return `Get one from the publisher and set ${source.credential} in the environment; without it the source stays disabled.`;
  if (reason === "bad-address" || reason === "redirects") return 'Open the address in a browser, and write where it ends in "url".';
  if (reason === "too-large" || reason === "too-deep") return 'Look for a feed or a shorter list of the publisher, and write its address in "url".';
  if (reason === "unreachable") return 'Look whether the host is up for others. If its name is gone, write the new one in "url".';
  if (reason === "timeout" || reason === "http-429" || reason.startsWith("http-5")) return "Read it again later before changing anything: it may be a bad moment.";
  return 'Open the address in a browser and compare it with "read" in the catalogue.';
}

/** How to mend the entry of a source that could not be read, after a look at what it answered. */
export async function advice(source: Source, reason: Reason, answer: Content | undefined): Promise<string> {
  if (!answer || (reason !== "not-a-feed" && reason !== "empty" && reason !== "unreadable")) return byReason(source, reason);
  const feed = namedFeed(answer);
  if (feed !== undefined && feed !== source.url) return `The page names a feed: try "url": "${feed}" with "read": {"as": "feed"}.`;
  const other = await otherReading(source, answer);
  if (other !== undefined) return other;
  return reason === "empty" ? 'If the list may be empty, say "mayBeEmpty": true. If the browser shows items there, the page is put together by a script: look for the feed or the JSON that it loads.' : byReason(source, reason);
}
