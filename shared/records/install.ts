import { installKey } from "./keys.ts";
import { change } from "./records.ts";
import type { Stored, Table } from "./table.ts";

/** When this table was first used: what is older is recorded in silence. */
export interface Install extends Stored {
  readonly kind: "install";
  readonly at: string;
}

/** The moment of install, ISO 8601: `now` on the very first run, and ever after what was stored then. */
export async function installedAt(table: Table, now: string): Promise<string> {
  const { at } = await change(table, installKey, (record) => record ?? { at: now });
  return at;
}
