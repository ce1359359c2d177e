import type { Shown } from "./web.ts";

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** An item's summary, which says nothing that a rule could want. */
function summaryOf(id: string): string {
  return `The full text of ${id} can be read on our site, together with earlier ones.`;
}

/** A list as RSS 2.0. */
export function rss(shown: readonly Shown[]): string {
  const items = shown.map(
    ({ id, title, date, guid, url }) =>
      `<item><title>${escape(title)}</title>${url ? `<link>${escape(url)}</link>` : ""}${guid ? `<guid isPermaLink="false">${escape(guid)}</guid>` : ""}${date ? `<pubDate>${new Date(date).toUTCString()}</pubDate>` : ""}<description>${summaryOf(id)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>News</title><link>https://news.example/</link>${items.join("\n")}</channel></rss>`;
}

/** A list as a JSON Feed. */
export function jsonFeed(shown: readonly Shown[]): string {
  const items = shown.map(({ id, title, date, guid, url }) => ({ id: guid ?? undefined, title, url: url ?? undefined, date_published: date ?? undefined, summary: summaryOf(id) }));
  return JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "News", items });
}

/** The page of what was published under an id. */
export function page(id: string): string {
  return `<!doctype html><html><head><title>${id}</title></head><body><main><p>Meeting on Thursday, in brief, and what was said there.</p><p>The resolution on the situation of human rights in the DPRK was adopted without a vote (${id}).</p></main></body></html>`;
}
