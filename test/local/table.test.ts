import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenTable, openTable } from "../../local/table.ts";
import { history } from "../../shared/records/history.ts";
import { readItems } from "../../shared/records/items.ts";
import { installedAt } from "../../shared/records/install.ts";
import { itemKey, sourceKey } from "../../shared/records/keys.ts";
import { owedRecords } from "../../shared/records/owed.ts";
import type { Table } from "../../shared/records/table.ts";

let folder: string;
const opened: OpenTable[] = [];
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "almanac-table-")), "data");
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const one of opened.splice(0)) await one.close();
  await rm(join(folder, ".."), { recursive: true });
});

async function open(options?: { exclusive?: boolean }): Promise<OpenTable> {
  const one = await openTable(folder, options);
  opened.push(one);
  return one;
}

function startWriter(times?: number): ChildProcess {
  const child = spawn(process.execPath, ["test/local/writer.ts", folder, ...(times === undefined ? [] : [String(times)])], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

/** Lets the writer acknowledge so many changes, kills it, and gives the last round that it acknowledged of each item. */
async function killAfter(writer: ChildProcess, acknowledgements: number): Promise<Map<string, number>> {
  const rounds = new Map<string, number>();
  if (!writer.stdout) throw new Error("The writer has no stdout.");
  let count = 0;
  for await (const line of createInterface(writer.stdout)) {
    const [id = "", round] = line.split(" ");
    rounds.set(id, Number(round));
    if (++count === acknowledgements) writer.kill("SIGKILL");
  }
  return rounds;
}

async function all<Member>(members: AsyncIterable<Member>): Promise<Member[]> {
  const collected: Member[] = [];
  for await (const member of members) collected.push(member);
  return collected;
}

/** What the indexes say of the items, and what the items themselves say. */
async function indexedAndStored(table: Table, ids: readonly string[]): Promise<{ indexed: unknown; stored: unknown }> {
  const items = [...(await readItems(table, ids)).values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const byMonth = (await all(history(table, { from: "2020-01-01", to: "2020-12-31" }))).toSorted((one, other) => (one.pk < other.pk ? -1 : 1));
  const owing = (await all(owedRecords(table))).map(({ pk }) => pk).sort();
  return { indexed: { byMonth, owing }, stored: { byMonth: items, owing: items.filter(({ owedSince }) => owedSince).map(({ pk }) => pk) } };
}

describe("the files", () => {
  test("a folder that is not there is made, and what was stored is there when it is opened again", async () => {
    const first = await openTable(join(folder, "deep", "er"));
    await installedAt(first.table, "2026-11-24T00:00:00Z");
    await first.close();
    const second = await openTable(join(folder, "deep", "er"));
    expect(await installedAt(second.table, "2027-01-01T00:00:00Z")).toBe("2026-11-24T00:00:00Z");
    await second.close();
  });

  test.each([1, 300])("after SIGKILL at acknowledgement %i everything acknowledged is there, and every index agrees with it", async (acknowledgements) => {
    const rounds = await killAfter(startWriter(), acknowledgements);
    const { table } = await open();
    const items = await readItems(table, [...rounds.keys()]);
    for (const [id, round] of rounds) expect(Number(items.get(id)?.title)).toBeGreaterThanOrEqual(round);
    const { indexed, stored } = await indexedAndStored(table, Array.from({ length: 8 }, (_, index) => String(index)));
    expect(indexed).toEqual(stored);
  });

  test("a table that a process left half created is finished", async () => {
    const { openEmbedded } = await import("../../local/embedded.ts");
    const { tableDefinition } = await import("../../shared/records/definition.ts");
    await mkdir(folder);
    const half = await openEmbedded(join(folder, "table"), "almanac");
    await half?.ask("createTable", tableDefinition("almanac"));
    await half?.close();
    const { table } = await open();
    expect(await installedAt(table, "2026-11-24T00:00:00Z")).toBe("2026-11-24T00:00:00Z");
  });
});

describe("a folder in use", () => {
  test("two openers share one table", async () => {
    const first = await open();
    const second = await open();
    expect(second.endpoint).toEqual(first.endpoint);
    await installedAt(second.table, "2026-11-24T00:00:00Z");
    expect(await installedAt(first.table, "now")).toBe("2026-11-24T00:00:00Z");
  });

  test("of those that open a new folder at once one opens the files, and the others ask it", async () => {
    const together = await Promise.all([open(), open(), open(), open()]);
    expect(new Set(together.map(({ endpoint }) => endpoint.url)).size).toBe(1);
    const moments = await Promise.all(together.map(({ table }, index) => installedAt(table, `2026-11-2${index}`)));
    expect(new Set(moments).size).toBe(1);
  });

  test("a monitor serves a command in another process", async () => {
    const { table } = await open({ exclusive: true });
    const [code] = await once(startWriter(3), "exit");
    expect(code).toBe(0);
    expect(await table.get(itemKey("0"))).toMatchObject({ title: "2", revision: 3 });
  });

  test("a second monitor stops with a sentence that names the first", async () => {
    await open({ exclusive: true });
    await expect(openTable(folder, { exclusive: true })).rejects.toThrow(
      new RegExp(`^A monitor already runs on ${folder}: process ${process.pid}, since \\d{4}-.*Z\\. Stop it first \\(kill ${process.pid}\\), or give this one another folder`),
    );
  });

  test("when the first opener closes, the second opens the files itself", async () => {
    const first = await openTable(folder);
    const second = await open();
    await first.close();
    await Promise.all(["a", "b", "c"].map((id) => second.table.get(sourceKey(id))));
    expect(await installedAt(second.table, "2026-11-24T00:00:00Z")).toBe("2026-11-24T00:00:00Z");
    const third = await open();
    expect(await installedAt(third.table, "now")).toBe("2026-11-24T00:00:00Z");
  });

  test("when the first opener is killed, the second opens the files itself", async () => {
    const writer = startWriter();
    if (writer.stdout) await once(writer.stdout, "data");
    const { table } = await open();
    expect(await table.get(itemKey("0"))).toBeDefined();
    writer.kill("SIGKILL");
    await once(writer, "exit");
    expect(await table.get(itemKey("0"))).toBeDefined();
    expect(JSON.parse(await readFile(join(folder, "lock"), "utf8"))).toMatchObject({ pid: process.pid });
  });

  test("nobody is served without the credential, which only this user may read", async () => {
    const { endpoint } = await open();
    const body = JSON.stringify({ TableName: endpoint.tableName, Key: { pk: { S: "INSTALL" }, sk: { S: "INSTALL" } } });
    const ask = async (credential: string): Promise<number> => {
      const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${credential}/x`, "x-amz-target": "DynamoDB_20120810.GetItem" };
      return (await fetch(endpoint.url, { method: "POST", headers, body })).status;
    };
    expect([await ask(endpoint.credential), await ask("guessed"), await ask("")]).toEqual([200, 403, 403]);
    for (const [name, mode] of [["lock", 0o600], [".", 0o700], ["table", 0o700]] as const) expect((await stat(join(folder, name))).mode & 0o777).toBe(mode);
  });
});

describe("a lock that is left behind", () => {
  const lock = { pid: process.pid, port: 1, credential: "old", started: "2026-01-01T00:00:00Z", monitor: true };

  test.each([
    ["names a port where nobody answers", JSON.stringify(lock)],
    ["is empty", ""],
    ["is not a lock", '{"pid": "x"}'],
  ])("is taken over when it %s", async (_, text) => {
    await mkdir(folder);
    await writeFile(join(folder, "lock"), text);
    const { table } = await open({ exclusive: true });
    expect(await table.get(sourceKey("a"))).toBeUndefined();
    expect(JSON.parse(await readFile(join(folder, "lock"), "utf8"))).toMatchObject({ pid: process.pid, monitor: true });
  });

  test("is taken over when another program answers at its port", async () => {
    const other = createServer((_, response) => response.end("{}"));
    await once(other.listen(0, "127.0.0.1"), "listening");
    const address = other.address();
    await mkdir(folder);
    await writeFile(join(folder, "lock"), JSON.stringify({ ...lock, port: typeof address === "object" ? address?.port : 0 }));
    const { table } = await open({ exclusive: true });
    expect(await table.get(sourceKey("a"))).toBeUndefined();
    other.close();
  });

  test("is gone after an orderly end", async () => {
    await (await openTable(folder)).close();
    expect(await readdir(folder)).toEqual(["table"]);
  });
});

async function put(name: string): Promise<void> {
  await mkdir(join(folder, name, ".."), { recursive: true });
  await writeFile(join(folder, name), "half");
}

const left = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).filter((name) => name.endsWith("unfinished")).toSorted();

async function startIdler(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  children.push(child);
  await once(child, "spawn");
  return child;
}

/** The number of a process that was killed. */
async function killed(): Promise<number | undefined> {
  const child = await startIdler();
  child.kill("SIGKILL");
  await once(child, "exit");
  return child.pid;
}

describe("what a process was writing when it was killed", () => {
  const folders = [".", "outbox", "outbox/sent", "evidence", "evidence/tip/2026", "readers", "mail/tmp"];
  test("is gone at the next start, wherever it was writing", async () => {
    const pid = await killed();
    for (const one of folders) await put(join(one, `file.eml.${pid}.unfinished`));
    await open();
    expect(await left()).toEqual([]);
  });

  test("stays where the process lives, where no process is named, and where the folder is not ours", async () => {
    const pid = await killed();
    const others = ["lock.1.unfinished", `outbox/a.eml.${(await startIdler()).pid}.unfinished`, `outbox/b.eml.${process.pid}.unfinished`, "outbox/c.unfinished", `photos/d.${pid}.unfinished`, `table/e.${pid}.unfinished`];
    for (const one of others) await put(one);
    await put(`outbox/a.${pid}`);
    await open();
    expect(await left()).toEqual(others.toSorted());
    expect(await readdir(join(folder, "outbox"))).toContain(`a.${pid}`);
  });

  test("is gone also where the number is our own now, as in a container", async () => {
    await put(`lock.${process.pid}.unfinished`);
    await utimes(join(folder, `lock.${process.pid}.unfinished`), new Date("2026-01-01"), new Date("2026-01-01"));
    await open();
    expect(await left()).toEqual([]);
  });

  test("stays while another process has the table open, and is gone when this one takes over", async () => {
    const pid = await killed();
    const first = await openTable(folder);
    await put(`outbox/a.eml.${pid}.unfinished`);
    const second = await open();
    expect(await left()).toHaveLength(1);
    await first.close();
    await second.table.get(sourceKey("a"));
    expect(await left()).toEqual([]);
  });
});

describe("a folder that cannot be used", () => {
  test("a file in its place", async () => {
    await writeFile(folder, "");
    await expect(openTable(folder)).rejects.toThrow(/^The data folder .*data cannot be made: EEXIST.*\. Give a folder that you may write to with --data\.$/);
  });

  test("a file in the place of the table", async () => {
    await mkdir(folder);
    await writeFile(join(folder, "table"), "");
    await expect(openTable(folder)).rejects.toThrow(/^The data folder .*table cannot be made: EEXIST.*\. Give a folder that you may write to with --data\.$/);
  });

  test("damaged files", async () => {
    await (await openTable(folder)).close();
    await writeFile(join(folder, "table", "CURRENT"), "nonsense\n");
    await expect(openTable(folder)).rejects.toThrow(/^The table in .*table cannot be opened: .* its files are damaged: put back a copy of the folder, or move it away and a new table begins\.$/);
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.warn("Skipped: root may write everywhere, so an unwritable folder is not tested.");
  test.skipIf(isRoot)("a folder that may not be written to", async () => {
    await mkdir(folder);
    await chmod(folder, 0o500);
    await expect(openTable(folder)).rejects.toThrow(/^The (table|data folder) .* cannot be .*EACCES/);
  });

  const mayMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
  if (!mayMount) console.warn("Skipped: nothing can be mounted here, so a read-only disk is not tested.");
  test.skipIf(!mayMount)("a table that is there, and a new one, on a disk that is read-only", async () => {
    await (await openTable(join(folder, "old"))).close();
    const onReadOnlyDisk = (name: string): string => {
      const script = `mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1" cli/almanac.mjs subscribe ada@example.org --data "$0/${name}"`;
      return spawnSync("unshare", ["-rm", "sh", "-c", script, folder, process.execPath], { encoding: "utf8" }).stderr;
    };
    expect(onReadOnlyDisk("old")).toMatch(/^The table in .* cannot be opened: .*Read-only file system\. Nothing may be written there, .* or give another folder with --data\.$/m);
    expect(onReadOnlyDisk("new")).toMatch(/^The data folder .* cannot be made: EROFS: .* Give a folder that you may write to with --data\.$/m);
  });
});
