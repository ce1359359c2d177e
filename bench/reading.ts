import FeedParser from "feedparser";
import { parseFeed } from "feedsmith";
import type RssParser from "rss-parser";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { finished } from "node:stream/promises";
import { projectPath } from "../cli/paths.ts";
import type { YearItem } from "../local/replay/publish.ts";
import { escapeHtml } from "../shared/escape-html.ts";
import { readContent } from "../shared/intake/read.ts";
import { feed, listed } from "./feeds.ts";
import type { Measuring } from "./measure.ts";
import { median, type Table } from "./table.ts";

type Files = readonly Buffer[];

/** Reads a feed from its bytes to its end; gives how many items it found. */
type Reader = (bytes: Buffer) => Promise<number>;

const source = { url: "https://example.org/feed", read: { as: "feed" }, language: "en" } as const;
const require = createRequire(import.meta.url);

/** Our reader changes the rss-parser that it loads, so it is loaded first; this one is as it comes. */
async function ownRssParser(): Promise<RssParser> {
  await import("../shared/intake/feed.ts");
  for (const path of Object.keys(require.cache)) if (path.includes("/rss-parser/")) delete require.cache[path];
  const Parser: typeof RssParser = require("rss-parser");
  return new Parser();
}
const rssParser = await ownRssParser();

const readers: Readonly<Record<string, Reader>> = {
  "our guarded reader": async (bytes) => (await readContent(bytes, null, source)).items.length,
  "rss-parser": async (bytes) => (await rssParser.parseString(bytes.toString())).items.length,
  feedsmith: async (bytes) => itemsIn(parseFeed(bytes.toString()).feed),
  "node-feedparser": async (bytes) => {
    const parser = new FeedParser({ feedurl: source.url });
    parser.end(bytes);
    let items = 0;
    parser.on("data", () => items++);
    await finished(parser);
    return items;
  },
};

function itemsIn(parsed: object): number {
  const list = "items" in parsed ? parsed.items : "entries" in parsed ? parsed.entries : undefined;
  return Array.isArray(list) ? list.length : 0;
}

const copies = 50;

function entry({ title, url = "https://example.org/", at, summary = "" }: YearItem): string {
  return `<entry><title>${escapeHtml(title)}</title><id>${escapeHtml(url)}</id><link href="${escapeHtml(url)}"/><published>${at}</published><updated>${at}</updated><summary>${escapeHtml(summary)}</summary></entry>`;
}

/** The items on record of the year 2020, as feeds of fifty in Atom with references and no CDATA, many times over. */
async function yearInAtom(): Promise<Files> {
  const { items }: { items: readonly YearItem[] } = JSON.parse(await readFile(projectPath("local", "replay", "year-2020.json"), "utf8"));
  const pages = Array.from({ length: Math.ceil(items.length / 50) }, (_, page) => items.slice(50 * page, 50 * page + 50));
  return Array.from({ length: copies }, () => pages).flat().map((page) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>2020</title><id>https://example.org/</id><updated>2020-12-31T00:00:00Z</updated>${page.map(entry).join("")}</feed>`));
}

interface Pass {
  readonly cpuSeconds: number;
  readonly items: number;
}

async function pass(read: Reader, files: Files): Promise<Pass> {
  const before = process.cpuUsage();
  let items = 0;
  for (const bytes of files) items += await read(bytes);
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1_000_000, items };
}

/** How fast feeds are read, beside three packages that do no more than that. */
export async function reading({ runs }: Measuring): Promise<Table> {
  const sets: Readonly<Record<string, Files>> = {
    "RSS, 20 items each": Array.from({ length: 500 }, (_, index) => Buffer.from(feed(index, listed(index), "https://example.org"))),
    "Atom, 50 items each": await yearInAtom(),
  };
  const passes = new Map<string, Pass[]>();
  // The readers take turns; the first two turns warm the compiler, and do not count.
  for (let turn = -2; turn < 2 * runs; turn++)
    for (const [set, files] of Object.entries(sets))
      for (const [name, read] of Object.entries(readers)) {
        const done = await pass(read, files);
        if (turn >= 0) passes.set(`${set}\n${name}`, [...(passes.get(`${set}\n${name}`) ?? []), done]);
      }
  const rows = [...passes].map(([key, all]) => {
    const names = key.split("\n");
    const megabytes = (sets[names[0] ?? ""] ?? []).reduce((sum, { length }) => sum + length, 0) / 1e6;
    const [seconds, items] = [median(all.map(({ cpuSeconds }) => cpuSeconds)) ?? 0, all[0]?.items ?? 0];
    return { names, figures: [megabytes / seconds, items / seconds, items] };
  });
  return {
    part: "reading",
    says: `Feeds read a second of CPU, from bytes to items, by each reader on the same files; medians of ${2 * runs} passes, the readers in turn. Ours checks first that nothing can stall it, and makes plain text, whole addresses and dates of what it read; it uses rss-parser, without the parts that cost most.`,
    names: ["files", "reader"],
    columns: [
      { head: "MB a second", decimals: 1 },
      { head: "items a second", decimals: 0 },
      { head: "items", decimals: 0 },
    ],
    rows,
    last: `our reader reads ${rows[0]?.figures[0]?.toFixed(0)} MB a second`,
  };
}
