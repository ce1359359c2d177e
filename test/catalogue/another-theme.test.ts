import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gather, sweep } from "../../functions/notify/sweep.ts";
import { pollRound } from "../../functions/poll/round.ts";
import { openStack, type Stack } from "../../local/stack.ts";
import { checkCatalogue } from "../../shared/catalogue/checks.ts";
import { checkLabelled } from "../../shared/catalogue/check-labelled.ts";
import { loadCatalogue } from "../../shared/catalogue/load.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { userAgentOf } from "../../shared/intake/fetch.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { explainMatch } from "../../shared/recognition/explain.ts";
import type { AlertRecord } from "../../shared/records/alerts.ts";
import { asKind } from "../../shared/records/records.ts";
import { subscribe } from "../../shared/records/subscriptions.ts";
import { createSite } from "../../site/app.ts";
import { explanationLines } from "../../cli/explain-words.ts";
import { lineHere } from "../cli/in-process.ts";
import { helpOfAll, shellLines, split } from "../docs/command-lines.ts";
import { blocks, doc } from "../docs/markdown.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openPublisher, type Publisher } from "../local/publisher.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/examples/another-theme");
const ofTheProject = /dprk|north.?korea|북한|조선민주/i;

async function example(publisher?: Publisher): Promise<Catalogue> {
  const [events, sources] = await Promise.all(["events.json", "sources.json"].map((name) => readFile(join(folder, name), "utf8")));
  const here = (text = ""): string => (publisher ? text.replaceAll(/"url": "https:\/\/([^"/]+)[^"]*"/g, (_, host: string) => `"url": "${publisher.url}/${host}"`) : text);
  return loadCatalogue({ name: "events.json", text: events ?? "" }, { name: "sources.json", text: here(sources) });
}

test("the catalogue is sound, and what is known of the project's own says nothing of it", async () => {
  const catalogue = await example();
  expect(checkCatalogue(catalogue, "2026-11-25").filter(({ level }) => level === "fault")).toEqual([]);
  const item = { source: "rsf", title: "World Press Freedom Index 2026: methodology", url: null, published: "2026-04-30", label: "none", edition: null, symbol: null, synthetic: false };
  expect(checkLabelled(catalogue, [item])).toEqual([]);
  expect(checkLabelled(catalogue, [item, { ...item, label: "rsf-index", edition: 2026 }])).toHaveLength(1);
});

describe("from the feed to the message and the pages", () => {
  let data: string;
  let publisher: Publisher;
  let stack: Stack;
  let catalogue: Catalogue;
  const faults: unknown[] = [];
  const clock = jumpingClock(Date.parse("2026-04-29T12:00:00Z"));
  const at = "2026-04-30T08:00:00Z";
  const old = { title: "Newsletter of April", url: "https://rsf.org/en/newsletter", at: "2026-04-01T08:00:00Z" };

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "almanac-theme-"));
    publisher = await openPublisher();
    for (const host of ["rsf.org", "cpj.org", "www.unesco.org"]) publisher.feed(`/${host}`, [old]);
    catalogue = await example(publisher);
    stack = await openStack({ catalogue, dataFolder: data, env: {}, say: () => undefined, allowLoopback: true, clock });
    const wishes = { series: [], publishers: [], kinds: [], languages: [] };
    for (const [address, language] of [["ada@example.org", "en"], ["kim@example.org", "ko"]] as const) await subscribe(stack.open.table, { address, protocol: "email", wishes, language, pace: "at-once" }, new Date(clock.now()).toISOString());
    await pollRound(stack.poll, catalogue.sources, () => undefined);
    clock.set(Date.parse(at) + 60_000);
    publisher.feed("/rsf.org", [{ title: "RSF World Press Freedom Index 2026: the economy weighs on the media", url: "https://rsf.org/en/index-2026", at }, old]);
    publisher.feed("/cpj.org", [{ title: "Two journalists jailed after reporting on a flood", url: "https://cpj.org/2026/04/jailed", at }, { title: "Bakery opens in the capital", url: "https://cpj.org/2026/04/bakery", at }, old]);
    await pollRound(stack.poll, catalogue.sources, () => undefined);
    faults.push(...(await sweep(stack.notify)).failed);
    clock.set(clock.now() + 10 * 60_000);
    faults.push(...(await gather(stack.notify)).failed);
  }, 60_000);
  afterAll(async () => {
    await stack.close();
    await publisher.unplug();
    await rm(data, { recursive: true });
  });

  async function mails(): Promise<string[]> {
    const outbox = join(data, "outbox");
    const names = (await readdir(outbox)).filter((name) => name.endsWith(".eml"));
    const texts = await Promise.all(names.map((name) => readFile(join(outbox, name), "utf8")));
    return Promise.all(texts.map(async (text) => PostalMime.parse(text).then((mail) => `${mail.subject}\n${mail.text}`)));
  }

  test("each reader is told in their language what came", async () => {
    expect(faults).toEqual([]);
    const sent = await mails();
    expect(sent).toEqual(expect.arrayContaining([expect.stringContaining("Out: World Press Freedom Index 2026 (Reporters Without Borders)"), expect.stringContaining("발간: 세계 언론자유지수 2026 (국경없는기자회)")]));
    expect(sent.filter((text) => ofTheProject.test(text))).toEqual([]);
  });

  test("an item of no series is told as one on the theme, and of what is on another nobody is told", async () => {
    const records: AlertRecord[] = [];
    for await (const stored of stack.open.table.scan()) if (stored.kind === "alert") records.push(asKind(stored, "alert"));
    const told = records.filter(({ facts }) => facts.kind === "about").map(({ facts }) => facts);
    expect(told.map(({ title }) => title)).toEqual(["Two journalists jailed after reporting on a flood"]);
    const [english = "", korean = ""] = (["en", "ko"] as const).map((language) => told.map((facts) => compose(facts, { language, site: null }).email.text.replaceAll("\n", " ")).join());
    expect(english).toContain("New on press freedom, from Committee to Protect Journalists.");
    expect(english).toContain('the title names press freedom and "jailed"');
    expect(korean).toContain("언론 자유 관련 새 글입니다");
    expect(korean).toContain('제목에 언론 자유와 "jailed" 표현이 있음');
    expect(english + korean).not.toMatch(ofTheProject);
  });

  test.each(["/", "/ko", "/year/2025", "/series/rsf-index", "/ko/series/rsf-index", "/series/rsf-index/2026", "/items", "/ko/items", "/sources", "/ko/sources", "/about", "/ko/about", "/api", "/nowhere", "/feed.atom", "/feed.json", "/calendar.ics", "/api/v1/openapi.json", "/api/v1/items"])("%s is on the theme, and on no other", async (path) => {
    const site = createSite({ table: stack.open.table, evidence: stack.compare.evidence, files: stack.files, catalogue: async () => catalogue, clock });
    const text = await (await site.request(`http://almanac.example${path}`)).text();
    expect(text).not.toMatch(ofTheProject);
    const isForPrograms = /^\/(api\/|feed|calendar)/.test(path);
    expect(isForPrograms || text.includes(path.startsWith("/ko") ? "언론 자유" : "press freedom")).toBe(true);
  });

  test("a title is explained by it", () => {
    const item = { source: "cpj", title: "Two journalists jailed after reporting on a flood", url: null, published: null };
    const explanation = explainMatch(compile(catalogue), item);
    const lines = explanationLines(item, explanation, explanation.verdict).join("\n");
    expect(lines).toContain('the title names press freedom and "jailed"');
    expect(lines).not.toMatch(ofTheProject);
  });
});

test("docs/another-theme.md shows the example's theme, and its commands do as they say", async () => {
  const page = doc("docs/another-theme.md");
  const shown: unknown = JSON.parse(blocks(page).find(({ info }) => info === "json")?.text ?? "");
  expect((await example()).theme).toMatchObject(shown ?? {});
  for (const line of shellLines(page)) {
    const [[, ...words] = []] = split(line);
    const { code, lines } = await lineHere(root, words);
    expect([line, code]).toEqual([line, 0]);
    expect(lines.join("\n")).not.toMatch(ofTheProject);
  }
});

test("matching is held against items of one's own, as the page says; the project's items are of its own catalogue", async () => {
  const line = blocks(doc("docs/another-theme.md")).findLast(({ info }) => info === "json")?.text ?? "";
  const here = await mkdtemp(join(tmpdir(), "almanac-labelled-"));
  await writeFile(join(here, "own.jsonl"), line);
  const files = ["--events", join(folder, "events.json"), "--sources", join(folder, "sources.json")];
  const own = await lineHere(here, ["evaluate", "--file", "own.jsonl", ...files, "--json"]);
  await rm(here, { recursive: true });
  expect(own.json[0]).toMatchObject({ label: "rsf-index", series: "rsf-index", found: 2025 });
  const { code, said } = await lineHere(root, ["evaluate", ...files]);
  expect([code, said.join()]).toEqual([2, expect.stringContaining("give items of yours by --file FILE")]);
});

test("what preview asks for is named by the catalogue that it is given", async () => {
  const { said } = await lineHere(root, ["preview", "--events", join(folder, "events.json"), "--sources", join(folder, "sources.json")]);
  expect(said.join()).toContain("such as --series rsf-index");
  expect(said.join()).not.toMatch(ofTheProject);
});

test("no help, and no word to publishers, says what the project's own catalogue is about", () => {
  expect(userAgentOf(undefined, "you@example.org")).not.toMatch(ofTheProject);
  expect(helpOfAll()).not.toMatch(ofTheProject);
});

test("of the program only the folding of three countries' names knows any", () => {
  const files = execFileSync("git", ["grep", "-ilE", "dprk|north korea|북한", "--", "cli", "functions", "infra", "local/*.ts", "shared", "site", "package.json", "cdk.json", "*.schema.json"], { cwd: root, encoding: "utf8" });
  expect(files.trim().split("\n")).toEqual(["shared/recognition/country.ts"]);
});
