import type { Context, Hono } from "hono";
import { noIndex, retryAfter } from "../api/problem.ts";
import { publisherPath, seriesPath } from "../paths.ts";
import { askedItems } from "../reads/item-question.ts";
import { cursorOf } from "../reads/cursor.ts";
import type { ItemPage, Items } from "../reads/items.ts";
import type { Look, Overview } from "../reads/overview.ts";
import { calendarFile } from "./calendar.ts";
import { atom, type FeedHead, jsonFeed, opml } from "./formats.ts";
import { fileNamed } from "./file-name.ts";
import { itemsCsv, plainItem } from "./items-file.ts";
import { newsOf, type Scope } from "./news.ts";

/** What feeds are made from. */
interface Answering {
  readonly look: Look;
  readonly items: Items;
}

const caching = "public, max-age=300";
/** A file of items has so many; what is older is in the file that its header `link` names. */
const fileSize = 1000;

/** What these series are called together; undefined where there is no such series or publisher. */
function nameOf({ catalogue, publishers }: Overview, { series, publisher }: Scope): string | undefined {
  if (series !== undefined) return catalogue.series.find(({ id }) => id === series)?.name;
  return publisher === undefined ? "Rights Almanac" : publishers.get(publisher)?.name;
}

function headOf(context: Context, title: string, { series, publisher }: Scope): FeedHead {
  const { origin, pathname } = new URL(context.req.url);
  const page = series !== undefined ? seriesPath(series) : publisher !== undefined ? publisherPath(publisher) : "/";
  return { title: title === "Rights Almanac" ? title : `Rights Almanac: ${title}`, self: origin + pathname, page: origin + page, origin };
}

type Make = (head: FeedHead, overview: Overview, scope: Scope) => string | Promise<string>;

/** Puts a file at the address of all, of each series and of each publisher. */
function addScoped(app: Hono, { look }: Answering, file: string, type: string, make: Make): void {
  const answer = async (context: Context): Promise<Response> => {
    const scope = { series: context.req.param("series"), publisher: context.req.param("publisher") };
    const known = await look(scope.series !== undefined ? { series: scope.series } : scope.publisher !== undefined ? { publisher: scope.publisher } : "all");
    const name = nameOf(known, scope);
    if (name === undefined) return context.notFound();
    return context.body(await make(headOf(context, name, scope), known, scope), 200, { "content-type": type, "cache-control": caching });
  };
  for (const path of [`/${file}`, `/series/:series/${file}`, `/publishers/:publisher/${file}`]) app.get(path, answer);
}

/** A text that says why there is no file. */
function refusal(context: Context, status: 400 | 503, sentence: string): Response {
  return context.body(`${sentence}\n`, status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...retryAfter(status) });
}

function addItemFiles(app: Hono, { look, items }: Answering): void {
  const answer = (type: string, extension: "csv" | "json", make: (page: ItemPage) => string) => async (context: Context): Promise<Response> => {
    const url = new URL(context.req.url);
    const known = await look("nothing");
    const asked = askedItems(known.catalogue, url.searchParams);
    if ("wrong" in asked) return refusal(context, 400, `The value of ${asked.wrong} is none that is known here.`);
    const page = await items(known, asked.question, fileSize);
    if (!page) return refusal(context, 503, noIndex.message);
    if (page.next) url.searchParams.set("after", cursorOf(page.next));
    return context.body(make(page), 200, { "content-type": type, "content-disposition": fileNamed(extension === "csv" ? "attachment" : "inline", asked, extension), "cache-control": caching, ...(page.next ? { link: `<${url.pathname}${url.search}>; rel="next"` } : {}) });
  };
  app.get("/items.csv", answer("text/csv; charset=utf-8; header=present", "csv", (page) => itemsCsv(page.items)));
  app.get("/items.json", answer("application/json", "json", (page) => `${JSON.stringify({ items: page.items.map(plainItem), next: page.next && cursorOf(page.next) })}\n`));
}

/** Adds the feeds, calendars and files to the site. */
export function addFeeds(app: Hono, answering: Answering): void {
  addScoped(app, answering, "feed.atom", "application/atom+xml; charset=utf-8", async (head, overview, scope) => atom(head, await newsOf(answering.items, overview, scope)));
  addScoped(app, answering, "feed.json", "application/feed+json", async (head, overview, scope) => jsonFeed(head, await newsOf(answering.items, overview, scope)));
  addScoped(app, answering, "calendar.ics", "text/calendar; charset=utf-8", ({ title }, overview, scope) => calendarFile(overview, title, scope));
  app.get("/sources.opml", async (context) => context.body(opml((await answering.look("nothing")).catalogue), 200, { "content-type": "text/x-opml; charset=utf-8", "cache-control": caching }));
  addItemFiles(app, answering);
}
