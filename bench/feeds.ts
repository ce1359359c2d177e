import { createServer, type Server } from "node:http";
import { createHash } from "node:crypto";

const dull = ["Council reviews harbour plan", "Orchestra announces spring season", "Study finds otters return to river", "Ministry opens bridge", "Quarterly figures for timber exports", "Notes from the annual gardening fair"];
const relevant = ["UN experts urge end to torture of detainees in North Korea", "North Korea: political prison camps still in use, report finds", "DPRK: special rapporteur calls for release of abductees"];

/** A feed of items of which one in fifty concerns us; the same numbers give the same feed. */
function feed(number: number, items: number, base: string): string {
  const entries = Array.from({ length: items }, (_, index) => {
    const serial = number * items + index;
    const title = serial % 50 === 0 ? `${relevant[(serial / 50) % relevant.length]} (${serial})` : `${dull[serial % dull.length]} ${serial}`;
    return `<item><title>${title}</title><link>${base}/item/${serial}</link><guid isPermaLink="false">g${serial}</guid><pubDate>${new Date(1_760_000_000_000 - serial * 60_000).toUTCString()}</pubDate><description><![CDATA[<p>${title}. ${"Lorem ipsum dolor sit amet. ".repeat(12)}</p>]]></description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${number}</title><link>${base}/</link><description>A feed for measuring</description>${entries.join("")}</channel></rss>`;
}

/** Serves feeds at /feed/N.xml on loopback, with validators; gives the address and what was asked so far. */
export async function serveFeeds(feeds: number, items: number, port = 0): Promise<{ base: string; requests: () => number; close(): Promise<void> }> {
  let requests = 0;
  const bodies = new Map<string, { body: Buffer; etag: string }>();
  const server: Server = createServer((request, response) => {
    requests++;
    const known = bodies.get(request.url ?? "");
    if (!known) response.writeHead(404).end();
    else if (request.headers["if-none-match"] === known.etag) response.writeHead(304, { etag: known.etag }).end();
    else response.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8", etag: known.etag, "content-length": known.body.length }).end(known.body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`;
  for (let number = 1; number <= feeds; number++) {
    const body = Buffer.from(feed(number, items, base));
    bodies.set(`/feed/${number}.xml`, { body, etag: `"${createHash("sha1").update(body).digest("hex")}"` });
  }
  return {
    base,
    requests: () => requests,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
