import { afterEach, beforeEach, expect, test } from "vitest";
import type * as z from "zod";
import { placedAt } from "../../shared/records/history.ts";
import { ItemShape, ProblemShape, shapes } from "../../site/api/shapes.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.install("2026-01-01T00:00:00Z");
  await house.items({ id: "example.org/1", ...placedAt("2026-11-03"), title: "Camp" });
  await house.edition({
    series: "us-state-tip-report",
    key: "2025",
    year: 2025,
    published: "2025-09-29",
    sightings: [{ item: "i", role: "release", source: "us-state-press", at: "2025-09-29T15:00:00Z", title: "TIP", url: null }],
    sightingCount: 1,
    versions: [{ sha256: "a", at: "2025-09-30T00:00:00Z", url: null, type: null, bytes: 1, key: "k", text: "t" }],
    changes: [1, 2, 3].map((number) => ({ alert: `changes:${number}`, at: `2025-10-0${number}T00:00:00Z`, sha256: "a", before: { year: 2024, sha256: "b", at: "2025-09-30T00:00:00Z" }, summary: ["One."], key: "k" })),
  });
});
afterEach(() => house.close());

const asks: readonly (readonly [path: string, shape: z.ZodType])[] = [
  ["/series", shapes.seriesList],
  ["/series/us-state-tip-report", shapes.oneSeries],
  ["/series/us-state-tip-report/editions/2025", shapes.editions],
  ["/items", shapes.items],
  ["/item?id=example.org%2F1", ItemShape],
  ["/sources", shapes.sources],
  ["/calendar", shapes.calendar],
  ["/changes", shapes.changes],
];

test.each(asks)("%s answers what its schema says, and is not sent twice", async (path, shape) => {
  const answer = await house.get(`/api/v1${path}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
  const said: unknown = await answer.json();
  // What a schema does not know it leaves out.
  expect(shape.parse(said)).toEqual(said);
  const again = await house.get(`/api/v1${path}`, { "if-none-match": answer.headers.get("etag") ?? "" });
  expect(again.status).toBe(304);
});

test.each([
  ["/series/none", 404],
  ["/series/us-state-tip-report/editions/1999", 404],
  ["/series/us-state-tip-report/editions/next", 400],
  ["/item?id=none", 404],
  ["/item", 400],
  ["/items?limit=0", 400],
  ["/items?limit=201", 400],
  ["/changes?after=x", 400],
  ["/nothing", 404],
])("%s is a problem of status %i that says what to do", async (path, status) => {
  const answer = await house.get(`/api/v1${path}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  const problem = ProblemShape.parse(await answer.json());
  expect(problem.status).toBe(status);
  expect(problem.detail).toMatch(/GET |`next`/);
});

test.each(["abc", "1.5", "0", "201"])("a limit of %s is refused with what it may be", async (limit) => {
  const problem = ProblemShape.parse(await (await house.get(`/api/v1/items?limit=${limit}`)).json());
  expect(problem.detail).toMatch(/^limit: give a whole number from 1 to 200\./);
});

test("a year that is none is refused with what it may be", async () => {
  for (const year of ["next", "0", "20.5", "99999"]) expect(ProblemShape.parse(await (await house.get(`/api/v1/series/us-state-tip-report/editions/${year}`)).json()).detail).toMatch(/^year: give a year from 1900 to 2200\./);
});

test.each(["/item", "/item?id=", `/item?id=${"a".repeat(501)}`, `/items?text=${"a".repeat(101)}`, `/items?after=${"a".repeat(2001)}`, `/changes?after=${"a".repeat(2001)}`, "/items?limit="])("%s is refused in a sentence for people", async (path) => {
  const problem = ProblemShape.parse(await (await house.get(`/api/v1${path}`)).json());
  expect(problem.detail).toMatch(/^(id|text|after|limit): give /);
});

test("parameters that nobody knows are passed over", async () => {
  for (const path of ["/api/v1/items?foo=bar", "/items?limit=0&utm_source=x", "/items.csv?limit=x"]) expect((await house.get(path)).status).toBe(200);
});

test("each edition of a series has a key of its own, and the page of its year is found by it", async () => {
  await house.edition({ series: "un-wgeid-session-report", key: "2020-05", year: 2020, published: "2020-05-28" });
  const { series } = shapes.seriesList.parse(JSON.parse(await house.text("/api/v1/series")));
  for (const { id } of series) {
    const keys = shapes.oneSeries.parse(JSON.parse(await house.text(`/api/v1/series/${id}`))).editions.map(({ key }) => key);
    expect([id, new Set(keys).size]).toEqual([id, keys.length]);
  }
  const answer = await house.get("/ko/series/un-wgeid-session-report/2020-05");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/ko/series/un-wgeid-session-report/2020"]);
});

test("changes come the newest first, from page to page", async () => {
  const ids: string[] = [];
  let after = "";
  do {
    const { changes, next } = shapes.changes.parse(JSON.parse(await house.text(`/api/v1/changes?limit=2${after}`)));
    ids.push(...changes.map(({ id }) => id));
    after = next === null ? "" : `&after=${next}`;
  } while (after !== "");
  expect(ids).toEqual(["changes:3", "changes:2", "changes:1"]);
});

test("the description is OpenAPI 3.1 and describes each thing that can be asked, and so does its page", async () => {
  const described: { openapi: string; paths: Record<string, { get: { responses: Record<string, unknown> } }>; components: { schemas: Record<string, unknown> } } = JSON.parse(await house.text("/api/v1/openapi.json"));
  expect(described.openapi).toBe("3.1.0");
  expect(Object.keys(described.paths).toSorted()).toEqual(["/calendar", "/changes", "/item", "/items", "/series", "/series/{series}", "/series/{series}/editions/{year}", "/sources"]);
  for (const { get } of Object.values(described.paths)) expect(Object.keys(get.responses)).toEqual(expect.arrayContaining(["200", "304"]));
  const references = [...JSON.stringify(described).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? "");
  expect(references.filter((name) => !(name in described.components.schemas))).toEqual([]);
  const page = await house.text("/api");
  for (const path of Object.keys(described.paths)) expect(page).toContain(`GET /api/v1${path}<`);
});

test("others' pages may read it, also what could not be answered, and nobody can write", async () => {
  for (const path of ["/api/v1/series", "/api/v1/series/none", "/api/v1/openapi.json"]) {
    const { headers } = await house.get(path);
    expect([path, headers.get("access-control-allow-origin"), headers.get("cross-origin-resource-policy"), headers.get("access-control-expose-headers")]).toEqual([path, "*", "cross-origin", "etag, retry-after"]);
  }
  expect((await house.get("/items")).headers.get("cross-origin-resource-policy")).toBe("same-origin");
  const answer = await house.app.request("/api/v1/series", { method: "POST" });
  expect([answer.status, answer.headers.get("allow"), answer.headers.get("content-type")]).toEqual([405, "GET, HEAD", "application/problem+json"]);
  expect(ProblemShape.parse(await answer.json())).toMatchObject({ status: 405, detail: expect.stringContaining("GET /api/v1/openapi.json") });
});
