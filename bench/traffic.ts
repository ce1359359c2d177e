import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { readCatalogue } from "../cli/paths.ts";
import { pollRound } from "../functions/poll/round.ts";
import { openStack } from "../local/stack.ts";
import type { Table } from "../shared/records/table.ts";
import { itemsEach } from "./feeds.ts";
import { sourcesFile } from "./programs.ts";

/** How many records a round read from the table and wrote to it. */
export interface Traffic {
  readonly read: number;
  readonly written: number;
}

/** A table that counts the records that pass, and gives the count since it was last asked. */
export function counting(table: Table): { table: Table; count: () => Traffic } {
  let read = 0;
  let written = 0;
  async function* passing<R>(records: AsyncIterable<R>): AsyncGenerator<R> {
    for await (const record of records) {
      read++;
      yield record;
    }
  }
  const counted: Table = {
    get: (key) => (read++, table.get(key)),
    getMany: (keys) => ((read += keys.length), table.getMany(keys)),
    putNew: (record) => (written++, table.putNew(record)),
    replace: (record, previous) => (written++, table.replace(record, previous)),
    putAll: (records) => ((written += records.length), table.putAll(records)),
    remove: (key) => (written++, table.remove(key)),
    list: (pk, prefix) => passing(table.list(pk, prefix)),
    scan: () => passing(table.scan()),
    query: (index, range) => passing(table.query(index, range)),
  };
  const count = (): Traffic => {
    const traffic = { read, written };
    read = written = 0;
    return traffic;
  };
  return { table: counted, count };
}

/** Polls the feeds twice in this process, in an empty folder, and counts what passes between a round and the table. Throws where a feed cannot be read. */
export async function tableTraffic(folder: string, addresses: readonly string[]): Promise<{ first: Traffic; unchanged: Traffic }> {
  const file = join(folder, "sources.json");
  writeFileSync(file, sourcesFile(addresses));
  const catalogue = await readCatalogue({ sources: file });
  const stack = await openStack({ catalogue, dataFolder: join(folder, "data"), env: {}, say: () => {}, allowLoopback: true });
  try {
    const { table, count } = counting(stack.poll.table);
    const round = async (): Promise<Traffic> => {
      await pollRound({ ...stack.poll, table }, catalogue.sources, ({ source, items, detail }) => {
        if (items !== itemsEach) throw new Error(`${source} shows ${items} items instead of ${itemsEach}: ${detail}`);
      });
      return count();
    };
    return { first: await round(), unchanged: await round() };
  } finally {
    await stack.close();
  }
}
