import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalServer, serve } from "../intake/server.ts";
import { almanac } from "./almanac.ts";

const adopted = "The Council adopted by consensus a resolution on the situation of human rights in the Democratic People's Republic of Korea.";
const other = "The Council adopted by consensus a resolution on the right to food, and one on the rights of the child.";
const page = (paragraph: string): string => `<html><head><meta property="og:title" content="Human Rights Council Adopts 29 Resolutions"><meta property="article:published_time" content="2022-04-01T10:00:00Z"></head><body><main><p>${paragraph}</p></main></body></html>`;

let server: LocalServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-fetch-"));
  server = await serve((request, response) => {
    if (request.url === "/gone") response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(request.url === "/yes" ? adopted : other));
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const items = (...paths: string[]): string => paths.map((path) => JSON.stringify({ source: "ohchr.org", title: "Human Rights Council Adopts 29 Resolutions", url: `${server.url}${path}`, published: "2022-04-01" })).join("\n");

test("match --fetch reads the page where only its body can tell; without it nothing is asked", async () => {
  const alone = await almanac(folder, ["match"], items("/yes"));
  expect(alone.json()).toEqual([expect.objectContaining({ series: "un-hrc-dprk-resolution", role: null })]);
  expect(server.requests).toHaveLength(0);
  const fetched = await almanac(folder, ["match", "--fetch", "--allow-loopback"], items("/yes", "/no", "/gone"));
  expect(fetched.json()).toEqual([
    expect.objectContaining({ series: "un-hrc-dprk-resolution", edition: 2022, role: "release", why: expect.arrayContaining([expect.stringContaining("the page says")]) }),
    expect.objectContaining({ relevance: "none", series: null, role: null }),
    expect.objectContaining({ series: "un-hrc-dprk-resolution", role: null, why: expect.arrayContaining([expect.stringContaining("http-404")]) }),
  ]);
});

test("explain --fetch takes title and date from the page, decides by its body, and asks once", async () => {
  const before = server.requests.length;
  const { code, json } = await almanac(folder, ["explain", `${server.url}/yes`, "--fetch", "--allow-loopback", "--source", "ohchr.org", "--json"]);
  expect(code).toBe(0);
  expect(json()).toEqual([expect.objectContaining({ item: expect.objectContaining({ title: "Human Rights Council Adopts 29 Resolutions", published: "2022-04-01T10:00:00Z" }), verdict: expect.objectContaining({ role: "release", edition: 2022 }), record: null })]);
  expect(server.requests.length - before).toBe(1);
});

test("a page that cannot be read ends explain with 1 and its reason", async () => {
  const { code, said } = await almanac(folder, ["explain", `${server.url}/gone`, "--fetch", "--allow-loopback"]);
  expect(code).toBe(1);
  expect(said).toContain("http-404");
});

const preview = (form: string) => almanac(folder, ["preview", "--series", "us-state-tip-report", "--edition", "2021", "--as", form]);

test("preview shows the same alert in three forms, from the catalogue alone", async () => {
  const [email, sms, json] = await Promise.all([preview("email"), preview("sms"), preview("json")]);
  expect(email.out).toMatch(/^Subject: Out: Trafficking in Persons Report 2021 /);
  expect(email.out).toContain("6 days later than last year's 25 June.");
  expect(sms.out).toMatch(/^Out: TIP report 2021 /);
  expect(sms.out.trimEnd().length).toBeLessThanOrEqual(148);
  const events: { series: { id: string; name: string }[] } = JSON.parse(readFileSync(new URL("../../events.json", import.meta.url), "utf8"));
  expect(json.json()).toEqual([expect.objectContaining({ schema: "rights-almanac/alert/1", alert: "edition:us-state-tip-report:2021", edition: 2021, basis: "release", seriesName: events.series.find(({ id }) => id === "us-state-tip-report")?.name })]);
});
