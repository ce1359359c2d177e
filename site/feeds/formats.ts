import { generateAtomFeed, generateJsonFeed, generateOpml } from "feedsmith";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { isWeb } from "../html.ts";
import type { News } from "./news.ts";

/** What a feed is called, and where it and its page are. */
export interface FeedHead {
  readonly title: string;
  readonly self: string;
  readonly page: string;
  /** The site's own address, such as https://almanac.example. */
  readonly origin: string;
}

/** Where a piece of news leads: to the publisher, or to its page here where no address is known. */
function addressOf({ url, path }: News, origin: string): string {
  return url !== null && isWeb(url) ? url : origin + path;
}

/** When the newest of it happened; the beginning of our record where there is nothing. */
function updated(news: readonly News[]): Date {
  return news[0]?.at ?? new Date("2015-01-01T00:00:00Z");
}

/** An Atom feed (RFC 4287). */
export function atom({ title, self, page, origin }: FeedHead, news: readonly News[]): string {
  return generateAtomFeed({
    id: self,
    title: { value: title },
    updated: updated(news),
    authors: [{ name: "Rights Almanac" }],
    links: [
      { href: self, rel: "self", type: "application/atom+xml" },
      { href: page, rel: "alternate", type: "text/html" },
    ],
    entries: news.map((one) => ({
      id: one.id,
      title: { value: one.title },
      updated: one.at,
      published: one.at,
      summary: { value: one.summary },
      authors: [{ name: one.publisher }],
      links: [
        { href: addressOf(one, origin), rel: "alternate" },
        { href: origin + one.path, rel: "related", type: "text/html" },
      ],
    })),
  });
}

/** A JSON Feed (version 1.1). */
export function jsonFeed({ title, self, page, origin }: FeedHead, news: readonly News[]): string {
  const feed = generateJsonFeed({
    title,
    feed_url: self,
    home_page_url: page,
    language: "en",
    authors: [{ name: "Rights Almanac" }],
    items: news.map((one) => ({
      id: one.id,
      title: one.title,
      url: origin + one.path,
      external_url: addressOf(one, origin),
      content_text: one.summary,
      date_published: one.at,
      authors: [{ name: one.publisher }],
      ...(one.language === null ? {} : { language: one.language }),
    })),
  });
  return `${JSON.stringify(feed, null, 1)}\n`;
}

/** The sources that are feeds, a folder a publisher, for feed readers. */
export function opml({ sources, publishers }: Pick<Catalogue, "sources" | "publishers">): string {
  const feeds = sources.filter(({ read, disabled, url }) => read.as === "feed" && disabled === undefined && isWeb(url) && !url.includes("{"));
  return generateOpml({
    head: { title: "Rights Almanac: sources" },
    body: {
      outlines: publishers.flatMap(({ id, name }) => {
        const own = feeds.filter(({ publisher }) => publisher === id).map((source) => ({ text: source.name ?? source.id, type: "rss", xmlUrl: source.url, language: source.language }));
        return own.length > 0 ? [{ text: name, outlines: own }] : [];
      }),
    },
  });
}
