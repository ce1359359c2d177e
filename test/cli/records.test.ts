import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as explain from "../../cli/commands/explain.ts";
import * as health from "../../cli/commands/health.ts";
import * as query from "../../cli/commands/query.ts";
import * as record from "../../cli/commands/record.ts";
import * as subscribe from "../../cli/commands/subscribe.ts";
import * as subscribers from "../../cli/commands/subscribers.ts";
import * as unsubscribe from "../../cli/commands/unsubscribe.ts";
import { openTable } from "../../local/table.ts";
import { placedAt } from "../../shared/records/history.ts";
import { itemKey, sourceKey } from "../../shared/records/keys.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Table } from "../../shared/records/table.ts";
import { almanac } from "./almanac.ts";
import { runHere } from "./in-process.ts";

async function inTable(folder: string, work: (table: Table) => Promise<unknown>): Promise<void> {
  const { table, close } = await openTable(folder);
  try {
    await work(table);
  } finally {
    await close();
  }
}

const item = (id: string, over: Partial<Content<ItemRecord>> = {}): Content<ItemRecord> => ({
  ...placedAt(over.published ?? "2020-06-25T14:10:00Z"),
  id,
  title: "2020 Trafficking in Persons Report: North Korea",
  url: `https://${id}`,
  published: "2020-06-25T14:10:00Z",
  symbol: null,
  seen: "2020-06-25T14:13:00.000Z",
  source: "us-state-press",
  language: "en",
  relevance: "series",
  series: "us-state-tip-report",
  edition: "2020",
  role: "release",
  why: ['the title has "trafficking in persons report"'],
  earlierTitles: [],
  ...over,
});

const state = (id: string, over: Partial<Content<SourceState>>): Content<SourceState> => ({
  id,
  url: "https://example.org/feed",
  contentHash: null,
  seen: "",
  firstRead: "2026-10-01T00:00:00.000Z",
  lastRead: "2026-11-01T00:00:00.000Z",
  lastChange: "2026-10-30T00:00:00.000Z",
  health: "well",
  since: "2026-10-01T00:00:00.000Z",
  failures: 0,
  ...over,
});

let made: string[] = [];
async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-records-"));
  made.push(folder);
  return folder;
}
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true });
  made = [];
});

describe("query", () => {
  let data: string;
  beforeAll(async () => {
    data = await freshFolder();
    await inTable(data, async (table) => {
      const items = [
        item("state.gov/tip-2020"),
        item("state.gov/tip-2019", { title: "2019 Trafficking in Persons Report", published: "2019-06-20", edition: "2019", earlierTitles: ["Trafficking Report of 2019"] }),
        item("ohchr.org/old", { title: "N. Korea: an old text on rights", published: "1921-05-05", series: undefined, edition: null, relevance: "about", role: null, source: "ohchr-news" }),
        item("kinu.or.kr/a", { title: "=HYPERLINK(1), 북한 인권", published: "2020-06-30T23:59:59Z", series: undefined, edition: null, relevance: "about", role: null, source: "kinu-news", language: "ko" }),
      ];
      for (const content of items) await change(table, itemKey(content.id), () => content);
    });
    await runHere(record, ["us-state-tip-report", "2020", "https://state.gov/tip-2020", "--data", data]);
  });
  const titles = async (...words: string[]): Promise<unknown[]> => (await runHere(query, [...words, "--json", "--data", data])).json.map((row) => (typeof row === "object" && row && "title" in row ? row.title : row));
  const hyperlink = "=HYPERLINK(1), 북한 인권";
  const tip = "2020 Trafficking in Persons Report: North Korea";
  const tip2019 = "2019 Trafficking in Persons Report";
  const old = "N. Korea: an old text on rights";

  test("without filters it is everything, of whatever year, the newest first", async () => expect(await titles()).toEqual([hyperlink, tip, tip, tip2019, old]));

  test.each([
    [["--kind", "edition", "--since", "2019-01-01"], [tip]],
    [["--series", "us-state-tip-report", "--kind", "item"], [tip, tip2019]],
    [["--year", "2019", "--since", "2019-01-01"], [tip2019]],
    [["--year", "2020", "--since", "2019-01-01"], [hyperlink, tip, tip]],
    [["--since", "2020-06-25", "--until", "2020-06-30"], [hyperlink, tip, tip]],
    [["--since", "2020-06-26"], [hyperlink]],
    [["--until", "2019-12-31"], [tip2019, old]],
    [["--until", "2020-06-25T14:10:00Z", "--since", "2020-06-25T14:10:00Z"], [tip, tip]],
    [["--text", "North Korea", "--since", "2019-01-01"], [hyperlink, tip, tip]],
    [["--text", "korea", "--since", "2019-01-01"], [tip, tip]],
    [["--text", "report of 2019", "--series", "us-state-tip-report"], [tip2019]],
    [["--text", "no such words", "--series", "us-state-tip-report"], []],
  ])("%j", async (words, expected) => expect(await titles(...words)).toEqual(expected));

  test("a line of JSON has the same fields for items and editions", async () => {
    const { json } = await runHere(query, ["--series", "us-state-tip-report", "--year", "2020", "--json", "--data", data]);
    const fields = ["kind", "at", "series", "edition", "key", "relevance", "role", "status", "basis", "title", "url", "published", "seen", "source", "language", "symbol", "sightings", "why", "sha256", "found", "notThereSince"];
    for (const row of json) expect(Object.keys(row ?? {})).toEqual(fields);
    expect(json).toEqual([
      expect.objectContaining({ kind: "edition", series: "us-state-tip-report", edition: 2020, key: "2020", status: "out", basis: "release", source: "by-hand", sightings: 1, role: null }),
      expect.objectContaining({ kind: "item", series: "us-state-tip-report", edition: 2020, role: "release", status: null, source: "us-state-press" }),
    ]);
  });

  test("CSV has a header, ends its records with CRLF, and runs nothing in a spreadsheet", async () => {
    const { lines } = await runHere(query, ["--text", "hyperlink", "--since", "2020-01-01", "--format", "csv", "--data", data]);
    expect(lines).toEqual([
      "kind,at,series,edition,key,relevance,role,status,basis,title,url,published,seen,source,language,symbol,sightings,why,sha256,found,notThereSince\r",
      expect.stringMatching(/^item,2020-06-30T23:59:59Z,,,,about,,,,"'=HYPERLINK\(1\), 북한 인권",https:\/\/kinu.or.kr\/a,.*\r$/),
    ]);
  });

  test("for people it is a table, and where there is nothing, a sentence", async () => {
    const { lines, said } = await runHere(query, ["--since", "2019-01-01", "--data", data]);
    expect(lines[0]).toMatch(/^date +kind +what +series and edition +title$/);
    expect(lines[2]).toMatch(/^2020-06-25 +edition +out +us-state-tip-report 2020 +2020 Trafficking/);
    expect(said).toEqual([`on this machine: ${data}`, "1 edition and 3 items, the newest first"]);
    expect((await runHere(query, ["--year", "2001", "--since", "2020-01-01", "--data", data])).said[1]).toContain("without filters");
  });
});

describe("record", () => {
  let data: string;
  beforeEach(async () => {
    data = await freshFolder();
  });
  const enter = (...words: string[]) => runHere(record, ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/1", ...words, "--data", data, "--json"]);
  const outbox = async (): Promise<string[]> => (await readdir(join(data, "outbox")).catch(() => [])).filter((name) => name.endsWith(".eml"));

  test("an edition that a person saw rings once, however often it is entered", async () => {
    const first = await enter("--title", "북한인권백서 2026");
    expect(first.json).toEqual([
      { series: "kinu-white-paper", edition: 2026, url: "https://www.kinu.or.kr/x/1", title: "북한인권백서 2026", known: false, alert: "edition:kinu-white-paper:2026", kind: "edition", at: expect.any(String), basis: "release" },
    ]);
    expect(first.said).toEqual([`on this machine: ${data}`, expect.stringContaining("outbox")]);
    const again = await enter("--title", "북한인권백서 2026");
    expect(again).toMatchObject({ json: [{ known: true, alert: null }], said: [expect.any(String), "It is on record already; nothing was changed."] });
    await runHere(record, ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/mirror", "--data", data]);
    expect(await outbox()).toHaveLength(1);
    const { json } = await runHere(query, ["--series", "kinu-white-paper", "--kind", "edition", "--json", "--data", data]);
    expect(json).toEqual([expect.objectContaining({ status: "out", basis: "release", sightings: 2, language: "ko", why: [expect.stringContaining("entered by hand")] })]);
  });

  test("--no-alert tells nobody, and an edition that the catalogue knows as out does not ring", async () => {
    expect(await enter("--no-alert")).toMatchObject({ json: [{ known: false, alert: null }] });
    const old = await runHere(record, ["us-state-tip-report", "2021", "https://www.state.gov/a", "--data", data, "--json"]);
    expect(old.json).toEqual([expect.objectContaining({ title: "2021 Trafficking in Persons Report: North Korea", alert: null })]);
    expect(old.said[1]).toContain("the catalogue knows that it was out on 2021-07-01");
    expect(await outbox()).toEqual([]);
  });

  test("a series that is not counted by years rings by its item", async () => {
    const { json } = await runHere(record, ["hrnk-report", "2026", "https://www.hrnk.org/x/1", "--title", "A report", "--data", data, "--json"]);
    expect(json).toEqual([expect.objectContaining({ edition: null, alert: "about:hrnk.org/x/1" })]);
    expect(await outbox()).toHaveLength(1);
  });
});

describe("subscriptions", () => {
  test("one address has one subscription, which is shown, replaced and ended", async () => {
    const data = await freshFolder();
    const first = await runHere(subscribe, ["ada@example.org", "--series", "us-state-tip-report,us-state-irf-report", "--kind", "edition", "--language", "en", "--data", data]);
    expect(first.lines).toEqual(["ada@example.org gets an email at once for alerts of the kind edition, on Report on International Religious Freedom and Trafficking in Persons Report, on items in English."]);
    const second = await runHere(subscribe, ["--email", "Ada@Example.org", "--json", "--data", data]);
    expect(second.json).toEqual([{ address: "Ada@example.org", protocol: "email", wishes: { series: [], publishers: [], kinds: [], languages: [] }, also: [], pace: null, quiet: null, zone: null, texts: "en", state: "active", since: expect.any(String) }]);
    expect(second.said[1]).toContain("in place of");
    await runHere(subscribe, ["+82 10 1234 5678", "--data", data]);
    const shown = await runHere(subscribers, ["--json", "--data", data]);
    expect(shown.json).toMatchObject([{ address: "+821012345678", protocol: "sms" }, { address: "Ada@example.org" }]);
    expect((await runHere(unsubscribe, ["ada@example.org", "--data", data])).lines).toEqual(["ada@example.org gets no more alerts."]);
    expect((await runHere(unsubscribe, ["ada@example.org", "--data", data])).lines[0]).toContain("ended already");
    const left = await runHere(subscribers, ["--data", data]);
    expect(left.lines).toEqual([expect.stringMatching(/^since \d{4}-\d\d-\d\d +\+821012345678 +an SMS at once for every alert/)]);
    expect(left.said).toEqual([`on this machine: ${data}`, "1 ended subscription is not shown"]);
  });

  test("--add puts a wish beside those that the address has, and changes nothing else of it", async () => {
    const data = await freshFolder();
    const here = ["--data", data];
    await expect(runHere(subscribe, ["ada@example.org", "--series", "us-state-tip-report", "--add", ...here])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining("ada@example.org has no subscription to add a wish to") });
    await runHere(subscribe, ["ada@example.org", "--series", "us-state-tip-report", "--pace", "daily", "--quiet", "22-7", "--zone", "Asia/Seoul", "--texts", "ko", ...here]);
    const added = await runHere(subscribe, ["--email", "ADA@example.org", "--kind", "edition", "--publisher", "ohchr", "--add", ...here]);
    expect(added.lines).toEqual(["ada@example.org gets an email in Korean every day at 08:00 (Asia/Seoul) for every alert that is not for operators, on Trafficking in Persons Report; and for alerts of the kind edition, from UN human rights bodies and office (OHCHR); nothing from 22:00 to 07:00 (Asia/Seoul)."]);
    expect(added.said[1]).toBe("What it asked for before stays: any one wish lets an alert through.");
    const wish = { series: [], publishers: [], kinds: [], languages: [] };
    const also = [{ ...wish, kinds: ["edition"], publishers: ["ohchr"] }];
    expect((await runHere(subscribers, ["--json", ...here])).json).toEqual([{ id: expect.any(String), address: "ada@example.org", protocol: "email", wishes: { ...wish, series: ["us-state-tip-report"] }, also, pace: "daily", quiet: { from: "22:00", to: "07:00" }, zone: "Asia/Seoul", texts: "ko", state: "active", since: expect.any(String), takesNothing: null }]);
    const again = await runHere(subscribe, ["ada@example.org", "--kind", "edition", "--publisher", "ohchr", "--series", "us-state-tip-report", "--add", ...here]).catch((error: Error) => error.message);
    expect(again).toContain("no series of those is from ohchr");
    const same = await runHere(subscribe, ["ada@example.org", "--kind", "notice", "--series", "us-state-tip-report", "--add", "--json", ...here]);
    expect(same).toMatchObject({ json: [{ also }], said: [expect.anything(), "It gets all of that already: the wish adds nothing.", expect.anything()] });
    await expect(runHere(subscribe, ["ada@example.org", "--add", "--pace", "weekly", "--texts", "en", ...here])).rejects.toThrow("one for all wishes of an address: leave out --pace, --texts");
    const replaced = await runHere(subscribe, ["ada@example.org", "--json", ...here]);
    expect(replaced).toMatchObject({ json: [{ wishes: wish, also: [], pace: null }], said: [expect.anything(), "This stands in place of what it asked for before.", expect.anything()] });
  });

  test("while another process has the table open, subscribe and query work through it", async () => {
    const data = await freshFolder();
    await inTable(data, async (table) => {
      await change(table, itemKey("state.gov/tip-2020"), () => item("state.gov/tip-2020"));
      const subscribed = await almanac(data, ["subscribe", "ada@example.org", "--data", data]);
      expect(subscribed).toMatchObject({ code: 0, out: "ada@example.org gets an email at once for every alert that is not for operators; what is of no series every Monday at 08:00 (UTC).\n" });
      const found = await almanac(data, ["query", "--data", ".", "--since", "2020-01-01", "--json"]);
      expect(found.code).toBe(0);
      expect(found.json()).toEqual([expect.objectContaining({ kind: "item", series: "us-state-tip-report" })]);
    });
  });
});

describe("health", () => {
  test("the worst comes first, what was never read is said, and a summary ends it", async () => {
    const data = await freshFolder();
    const nextAt = "2026-11-02T00:00:00.000Z";
    await inTable(data, async (table) => {
      for (const content of [state("us-state-press", {}), state("ohchr-news", { health: "blocked", reason: "challenge", failures: 3, nextAt })]) await change(table, sourceKey(content.id), () => content);
    });
    const asked = ["us-state-press", "ohchr-news", "us-state-all", "us-state-mail"].flatMap((id) => ["--source", id]);
    const { json } = await runHere(health, [...asked, "--json", "--data", data]);
    expect(json).toEqual([
      { source: "ohchr-news", health: "blocked", reason: "challenge", since: "2026-10-01T00:00:00.000Z", failures: 3, lastRead: "2026-11-01T00:00:00.000Z", lastChange: "2026-10-30T00:00:00.000Z", nextTry: nextAt, url: "https://example.org/feed" },
      expect.objectContaining({ source: "us-state-all", health: null, since: null, nextTry: expect.any(String) }),
      expect.objectContaining({ source: "us-state-press", health: "well", reason: null }),
      expect.objectContaining({ source: "us-state-mail", health: "disabled", nextTry: null }),
      { summary: true, sources: 4, well: 1, quiet: 0, failing: 0, blocked: 1, dead: 0, disabled: 1, unread: 1 },
    ]);
    const { lines } = await runHere(health, [...asked, "--data", data]);
    expect(lines[1]).toMatch(/^blocked +ohchr-news +2026-10-01 00:00 +2026-10-30 00:00 +2026-11-02 00:00 +challenge, 3 times in a row$/);
    expect(lines[2]).toMatch(/^unread +us-state-all .* never read yet$/);
    expect(lines.at(-1)).toBe("4 sources: 1 disabled, 1 blocked, 1 well, 1 never read yet");
  });
});

describe("explain", () => {
  let data: string;
  beforeAll(async () => {
    data = await freshFolder();
    await inTable(data, (table) => change(table, itemKey("kinu.or.kr/x/1"), () => item("kinu.or.kr/x/1", { title: "2026 북한인권백서", earlierTitles: ["북한인권백서"], published: null, ...placedAt("2020-06-25"), series: undefined, edition: null, relevance: "about", role: null })));
    await runHere(record, ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/1", "--title", "북한인권백서 2026", "--data", data]);
  });

  test("an address is explained from the record: titles, edition, sightings and alerts", async () => {
    const { lines } = await runHere(explain, ["http://kinu.or.kr/x/1?utm_source=a", "--data", data]);
    const text = lines.join("\n");
    for (const said of ["on record:   북한인권백서 2026", "was titled:  2026 북한인권백서", "recorded as: kinu-white-paper 2026, release", "entered by hand", "its edition: kinu-white-paper 2026: out, by release; 1 sighting", "alerts:      edition at ", "As the catalogue reads it now:", "verdict:     kinu-white-paper 2026, release"]) expect(text).toContain(said);
    const { json } = await runHere(explain, ["https://www.kinu.or.kr/x/1", "--json", "--data", data]);
    expect(json).toEqual([expect.objectContaining({ verdict: expect.objectContaining({ series: "kinu-white-paper" }), record: expect.objectContaining({ id: "kinu.or.kr/x/1", shows: expect.objectContaining({ status: "out", alerts: [{ alert: "edition:kinu-white-paper:2026", at: expect.any(String) }] }) }) })]);
  });

  test("a title is explained without a data folder, rule by rule", async () => {
    const { lines } = await runHere(explain, ["On", "the", "Release", "of", "the", "2021", "Trafficking", "in", "Persons", "Report", "--source", "us-state-press", "--published", "2021-07-01"]);
    const text = lines.join("\n");
    for (const said of ["publishers:  us-state", "us-state-tip-report, recognise[0], release: holds (weight", "coverage: holds, and is chosen", '✗ the title needs "Heroes"', "edition:     the title names 2021, which fits 2021-07-01", "verdict:     us-state-tip-report 2021, coverage"]) expect(text).toContain(said);
  });
});

test("an email of a hand-entered edition says so", async () => {
  const data = await freshFolder();
  await runHere(record, ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/1", "--data", data]);
  const [name = ""] = await readdir(join(data, "outbox"));
  const mail = await readFile(join(data, "outbox", name), "utf8");
  expect(mail).toContain("entered by hand on");
  expect(mail).toContain("To subscribe: almanac subscribe ADDRESS");
});
