import { createServer } from "node:http";
import { createHash } from "node:crypto";

const dull = ["Council reviews harbour plan", "Orchestra announces spring season", "Study finds otters return to river", "Ministry opens bridge", "Quarterly figures for timber exports", "Notes from the annual gardening fair"];
const relevant = ["UN experts urge end to torture of detainees in North Korea", "North Korea: political prison camps still in use, report finds", "DPRK: special rapporteur calls for release of abductees"];

/** How many items a feed lists. */
export const itemsEach = 20;

/** One thing that a feed lists. */
export interface Listed {
  readonly title: string;
  readonly serial: number | string;
  readonly at: number;
}

function entry({ title, serial, at }: Listed, base: string): string {
  return `<item><title>${title}</title><link>${base}/item/${serial}</link><guid isPermaLink="false">g${serial}</guid><pubDate>${new Date(at).toUTCString()}</pubDate><description><![CDATA[<p>${title}. ${"Lorem ipsum dolor sit amet. ".repeat(12)}</p>]]></description></item>`;
}

/** What feed N lists, of which one in fifty concerns us; the same numbers give the same. */
export function listed(number: number): Listed[] {
  return Array.from({ length: itemsEach }, (_, index) => {
    const serial = number * itemsEach + index;
    const title = serial % 50 === 0 ? `${relevant[(serial / 50) % relevant.length]} (${serial})` : `${dull[serial % dull.length]} ${serial}`;
    return { title, serial, at: 1_760_000_000_000 - serial * 60_000 };
  });
}

/** A feed of RSS 2.0. */
export function feed(number: number, items: readonly Listed[], base: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${number}</title><link>${base}/</link><description>A feed for measuring</description>${items.map((item) => entry(item, base)).join("")}</channel></rss>`;
}

/** What a server was asked for, and how many bytes of feeds it gave. */
export interface Served {
  readonly requests: number;
  readonly bytes: number;
}

/** Feeds on loopback. */
export interface FeedServer {
  readonly addresses: readonly string[];
  /** From now on the feed lists these. */
  publish(number: number, items: readonly Listed[]): void;
  /** Since the last time. */
  served(): Served;
  close(): Promise<void>;
}

const path = (number: number): string => `/feed/${number}.xml`;

/** Serves so many feeds at /feed/N.xml on loopback, with validators. */
export async function serveFeeds(feeds: number): Promise<FeedServer> {
  let served: Served = { requests: 0, bytes: 0 };
  const bodies = new Map<string, { body: Buffer; etag: string }>();
  const server = createServer((request, response) => {
    const known = bodies.get(request.url ?? "");
    const unchanged = known !== undefined && request.headers["if-none-match"] === known.etag;
    served = { requests: served.requests + 1, bytes: served.bytes + (known && !unchanged ? known.body.length : 0) };
    if (!known) response.writeHead(404).end();
    else if (unchanged) response.writeHead(304, { etag: known.etag }).end();
    else response.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8", etag: known.etag, "content-length": known.body.length }).end(known.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const publish = (number: number, items: readonly Listed[]): void => {
    const body = Buffer.from(feed(number, items, base));
    bodies.set(path(number), { body, etag: `"${createHash("sha1").update(body).digest("hex")}"` });
  };
  const numbers = Array.from({ length: feeds }, (_, index) => index + 1);
  for (const number of numbers) publish(number, listed(number));
  return {
    addresses: numbers.map((number) => base + path(number)),
    publish,
    served() {
      const since = served;
      served = { requests: 0, bytes: 0 };
      return since;
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
