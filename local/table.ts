import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ensureTable } from "../shared/records/definition.ts";
import { messageOf } from "../shared/fault.ts";
import { createTable } from "../shared/records/dynamo-table.ts";
import type { Table } from "../shared/records/table.ts";
import type { Embedded } from "./embedded.ts";
import { clearDrafts } from "./drafts.ts";
import { makeFolder } from "./folder.ts";
import { type Lock, readLock, removeLock, writeLock } from "./lock.ts";
import { askAt, isServed, serveTable } from "./table-server.ts";
import { type Ask, dynamoBy } from "./wire.ts";

const tableName = "almanac";
const tableFolder = "table";
const patienceSeconds = 5;

/** The table of a data folder, open. */
export interface OpenTable {
  readonly table: Table;
  /** Where it is served on this machine, in DynamoDB's protocol; the credential is the access key id. */
  readonly endpoint: { readonly url: string; readonly credential: string; readonly tableName: string };
  readonly close: () => Promise<void>;
}

/** A way to a table: its files opened here, or another process that has them open. */
interface Way {
  readonly ask: Ask;
  readonly port: number;
  readonly credential: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens the table in a data folder, creating both where they are absent. Where another process has it open, that
 * process serves this one; when it ends, this one opens the files itself. With `exclusive`, for the monitor, a
 * second opener is refused. Every refusal is an Error whose message says what is wrong and what to do.
 */
export async function openTable(dataFolder: string, { exclusive = false } = {}): Promise<OpenTable> {
  const folder = resolve(dataFolder);
  await makeFolder(folder);
  await makeFolder(join(folder, tableFolder));
  let way = findWay(folder, exclusive);
  const { port, credential } = await way;

  const ask: Ask = async (operation, input) => {
    const tried = way;
    try {
      return await (await tried).ask(operation, input);
    } catch (error) {
      if (!isGone(error)) throw error;
      if (way === tried) way = findWay(folder, exclusive);
      return (await way).ask(operation, input);
    }
  };
  const dynamo = dynamoBy(ask);
  await ensureTable(dynamo, tableName);
  return {
    table: createTable(dynamo, tableName),
    endpoint: { url: `http://127.0.0.1:${port}`, credential, tableName },
    close: async () => (await way).close(),
  };
}

/** A table in the memory of this process, which nobody else sees and nothing is left of. */
export async function openMemoryTable(): Promise<Pick<OpenTable, "table" | "close">> {
  const { openEmbedded } = await import("./embedded.ts");
  const embedded = await openEmbedded(undefined, tableName);
  if (!embedded) throw new Error("There is no memory for a table.");
  const dynamo = dynamoBy(embedded.ask);
  await ensureTable(dynamo, tableName);
  return { table: createTable(dynamo, tableName), close: embedded.close };
}

/** The process that served this one has ended. What it was asked last it may have done: asking again is safe, as it is with DynamoDB. */
function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(String(error.code));
}

async function findWay(folder: string, exclusive: boolean): Promise<Way> {
  const patientUntil = performance.now() + patienceSeconds * 1000;
  for (;;) {
    const lock = await readLock(folder);
    const holder = lock && (await isServed(lock.port, lock.credential)) ? lock : undefined;
    if (holder && !exclusive) return asGuest(holder);
    if (holder?.monitor) throw inUse(folder, holder);
    const way = holder ? undefined : await asHolder(folder, exclusive);
    if (way) return way;
    if (performance.now() > patientUntil) throw inUse(folder, lock);
    await pause(50);
  }
}

function asGuest({ port, credential }: Lock): Way {
  const { ask, close } = askAt(port, credential);
  return { ask, port, credential, close: async () => close() };
}

/** Opens the files; undefined where another process has them open. */
async function asHolder(folder: string, monitor: boolean): Promise<Way | undefined> {
  // A guest needs none of this, and it takes 50 ms to load.
  const { openEmbedded } = await import("./embedded.ts");
  const embedded = await openEmbedded(join(folder, tableFolder), tableName);
  if (!embedded) return undefined;
  try {
    return await serve(folder, embedded, monitor);
  } catch (error) {
    await embedded.close();
    throw new Error(`The data folder ${folder} cannot be used: ${messageOf(error)}. Give another with --data.`, { cause: error });
  }
}

async function serve(folder: string, { ask, close }: Embedded, monitor: boolean): Promise<Way> {
  const credential = randomBytes(16).toString("hex");
  const { port, close: stopServing } = await serveTable(ask, credential);
  await writeLock(folder, { pid: process.pid, port, credential, started: new Date().toISOString(), monitor });
  await clearDrafts(folder);
  return {
    ask,
    port,
    credential,
    async close() {
      await removeLock(folder);
      await stopServing();
      await close();
    },
  };
}

function inUse(folder: string, lock: Lock | undefined): Error {
  if (!lock) return new Error(`The table in ${folder} is open in another process, which does not say who it is. Stop it, or give another folder with --data.`);
  const { pid, started, monitor } = lock;
  return new Error(
    monitor
      ? `A monitor already runs on ${folder}: process ${pid}, since ${started}. Stop it first (kill ${pid}), or give this one another folder with --data.`
      : `Another command has the table in ${folder} open: process ${pid}, since ${started}. Let it end or stop it (kill ${pid}), then try again.`,
  );
}
