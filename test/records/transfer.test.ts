import * as fc from "fast-check";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenTable, openTable } from "../../local/table.ts";
import { systemClock } from "../../shared/clock.ts";
import type { EditionRecord, Ring } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { alertKey, editionKey, installKey, planKey, sourceKey, subscriptionKey } from "../../shared/records/keys.ts";
import { fromLine, LineError, toLine } from "../../shared/records/lines.ts";
import { owe, settle } from "../../shared/records/owed.ts";
import { change, type Content, type Kind, read, type Records, toRecord } from "../../shared/records/records.ts";
import { subscribe, subscriptionId, unsubscribe } from "../../shared/records/subscriptions.ts";
import type { Stored, Table } from "../../shared/records/table.ts";
import { exportedRecords, type Imported, type ImportSettings, importRecords } from "../../shared/records/transfer.ts";
import { all, state } from "./parts.ts";

const settings: ImportSettings = { replace: false, takeOwed: false, perSecond: Number.POSITIVE_INFINITY, clock: systemClock };
const at = "2026-11-24T10:00:00Z";
const key = sourceKey("s");

let folder: string;
let opened: OpenTable[] = [];
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-transfer-"));
});
afterAll(async () => {
  for (const { close } of opened) await close();
  opened = [];
  await rm(folder, { recursive: true });
});
async function freshTable(): Promise<Table> {
  const open = await openTable(join(folder, String(count++)));
  opened.push(open);
  return open.table;
}
async function emptied(table: Table): Promise<Table> {
  for (const record of await all(table.scan())) await table.remove(record);
  return table;
}

/** The export as lines, and as what an import takes. */
async function exported(table: Table): Promise<{ lines: string[]; records: Records[Kind][] }> {
  const lines = (await exportedRecords(table)).map(toLine);
  return { lines, records: lines.map(fromLine) };
}
const move = async (from: Table, to: Table, over: Partial<ImportSettings> = {}): Promise<Imported> => importRecords(to, (await exported(from)).records, { ...settings, ...over });

const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("북한 인권", '"\\\n', "$set", ""));
const name = fc.stringMatching(/^[a-zA-Z$][a-zA-Z0-9$]{0,8}$/);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((number) => (Object.is(number, -0) || Math.abs(number) < 1e-100 ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.uniqueArray(text, { minLength: 1, maxLength: 4 }).map((members) => new Set(members)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(name, fc.constantFrom("$set", "$map")), tie("value"), { maxKeys: 4 }).map((map) => ({ ...map })),
  ),
}));
const kinds: readonly Kind[] = ["item", "edition", "source", "subscription", "alert", "install", "plan"];
const someFields = fc.dictionary(name.filter((one) => !["pk", "sk", "kind", "format", "revision", "month", "at", "series", "nextAt", "owed", "owedSince", "owedMark", "deviatingMark"].includes(one)), value, { maxKeys: 6 });
const someRecord = fc
  .record({ pk: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), sk: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), kind: fc.constantFrom(...kinds), revision: fc.integer({ min: 1, max: 1e6 }), fields: someFields, index: fc.constantFrom({}, { month: "2026-11", at: "2026-11-24" }, { nextAt: "2026-11-24T00:00:00Z" }) })
  .map(({ fields: own, index, ...record }): Stored => ({ ...own, ...index, ...record, format: 1 }));
const someRecords = fc.uniqueArray(someRecord, { selector: ({ pk, sk }) => `${pk}\n${sk}`, maxLength: 12 });

describe("export and import", () => {
  test("an export that is imported and exported again is the same, whatever the table held; importing twice changes nothing", async () => {
    const [from, to] = [await freshTable(), await freshTable()];
    await fc.assert(
      fc.asyncProperty(someRecords, async (records) => {
        await emptied(from);
        await emptied(to);
        await from.putAll(records);
        const { lines } = await exported(from);
        expect(lines).toHaveLength(records.length);
        expect(await move(from, to)).toEqual({ added: records.length, changed: 0, same: 0, kept: 0, owedElsewhere: 0 });
        expect((await exported(to)).lines).toEqual(lines);
        expect(await move(from, to)).toMatchObject({ added: 0, changed: 0, kept: 0 });
        expect((await exported(to)).lines).toEqual(lines);
      }),
      { numRuns: 30 },
    );
  });

  test("a line gives the record back, with its sets, whatever it holds", () => {
    fc.assert(
      fc.property(someRecord, (record) => {
        expect(fromLine(toLine(record))).toEqual(record);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["", "is not JSON"],
    ["[1]", "is not JSON, or not an object"],
    ['{"pk":"A","sk":"B"}', "is no record"],
    ['{"pk":"","sk":"B","kind":"item","format":1,"revision":1}', "is no record"],
    ['{"pk":"A","sk":"B","kind":"star","format":1,"revision":1}', 'of kind "star"'],
    ['{"pk":"A","sk":"B","kind":"toString","format":1,"revision":1}', 'of kind "toString"'],
    ['{"pk":"A","sk":"B","kind":"item","format":99,"revision":1}', "format 99"],
  ])("%j is refused", (line, hint) => {
    expect(() => fromLine(line)).toThrow(LineError);
    expect(() => fromLine(line)).toThrow(hint);
  });
});

describe("a record that the table has already", () => {
  async function both(file: number, here: number, over: Partial<ImportSettings> = {}): Promise<{ imported: Imported; stored: Stored | undefined }> {
    const [from, to] = [await emptied(first), await emptied(second)];
    await from.putNew({ ...toRecord(key, { ...state, id: "s", etag: "file" }), revision: file });
    await to.putNew({ ...toRecord(key, { ...state, id: "s", etag: "here" }), revision: here });
    return { imported: await move(from, to, over), stored: await to.get(key) };
  }
  let first: Table;
  let second: Table;
  beforeAll(async () => {
    [first, second] = [await freshTable(), await freshTable()];
  });

  test("is changed where the file's is newer, and takes over how often that was written", async () => {
    expect(await both(7, 3)).toMatchObject({ imported: { changed: 1 }, stored: { etag: "file", revision: 7 } });
  });
  test("is kept where it is as new or newer", async () => {
    expect(await both(3, 3)).toMatchObject({ imported: { kept: 1 }, stored: { etag: "here", revision: 3 } });
    expect(await both(3, 4)).toMatchObject({ imported: { kept: 1 }, stored: { etag: "here", revision: 4 } });
  });
  test("is changed all the same where that is asked for, and is newer than it was", async () => {
    expect(await both(3, 9, { replace: true })).toMatchObject({ imported: { changed: 1 }, stored: { etag: "file", revision: 10 } });
  });

  test("that others change meanwhile is looked at again", async () => {
    const [from, to] = [await emptied(first), await emptied(second)];
    await from.putNew({ ...toRecord(key, { ...state, id: "s", etag: "file" }), revision: 9 });
    await to.putNew(toRecord(key, { ...state, id: "s", etag: "here" }));
    let raced = false;
    const racing: Table = {
      ...to,
      async replace(record, previous) {
        if (!raced) await change(to, key, (before) => ({ ...(before ?? { ...state, id: "s" }), failures: 1 }));
        raced = true;
        return to.replace(record, previous);
      },
    };
    expect(await move(from, racing)).toMatchObject({ changed: 1 });
    expect(await to.get(key)).toMatchObject({ etag: "file", revision: 9 });
    const lost: Table = { ...to, replace: async () => false };
    await expect(move(from, { ...lost, getMany: async () => [], putNew: async () => false, get: async () => undefined })).rejects.toThrow(/SOURCE#s STATE was changed by others 20 times/);
  });

  test("keeps its own install and plan, also where the file's stand in place of the rest", async () => {
    const [from, to] = [await emptied(first), await emptied(second)];
    for (const [table, minute, moment] of [[from, 5, "2020-01-01"], [to, 1, "2026-01-01"]] as const) {
      await table.putNew({ ...toRecord(planKey, { minute }), revision: minute });
      await table.putNew({ ...toRecord(installKey, { at: moment }), revision: minute });
    }
    expect(await move(from, to, { replace: true })).toMatchObject({ kept: 2 });
    expect([await read(to, planKey), await read(to, installKey)]).toMatchObject([{ minute: 1 }, { at: "2026-01-01" }]);
  });

  test("keeps a subscription ended that was ended after the file was written, and begins one that began again later", async () => {
    const [from, to] = [await emptied(first), await emptied(second)];
    const asked = { protocol: "email", address: "ada@example.org", wishes: { series: [], publishers: [], kinds: [], languages: [] }, language: "en" } as const;
    const place = subscriptionKey(subscriptionId("email", "ada@example.org"));
    for (const language of ["en", "ko", "fr", "en"]) await subscribe(from, { ...asked, language }, "2026-01-01T00:00:00Z");
    await subscribe(to, asked, "2026-01-01T00:00:00Z");
    await unsubscribe(to, "email", "ada@example.org", "2026-02-01T00:00:00Z");
    expect(await move(from, to, { replace: true })).toMatchObject({ kept: 1 });
    expect(await read(to, place)).toMatchObject({ state: "ended" });
    await unsubscribe(from, "email", "ada@example.org", "2026-02-02T00:00:00Z");
    await subscribe(from, asked, "2026-03-01T00:00:00Z");
    expect(await move(from, to)).toMatchObject({ changed: 1 });
    expect(await read(to, place)).toMatchObject({ state: "active", since: "2026-03-01T00:00:00Z" });
  });
});

async function owing(table: Table, ...alerts: string[]): Promise<void> {
  await table.putNew(toRecord(key, alerts.reduce((owed, alert) => owe(owed, alert, at), { ...state, id: "s" })));
}
function sent(alert: string): Stored {
  const fields: object = { id: alert, facts: {}, composed: {}, sent: at, messageIds: [] };
  return { ...fields, ...alertKey(alert), format: 1, revision: 1 };
}

describe("alerts that are owed", () => {
  let from: Table;
  let to: Table;
  beforeAll(async () => {
    [from, to] = [await freshTable(), await freshTable()];
  });
  const owedThere = async (): Promise<string[]> => [...((await read(to, key))?.owed ?? [])].toSorted();

  test("stay with the table that the file comes from, which still owes them", async () => {
    await owing(await emptied(from), "a", "b");
    await emptied(to);
    expect(await move(from, to)).toMatchObject({ added: 1, owedElsewhere: 2 });
    expect(await owedThere()).toEqual([]);
    expect(await all(to.query({ name: "owed" }))).toEqual([]);
    expect((await read(from, key))?.owed).toEqual(new Set(["a", "b"]));
  });

  test("are not lost where the table owes others on a record that the file changes", async () => {
    await owing(await emptied(to), "here");
    await emptied(from);
    await from.putNew({ ...toRecord(key, owe({ ...state, id: "s", etag: "new" }, "file", "2026-11-20T10:00:00Z")), revision: 5 });
    expect(await move(from, to)).toMatchObject({ changed: 1, owedElsewhere: 1 });
    expect(await read(to, key)).toMatchObject({ etag: "new", owed: new Set(["here"]), owedSince: at });
  });

  test("are taken over when that is asked for, but for those that were sent, and once", async () => {
    await owing(await emptied(from), "sent-there", "sent-here", "unsent");
    await emptied(to);
    for (const [table, alert] of [[from, "sent-there"], [to, "sent-here"]] as const) await table.putNew(sent(alert));
    expect(await move(from, to)).toMatchObject({ owedElsewhere: 3 });
    expect(await owedThere()).toEqual([]);
    expect(await move(from, to, { takeOwed: true })).toMatchObject({ added: 0, changed: 1, owedElsewhere: 2 });
    expect([await owedThere(), (await all(to.query({ name: "owed" }))).length]).toEqual([["unsent"], 1]);
    expect(await move(from, to, { takeOwed: true })).toMatchObject({ added: 0, changed: 0 });
    await to.putNew(sent("unsent"));
    await settle(to, key, "unsent");
    await move(from, to, { takeOwed: true, replace: true });
    expect(await owedThere()).toEqual([]);
  });
});

const ring = (alert: string, when: string): Ring => ({ alert, kind: "edition", at: when, update: false, basis: "release", title: `Title of ${alert}`, url: null, published: null, symbol: null, language: "en", source: "s", why: [] });

describe("what an owed alert is to say", () => {
  const place = editionKey("tip", "2026");
  const [early, late] = [ring("edition:tip:2026", "2026-11-24T10:00:00Z"), ring("edition:tip:2026:document", "2026-11-25T10:00:00Z")];
  const edition: Content<EditionRecord> = { ...placedAt("2026-11-24"), series: "tip", key: "2026", year: 2026, status: "out", basis: "release", title: "Report", url: null, symbol: null, published: null, firstSeen: at, sightings: [], sightingCount: 0, silent: false, rings: [] };
  let from: Table;
  let to: Table;
  beforeAll(async () => {
    [from, to] = [await freshTable(), await freshTable()];
  });
  async function put(table: Table, revision: number, owes: readonly Ring[], rings: readonly Ring[] = owes): Promise<void> {
    await emptied(table);
    const content = owes.reduce((record, { alert, at: since }) => owe(record, alert, since), { ...edition, rings, title: `Report ${revision}` });
    await table.putNew({ ...toRecord(place, content), revision });
  }
  const there = async (): Promise<[string, string[], string[]] | undefined> => {
    const record = await read(to, place);
    return record && [record.title, [...(record.owed ?? [])].toSorted(), record.rings.map(({ alert }) => alert)];
  };

  test("stays where the table owes it and the file, written more often, knows nothing of it", async () => {
    await put(from, 9, []);
    await put(to, 2, [early]);
    expect(await move(from, to)).toMatchObject({ changed: 1 });
    expect(await there()).toEqual(["Report 9", [early.alert], [early.alert]]);
    expect(await move(from, to)).toMatchObject({ changed: 0 });
    expect(await move(from, to, { replace: true })).toMatchObject({ changed: 0 });
  });

  test("comes with it where the file's is taken over by a record that was written more often", async () => {
    await put(from, 2, [early]);
    await put(to, 9, []);
    expect(await move(from, to, { takeOwed: true })).toMatchObject({ changed: 1 });
    expect(await there()).toEqual(["Report 9", [early.alert], [early.alert]]);
    expect(await move(from, to, { takeOwed: true })).toMatchObject({ changed: 0 });
  });

  test("is kept of both sides, in the order in which they rang, and of nothing that is owed no more", async () => {
    await put(from, 9, [late]);
    await put(to, 2, [early], [ring("sent", "2026-11-23T10:00:00Z"), early]);
    await move(from, to, { takeOwed: true });
    expect(await there()).toEqual(["Report 9", [early.alert, late.alert], [early.alert, late.alert]]);
  });

  test("of a source's health stays as well", async () => {
    const told = { alert: "health:s:blocked", at, title: "It cannot be read", why: [], health: "blocked" } as const;
    await emptied(from);
    await emptied(to);
    await from.putNew({ ...toRecord(key, { ...state, id: "s", etag: "file" }), revision: 9 });
    await to.putNew(toRecord(key, owe({ ...state, id: "s", told }, told.alert, at)));
    expect(await move(from, to)).toMatchObject({ changed: 1 });
    expect(await read(to, key)).toMatchObject({ etag: "file", told, owed: new Set([told.alert]) });
  });
});

test("writes are paced, and what is there already costs no time", async () => {
  const [from, to] = [await freshTable(), await freshTable()];
  const records = Array.from({ length: 95 }, (_, index) => toRecord(sourceKey(`s-${index}`), { ...state, id: `s-${index}` }));
  await from.putAll(records);
  const progress: number[] = [];
  let now = 0;
  const clock = { now: () => now, sleep: async (ms: number) => void (now += ms) };
  const paced = { perSecond: 20, clock, onProgress: (done: number) => void progress.push(done) };
  expect(await move(from, to, paced)).toMatchObject({ added: 95 });
  expect([now, progress]).toEqual([4750, [20, 40, 60, 80, 95]]);
  expect(await move(from, to, paced)).toMatchObject({ same: 95 });
  expect(now).toBe(4750);
});
