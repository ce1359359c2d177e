import database, { type Item, type Operation, type Store, type TableDescription } from "dynalite/db/index.js";
import validations from "dynalite/validations/index.js";
import { createRequire } from "node:module";
import { quicken, rememberConditions } from "./quicken.ts";
import { type Ask, operationNames, Refusal } from "./wire.ts";

// Dynalite is used below its HTTP server. Measured in 2026-11: 500 records in batches take 140 ms in a fresh process
// where the SDK over a socket takes 320 ms, and the server would end the process when the disk is full.
interface Action {
  readonly act: (store: Store, input: object, done: (error: unknown, output: never) => void) => void;
  readonly rules: { readonly types: object; readonly custom?: unknown };
}
const require = createRequire(import.meta.url);
const actions = new Map(operationNames.map((name): [string, Action] => [name, { act: require(`dynalite/actions/${name}`), rules: require(`dynalite/validations/${name}`) }]));

database.updateIndexes = writeWhole;
rememberConditions();

/** A table's files, open in this process. */
export interface Embedded {
  readonly ask: Ask;
  readonly close: () => Promise<void>;
}

/** What is removed one after another is rewritten once. */
const rewriteAfterMs = 1000;

/** Opens the table's files, creating them where they are absent; without a path it is in memory alone. Undefined when another process has them open. */
export async function openEmbedded(path: string | undefined, tableName: string): Promise<Embedded | undefined> {
  const openStore = async (): Promise<Store> => {
    const made = database.create({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    await made.db.open();
    await finishCreating(made, tableName);
    quicken(made);
    return made;
  };
  let store: Store;
  try {
    store = await openStore();
  } catch (error) {
    if (isLocked(error)) return undefined;
    throw unopened(path ?? "memory", error);
  }
  // After a write that failed, LevelDB's log is torn: what follows is taken and read, and gone at the next start.
  let isTorn = false;
  let mending: Promise<void> | undefined;
  const mend = async (): Promise<void> => {
    await store.db.close().catch(() => undefined);
    store = await openStore();
    isTorn = false;
  };
  const ask: Ask = async (operation, input) => {
    if (isTorn) await (mending ??= mend().finally(() => (mending = undefined)));
    try {
      return await run(store, path ?? "memory", operation, input);
    } catch (error) {
      if (error instanceof Error && error.message.includes("IO error")) isTorn = true;
      throw error;
    }
  };
  // LevelDB only marks what is removed, so that an address that was erased could still be read in its files.
  const rewrite = async (): Promise<void> => {
    rewriting = undefined;
    await store.db.compactRange?.("", "\uffff");
  };
  let rewriting: NodeJS.Timeout | undefined;
  const keeping: Ask = async (operation, input) => {
    if (operation === "deleteItem") {
      clearTimeout(rewriting);
      rewriting = setTimeout(() => void rewrite().catch(() => undefined), rewriteAfterMs).unref();
    }
    return ask(operation, input);
  };
  const close = async (): Promise<void> => {
    clearTimeout(rewriting);
    // A reading that is not over keeps what it began with, so the files are rewritten when all are.
    if (rewriting) await mend().then(rewrite);
    await store.db.close();
  };
  return { ask: keeping, close };
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && "code" in error.cause && error.cause.code === "LEVEL_LOCKED";
}

/** In LevelDB's words. */
const isDenied = /Read-only file system|Permission denied/;

function unopened(path: string, error: unknown): Error {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  const todo = isDenied.test(reason)
    ? "Nothing may be written there, not even to read from it: mend that, or give another folder with --data."
    : "If disk and permissions are in order, its files are damaged: put back a copy of the folder, or move it away and a new table begins.";
  return new Error(`The table in ${path} cannot be opened: ${reason}. ${todo}`, { cause: error });
}

/** A process that died while it created the table left it half created; nothing but its state was missing. */
async function finishCreating(store: Store, tableName: string): Promise<void> {
  const table = await new Promise<TableDescription | undefined>((resolve) => {
    store.tableDb.get(tableName, (_, found) => resolve(found));
  });
  if (table?.TableStatus !== "CREATING") return;
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: "ACTIVE" }));
  await new Promise<void>((resolve, reject) => {
    const finished = { ...table, TableStatus: "ACTIVE", GlobalSecondaryIndexes: indexes };
    store.tableDb.put(tableName, finished, (error) => (error ? reject(error) : resolve()));
  });
}

async function run<Output>(store: Store, path: string, operation: string, input: object): Promise<Output> {
  const action = actions.get(operation);
  if (!action) throw new Refusal("UnknownOperationException", `The embedded table does not know "${operation}".`);
  const { act, rules } = action;
  try {
    const checked = validations.checkTypes(input, rules.types);
    validations.checkValidations(checked, rules.types, rules.custom, store);
    return await new Promise((resolve, reject) => {
      act(store, checked, (error, output: Output) => (error ? reject(error) : resolve(output)));
    });
  } catch (error) {
    throw refusalIn(error) ?? new Error(`The table in ${path} failed at ${operation}: ${String(error)}. See whether the disk is full or damaged.`, { cause: error });
  }
}

interface RefusalBody {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !("body" in error)) return undefined;
  const { __type: type = "", message, Message: oldMessage }: RefusalBody = error.body ?? {};
  return new Refusal(type.split("#").at(-1) ?? type, message ?? oldMessage ?? error.message);
}

/**
 * Takes the place of dynalite's own writing of indexes, which comes before the record's and apart from it: a process
 * killed in between left an alert owed that no index led to. Here record and indexes are one write, or none.
 * Dynalite then writes the record once more, which changes nothing.
 */
function writeWhole(store: Store, table: TableDescription, before: Item | undefined, after: Item | null, done: (error: Error | null) => void): void {
  const record = after ?? before;
  const { puts, deletes } = database.getIndexActions(table.GlobalSecondaryIndexes ?? [], before, after, table);
  if (!record || puts.length + deletes.length === 0) return done(null);
  // These are the names that dynalite's getIndexDb and getItemDb give their parts of the one database.
  const place = ({ index, key }: { readonly index: string; readonly key: string }): string => `index-global~${table.TableName}~${index}~${key}`;
  const recordKey = `item-${table.TableName}~${database.createKey(record, table)}`;
  const operations: Operation[] = [
    ...deletes.map((action): Operation => ({ type: "del", key: place(action) })),
    ...puts.map((action): Operation => ({ type: "put", key: place(action), value: action.item })),
    after ? { type: "put", key: recordKey, value: after } : { type: "del", key: recordKey },
  ];
  store.db.batch(operations, done);
}
