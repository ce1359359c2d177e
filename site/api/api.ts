import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod";
import { calendarLine } from "../../shared/calendar/line.ts";
import { sha256Of } from "../../shared/records/evidence.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { plainItem } from "../feeds/items-file.ts";
import { cursorOf, isAfter, longestCursor, placeAt } from "../reads/cursor.ts";
import { editionViews } from "../reads/editions.ts";
import { askedItems } from "../reads/item-question.ts";
import type { Items } from "../reads/items.ts";
import type { Look, Overview } from "../reads/overview.ts";
import type { World } from "../world.ts";
import { failed, noIndex, noSuchAddress, Problem, problemAnswer } from "./problem.ts";
import { ItemShape, ProblemShape, shapes } from "./shapes.ts";
import { changesOf, editionView, seriesView, sourceView, wholeEditionView } from "./views.ts";

const caching = "public, max-age=60";
const mostAtOnce = 200;

const problemSaid = { 400: "It cannot be asked so.", 404: "There is none.", 503: "The index of items is not made yet: ask again after the seconds that `retry-after` says." };
const problems = (...statuses: readonly (keyof typeof problemSaid)[]) =>
  Object.fromEntries(statuses.map((status) => [status, { description: problemSaid[status], content: { "application/problem+json": { schema: ProblemShape } } }]));

const unchanged = { description: "What you have, by the ETag that `if-none-match` names, is still what would be answered." };
const json = <Shape extends z.ZodType>(description: string, schema: Shape) => ({ 200: { description, content: { "application/json": { schema } } }, 304: unchanged });

const limitSaid = `give a whole number from 1 to ${mostAtOnce}`;
const limit = z.coerce.number(limitSaid).int(limitSaid).min(1, limitSaid).max(mostAtOnce, limitSaid).default(50).meta({ description: `How many at most, up to ${mostAtOnce}.` });
const after = z.string().max(longestCursor, "give what a page gave as its `next`").optional().meta({ description: "Where the page before ended: its `next`." });
const itemIdSaid = "give an item's id, of 500 characters at most";
const yearSaid = "give a year from 1900 to 2200";
const seriesId = z.string().meta({ description: "A series' id.", example: "us-state-tip-report" });

const routes = {
  seriesList: createRoute({ method: "get", path: "/series", summary: "All series, and where each stands", responses: json("The series, in the order of the catalogue.", shapes.seriesList) }),
  oneSeries: createRoute({ method: "get", path: "/series/{series}", summary: "A series and its editions", request: { params: z.object({ series: seriesId }) }, responses: { ...json("The series.", shapes.oneSeries), ...problems(404) } }),
  editions: createRoute({
    method: "get",
    path: "/series/{series}/editions/{year}",
    summary: "The editions of a year, with evidence, sightings and changes",
    request: { params: z.object({ series: seriesId, year: z.coerce.number(yearSaid).int(yearSaid).min(1900, yearSaid).max(2200, yearSaid).meta({ description: "The year of the edition.", example: 2021 }) }) },
    responses: { ...json("One edition, or several where several come in a year.", shapes.editions), ...problems(400, 404) },
  }),
  items: createRoute({
    method: "get",
    path: "/items",
    summary: "Items, the newest first",
    request: {
      query: z.object({
        month: z.string().optional().meta({ description: "Only of this month.", example: "2020-06" }),
        publisher: z.string().optional().meta({ description: "Only of this publisher, by its id." }),
        series: z.string().optional().meta({ description: "Only of this series, by its id." }),
        language: z.string().optional().meta({ description: "Only in this language (ISO 639).", example: "ko" }),
        text: z.string().max(100, "give 100 characters at most").optional().meta({ description: "Only with all of these words in a title, now or earlier; in any spelling of what it is about, and of words from three letters on also what begins so.", example: "abduct" }),
        after,
        limit,
      }),
    },
    responses: { ...json("A page of items. It may hold fewer than were asked for while `next` is not null, also none where all were changed or removed just now: a page goes back through so many months that have items and no more. By publisher, language or text it has what was on record some minutes ago.", shapes.items), ...problems(400, 503) },
  }),
  item: createRoute({ method: "get", path: "/item", summary: "One item", request: { query: z.object({ id: z.string(itemIdSaid).min(1, itemIdSaid).max(500, itemIdSaid).meta({ description: "An item's id." }) }) }, responses: { ...json("The item.", ItemShape), ...problems(400, 404) } }),
  sources: createRoute({ method: "get", path: "/sources", summary: "All sources, and whether they can be read", responses: json("The sources.", shapes.sources) }),
  calendar: createRoute({ method: "get", path: "/calendar", summary: "What is due, late, announced or out", responses: json("A line a series.", shapes.calendar) }),
  changes: createRoute({ method: "get", path: "/changes", summary: "What changed in documents, the newest first", request: { query: z.object({ after, limit }) }, responses: { ...json("A page of changes.", shapes.changes), ...problems(400) } }),
};

function seriesOf({ catalogue }: Overview, id: string): Overview["catalogue"]["series"][number] {
  const series = catalogue.series.find((one) => one.id === id);
  if (!series) throw new Problem(404, "No such series", "GET /api/v1/series lists the ids of all series.");
  return series;
}

/** What the API answers from. `fault` is told of what failed. */
interface Answering {
  readonly world: World;
  readonly look: Look;
  readonly items: Items;
  readonly fault: (error: unknown) => void;
}

function addCatalogue(api: OpenAPIHono, { look }: Answering): void {
  api.openapi(routes.seriesList, async (context) => {
    const known = await look("all");
    return context.json({ series: known.catalogue.series.map((series) => seriesView(known, series)) }, 200);
  });
  api.openapi(routes.oneSeries, async (context) => {
    const known = await look({ series: context.req.valid("param").series });
    const series = seriesOf(known, context.req.valid("param").series);
    return context.json({ ...seriesView(known, series), editions: editionViews(known.catalogue, series, known.recorded).map(editionView) }, 200);
  });
  api.openapi(routes.editions, async (context) => {
    const known = await look({ series: context.req.valid("param").series });
    const { series: id, year } = context.req.valid("param");
    const series = seriesOf(known, id);
    const editions = editionViews(known.catalogue, series, known.recorded).filter((view) => view.year === year);
    if (editions.length === 0) throw new Problem(404, "No such edition", `Nothing is known of an edition of ${year}. GET /api/v1/series/${id} lists those that are.`);
    return context.json({ editions: editions.map(wholeEditionView) }, 200);
  });
  api.openapi(routes.sources, async (context) => {
    const known = await look("sources");
    return context.json({ sources: known.catalogue.sources.map((source) => sourceView(known, source)) }, 200);
  });
  api.openapi(routes.calendar, async (context) => {
    const known = await look("all");
    const lines = known.catalogue.series.flatMap((series) => {
      const standing = known.standings.get(series.id);
      if (!standing) return [];
      const { unreadable, why, next, told: _, ...line } = calendarLine(series, standing);
      return [{ ...line, unreadable: [...unreadable], why: [...why], next }];
    });
    // `at` moves at each reading. An answer that says the same of all series is the same for who asks whether it changed.
    context.header("etag", `W/"${sha256Of(JSON.stringify(lines)).slice(0, 32)}"`);
    return context.json({ at: known.at, series: lines }, 200);
  });
}

function addRecords(api: OpenAPIHono, { world, look, items }: Answering): void {
  api.openapi(routes.items, async (context) => {
    const known = await look("nothing");
    const asked = askedItems(known.catalogue, new URL(context.req.url).searchParams);
    if ("wrong" in asked) throw new Problem(400, "No such value", `The value of ${asked.wrong} is none that is known here. GET /api/v1/openapi.json says what each may be.`);
    const page = await items(known, asked.question, context.req.valid("query").limit);
    if (!page) throw noIndex;
    return context.json({ items: page.items.map(plainItem), next: page.next && cursorOf(page.next) }, 200);
  });
  api.openapi(routes.item, async (context) => {
    const item = await read(world.table, itemKey(context.req.valid("query").id));
    if (!item) throw new Problem(404, "No such item", "GET /api/v1/items lists items with their ids.");
    return context.json(plainItem(item), 200);
  });
  api.openapi(routes.changes, async (context) => {
    const { after: cursor, limit: most } = context.req.valid("query");
    const place = cursor === undefined ? undefined : placeAt(cursor);
    if (cursor !== undefined && !place) throw new Problem(400, "No such value", "The value of after is none that a page gave as its `next`.");
    const all = (await look("all")).recorded.flatMap(changesOf).toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
    const left = place ? all.filter((one) => isAfter(one, place)) : all;
    const changes = left.slice(0, most);
    const last = changes.at(-1);
    return context.json({ changes, next: last && left.length > most ? cursorOf(last) : null }, 200);
  });
}

const described = {
  openapi: "3.1.0",
  info: { title: "Rights Almanac", version: "1", description: "What is published each year, and when. Read-only." },
  servers: [{ url: "/api/v1" }],
};

/** The API, to be put at /api/v1. Everything it takes and gives is described by the schemas that check it. */
export function createApi(answering: Answering): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const faults = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
      throw new Problem(400, "No such value", `${faults.join("; ")}. GET /api/v1/openapi.json says what each may be.`);
    },
  });
  api.use(async (context, next) => {
    await next();
    if (context.res.status === 200) context.header("cache-control", caching);
    // What is public may be read by pages of others too.
    context.header("access-control-allow-origin", "*");
    context.header("access-control-expose-headers", "etag, retry-after");
    context.header("cross-origin-resource-policy", "cross-origin");
  });
  api.notFound((context) => problemAnswer(context, noSuchAddress));
  api.onError((error, context) => {
    if (error instanceof Problem) return problemAnswer(context, error);
    answering.fault(error);
    return problemAnswer(context, failed);
  });
  addCatalogue(api, answering);
  addRecords(api, answering);
  api.doc31("/openapi.json", described);
  return api;
}

/** The description of the API, for the page about it. */
export function describedApi(api: OpenAPIHono) {
  return api.getOpenAPI31Document(described);
}
