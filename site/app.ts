import { type Context, Hono } from "hono";
import { etag } from "hono/etag";
import { createApi, describedApi } from "./api/api.ts";
import { isOfApi, noSuchAddress, problemAnswer, retryAfter } from "./api/problem.ts";
import { addFeeds } from "./feeds/routes.ts";
import { guarded } from "./headers.ts";
import { layout } from "./layout.ts";
import { aboutPage } from "./pages/about.ts";
import { allSeriesPage } from "./pages/all-series.ts";
import { apiPage } from "./pages/api.ts";
import { changesPage } from "./pages/changes.ts";
import { editionPage, shortEditionPage } from "./pages/edition.ts";
import { itemsPage, oneItemPage, publisherPage } from "./pages/items.ts";
import { failedPage, notFoundPage } from "./pages/problem.ts";
import { seriesPage } from "./pages/series.ts";
import { sourcesPage } from "./pages/sources.ts";
import { yearPage } from "./pages/year.ts";
import { createComparisons } from "./reads/comparison.ts";
import { inLanguage } from "./reads/in-language.ts";
import { createItems, type Items } from "./reads/items.ts";
import { createLook, type Overview, type Scope } from "./reads/overview.ts";
import { icon, style, stylePath } from "./style.ts";
import { type Language, languages } from "./texts/texts.ts";
import { type Answer, type Page, pathIn, type Visit, visitOf } from "./visit.ts";
import type { World } from "./world.ts";

/** Pages are kept by caches for a minute, as what they are read from is. */
const pageCaching = "public, max-age=60";
const foreverCaching = "public, max-age=31536000, immutable";

/** Pages may be read by all. What is for programs, and every way to filter the items, would be walked without end. */
const robots = "User-agent: *\nDisallow: /api/v1/\nDisallow: /items?\nDisallow: /items.\nDisallow: /ko/items?\n";

type Shown = (visit: Visit, overview: Overview) => Answer | undefined | Promise<Answer | undefined>;

/** What is at an address: the page, and how much must be read for it; `series` is the one that the address names. */
type Route = readonly [path: string, scope: Exclude<Scope, object> | "series", shown: Shown];

function pagesOver(world: World, items: Items, api: ReturnType<typeof createApi>): readonly Route[] {
  const comparisons = createComparisons(world);
  return [
    ["/", "all", yearPage],
    ["/year/:year", "all", yearPage],
    ["/series", "all", allSeriesPage],
    ["/series/:series", "series", seriesPage],
    ["/series/:series/:year", "series", (visit, overview) => editionPage(visit, overview, world)],
    ["/series/:series/:year/changes", "series", (visit, overview) => changesPage(visit, overview, comparisons)],
    ["/e/:series/:year", "nothing", shortEditionPage],
    ["/publishers/:publisher", "nothing", publisherPage],
    ["/items", "nothing", (visit, overview) => itemsPage(visit, overview, items)],
    ["/item", "nothing", (visit, overview) => oneItemPage(visit, overview, world)],
    ["/sources", "sources", sourcesPage],
    ["/about", "nothing", aboutPage],
    ["/api", "nothing", (visit) => apiPage(visit, describedApi(api))],
  ];
}

async function send(context: Context, visit: Visit, page: Page): Promise<Response> {
  const status = page.status ?? 200;
  const text = String(await layout(visit, page));
  return context.body(text, status, { "content-type": "text/html; charset=utf-8", "content-language": visit.language, "cache-control": status === 200 ? pageCaching : "no-store", ...retryAfter(status) });
}

/** Where there is no catalogue, a page that says that something failed must do without what it is about. */
const noTheme: Visit["theme"] = { name: { en: "the subject", ko: "주제" }, subject: { en: "the subject", ko: "주제" } };

async function themeIfAny(world: World): Promise<Visit["theme"]> {
  try {
    return (await world.catalogue()).theme;
  } catch {
    return noTheme;
  }
}

/** The path without the slashes at its end. It begins with one alone, as two would lead to another site. */
const withoutSlash = (path: string): string => path.replace(/^[/\\]*/, "/").replace(/\/+$/, "");

/** The language that a path is in. */
function languageOf(path: string): Language {
  return languages.find((language) => path === `/${language}` || path.startsWith(`/${language}/`)) ?? "en";
}

/**
 * The site: pages, feeds and the API, over what is on record. The same app runs on Lambda and on one machine. `fault`
 * is told of what failed while a page was made; readers are told only that something did.
 */
export function createSite(world: World, fault: (error: unknown) => void = () => undefined): Hono {
  const app = new Hono();
  const look = createLook(world);
  const items = createItems(world);
  const api = createApi({ world, look, items, fault });
  const pages = pagesOver(world, items, api);
  app.use(guarded, etag());
  app.get(stylePath, (context) => context.body(style, 200, { "content-type": "text/css; charset=utf-8", "cache-control": foreverCaching }));
  app.get("/icon.svg", (context) => context.body(icon, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }));
  app.get("/robots.txt", (context) => context.body(robots, 200, { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=86400" }));
  addFeeds(app, { look, items });
  app.route("/api/v1", api);
  for (const language of languages) {
    for (const [path, scope, shown] of pages) {
      app.get(pathIn(language, path), async (context) => {
        const visit = visitOf(language, context.req.url, context.req.param(), (await world.catalogue()).theme);
        const overview = inLanguage(await look(scope === "series" ? { series: visit.named["series"] ?? "" } : scope), language);
        const answer = (await shown(visit, overview)) ?? notFoundPage(visit);
        return "to" in answer ? context.redirect(visit.to(answer.to), 302) : send(context, visit, answer);
      });
    }
  }
  app.notFound(async (context) => {
    const { pathname, search } = new URL(context.req.url);
    if (isOfApi(pathname)) return problemAnswer(context, noSuchAddress);
    if (pathname.endsWith("/")) return context.redirect(withoutSlash(pathname) + search, 301);
    const visit = visitOf(languageOf(context.req.path), context.req.url, {}, await themeIfAny(world));
    return send(context, visit, notFoundPage(visit));
  });
  app.onError(async (error, context) => {
    fault(error);
    const visit = visitOf(languageOf(context.req.path), context.req.url, {}, await themeIfAny(world));
    return send(context, visit, failedPage(visit));
  });
  return app;
}
