import { assert, property, string } from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { contentsIn, contentsText, emptyYear, newestFirst, withMonths, type Year } from "../../shared/readers/item-index.ts";
import { type YearFile, yearIn, yearText } from "../../shared/readers/year-file.ts";
import { placedAt } from "../../shared/records/history.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { toRecord } from "../../shared/records/records.ts";
import { item } from "../records/parts.ts";

type Given = Partial<ItemRecord> & Pick<ItemRecord, "id">;

const records = (...items: readonly Given[]): ItemRecord[] => items.map((one) => ({ ...toRecord(itemKey(one.id), { ...item, ...placedAt("2026-11-03"), ...one }), revision: one.revision ?? 1 }));
const idsIn = (file: YearFile, text: string): string[] => Array.from(file.rows(file.numbersWith(text)), ({ id }) => id);
const ids = (year: Year, text: string): string[] => idsIn(fileOf(year), text);

/** A year as readers have it: from its file. */
function fileOf(year: Year): YearFile {
  const file = yearIn(yearText(year));
  if (!file) throw new Error("What was written is not read.");
  return file;
}
const november = new Set(["2026-11"]);
const yearOf = (...titles: readonly string[]): Promise<Year> => withMonths(emptyYear, november, records(...titles.map((title) => ({ id: title, title }))));

/** Korean titles as publishers wrote them. */
const korean = ["2025년 세계 보고서: 북한", "프리덤하우스 세계자유지수, 북한 100점 만점에 3점", "『북한인권백서 2025』", "2024 북한 종교자유 백서 발간 세미나 개최 안내", "통일부 \"올해 북한인권보고서 만들되 공개 안 해\"", "제80차 유엔총회 3위원회 북한인권결의 채택 관련 외교부 대변인 논평", "국경없는기자회 언론자유지수, 한국 순위 상승"];

test.each([
  ["인권", [2, 4, 5]],
  ["북한 인권", [2, 4, 5]],
  ["북한인권", [2, 4, 5]],
  ["인권 백서", [2]],
  ["백서", [2, 3]],
  ["자유", [1, 3, 6]],
  ["언론자유", [6]],
  ["유엔 결의", [5]],
  ["결의안", []],
  ["북", [0, 1, 2, 3, 4, 5]],
  ["한", [0, 1, 2, 3, 4, 5, 6]],
  ["백", [2, 3]],
  ["점", [1]],
  ["보고서", [0, 4]],
  ["2025", [0, 2]],
  ["3위원회", [5]],
] as const)("%s finds Korean titles by what stands in their words", async (text, found) => {
  expect(new Set(ids(await yearOf(...korean), text))).toEqual(new Set(found.map((index) => korean[index])));
});

test("every Korean title of the labelled items is found by each of its own words", async () => {
  const lines = ["others.jsonl", "later-others.jsonl"].flatMap((name) => readFileSync(new URL(`../../labelled/${name}`, import.meta.url), "utf8").trim().split("\n"));
  const titles = [...new Set(lines.map((line): string => JSON.parse(line).title).filter((title) => /[가-힣]/.test(title)))];
  expect(titles.length).toBeGreaterThan(50);
  const file = fileOf(await yearOf(...titles));
  for (const title of titles) for (const word of title.match(/[가-힣]+/g) ?? []) expect([word, idsIn(file, word)]).toEqual([word, expect.arrayContaining([title])]);
});

test.each([
  ["PRISON camp", ["North Korea's prison camps"]],
  ["abduct", ["The abductions of Japanese citizens by the DPRK", "Enlèvements: abduction issue"]],
  ["dprk", ["North Korea's prison camps", "The abductions of Japanese citizens by the DPRK", "北朝鮮による日本人拉致問題"]],
  ["北朝鮮 拉致", ["北朝鮮による日本人拉致問題"]],
  ["enlevements", ["Enlèvements: abduction issue"]],
  ["korea", ["North Korea's prison camps"]],
  ["kor camp", ["North Korea's prison camps"]],
  ["north", ["North Korea's prison camps"]],
  ["朝鮮", ["北朝鮮による日本人拉致問題"]],
  ["camps prison north korea", ["North Korea's prison camps"]],
  ["prison abductions", []],
  ["rison", []],
])("%s finds titles in any spelling that have all the words, or what begins with them", async (text, found) => {
  const year = await yearOf("North Korea's prison camps", "The abductions of Japanese citizens by the DPRK", "Enlèvements: abduction issue", "北朝鮮による日本人拉致問題");
  expect(ids(year, text).toSorted()).toEqual(found.toSorted());
});

test("whatever is looked for does no harm, and finds only what is there", async () => {
  const year = await yearOf("constructor __proto__ toString", "North Korea: prison camp", "a".repeat(5000));
  for (const text of ["(a+)+$", ".*", "[", "\\", "%", "a".repeat(100), "a ".repeat(50), "\u0000", "\ud800", "𝕏".repeat(25), "'; DROP TABLE", "<script>", "__proto__", "hasOwnProperty", "💥 💥", "ﷺ"]) expect(() => ids(year, text)).not.toThrow();
  expect(ids(year, "constructor")).toEqual(["constructor __proto__ toString"]);
  expect(ids(year, "hasOwnProperty")).toEqual([]);
  assert(property(string({ maxLength: 100 }), (text) => void ids(year, text)));
});

const long = (letters: number): string => Array.from({ length: letters / 4 }, (_, index) => String(100 + (index % 900))).join(" ");

test("a line that is damaged hides what it says, and nothing else", async () => {
  const text = yearText(await yearOf("camp", "famine", "torture"));
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (index < 2 || line === "") continue;
    for (const damaged of [line.slice(0, -1), `[{${line.slice(1)}`, line.replace(/,.*/, ",0]"), ""]) {
      const file = yearIn(lines.with(index, damaged).join("\n"));
      expect(() => [...(file?.rows() ?? []), ...["camp", "famine", "torture", "c"].flatMap((word) => [...(file?.rows(file.numbersWith(word)) ?? [])])]).not.toThrow();
      expect([damaged, file?.whole()]).toEqual([damaged, undefined]);
    }
  }
  const word = lines.findIndex((line) => line.startsWith('["camp"'));
  const file = yearIn(lines.with(word, '["camp"}').join("\n"));
  expect([file && idsIn(file, "camp"), file && idsIn(file, "famine")]).toEqual([[], ["famine"]]);
});

test("a title of thousands of letters takes no more room in the index than one of a thousand", async () => {
  const [short, longer] = await Promise.all([long(1000), long(40_000)].map((title) => withMonths(emptyYear, november, records({ id: "a", title }))));
  expect(short && longer && yearText(longer).length).toBe(short && yearText(short).length);
});

test("an item that changed is found by what it says now, and one that is gone by nothing", async () => {
  const first = await withMonths(emptyYear, november, records({ id: "a", title: "camp" }, { id: "b", title: "famine" }, { id: "c", title: "torture", ...placedAt("2026-10-01") }));
  const second = await withMonths(first, november, records({ id: "a", title: "labour", earlierTitles: ["camp"], revision: 2, language: "ko" }));
  expect(second.rows.map(({ id, language }) => [id, language])).toEqual([["a", "ko"], ["c", "en"]]);
  expect([ids(second, "labour"), ids(second, "camp"), ids(second, "famine"), ids(second, "torture")]).toEqual([["a"], ["a"], [], ["c"]]);
  expect(yearText(second)).not.toContain("famine");
  const moved = await withMonths(second, november, records({ id: "c", title: "torture", revision: 2, ...placedAt("2026-11-02") }));
  expect(moved.rows.map(({ id, at }) => [id, at])).toEqual([["c", "2026-11-02"]]);
});

test("a year in which nothing is different stays the same", async () => {
  const year = await withMonths(emptyYear, november, records({ id: "a", series: "tip" }));
  expect(await withMonths(year, november, records({ id: "a", series: "tip" }))).toBe(year);
  for (const different of [{ at: "2026-11-04" }, { source: "x" }, { language: null }, { series: "hrw" }, { revision: 2 }]) expect(await withMonths(year, november, records({ id: "a", series: "tip", ...different }))).not.toBe(year);
});

test("what is written is read again, and what another version wrote or what is cut off is not", async () => {
  const year = await withMonths(await yearOf(...korean, "a \ud800 b"), november, records({ id: "c", title: "camp \"quoted\" \\ back" }));
  const text = yearText(year);
  expect(yearIn(text)?.whole()).toEqual(year);
  expect([...(yearIn(text)?.rows() ?? [])]).toEqual(year.rows);
  expect(/^[\0-\x7f]*$/.test(text)).toBe(true);
  for (const other of [text.replace("minisearch 7", "minisearch 8"), text.slice(0, -1), text.slice(0, 10), "", "null", "[]", "{}", "{}\n", '{"format":"3 minisearch 7"}']) expect(yearIn(other)).toBeUndefined();
});

test("contents that are written are read again, and what another version wrote or what is damaged is not", () => {
  const contents = { at: "2026-11-25T12:00:00Z", from: "2020-01", years: { 2026: "a" } };
  const text = contentsText(contents);
  expect(contentsIn(text)).toMatchObject(contents);
  for (const other of [text.replace("minisearch 7", "minisearch 8"), text.slice(0, -1), "", "null", "[]", "{}", '{"format":"3 minisearch 7"}']) expect(contentsIn(other)).toBeUndefined();
});

test("a word is found without reading what is written of other words and of titles that do not have it", async () => {
  const text = yearText(await yearOf("prison camp", "famine camp", "북한인권백서"));
  const parse = vi.spyOn(JSON, "parse");
  const file = yearIn(text);
  const parsed = (word: string): number => parse.mock.calls.filter(([line]) => line.includes(word)).length;
  expect(file && ["famine", "famine camp", "인권", "famine 인권"].map((asked) => idsIn(file, asked))).toEqual([["famine camp"], ["famine camp"], ["북한인권백서"], []]);
  expect(parsed('"prison')).toBe(0);
  expect(file && idsIn(file, "prison")).toEqual(["prison camp"]);
  expect(parsed('"prison')).toBe(2);
  parse.mockRestore();
});

test("rows are the newest first, and of one moment in the order of their ids", async () => {
  const year = await withMonths(emptyYear, november, records({ id: "b" }, { id: "a" }, { id: "c", ...placedAt("2026-11-04") }));
  expect(year.rows.map(({ id }) => id)).toEqual(["c", "a", "b"]);
  expect(year.rows).toEqual(year.rows.toSorted(newestFirst));
});
