import { planKey } from "./keys.ts";
import { change, read } from "./records.ts";
import type { Stored, Table } from "./table.ts";

/** How far planning has come: every slot up to this minute was polled. */
export interface Plan extends Stored {
  readonly kind: "plan";
  /** Minutes since 1970. */
  readonly minute: number;
}

/** The last minute whose slots were all polled; undefined before the first. */
export async function plannedMinute(table: Table): Promise<number | undefined> {
  return (await read(table, planKey))?.minute;
}

/** Notes that every slot up to this minute was polled. A clock that was set back may take it back as well. */
export async function setPlanned(table: Table, minute: number): Promise<void> {
  await change(table, planKey, (before) => (before?.minute === minute ? before : { minute }));
}
