import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { itemKey, sourceKey } from "../../shared/records/keys.ts";
import { owe, owedRecords, settle } from "../../shared/records/owed.ts";
import { change, read, toRecord } from "../../shared/records/records.ts";
import type { Key, Stored, Table } from "../../shared/records/table.ts";
import { all, state } from "./parts.ts";

export interface Opened {
  readonly table: Table;
  readonly close: () => Promise<void>;
}

function record(pk: string, more: object = {}, sk = "TEST"): Stored {
  return { pk, sk, kind: "test", format: 1, revision: 1, ...more };
}

function numbered(prefix: string, count: number, more: object = {}): Stored[] {
  return Array.from({ length: count }, (_, index) => record(`${prefix}#${String(index).padStart(4, "0")}`, more));
}

const places = (keys: readonly Key[]): string[] => keys.map(({ pk }) => pk);

/** Every promise of the port Table, as tests against one table that is opened once. */
export function conformance(name: string, open: () => Promise<Opened>, { skip = false } = {}): void {
  describe.skipIf(skip)(`the table on ${name}`, () => {
    let opened: Opened;
    let table: Table;
    beforeAll(async () => {
      opened = await open();
      ({ table } = opened);
    });
    afterAll(async () => {
      await opened.close();
    });
    keyed(() => table);
    conditional(() => table);
    batched(() => table);
    indexed(() => table);
    scanned(() => table);
    limited(() => table);
    owing(() => table);
  });
}

function keyed(table: () => Table): void {
  test("a record comes back as it was stored, without what was undefined", async () => {
    const stored = record("KEYED#1", { text: "a", count: 2.5, big: 9007199254740991, yes: true, none: null, list: [1, "b", { c: [] }], map: { d: null }, set: new Set(["x", "y"]) });
    const absent: object = { gone: undefined };
    await table().putNew({ ...stored, ...absent });
    expect(await table().get(stored)).toEqual(stored);
  });

  test("an empty set is stored as nothing", async () => {
    await table().putNew(record("KEYED#2", { set: new Set(), nested: { set: new Set() } }));
    expect(await table().get({ pk: "KEYED#2", sk: "TEST" })).toEqual(record("KEYED#2", { nested: {} }));
  });

  test("a key that nobody stored has no record", async () => {
    expect(await table().get({ pk: "KEYED#none", sk: "TEST" })).toBeUndefined();
  });

  test("keys and texts of any script are kept to the letter, and sorted by their UTF-8", async () => {
    const keys = ["a", "é", "북한 인권", "🕊️", "~"];
    for (const sk of keys) await table().putNew(record("유니코드#é/🕊️", { text: `${sk}\n"\\\u0001` }, sk));
    const listed = await all(table().list("유니코드#é/🕊️"));
    expect(listed.map(({ sk }) => sk)).toEqual(["a", "~", "é", "북한 인권", "🕊️"]);
    expect(await table().get({ pk: "유니코드#é/🕊️", sk: "북한 인권" })).toEqual(record("유니코드#é/🕊️", { text: '북한 인권\n"\\\u0001' }, "북한 인권"));
  });

  test("a partition is listed in order, by prefix, and without its neighbours", async () => {
    await table().putAll(["EDITION#2020", "EDITION#2019", "EDITIO", "EDITION#", "STANDING", "EDITION$"].map((sk) => record("SERIES#one", {}, sk)));
    await table().putAll([record("SERIES#one-more", {}, "EDITION#2018"), record("SERIES#on", {}, "EDITION#2017")]);
    expect((await all(table().list("SERIES#one", "EDITION#"))).map(({ sk }) => sk)).toEqual(["EDITION#", "EDITION#2019", "EDITION#2020"]);
    expect(await all(table().list("SERIES#one"))).toHaveLength(6);
    expect(await all(table().list("SERIES#none"))).toEqual([]);
  });

  test("what was removed is gone, and removing it again does nothing", async () => {
    const removed = record("KEYED#3", { month: "2001-01", at: "2001-01-01" });
    await table().putNew(removed);
    await table().remove(removed);
    await table().remove(removed);
    expect(await table().get(removed)).toBeUndefined();
    expect(await all(table().query({ name: "month", month: "2001-01" }))).toEqual([]);
    expect(await table().putNew(removed)).toBe(true);
    await table().remove(removed);
  });
}

function conditional(table: () => Table): void {
  test("of fifty that store a new record at once exactly one does", async () => {
    const won = await Promise.all(Array.from({ length: 50 }, (_, by) => table().putNew(record("RACE#new", { by }))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await table().get({ pk: "RACE#new", sk: "TEST" })).toMatchObject({ by: won.indexOf(true) });
  });

  test("of twenty that replace one revision at once exactly one does", async () => {
    await table().putNew(record("RACE#replace"));
    const won = await Promise.all(Array.from({ length: 20 }, (_, by) => table().replace(record("RACE#replace", { revision: 2, by }))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await table().get({ pk: "RACE#replace", sk: "TEST" })).toMatchObject({ revision: 2, by: won.indexOf(true) });
  });

  test("a record is replaced from the revision that is named, and from no other", async () => {
    await table().putNew(record("REPLACE#from", { revision: 3 }));
    expect(await table().replace(record("REPLACE#from", { revision: 9, by: "stale" }), 2)).toBe(false);
    expect(await table().replace(record("REPLACE#from", { revision: 9, by: "named" }), 3)).toBe(true);
    expect(await table().get({ pk: "REPLACE#from", sk: "TEST" })).toEqual(record("REPLACE#from", { revision: 9, by: "named" }));
  });

  test("a record that is not there is not replaced", async () => {
    expect(await table().replace(record("RACE#absent", { revision: 2 }))).toBe(false);
    expect(await table().get({ pk: "RACE#absent", sk: "TEST" })).toBeUndefined();
  });

  test("of twenty changes at once every one counts", async () => {
    const key = sourceKey("race");
    await Promise.all(Array.from({ length: 20 }, () => change(table(), key, (before) => ({ ...(before ?? { ...state, id: "race" }), failures: (before?.failures ?? 0) + 1 }))));
    expect(await read(table(), key)).toMatchObject({ failures: 20, revision: 20 });
  });

  test("a change that changes nothing writes nothing", async () => {
    const key = sourceKey("same");
    expect(await change(table(), key, () => undefined)).toBeUndefined();
    expect(await read(table(), key)).toBeUndefined();
    await change(table(), key, () => ({ ...state, id: "same" }));
    await change(table(), key, (before) => before);
    expect(await read(table(), key)).toMatchObject({ revision: 1 });
  });

  test("a change that always loses its race ends with a sentence", async () => {
    const key = sourceKey("contested");
    const contested: Table = { ...table(), replace: async () => false, putNew: async () => false };
    await expect(change(contested, key, () => ({ ...state, id: "contested" }))).rejects.toThrow(/SOURCE#contested STATE was changed by others 20 times .* try again/);
  });
}

function batched(table: () => Table): void {
  test("more records than one batch takes are all stored and all read", async () => {
    const records = numbered("BATCH", 260, { text: "x" });
    await table().putAll(records);
    const found = await table().getMany([...records, { pk: "BATCH#none", sk: "TEST" }]);
    expect(places(found).sort()).toEqual(places(records));
  });

  test("a batch may name a key twice: it is read once, and of two records the last is stored", async () => {
    await table().putAll([record("TWICE", { text: "first" }), record("TWICE", { text: "last" })]);
    expect(await table().getMany([record("TWICE"), record("TWICE")])).toEqual([record("TWICE", { text: "last" })]);
  });

  test("batches of nothing do nothing", async () => {
    await table().putAll([]);
    expect(await table().getMany([])).toEqual([]);
  });

  test("large records are read and listed whole, though no answer holds them all", async () => {
    const text = "x".repeat(200_000);
    const records = Array.from({ length: 12 }, (_, index) => record("LARGE", { text, month: "2002-02", at: `2002-02-${10 + index}` }, `TEST#${10 + index}`));
    await table().putAll(records);
    expect(await table().getMany(records)).toHaveLength(12);
    expect((await all(table().list("LARGE"))).map(({ sk }) => sk)).toEqual(records.map(({ sk }) => sk));
    expect(await all(table().query({ name: "month", month: "2002-02" }))).toEqual(records);
  });
}

function indexed(table: () => Table): void {
  const days = ["2003-03-01", "2003-03-02T10:00:00Z", "2003-03-02T11:00:00Z", "2003-03-04"];

  test("a month and a series give whole records, newest last, between two ends that are included", async () => {
    await table().putAll(days.map((at, index) => record(`INDEX#${9 - index}`, { month: "2003-03", at, series: "un-test", text: "whole" })));
    await table().putAll([record("INDEX#other", { month: "2003-04", at: "2003-04-01", series: "un-test-two" })]);
    for (const index of [{ name: "month", month: "2003-03" } as const, { name: "series", series: "un-test" } as const]) {
      const found = async (range?: { from?: string; to?: string }): Promise<string[]> => places(await all(table().query(index, range)));
      expect(await found()).toEqual(["INDEX#9", "INDEX#8", "INDEX#7", "INDEX#6"]);
      expect(await found({ from: "2003-03-02T10:00:00Z" })).toEqual(["INDEX#8", "INDEX#7", "INDEX#6"]);
      expect(await found({ to: "2003-03-02T10:00:00Z" })).toEqual(["INDEX#9", "INDEX#8"]);
      expect(await found({ from: "2003-03-02", to: "2003-03-02T11:00:00Z" })).toEqual(["INDEX#8", "INDEX#7"]);
    }
    for (const pageSize of [1, 3, 100]) {
      expect(places(await all(table().query({ name: "month", month: "2003-03" }, { to: "2003-03-02T11:00:00Z", newestFirst: true, pageSize })))).toEqual(["INDEX#7", "INDEX#8", "INDEX#9"]);
    }
    const [first] = await all(table().query({ name: "month", month: "2003-03" }));
    expect(first).toEqual(await table().get({ pk: "INDEX#9", sk: "TEST" }));
  });

  test("records of one moment are all in the index", async () => {
    const records = numbered("MOMENT", 30, { month: "2004-04", at: "2004-04-04T04:04:04Z" });
    await table().putAll(records);
    expect(places(await all(table().query({ name: "month", month: "2004-04" }))).sort()).toEqual(places(records));
  });

  test("a record moves in an index, leaves it and comes back", async () => {
    const stored = record("MOVE", { month: "2005-05", at: "2005-05-05", series: "un-move" });
    const inMonth = async (month: string): Promise<string[]> => places(await all(table().query({ name: "month", month })));
    const inSeries = async (): Promise<string[]> => places(await all(table().query({ name: "series", series: "un-move" })));
    await table().putNew(stored);
    const moved: object = { month: "2005-06", at: "2005-06-06", series: undefined };
    await table().replace({ ...stored, ...moved, revision: 2 });
    expect([await inMonth("2005-05"), await inMonth("2005-06"), await inSeries()]).toEqual([[], ["MOVE"], []]);
    await table().replace({ ...stored, revision: 3 });
    expect([await inMonth("2005-05"), await inMonth("2005-06"), await inSeries()]).toEqual([["MOVE"], [], ["MOVE"]]);
  });

  test("the lean indexes hold those that owe and those that deviate, with kind and moment alone", async () => {
    const later = record("LEAN#later", { owedSince: "2006-06-02", owed: new Set(["a"]), text: "t" });
    const sooner = record("LEAN#sooner", { owedSince: "2006-06-01", owed: new Set(["b"]), nextAt: "2006-06-03" });
    await table().putAll([later, sooner, record("LEAN#neither")]);
    const owed = await all(table().query({ name: "owed" }, { to: "2006-06-30" }));
    expect(owed).toEqual([
      { pk: "LEAN#sooner", sk: "TEST", kind: "test", owedSince: "2006-06-01" },
      { pk: "LEAN#later", sk: "TEST", kind: "test", owedSince: "2006-06-02" },
    ]);
    expect(await all(table().query({ name: "deviating" }, { to: "2006-06-30" }))).toEqual([{ pk: "LEAN#sooner", sk: "TEST", kind: "test", nextAt: "2006-06-03" }]);
    expect(await table().get(sooner)).toEqual(sooner);
    for (const gone of [later, sooner]) await table().remove(gone);
    expect(await all(table().query({ name: "owed" }, { to: "2006-06-30" }))).toEqual([]);
  });
}

function byPlace(records: readonly Stored[]): Stored[] {
  return records.toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
}

function scanned(table: () => Table): void {
  test("a scan gives every record once, whole, though no answer holds them all", async () => {
    const text = "한".repeat(60_000);
    const large = Array.from({ length: 8 }, (_, index) => record(`SCAN#large-${index}`, { text }));
    const small = numbered("SCAN", 30, { owedSince: "2007-07-01", owed: new Set(["a"]), nested: { list: [null, 1, { set: new Set(["b"]) }] } });
    const one = record("SCAN#partition", { text: "one" }, "A");
    const other = record("SCAN#partition", { text: "other" }, "B");
    const stored = [...large, ...small, one, other];
    await table().putAll(stored);
    const found = (await all(table().scan())).filter(({ pk }) => pk.startsWith("SCAN#"));
    expect(byPlace(found)).toEqual(byPlace(stored));
    for (const { pk, sk } of stored) await table().remove({ pk, sk });
    expect((await all(table().scan())).filter(({ pk }) => pk.startsWith("SCAN#"))).toEqual([]);
  });
}

function limited(table: () => Table): void {
  test.each([
    ["Latin", "x", 1],
    ["Korean", "한", 3],
  ])("a record of just under 400 KB of %s text is stored, and one over it is refused with a sentence", async (script, letter, letterBytes) => {
    const most = Math.floor((400 * 1024 - 200) / letterBytes);
    const under = record(`BIG#${script}`, { text: letter.repeat(most) });
    expect(await table().putNew(under)).toBe(true);
    expect(await table().get(under)).toEqual(under);
    const over = record(`BIG#${script}#over`, { text: letter.repeat(most + 200) });
    await expect(table().putNew(over)).rejects.toThrow(/BIG#\w+#over TEST has 401 KB; the table takes at most 400 KB/);
    expect(await table().get(over)).toBeUndefined();
  });

  test.each([[new Date(0)], [Number.NaN], [10n], [new Set([1])], [() => 1]])("a value that no table holds (%s) is refused by name", async (value) => {
    await expect(table().putNew(record("ODD", { odd: value }))).rejects.toThrow(/"odd"/);
  });
}

function owing(table: () => Table): void {
  const owedIds = async (id: string): Promise<string[]> => [...((await read(table(), sourceKey(id)))?.owed ?? [])].sort();
  const isInIndex = async (id: string): Promise<boolean> => (await all(owedRecords(table()))).some(({ pk }) => pk === sourceKey(id).pk);
  const store = async (id: string, alerts: readonly string[]): Promise<void> => {
    const content = alerts.reduce((owed, alert) => owe(owed, alert, "2026-11-24T10:00:00Z"), { ...state, id });
    await table().putNew(toRecord(sourceKey(id), content));
  };

  test("two alerts owed at once are settled one by one, and the record leaves the index with the last", async () => {
    await store("two", ["a", "b"]);
    expect(await settle(table(), sourceKey("two"), "a")).toBe(true);
    expect([await owedIds("two"), await isInIndex("two")]).toEqual([["b"], true]);
    expect(await settle(table(), sourceKey("two"), "a")).toBe(false);
    expect(await settle(table(), sourceKey("two"), "b")).toBe(true);
    expect([await owedIds("two"), await isInIndex("two")]).toEqual([[], false]);
    expect(await read(table(), sourceKey("two"))).toEqual(toRecord(sourceKey("two"), { ...state, id: "two" }, { ...record(""), revision: 2 }));
  });

  test("settling a record that is not there is no error", async () => {
    expect(await settle(table(), itemKey("nothing"), "a")).toBe(false);
  });

  test("while alerts are settled others come to be owed, and none is lost", async () => {
    const old = Array.from({ length: 8 }, (_, index) => `old-${index}`);
    const fresh = Array.from({ length: 8 }, (_, index) => `fresh-${index}`);
    const key = sourceKey("busy");
    await store("busy", old);
    await Promise.all([
      ...old.map((alert) => settle(table(), key, alert)),
      ...fresh.map((alert) => change(table(), key, (before) => before && owe(before, alert, "2026-11-24T11:00:00Z"))),
    ]);
    expect([await owedIds("busy"), await isInIndex("busy")]).toEqual([fresh, true]);
    await Promise.all(fresh.map((alert) => settle(table(), key, alert)));
    expect([await owedIds("busy"), await isInIndex("busy")]).toEqual([[], false]);
  });
}
