import conditions from "dynalite/db/conditionParser.js";
import database, { type Store } from "dynalite/db/index.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { quicken, rememberConditions } from "../../local/quicken.ts";

let store: Store;
let writes: number;
let fault: Error | null;
beforeEach(async () => {
  store = database.create({ path: undefined, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await store.db.open();
  writes = 0;
  fault = null;
  const { batch } = store.db;
  store.db.batch = (operations, done) => {
    writes++;
    if (fault) done(fault);
    else batch(operations, done);
  };
  quicken(store);
});
afterEach(() => store.db.close());

const put = (key: string, value: object): Promise<Error | null> => new Promise((resolve) => store.db.put(key, { ...value }, resolve));

test("writes that come at once are one write, and all of them are read", async () => {
  const done = await Promise.all(["a", "b", "c"].map((key) => put(key, { key })));
  expect(done).toEqual([null, null, null]);
  expect(writes).toBe(1);
  expect(["a", "b", "c"].map((key) => store.db.getSync(key))).toEqual([{ key: "a" }, { key: "b" }, { key: "c" }]);
});

test("a write that fails is told to each whose record was in it, and holds up none that comes later", async () => {
  fault = new Error("IO error: No space left on device");
  expect(await Promise.all([put("a", {}), put("b", {})])).toEqual([fault, fault]);
  fault = null;
  expect(await put("a", { again: true })).toBeNull();
  expect(store.db.getSync("a")).toEqual({ again: true });
});

test("a record that was written with its indexes is not written once more, and is when it is put anew", async () => {
  const value = { key: "a" };
  await new Promise((resolve) => store.db.batch([{ type: "put", key: "a", value }], resolve));
  await new Promise((resolve) => store.db.put("a", value, resolve));
  expect(writes).toBe(1);
  await new Promise((resolve) => store.db.put("a", value, resolve));
  expect(writes).toBe(2);
});

const parse = (text: string, more = {}): object => conditions.parse(text, { context: { ...noNames(), ...more } });
const noNames = () => ({ attrNames: undefined, attrVals: undefined, isReserved: () => false, unusedAttrNames: {}, unusedAttrVals: {} });

test("a condition without values is parsed once, and one with values each time", () => {
  rememberConditions();
  expect(parse("attribute_not_exists(pk)")).toBe(parse("attribute_not_exists(pk)"));
  const [one, two] = ["1", "2"].map((N) => parse("revision = :previous", { attrVals: { ":previous": { N } } }));
  expect(JSON.stringify(one)).toContain('"1"');
  expect(JSON.stringify(two)).toContain('"2"');
});
