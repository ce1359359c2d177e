import { afterEach, beforeEach, expect, test } from "vitest";
import { serveSite } from "../../local/status.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let server: Awaited<ReturnType<typeof serveSite>>;
beforeEach(async () => {
  house = await openHouse();
  server = await serveSite(0, house.app, async () => ({ since: "2026-11-25T12:00:00Z", sources: 0, states: [], alerts: [] }));
});
afterEach(async () => {
  server.close();
  await house.close();
});

const asked = (headers: Record<string, string>): Promise<Response> => fetch(`${server.url}sources`, { headers });

test("on one machine pages are compressed for who takes that, and what has not changed is still not sent twice", async () => {
  const plain = await asked({ "accept-encoding": "identity" });
  const packed = await asked({ "accept-encoding": "gzip" });
  expect([plain.headers.get("content-encoding"), packed.headers.get("content-encoding"), packed.headers.get("vary")]).toEqual([null, "gzip", "Accept-Encoding"]);
  expect(await packed.text()).toBe(await plain.text());
  expect((await asked({ "accept-encoding": "gzip", "if-none-match": packed.headers.get("etag") ?? "" })).status).toBe(304);
});

test("on one machine, too, what is not there is a page, and a slash at the end leads on", async () => {
  const nothing = await fetch(`${server.url}ko/nothing`);
  expect([nothing.status, nothing.headers.get("content-type"), nothing.headers.get("x-content-type-options")]).toEqual([404, "text/html; charset=utf-8", "nosniff"]);
  expect(await nothing.text()).toContain('<html lang="ko">');
  expect((await fetch(`${server.url}items/`, { redirect: "manual" })).headers.get("location")).toBe("/items");
  expect((await fetch(`${server.url}api/v1/nothing`)).headers.get("content-type")).toContain("application/problem+json");
});
