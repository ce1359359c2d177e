import type { Stored, Table } from "../../shared/records/table.ts";

/** Told of each record that is written, before it and after it. What it throws, the write throws. */
export interface Watcher {
  before?(record: Stored): void;
  after?(record: Stored): void;
}

/** The table, with every write watched. */
export function watchedTable(table: Table, watcher: Watcher): Table {
  async function watch<Result>(records: readonly Stored[], write: () => Promise<Result>): Promise<Result> {
    for (const record of records) watcher.before?.(record);
    const result = await write();
    for (const record of records) watcher.after?.(record);
    return result;
  }
  return {
    ...table,
    putNew: (record) => watch([record], () => table.putNew(record)),
    replace: (record, previous) => watch([record], () => table.replace(record, previous)),
    putAll: (records) => watch(records, () => table.putAll(records)),
    remove: (key) => watch([{ ...key, kind: "", format: 0, revision: 0 }], () => table.remove(key)),
  };
}
