import { afterEach, beforeEach, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { sha256Of } from "../../shared/records/evidence.ts";
import { style } from "../../site/style.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => void (house = await openHouse()));
afterEach(() => house.close());

const tip = "us-state-tip-report";
const paths = ["/", "/year/2020", "/series", `/series/${tip}`, `/series/${tip}/2021`, "/items", "/sources", "/about", "/api"];

test.each(paths)("%s loads one stylesheet and no script, has no inline style, and is under 60 KB", async (path) => {
  for (const prefix of ["", "/ko"]) {
    const answer = await house.get(path === "/" && prefix !== "" ? prefix : prefix + path);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page.match(/rel="stylesheet"/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|<style|\sstyle="|\son\w+="|javascript:/i);
    expect(page).not.toMatch(/undefined|\[object|NaN/);
    expect(Buffer.byteLength(page)).toBeLessThan(60_000);
    expect(answer.headers.get("content-security-policy")).not.toContain("unsafe");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("the page of sources is under 60 KB when each was read, and some cannot be", async () => {
  await house.install("2026-01-01T00:00:00Z");
  for (const [index, { id }] of (await readCatalogue()).sources.entries()) await house.source({ id, since: "2026-10-21T10:00:00Z", lastChange: "2026-09-24T10:10:00Z", ...(index % 4 === 0 ? { health: "failing", reason: "overflow" } : { health: "well" }) });
  for (const path of ["/sources", "/ko/sources"]) expect([path, Buffer.byteLength(await house.text(path))]).toEqual([path, expect.toSatisfy((bytes: number) => bytes < 60_000)]);
});

test.each([...paths, "/api/v1/calendar", "/api/v1/series"])("%s has the same ETag while nothing changes", async (path) => {
  await house.install("2026-01-01T00:00:00Z");
  const first = await house.get(path);
  house.jump("2026-11-25T13:07:00Z");
  const later = await house.get(path, { "if-none-match": first.headers.get("etag") ?? "" });
  expect([path, later.status, later.headers.get("etag")]).toEqual([path, 304, first.headers.get("etag")]);
  expect((await house.get(path, { "if-none-match": '"another"' })).status).toBe(200);
});

test("what is in another language than its page is marked as such", async () => {
  const english = await house.text("/series/us-state-human-rights-report");
  expect(english).toContain('<span lang="ko">미 국무부 국가별 인권보고서</span>');
  const { sources } = await readCatalogue();
  const disabled = sources.find((source) => source.disabled !== undefined)?.disabled ?? "";
  const shown = (await house.text("/ko/sources")).replaceAll("&quot;", '"').replaceAll("&#39;", "'");
  expect(shown).toContain(`<span lang="en">${disabled}</span>`);
  expect((await house.text("/sources")).replaceAll("&quot;", '"').replaceAll("&#39;", "'")).toContain(`<small>${disabled}</small>`);
  await house.install("2026-01-01T00:00:00Z");
  await house.items({ id: "a", title: "Camp", why: ["no rule knows this"], earlierTitles: ["Camps"], language: "en" });
  const item = await house.text("/ko/item?id=a");
  for (const piece of ['<span lang="en">no rule knows this</span>', '<li lang="en">Camps</li>']) expect(item).toContain(piece);
});

test("the stylesheet is under 15 KB, and its address follows from what it says", async () => {
  expect(Buffer.byteLength(style)).toBeLessThan(15_000);
  const [address = ""] = /\/style-[0-9a-f]{12}\.css/.exec(await house.text("/")) ?? [];
  const answer = await house.get(address);
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(address).toContain(sha256Of(style).slice(0, 12));
});

test("what has not changed is answered without a body, and nothing but GET and HEAD is taken", async () => {
  const first = await house.get("/about");
  const again = await house.get("/about", { "if-none-match": first.headers.get("etag") ?? "" });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  expect((await house.app.request("/about", { method: "HEAD" })).status).toBe(200);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) expect((await house.app.request("/about", { method })).status).toBe(405);
});

test("this year's page leads to every series, also to those that have no usual days in it; an earlier one counts what it shows", async () => {
  const { series } = await readCatalogue();
  for (const path of ["/", "/ko"]) {
    const page = await house.text(path);
    expect(series.filter(({ id }) => !page.includes(`/series/${id}"`)).map(({ id }) => id)).toEqual([]);
  }
  const year = await house.text("/year/2015");
  const rows = year.match(/<tr><th scope="row">/g)?.length ?? 0;
  expect(rows).toBeLessThan(series.length);
  expect(year).toContain(`${rows} reports, resolutions, designations and statements`);
});

test("an address that ends in a slash leads to the page without it, and never to another site", async () => {
  for (const [path, to] of [["/ko/", "/ko"], ["/items/?month=2026-11", "/items?month=2026-11"], ["/ko/series//", "/ko/series"], ["//evil.example/", "/evil.example"], ["/\\evil.example/", "/evil.example"]] as const) {
    const answer = await house.get(path);
    expect([path, answer.status, answer.headers.get("location")]).toEqual([path, 301, to]);
  }
  expect((await house.get("/nothing")).status).toBe(404);
});

test("what fails is told to whoever runs it, and the reader sees a page without the cause", async () => {
  const broken = await openHouse("2026-11-25T12:00:00Z");
  await broken.install("2026-01-01T00:00:00Z");
  await broken.close();
  const answer = await broken.get("/");
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("Something of ours failed");
  expect(broken.faults).toHaveLength(1);
});
