import { subscriptionKey } from "./keys.ts";
import type { Stored, Table } from "./table.ts";

/** Whether a record tells of a subscriber: what they asked for, and messages that were for them alone. */
export function isOfPeople({ kind, pk }: Pick<Stored, "kind" | "pk">): boolean {
  return kind === "subscription" || (kind === "alert" && pk.startsWith("ALERT#digest:"));
}

/** What erasing found. */
export interface Erased {
  /** How many records are gone. */
  readonly records: number;
  /** The ids of all alerts on record, by which files that were made for an address are found. */
  readonly alerts: readonly string[];
}

/** Removes all records of a subscription, itself last, so that doing it again after a crash does the rest. It reads the whole table. */
export async function eraseSubscription(table: Table, id: string): Promise<Erased> {
  const alerts: string[] = [];
  const own: Stored[] = [];
  for await (const record of table.scan()) {
    if (record.kind !== "alert") continue;
    alerts.push(record.pk.slice("ALERT#".length));
    if (record.pk.startsWith(`ALERT#digest:${id}:`)) own.push(record);
  }
  for (const { pk, sk } of own) await table.remove({ pk, sk });
  const key = subscriptionKey(id);
  const isThere = (await table.get(key)) !== undefined;
  if (isThere) await table.remove(key);
  return { records: own.length + (isThere ? 1 : 0), alerts };
}
