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

/** Ticks may overtake each other by so many minutes. What is noted further ahead was noted by a clock that is wrong. */
export const overtakenMinutes = 5;

/**
 * Notes that every slot up to this minute was polled. A tick that was overtaken takes nothing back; a clock that was
 * set back does.
 */
export async function setPlanned(table: Table, minute: number): Promise<void> {
  await change(table, planKey, (before) => (before && before.minute >= minute && before.minute - minute <= overtakenMinutes ? before : { minute }));
}
