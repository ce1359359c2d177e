import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { parseLabelled } from "../../shared/catalogue/labelled.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { figures, judge } from "../../shared/recognition/evaluate.ts";
import { sha256Of } from "../../shared/records/evidence.ts";
import { figures as told } from "../../site/pages/figures.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => void (house = await openHouse()));
afterEach(() => house.close());

const tip = "us-state-tip-report";

/** The text of a series' row on a page of a year. */
const rowOf = (page: string, id: string): string => new RegExp(`href="/series/${id}".*`).exec(page)?.[0].replaceAll(/<svg.*?<\/svg>/g, "").replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ") ?? "";

describe("before anything was read", () => {
  test("the year shows where each series stands, by the catalogue, and says that nothing was read", async () => {
    const page = await house.text("/");
    expect(page).toContain("2026: what came, and what is due");
    expect(page).toContain("No source has been read here yet.");
    expect(page).toContain("World Report: North Korea chapter");
    expect(page).toMatch(/<rect class="w" x="[\d.]+%" width="[\d.]+%"/);
    expect(house.faults).toEqual([]);
  });

  test("a year that is over shows what came when, back to 2015 and no further", async () => {
    expect(await house.text("/year/2021")).toContain(`<a href="/series/${tip}/2021">1 Jul 2021</a>`);
    for (const year of ["2014", "2027", "20x1", "2020.5"]) expect((await house.get(`/year/${year}`)).status).toBe(404);
    expect((await house.get("/year/2015")).status).toBe(200);
  });

  test.each(["", "/ko"])("every series is on the list of all, at %s/series, which pages lead to, and those with a forecast are in the year", async (prefix) => {
    const [year, list] = [await house.text(prefix || "/"), await house.text(`${prefix}/series`)];
    expect(year).toContain(`href="${prefix}/series"`);
    const { series } = await readCatalogue();
    const missing = (page: string, ids: readonly string[]): string[] => ids.filter((id) => !page.includes(`href="${prefix}/series/${id}"`));
    expect(missing(list, series.map(({ id }) => id))).toEqual([]);
    const lines: { series: string; standing: string; opens: string | null; next: unknown }[] = JSON.parse(await house.text("/api/v1/calendar")).series;
    const awaited = lines.filter(({ standing, opens, next }) => next !== null || (standing !== "out" && opens !== null)).map((line) => line.series);
    expect(awaited).toEqual(expect.arrayContaining(["japan-abductions", "cato-human-freedom-index"]));
    expect(missing(year, awaited)).toEqual([]);
  });

  test("no series leads to an edition that has no page", async () => {
    const { series } = await readCatalogue();
    const dead: string[] = [];
    for (const { id } of series) {
      const links = [...(await house.text(`/series/${id}`)).matchAll(/<th scope="row"><a href="(\/series[^"]*)"/g)].slice(0, 3);
      for (const [, path = ""] of links) if ((await house.get(path)).status !== 200) dead.push(path);
    }
    expect(dead).toEqual([]);
    expect(await house.text("/series/japan-abductions")).toContain('<th scope="row">2026</th>');
  });

  test("the usual days of a year stand beside the edition that they were of, whatever year that came in", async () => {
    expect(rowOf(await house.text("/year/2021"), "us-sfops-appropriations")).toMatch(/15 Dec 2020 to 31 Mar Out 27 Dec 2020/);
    expect(rowOf(await house.text("/year/2020"), "us-sfops-appropriations")).toMatch(/9 Dec 2019 to 23 May Out 20 Dec 2019 , 27 Dec 2020 \(edition 2021\)/);
  });

  test("an edition whose day nobody saw is told as out, and among the latest by the day by which it was", async () => {
    const page = await house.text("/");
    expect(page).toMatch(/<a href="\/series\/us-uscirf-annual-report">.*<b class="chip out">Out<\/b> <a href="\/series\/us-uscirf-annual-report\/2026">day not known<\/a>/);
    await house.install("2026-01-01T00:00:00Z");
    house.jump("2026-03-20T12:00:00Z");
    expect(await house.text("/")).toMatch(/<span class="day">by 16 Mar 2026<\/span> <a href="\/series\/us-uscirf-annual-report\/2026">/);
  });

  test("a series has a row a year, with the day on a strip and in words", async () => {
    const page = await house.text(`/series/${tip}`);
    expect(page).toMatch(/2021<\/a><\/th><td class="plot"><svg.*<circle class="o".*<\/svg><\/td><td class="when">1 July 2021/);
    expect(page).toContain("Trafficking Victims Protection Act of 2000");
    expect(page).toContain("State Department: press releases");
  });

  test("an edition says how its day lies to the one before, and a short address leads to it", async () => {
    expect(await house.text(`/series/${tip}/2021`)).toContain("6 days later in the year than the edition before.");
    for (const named of ["tip", tip]) {
      const short = await house.get(`/ko/e/${named}/2021`);
      expect([named, short.status, short.headers.get("location")]).toEqual([named, 302, `/ko/series/${tip}/2021`]);
    }
  });

  test("editions that are not counted by years have no page of their own to lead to, and no bars to explain", async () => {
    const page = await house.text("/series/hrnk-report");
    expect(page).toContain('<th scope="row">–</th>');
    expect(page).not.toContain("</svg> usual days");
    expect(await house.text(`/series/${tip}`)).toContain("</svg> usual days");
  });

  test("what leads nowhere is not found at once, and its page leads to the beginning in the other language", async () => {
    for (const path of ["/e/nope/2020", "/publishers/nope", "/ko/publishers/nope", `/series/${tip}/2020-05`]) expect([path, (await house.get(path)).status]).toEqual([path, 404]);
    expect(await house.text("/nothing")).toMatch(/<a href="\/ko" hreflang="ko"/);
    expect(await house.text("/ko/items?month=x")).toMatch(/<a href="\/" hreflang="en"/);
    expect(await house.text("/nothing")).not.toContain('rel="alternate" hreflang');
    expect(await house.text("/ko/items?month=2026-11")).toMatch(/<a href="\/items\?month=2026-11" hreflang="en"/);
  });

  test("a publisher has a list to lead to, and robots are told what is not for them", async () => {
    for (const [path, to] of [["/publishers/us-state", "/items?publisher=us-state"], ["/ko/publishers/us-state", "/ko/items?publisher=us-state"]] as const) expect([path, (await house.get(path)).headers.get("location")]).toEqual([path, to]);
    const robots = await house.get("/robots.txt");
    expect([robots.status, robots.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(await robots.text()).toContain("User-agent: *\nDisallow: /api/v1/\n");
  });

  test("what is not there is not found, in the language that was asked", async () => {
    for (const path of ["/nothing", "/series/none", `/series/${tip}/1999`, `/series/${tip}/20211`, "/item?id=none", `/series/${tip}/2021/changes`]) expect([path, (await house.get(path)).status]).toEqual([path, 404]);
    expect(await house.text("/ko/nothing")).toContain('<html lang="ko">');
  });

  test("items say that there are none yet, and nothing is asked of the table's indexes", async () => {
    expect(await house.text("/items")).toContain("Nothing is on record yet.");
    expect(house.asked()).toEqual(["get"]);
  });
});

test("an edition was not released after it was seen here, and what is on record is not recalled only", async () => {
  const seoul = { series: "un-ohchr-seoul-30aug-statement", key: "2020", year: 2020, published: "2020-08-30T06:00:00Z", firstSeen: "2020-08-30T06:05:00Z", title: "Statement" };
  await house.install("2020-01-01T00:00:00Z");
  await house.edition(seoul);
  await house.edition({ series: "us-dprk-passport-restriction", key: "2019", year: 2019, published: "2019-08-20", firstSeen: "2020-01-01T00:00:00Z", title: "Extension" });
  expect(await house.text(`/series/${seoul.series}/2020`)).toMatch(/<dt>Released<\/dt><dd>30 August 2020/);
  expect(await house.text("/year/2020")).toMatch(new RegExp(`href="/series/${seoul.series}/2020">30 Aug 2020`));
  const { series } = await readCatalogue();
  expect(series.find(({ id }) => id === "us-dprk-passport-restriction")?.editions.find(({ year }) => year === 2019)?.certain).toBe(false);
  expect(await house.text("/series/us-dprk-passport-restriction/2019")).not.toContain("recalled, not seen");
});

describe("with a record", () => {
  beforeEach(() => house.install("2026-06-01T00:00:00Z"));

  test("an edition shows its evidence, what changed, and why each item was taken for it", async () => {
    const version = { sha256: "a".repeat(64), at: "2026-07-02T00:00:00Z", url: "https://www.state.gov/tip", type: "text/html", bytes: 1234, key: "k", text: "t" };
    await house.items({ id: "state.gov/tip", title: "2026 TIP", why: ["the title names 2026, which fits 2026-07-01"] });
    await house.edition({
      series: tip,
      key: "2026",
      year: 2026,
      basis: "release",
      title: "2026 TIP",
      url: "https://www.state.gov/tip",
      published: "2026-07-01",
      sightings: [{ item: "state.gov/tip", role: "release", source: "us-state-press", at: "2026-07-01T15:00:00Z", title: "2026 TIP", url: "https://www.state.gov/tip" }],
      sightingCount: 1,
      versions: [version],
      document: { failures: 0, lookedAt: null, notThereSince: "2026-08-01T00:00:00Z" },
      changes: [{ alert: "changes:x", at: "2026-07-02T00:00:00Z", sha256: version.sha256, before: { year: 2025, sha256: "b".repeat(64), at: "2026-07-02T00:00:00Z" }, summary: ["New section: “Camps”."], key: "k" }],
    });
    const page = await house.text(`/series/${tip}/2026`);
    for (const words of ["a".repeat(64), "1,234 bytes", "the title names 2026, which fits 2026-07-01", "New section: “Camps”.", "Against the edition of 2025.", "It has not been at its address since 1 August 2026", "1 July 2026"]) expect(page).toContain(words);
    const korean = await house.text(`/ko/series/${tip}/2026`);
    for (const words of ["<h1>인신매매보고서 2026</h1>", "제목의 연도(2026년)가 발표일(2026년 7월 1일)과 맞음", "새로 생긴 절: “Camps”."]) expect(korean).toContain(words);
    expect(await house.text("/ko")).toContain(">인신매매보고서</a>");
    expect(await house.text(`/series/${tip}`)).toContain("<h1>Trafficking in Persons Report</h1>");
    const changes = await house.text(`/series/${tip}/2026/changes`);
    expect(changes).toContain("The two documents are not both kept here");
  });

  test("documents that are both kept are shown side by side", async () => {
    const texts = new Map(["North Korea holds 100 people.", "North Korea holds 200 people."].map((text) => [sha256Of(text), new TextEncoder().encode(text)] as const));
    const [before = "", after = ""] = [...texts.keys()];
    const other = await openHouse("2026-11-25T12:00:00Z", { get: async (sha256) => texts.get(sha256) });
    await other.install("2026-06-01T00:00:00Z");
    const at = "2026-07-02T00:00:00Z";
    const versions = [...texts.keys()].map((sha256) => ({ sha256, at, url: null, type: "text/plain", bytes: 1, key: "k", text: "t" }));
    await other.edition({ series: tip, key: "2026", year: 2026, versions, changes: [{ alert: "a", at, sha256: after, before: { year: 2025, sha256: before, at }, summary: ["A number changed."], key: "k" }] });
    const page = await other.text(`/series/${tip}/2026/changes`);
    const korean = await other.text(`/ko/series/${tip}/2026/changes`);
    await other.close();
    expect(page).toMatch(/no passage is quoted beyond \d+ words/);
    expect(korean).toMatch(/한 번에 \d+단어까지만 인용합니다/);
    expect(korean).not.toMatch(/quoted beyond|compared by their words/);
    expect(page).toMatch(/<del>[^<]*100/);
    expect(page).toMatch(/<ins>[^<]*200/);
  });

  test("sources say why they cannot be read, the worst first", async () => {
    await house.source({ id: "us-state-press", health: "blocked", reason: "challenge", since: "2026-10-01T00:00:00Z" });
    const page = await house.text("/sources");
    expect(page).toMatch(/<tbody>\s*<tr id="us-state-press">/);
    expect(page).toContain("it shows a page that asks for a browser");
  });

  test.each([
    [`/series/${tip}`, ["get", "list", "getMany"]],
    [`/series/${tip}/feed.atom`, ["get", "list", "getMany"]],
    ["/sources", ["get", "getMany"]],
    ["/about", ["get"]],
    ["/items?month=2026-11", ["get", "query month"]],
    [`/items?series=${tip}`, ["get", "query series"]],
  ])("%s asks for no more than it shows", async (path, asked) => {
    await house.text(path);
    expect(house.asked()).toEqual(asked);
  });

  test("what was read serves for a minute, and each series is asked for once", async () => {
    await house.text("/");
    const asked = house.asked();
    const { series } = await readCatalogue();
    expect(asked.filter((one) => one === "list")).toHaveLength(series.length);
    expect(asked).not.toContain("scan");
    await house.text("/sources");
    expect(house.asked()).toEqual([]);
    house.jump("2026-11-25T12:01:01Z");
    await house.text("/");
    expect(house.asked()).toEqual(asked);
  });
});

test("the figures of the page about it are those of the evaluation now", async () => {
  const catalogue = await readCatalogue();
  const folder = join(import.meta.dirname, "../../labelled");
  const items = readdirSync(folder).flatMap((name) => parseLabelled(name, readFileSync(join(folder, name), "utf8")));
  const compiled = compile(catalogue);
  const { items: found, editions, precision, years } = figures(items.map((item) => judge(compiled, item)));
  const shares = Object.entries({ items: found, editions, precision, years }).map(([name, { got, of }]) => ({ name, right: got, of }));
  expect({ labelled: items.length, shares }).toEqual(told);
});
