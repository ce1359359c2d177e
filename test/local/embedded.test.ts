import database, { type Store } from "dynalite/db/index.js";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Embedded, openEmbedded } from "../../local/embedded.ts";
import { dynamoBy } from "../../local/wire.ts";
import { ensureTable } from "../../shared/records/definition.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";
import type { Stored, Table } from "../../shared/records/table.ts";

let folder: string;
let files: Store;
let embedded: Embedded;
let table: Table;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-embedded-"));
  const { create } = database;
  database.create = (options) => (files = create(options));
  const opened = await openEmbedded(join(folder, "table"), "almanac");
  database.create = create;
  if (!opened) throw new Error("The new folder is locked.");
  embedded = opened;
  await ensureTable(dynamoBy(embedded.ask), "almanac");
  table = createTable(dynamoBy(embedded.ask), "almanac");
});
afterEach(async () => {
  await embedded.close();
  await rm(folder, { recursive: true });
});

/** Lets so many more writes reach the disk, and then none, until the disk is emptied. */
function fillDiskAfter(writes: number): () => void {
  const { put, del, batch } = files.db;
  const full = new Error("IO error: No space left on device");
  let left = writes;
  files.db.put = (key, value, done) => (left-- > 0 ? put(key, value, done) : done(full));
  files.db.del = (key, done) => (left-- > 0 ? del(key, done) : done(full));
  files.db.batch = (operations, done) => (left-- > 0 ? batch(operations, done) : done(full));
  return () => Object.assign(files.db, { put, del, batch });
}

function revision(number: number, more: object): Stored {
  return { pk: "A", sk: "A", kind: "test", format: 1, revision: number, ...more };
}
const owing = revision(1, { month: "2020-01", at: "2020-01-01", series: "un-test", owed: new Set(["a"]), owedSince: "2020-01-01" });
const settled = revision(2, { month: "2020-02", at: "2020-02-02", nextAt: "2020-02-03" });

async function all(records: AsyncIterable<object>): Promise<object[]> {
  const collected: object[] = [];
  for await (const record of records) collected.push(record);
  return collected;
}

/** In how many places the table says that the record is as it was first, and as it was then. */
async function places(): Promise<readonly number[]> {
  const january = await all(table.query({ name: "month", month: "2020-01" }));
  const series = await all(table.query({ name: "series", series: "un-test" }));
  const owed = await all(table.query({ name: "owed" }));
  const february = await all(table.query({ name: "month", month: "2020-02" }));
  const deviating = await all(table.query({ name: "deviating" }));
  return [january.length + series.length + owed.length, february.length + deviating.length];
}

test.each([0, 1, 2, 3, 4, 5, 6])("when the disk is full after %i writes, record and indexes are both old or both new", async (writes) => {
  await table.putNew(owing);
  const empty = fillDiskAfter(writes);
  const answer = await table.replace(settled).then(String, String);
  empty();
  const stored = await table.get(owing);
  expect([owing, settled]).toContainEqual(stored);
  expect(await places()).toEqual(stored?.revision === 1 ? [3, 0] : [0, 2]);
  expect(answer).toMatch(writes < 2 ? /^Error: The table in .*table failed at putItem: .*No space left on device\. See whether the disk is full or damaged\.$/ : /^true$/);
});

test("when the disk is full while a record is removed, record and indexes are both there or both gone", async () => {
  await table.putNew(owing);
  const empty = fillDiskAfter(1);
  await expect(table.remove(owing)).rejects.toThrow(/failed at deleteItem/);
  empty();
  expect(await table.get(owing)).toBeUndefined();
  expect(await places()).toEqual([0, 0]);
});
