import { afterEach, beforeEach, expect, test } from "vitest";
import { monthsRead } from "../../infra/cost/readers.ts";
import { openMemoryTable } from "../../local/table.ts";
import { contentsIn, contentsName } from "../../shared/readers/item-index.ts";
import { keepItems } from "../../shared/readers/keep-items.ts";
import { yearIn, type YearFile } from "../../shared/readers/year-file.ts";
import { placedAt } from "../../shared/records/history.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { editionKey, itemKey } from "../../shared/records/keys.ts";
import { change, toRecord } from "../../shared/records/records.ts";
import { jumpingClock } from "../intake/clock.ts";
import { edition, item } from "../records/parts.ts";
import { memoryFiles } from "./memory-files.ts";

let memory: Awaited<ReturnType<typeof openMemoryTable>>;
beforeEach(async () => void (memory = await openMemoryTable()));
afterEach(() => memory.close());

const files = memoryFiles();
const clock = jumpingClock(Date.parse("2026-11-25T12:00:00Z"));
beforeEach(() => {
  files.held.clear();
  files.asked();
  clock.set(Date.parse("2026-11-25T12:00:00Z"));
});
const keep = (): Promise<void> => keepItems({ table: memory.table, files, clock });
/** Until the index is whole. */
async function keepAll(): Promise<void> {
  do await keep();
  while (contents()?.from !== "1990-01");
}
const put = (...items: (Partial<ItemRecord> & Pick<ItemRecord, "id">)[]): Promise<void> => memory.table.putAll(items.map((one) => toRecord(itemKey(one.id), { ...item, ...one })));
const fill = (month: string, count: number): Promise<void> => put(...Array.from({ length: count }, (_, index) => ({ id: `${month}-${index}`, ...placedAt(`${month}-05`) })));
const contents = () => contentsIn(files.held.get(contentsName) ?? "");
const fileOf = (year: string): YearFile | undefined => yearIn(files.held.get(`items-${year}.json`) ?? "");
const idsOf = (year: string): string[] => Array.from(fileOf(year)?.rows() ?? [], ({ id }) => id);
const found = (year: string, text: string): number => fileOf(year)?.numbersWith(text).size ?? 0;

test("the index holds all items of all years, and no editions, and says that it is whole", async () => {
  await put({ id: "a", ...placedAt("2026-11-03") }, { id: "b", ...placedAt("2026-12-01") }, { id: "c", ...placedAt("1994-05-06") }, { id: "d", ...placedAt("2021-02-03T10:00:00Z"), title: "famine" });
  await memory.table.putAll([toRecord(editionKey("tip", "2026"), { ...edition, series: "tip", key: "2026", ...placedAt("2026-11-04") })]);
  await keepAll();
  expect(contents()).toMatchObject({ at: "2026-11-25T12:00:00.000Z", from: "1990-01" });
  expect(Object.keys(contents()?.years ?? {})).toEqual(["1994", "2021", "2026"]);
  expect([idsOf("2026"), idsOf("2021"), idsOf("1994")]).toEqual([["b", "a"], ["d"], ["c"]]);
  expect(found("2021", "famine")).toBe(1);
});

test("the index of a table with few items is whole at the first look, however old they are, and has at the next what came late, of two years", async () => {
  await put({ id: "a", ...placedAt("2026-11-03") }, { id: "b", ...placedAt("1994-05-06") });
  await keep();
  expect([contents()?.from, idsOf("1994")]).toEqual(["1990-01", ["b"]]);
  await put({ id: "late", ...placedAt("2025-02-06") });
  await keep();
  expect(idsOf("2025")).toEqual(["late"]);
});

test("where nothing came no year is written again, and where something came its year alone", async () => {
  await put({ id: "a", ...placedAt("2026-11-03") }, { id: "d", ...placedAt("2021-02-03") });
  await keepAll();
  files.asked();
  await keep();
  expect(files.asked().filter((one) => one.startsWith("write"))).toEqual(["write items.json"]);
  await put({ id: "new", ...placedAt("2026-11-25T11:59:00Z") });
  await keep();
  expect(files.asked().filter((one) => one.startsWith("write"))).toEqual(["write items-2026.json", "write items.json"]);
  expect(idsOf("2026")).toEqual(["new", "a"]);
});

test("what comes late, changes or goes in an old month is found within a day", async () => {
  await put({ id: "a", ...placedAt("2003-03-03") }, { id: "b", ...placedAt("2003-04-03") });
  await keepAll();
  await put({ id: "late", ...placedAt("1999-09-09") });
  await change(memory.table, itemKey("a"), (record) => record && { ...record, title: "famine" });
  await memory.table.remove(itemKey("b"));
  for (let runs = 0; runs < 24 * 6 && !(idsOf("1999").length === 1 && idsOf("2003").length === 1); runs++) {
    clock.set(clock.now() + 10 * 60_000);
    await keep();
  }
  expect([idsOf("1999"), idsOf("2003")]).toEqual([["late"], ["a"]]);
  expect(found("2003", "famine")).toBe(1);
});

test("with more items than are read at a time the index grows backwards, and says how far it is", async () => {
  await put(...["2024-05", "2023-04"].flatMap((month) => Array.from({ length: 1500 }, (_, index) => ({ id: `${month} ${index}`, ...placedAt(`${month}-01`) }))), { id: "old", ...placedAt("2022-03-01") });
  const froms: string[] = [];
  for (let runs = 0; runs < 3; runs++) {
    await keep();
    froms.push(contents()?.from ?? "");
  }
  expect(froms).toEqual(["2023-01", "1990-01", "1990-01"]);
  expect([idsOf("2023").length, idsOf("2022")]).toEqual([1500, ["old"]]);
});

test.each([
  ["lost", () => void files.held.delete("items-2021.json")],
  ["damaged", () => void files.held.set("items-2021.json", "{")],
  ["damaged within", () => void files.held.set("items-2021.json", (files.held.get("items-2021.json") ?? "").replace(/^(\[".*)\]$/m, "$1}"))],
  ["of another version", () => void files.held.set("items-2021.json", (files.held.get("items-2021.json") ?? "").replace("minisearch 7", "minisearch 6"))],
])("an index with a file that is %s is made anew", async (_, harm) => {
  await put({ id: "a", ...placedAt("2026-11-03") }, { id: "b", ...placedAt("2021-04-03") });
  await keepAll();
  harm();
  await put({ id: "c", ...placedAt("2021-05-03") });
  for (let runs = 0; runs < 150 && (idsOf("2021").length < 2 || contents()?.from !== "1990-01"); runs++) {
    clock.set(clock.now() + 10 * 60_000);
    await keep();
  }
  expect([idsOf("2021"), idsOf("2026"), contents()?.from]).toEqual([["c", "b"], ["a"], "1990-01"]);
});

test("contents of another version are made anew", async () => {
  await put({ id: "b", ...placedAt("2021-04-03") });
  await keepAll();
  files.held.set(contentsName, (files.held.get(contentsName) ?? "").replace("minisearch 7", "minisearch 6"));
  await keepAll();
  expect([idsOf("2021"), contents()?.from]).toEqual([["b"], "1990-01"]);
});

test.each([
  [0, 28],
  [200, 9],
])("where %i items come in a month, as many months are asked for as the bill reckons: %i", async (aMonth, queries) => {
  clock.set(Date.parse("2026-11-15T12:00:00Z"));
  await fill("2026-11", aMonth / 2);
  for (const month of ["2026-10", "2026-09", "2026-08", "2026-07", "2026-06"]) await fill(month, aMonth);
  await keepAll();
  const asked = new Set<string>();
  const table: typeof memory.table = { ...memory.table, query: (index, ...range) => (index.name === "month" && asked.add(index.month), memory.table.query(index, ...range)) };
  await keepItems({ table, files, clock });
  expect([asked.size, monthsRead(aMonth).queries]).toEqual([queries, queries]);
});
