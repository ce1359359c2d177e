import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { lineHere } from "../cli/in-process.ts";
import { serve } from "../intake/server.ts";
import { eventsText, series, source, sourcesText } from "./made.ts";

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const text = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");

/** Runs `almanac catalogue` on files of the test's own. */
async function catalogue(words: readonly string[], events = eventsText(), sources = sourcesText()): Promise<Ended> {
  const files = { events: join(folder, "events.json"), sources: join(folder, "sources.json") };
  writeFileSync(files.events, events);
  writeFileSync(files.sources, sources);
  for (const [name, value] of Object.entries({ A_KEY: "", ALMANAC_CONTACT: "test@example.org" })) vi.stubEnv(name, value);
  const { code, lines, json, said } = await lineHere(folder, ["catalogue", "--events", files.events, "--sources", files.sources, ...words]);
  return { code, out: text([...lines, ...json.map((one) => JSON.stringify(one))]), err: text(said) };
}

const rss = (items: string): string => `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
const item = (title: string, day: string): string => `<item><title>${title}</title><link>http://127.0.0.1/${encodeURIComponent(title)}</link><pubDate>${new Date(day).toUTCString()}</pubDate></item>`;
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const answers: Record<string, readonly [status: number, type: string, body: string]> = {
  "/good.xml": [200, "application/rss+xml", rss(item("An old statement", "2020-06-25") + item("A new statement", yesterday))],
  "/old.xml": [200, "application/rss+xml", rss(item("An old statement", "2020-06-25"))],
  "/empty.xml": [200, "application/rss+xml", rss("")],
  "/challenge": [403, "text/html", "<!doctype html><html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>"],
  "/moved": [200, "text/html", '<!doctype html><html><head><title>News</title><link rel="alternate" type="application/rss+xml" href="/good.xml"></head><body><main>News</main></body></html>'],
  "/list": [200, "text/html", '<!doctype html><html><head><title>Press</title></head><body><main><ul><li><a href="/1">A statement on human rights in Korea</a></li><li><a href="/2">Another statement on human rights</a></li></ul></main></body></html>'],
};

const mending = (words: string): unknown => [expect.stringContaining(words)];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "almanac-catalogue-"));
  server = await serve((request, response) => {
    const [status, type, body] = answers[request.url ?? ""] ?? [404, "text/plain", "There is nothing here."];
    response.writeHead(status, { "content-type": type }).end(body);
  });
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test("a sound catalogue is summed up, with exit code 0", async () => {
  const { code, out } = await catalogue([], eventsText([series("tip")]), sourcesText([source("one"), source("two"), source("three", { disabled: "It is dead." })]));
  expect(code).toBe(0);
  expect(out).toContain("1 series with 2 editions, 0 of them released on an unknown day");
  expect(out).toContain("3 sources of 1 publisher: 2 enabled, on 2 hosts; 1 disabled");
  expect(out).toContain("three: It is dead.");
});

test("faults end with exit code 1 and name the file, the series and the remedy", async () => {
  const { code, out, err } = await catalogue([], undefined, sourcesText([source("one"), source("two", { carries: ["tpi"] })]));
  expect(code).toBe(1);
  expect(out).toContain('sources.json: two carries "tpi", which is no series of the events file. Did you mean "tip"?');
  expect(out).toContain("tip (one.example.org): nobody says why");
  expect(err).toContain("the catalogue has 2 faults: mend the lines above.");
});

test("with --json each finding is a line, and the last sums up", async () => {
  const manualCheck = { everyDays: 30, message: "Look at it." };
  const { code, out } = await catalogue(["--json"], undefined, sourcesText([source("one"), source("two", { carries: ["tpi"], manualCheck }), source("three", { disabled: "It is dead." })]));
  const lines: unknown[] = out.trim().split("\n").map((line) => JSON.parse(line));
  expect(code).toBe(1);
  expect(lines).toContainEqual({ finding: "fault", file: "sources.json", id: "two", message: expect.stringContaining('carries "tpi"') });
  expect(lines).toContainEqual({ finding: "single-host", series: "tip", hosts: ["one.example.org"] });
  expect(lines).toContainEqual({ finding: "disabled", source: "three", why: "It is dead." });
  expect(lines).toContainEqual({ finding: "manual-check", source: "two", ...manualCheck, dueOn: null, isDue: true });
  expect(lines.at(-1)).toMatchObject({ summary: true, series: 1, editions: 2, sources: 3, enabled: 2, hosts: 2, faults: 2, warnings: 0 });
});

test("a file that does not fit its schema ends with exit code 1 and no stack", async () => {
  const { code, err } = await catalogue([], undefined, sourcesText([source("one", { evryMinutes: 5 })]));
  expect(code).toBe(1);
  expect(err).toContain('sources.json does not fit its schema:\n  ✖ "one", at sources[0]: "evryMinutes" is no field here. Did you mean "everyMinutes"?');
  expect(err).not.toContain("    at ");
});

test("--source without --live, and a source that is not there, are bad usage", async () => {
  expect(await catalogue(["--source", "one"])).toMatchObject({ code: 2, err: expect.stringContaining("Give --live as well") });
  expect(await catalogue(["--live", "--source", "none"])).toMatchObject({ code: 2, err: expect.stringContaining('there is no source "none"') });
});

test("--live says of each source how it can be read, and how to mend its entry", async () => {
  const at = (path: string): { url: string } => ({ url: `${server.url}${path}` });
  const list = [
    source("good", at("/good.xml")),
    source("fallback", { ...at("/gone.xml"), fallbacks: [`${server.url}/good.xml`] }),
    source("old", at("/old.xml")),
    source("empty", at("/empty.xml")),
    source("may-be-empty", { ...at("/empty.xml"), mayBeEmpty: true }),
    source("dead", at("/gone.xml")),
    source("challenge", at("/challenge")),
    source("moved", at("/moved")),
    source("list", at("/list")),
    source("selectors", { ...at("/list"), read: { as: "page", item: "article.news" } }),
    source("not-yet", { ...at("/report-{year}"), mayBeEmpty: true }),
    source("credential", { ...at("/?key={A_KEY}"), credential: "A_KEY" }),
    source("off", { ...at("/good.xml"), disabled: "It is off." }),
  ];
  const { code, out } = await catalogue(["--live", "--json", "--allow-loopback"], undefined, sourcesText(list));
  const looks = out.trim().split("\n").map((line) => JSON.parse(line));
  const look = (id: string): unknown => looks.find(({ source: name }) => name === id);
  expect(code).toBe(0);
  expect(look("good")).toMatchObject({ health: "well", items: 2, newest: { title: "A new statement", published: expect.stringContaining(yesterday) }, mend: [] });
  expect(look("fallback")).toMatchObject({ health: "well", items: 2, fallback: `${server.url}/good.xml`, mend: mending("put the fallback that works in") });
  expect(look("old")).toMatchObject({ health: "quiet", items: 1, mend: mending('"quietAfterDays" is 60') });
  expect(look("empty")).toMatchObject({ health: "failing", reason: "empty", mend: mending('"mayBeEmpty": true') });
  expect(look("may-be-empty")).toMatchObject({ health: "well", items: 0, mend: [] });
  expect(look("dead")).toMatchObject({ health: "dead", reason: "http-404", mend: mending("The address is gone") });
  expect(look("challenge")).toMatchObject({ health: "blocked", reason: "challenge", mend: mending("Open it in a browser") });
  expect(look("moved")).toMatchObject({ health: "failing", reason: "not-a-feed", mend: mending(`try "url": "${server.url}/good.xml" with "read": {"as": "feed"}`) });
  expect(look("list")).toMatchObject({ health: "failing", reason: "not-a-feed", mend: mending('"read": {"as": "page"}, without selectors, finds 2 items there') });
  expect(look("selectors")).toMatchObject({ health: "failing", reason: "empty", mend: mending("without selectors, finds 2 items there") });
  expect(look("not-yet")).toMatchObject({ health: "well", detail: expect.stringContaining("not out yet"), mend: [] });
  expect(look("credential")).toMatchObject({ health: "disabled", reason: "credential", detail: expect.stringContaining("A_KEY"), mend: mending("set A_KEY") });
  expect(look("off")).toBeUndefined();
  expect(looks.at(-1)).toMatchObject({ summary: true, sources: 12, readable: 5 });
});

test("--live reads in words for people, and only what --source names", async () => {
  const { code, out } = await catalogue(["--live", "--allow-loopback", "--source", "good"], undefined, sourcesText([source("good", { url: `${server.url}/good.xml` }), source("two")]));
  expect(code).toBe(0);
  expect(out).toMatch(/^well +good +2 items, newest \d{4}-\d\d-\d\d "A new statement"$/m);
  expect(out).toContain("1 of 1 source can be read from here.");
  expect(out).toMatch(/write "verified": "\d{4}-\d\d-\d\d" beside good\./);
});
