import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenTable, openTable } from "../../local/table.ts";
import { type EditionRecord, editionsOf, type Sighting, withSighting } from "../../shared/records/editions.ts";
import { history, months, placedAt } from "../../shared/records/history.ts";
import { installedAt } from "../../shared/records/install.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { alertKey, editionKey, installKey, itemKey, sourceKey, subscriptionKey } from "../../shared/records/keys.ts";
import { owe, owedRecords, type Owing, paid, settle } from "../../shared/records/owed.ts";
import { change, type Content, read, readMany, toRecord } from "../../shared/records/records.ts";
import { readStates, writeStates } from "../../shared/records/sources.ts";
import type { Table } from "../../shared/records/table.ts";
import { all, state } from "./parts.ts";

let folder: string;
let opened: OpenTable;
let table: Table;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-records-"));
  opened = await openTable(folder);
  ({ table } = opened);
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

const sighting: Sighting = { item: "i0", role: "release", source: "s", at: "2021-07-01T18:40:00Z", title: "A report", url: null };
const edition: Content<EditionRecord> = {
  ...placedAt("2021-07-01T18:40:00Z"),
  series: "us-state-tip-report",
  key: "2021",
  year: 2021,
  status: "out",
  basis: "release",
  title: "A report",
  url: null,
  symbol: null,
  published: null,
  firstSeen: "2021-07-01T18:40:00Z",
  sightings: [],
  sightingCount: 0,
  silent: false,
  rings: [],
};
test("the keys are those that the table is documented to have", () => {
  const keys = [itemKey("1"), editionKey("un-a", "2020"), sourceKey("s"), subscriptionKey("1"), alertKey("edition:un-a:2020"), installKey];
  expect(keys.map(({ pk, sk }) => `${pk} ${sk}`)).toEqual([
    "ITEM#1 ITEM",
    "SERIES#un-a EDITION#2020",
    "SOURCE#s STATE",
    "SUBSCRIPTIONS SUBSCRIPTION#1",
    "ALERT#edition:un-a:2020 ALERT",
    "INSTALL INSTALL",
  ]);
});

test("what a record owes is a set, and since when is said once", () => {
  const clean: Owing = {};
  const first = owe(clean, "a", "2026-01-01");
  const second = owe(first, "b", "2026-01-02");
  expect(second).toEqual({ owed: new Set(["a", "b"]), owedSince: "2026-01-01" });
  expect(first).toEqual({ owed: new Set(["a"]), owedSince: "2026-01-01" });
  expect(paid(second, "a")).toEqual({ owed: new Set(["b"]), owedSince: "2026-01-01" });
  expect(paid(first, "a")).toEqual({});
  expect(paid(first, "b")).toBe(first);
});

test("the records that owe are found across kinds, the longest owing first", async () => {
  await change(table, editionKey("un-a", "2020"), () => owe({ ...edition, series: "un-a", key: "2020" }, "e", "2020-01-03"));
  await change(table, sourceKey("owing"), () => owe({ ...state, id: "owing" }, "h", "2020-01-02"));
  expect(await all(owedRecords(table))).toEqual([sourceKey("owing"), editionKey("un-a", "2020")]);
  for await (const key of owedRecords(table)) for (const alert of (await read(table, key))?.owed ?? []) await settle(table, key, alert);
  expect(await all(owedRecords(table))).toEqual([]);
});

test("a sighting of a known item is not counted again, and beyond fifty they are only counted", () => {
  const once = withSighting(edition, sighting);
  expect(withSighting(once, { ...sighting, title: "Edited" })).toBe(once);
  let many = once;
  for (let index = 1; index < 60; index++) many = withSighting(many, { ...sighting, item: `i${index}` });
  expect([many.sightings.length, many.sightingCount, many.sightings[49]?.item]).toEqual([50, 60, "i49"]);
});

test("the editions of a series come in the order of their keys", async () => {
  for (const key of ["2021", "2019", "2020~abc"]) await change(table, editionKey("un-order", key), () => ({ ...edition, series: "un-order", key }));
  expect((await editionsOf(table, "un-order")).map(({ key }) => key)).toEqual(["2019", "2020~abc", "2021"]);
});

test("the install is the moment of the first run for ever", async () => {
  expect(await installedAt(table, "2026-11-24T00:00:00Z")).toBe("2026-11-24T00:00:00Z");
  expect(await installedAt(table, "2027-11-24T00:00:00Z")).toBe("2026-11-24T00:00:00Z");
});

test("months run over the end of a year", () => {
  expect(months("2019-11-30", "2020-02-01T00:00:00Z")).toEqual(["2019-11", "2019-12", "2020-01", "2020-02"]);
  expect(months("2020-02", "2020-01")).toEqual([]);
});

test("the history of a span has its last day whole, by month and by series", async () => {
  const item: Content<ItemRecord> = { ...placedAt("2015-01-31T23:00:00Z"), series: "un-h", id: "h1", title: "t", url: null, published: null, symbol: null, seen: "x", source: "s", language: null, relevance: "series", edition: "2015", role: "release", why: [], earlierTitles: [] };
  await change(table, itemKey("h1"), () => item);
  await change(table, itemKey("h2"), () => ({ ...item, ...placedAt("2015-02-01"), id: "h2", series: undefined }));
  await change(table, editionKey("un-h", "2015"), () => ({ ...edition, ...placedAt("2015-01-31"), series: "un-h", key: "2015" }));
  const found = async (span: Parameters<typeof history>[1]): Promise<string[]> => (await all(history(table, span))).map(({ pk }) => pk);
  expect(await found({ from: "2015-01-31", to: "2015-01-31" })).toEqual(["SERIES#un-h", "ITEM#h1"]);
  expect(await found({ from: "2014-12-01", to: "2015-02-01" })).toEqual(["SERIES#un-h", "ITEM#h1", "ITEM#h2"]);
  expect(await found({ from: "2014-12-01", to: "2015-02-01", series: "un-h" })).toEqual(["SERIES#un-h", "ITEM#h1"]);
  expect(await found({ from: "2015-01-31T23:30:00Z", to: "2015-01-31T23:59:00Z" })).toEqual([]);
});

test("states are stored for the first time and again, and read by id", async () => {
  await writeStates(table, ["w1", "w2"].map((id) => ({ before: undefined, after: { ...state, id } })));
  const before = await readStates(table, ["w1", "w2", "w3"]);
  await writeStates(table, [...before.values()].map((stored) => ({ before: stored, after: { ...stored, failures: 1, nextAt: "2026-11-25" } })));
  expect([...(await readStates(table, ["w1", "w2"])).values()].map(({ failures, revision }) => [failures, revision])).toEqual([[1, 2], [1, 2]]);
});

test("what was settled while a source was read stays settled, and what its reading owes is owed", async () => {
  const before = await change(table, sourceKey("met"), () => owe({ ...state, id: "met" }, "old", "2026-11-24"));
  await settle(table, sourceKey("met"), "old");
  await writeStates(table, [{ before, after: owe({ ...before, failures: 3 }, "new", "2026-11-25") }]);
  expect(await read(table, sourceKey("met"))).toMatchObject({ failures: 3, owed: new Set(["new"]), revision: 3 });
});

test("what two readings of a source at one moment both tell is not owed again once it was settled", async () => {
  const before = await change(table, sourceKey("twice"), () => ({ ...state, id: "twice" }));
  const told = { alert: "lost", at: "2026-11-25", title: "Lost", why: [], health: "failing" as const };
  const after = owe({ ...before, failures: 3, told }, "lost", "2026-11-25");
  await writeStates(table, [{ before, after }]);
  await settle(table, sourceKey("twice"), "lost");
  await writeStates(table, [{ before, after }]);
  expect((await read(table, sourceKey("twice")))?.owed).toBeUndefined();
});

test("what another reading told of a source meanwhile stays told where this one could read it", async () => {
  const told = { alert: "lost", at: "2026-11-25", title: "It cannot be read", why: [], health: "failing" } as const;
  const before = await change(table, sourceKey("told"), () => ({ ...state, id: "told" }));
  await writeStates(table, [{ before, after: owe({ ...before, failures: 3, told }, "lost", "2026-11-25") }]);
  await writeStates(table, [{ before, after: { ...before, failures: 0 } }]);
  expect(await read(table, sourceKey("told"))).toMatchObject({ failures: 0, told });
});

test("a record of another kind or of a newer format is refused with a sentence", async () => {
  const key = sourceKey("odd");
  await table.putAll([{ ...toRecord(key, { ...state, id: "odd" }), format: 2 }]);
  await expect(read(table, key)).rejects.toThrow(/SOURCE#odd STATE has format 2, and this program reads 1\. A newer version wrote it: update this one/);
  await table.putAll([{ ...key, kind: "item", format: 1, revision: 1 }]);
  await expect(readMany(table, [key])).rejects.toThrow(/SOURCE#odd STATE is of kind "item" where "source" belongs/);
});
