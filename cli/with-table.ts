import { access } from "node:fs/promises";
import { join } from "node:path";
import { type OpenTable, openTable } from "../local/table.ts";
import type { Table } from "../shared/records/table.ts";
import { Failure } from "./command.ts";
import { messageOf } from "../shared/fault.ts";

/**
 * Opens the table of a data folder, does the work, and closes it whatever comes of it; while the monitor runs, it is
 * the monitor's table. A folder that cannot be used becomes a Failure with its sentence.
 */
export async function withTable(folder: string, work: (table: Table) => Promise<void>): Promise<void> {
  let open: OpenTable;
  try {
    open = await openTable(folder);
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
  try {
    await work(open.table);
  } finally {
    await open.close();
  }
}

/** Does the work with the table of a data folder, or without one where there is none: reading makes no folder. */
export async function withTableIfAny(folder: string, work: (table: Table | undefined) => Promise<void>): Promise<void> {
  const exists = await access(join(folder, "table")).then(
    () => true,
    () => false,
  );
  if (exists) await withTable(folder, work);
  else await work(undefined);
}
