import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Source } from "../../shared/catalogue/schema.ts";
import { decode } from "../../shared/intake/decode.ts";
import { readFeed } from "../../shared/intake/feed.ts";
import { guard } from "../../shared/intake/guard.ts";
import type { Reading } from "../../shared/intake/item.ts";
import { readContent } from "../../shared/intake/read.ts";
import { capture, captured, hasCaptures } from "./captures.ts";

const read = (path: string, url: string, how: Source["read"]): Promise<Reading> => readContent(captured(path), null, { url, read: how, language: "en" });
const page = (path: string, url: string): Promise<Reading> => read(path, url, { as: "page" });

/** Unpacks an archive, hands over its files, and takes them away again. */
async function unpacked(archive: string, use: (files: string[]) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "captures-"));
  try {
    expect(spawnSync("tar", ["-xJf", capture(archive), "-C", folder]).status).toBe(0);
    await use(readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasCaptures)("real captures", () => {
  test("each of the State Department's 735 recorded feeds has 10 whole items", { timeout: 60_000 }, async () => {
    await unpacked("state-press-releases/snapshots-2021-05-23_2022-02-10.tar.xz", async (files) => {
      const feeds = files.filter((path) => path.endsWith(".rss"));
      expect(feeds).toHaveLength(735);
      for (const path of feeds) {
        const { items, skipped } = await readFeed(decode(readFileSync(path), null), "https://www.state.gov/rss-feed/press-releases/feed/");
        const whole = items.filter(({ title, url, published, guid }) => title !== "" && url?.startsWith("https://www.state.gov/") && published?.endsWith("Z") && guid);
        expect([path, whole.length, skipped.length]).toEqual([path, 10, 0]);
        expect(items.map(({ title, summary }) => `${title} ${summary ?? ""}`).join(" ")).not.toMatch(/<\/?(?:p|script|br)\b|&#\d+;|&amp;|\u00a0|function\s*\(/);
      }
    });
  });

  test("UN News is read, its offsets turned to UTC", async () => {
    const { items } = await read("un-news/region-europe_2022-04-01.rss.xml", "https://news.un.org/feed/", { as: "feed" });
    expect(items).toHaveLength(30);
    expect(items[0]).toMatchObject({ title: "First Person: ‘I fear I will never see my husband again’", url: "https://news.un.org/feed/view/en/story/2022/04/1115242", published: "2022-04-01T04:01:55Z", language: "en" });
  });

  test("ReliefWeb is read as RSS and as JSON", async () => {
    const feed = await read("reliefweb/updates_country-ukr_2020-09-17.rss.xml", "https://reliefweb.int/", { as: "feed" });
    expect(feed.items).toHaveLength(20);
    expect(feed.items[0]).toMatchObject({ title: "Ukraine: DRC / DDG Legal Alert: Issue 55 - August 2020 [EN/RU/UK]", published: "2020-09-17T07:24:25Z" });
    const api = await read("reliefweb/api-v1-reports_country-NPL_2020-09-17.json", "https://api.reliefweb.int/v1/reports", { as: "json", api: "reliefweb" });
    expect(api.items).toHaveLength(10);
    expect(api.items.every(({ url, published }) => url?.startsWith("https://reliefweb.int/") && /^2020-09-\d\d$/.test(published ?? ""))).toBe(true);
  });

  test("the Federal Register is read", async () => {
    const { items } = await read("federal-register/documents_search_bears-ears_2026-07.json", "https://www.federalregister.gov/api/v1/documents.json", { as: "json", api: "federal-register" });
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({ guid: "2026-07755", published: "2026-04-21" });
  });

  test("Yonhap's items are read as a list, their titles plain", async () => {
    const lines = Buffer.from(captured("yonhap/articles-part-1.jsonl")).toString("utf8").trim().split("\n");
    const { items, skipped } = await readContent(Buffer.from(`[${lines.join(",")}]`), null, { url: "https://www.yna.co.kr/", read: { as: "json", api: "list" }, language: "ko" });
    expect([items.length, skipped.length]).toEqual([lines.length, 0]);
    expect(items[0]).toMatchObject({ title: '북, 주민 시신 인도 요청에 무응답…통일부 "무연고 장례"(종합)', published: "2025-08-05T06:42:24Z", language: "ko" });
    expect(items.filter(({ title, summary }) => /&\w+;/.test(title + (summary ?? "")))).toEqual([]);
  });

  test.each([
    ["2003", 1, "North Korea: Human Rights Concerns", "https://www.amnesty.org/en/documents/asa24/002/2003/en/", "2003-04-10"],
    ["2015", 12, "North Korea: Student arrested in North Korea", "https://www.amnesty.org/en/documents/asa24/2075/2015/en/", "2015-07-13"],
    ["2016", 12, "A First Step Towards Connecting North Korea", "https://www.amnesty.org/en/latest/campaigns/2016/12/a-first-step-towards-connecting-north-korea/", "2016-12-19"],
    ["2019", 9, "Hanoi Summit Cannot Gloss Over Human Rights Atrocities in North Korea", "https://www.amnesty.org/en/latest/news/2019/02/hanoi-summit-cannot-gloss-over-human-rights-atrocities-in-north-korea/", "2019-02-25"],
  ])("Amnesty's search of %s gives its %i results and no tags", async (year, count, title, url, published) => {
    const { items } = await page(`amnesty/amnesty-search_north-korea_${year}.html.txt`, "https://www.amnesty.org/en/search/");
    expect(items).toHaveLength(count);
    expect(items).toContainEqual(expect.objectContaining({ title, url, published }));
  });

  test("the European Parliament's pages give the links of their main part", async () => {
    const { items } = await page("europarl/press-release_20190712IPR56948.html", "https://www.europarl.europa.eu/news/en/press-room");
    expect(items.map(({ title }) => title)).toContain("EP Resolution: Situation in Venezuela (31.01.2019)");
    expect(items.length).toBeLessThan(12);
  });

  test.each([
    "country-reports/hrpractices_2016.html",
    "country-reports/hrpractices_2020.html",
    "europarl/press-release_20201217IPR94207.html",
    "un-digital-library/session_78_committee_3_drafts.marc.xml",
  ])("%s passes the guard", (path) => expect(() => guard(decode(captured(path), null))).not.toThrow());

  test("every test feed of feedparser's that holds an item gives it", { timeout: 60_000 }, async () => {
    await unpacked("feed-tests/feedparser-tests.tar.xz", async (files) => {
      let bearing = 0;
      const missed: string[] = [];
      for (const path of files.filter((file) => /\.(?:xml|json)$/.test(file))) {
        const text = decode(readFileSync(path), null);
        if (!/<(?:[\w-]+:)?(?:item|entry)[\s>]|"items"/i.test(text)) continue;
        bearing += 1;
        // Most of them test one element and have no title, without which nothing is an item.
        const named = text.replace(/<((?:[\w-]+:)?)(?:item|entry)(?:\s[^<>]*[^<>/])?>/gi, "$&<$1title>T</$1title>");
        const { items } = await readFeed(named, "http://127.0.0.1:8097/").catch(() => ({ items: [] }));
        if (items.length === 0) missed.push(path);
      }
      expect(bearing).toBeGreaterThan(1150);
      expect(missed).toEqual([]);
    });
  });
});
