import type { RecordKey } from "./keys.ts";
import { change } from "./records.ts";
import type { Table } from "./table.ts";

/** What a record carries while it owes alerts; both are absent when it owes none. */
export interface Owing {
  /** The ids of the alerts that it still has to send. */
  readonly owed?: ReadonlySet<string>;
  /** Since when it has owed any, ISO 8601. This puts it into the index of those that owe. */
  readonly owedSince?: string;
}

const owingKinds = ["item", "edition", "source", "standing", "watch", "subscription"] as const;
export type OwingKind = (typeof owingKinds)[number];

/** The record, owing this alert too. One that owed already keeps since when. */
export function owe<R extends Owing>(record: R, alertId: string, at: string): R {
  return { ...record, owed: new Set(record.owed).add(alertId), owedSince: record.owedSince ?? at };
}

/** The record without this alert; the same record if it did not owe it. */
export function paid<R extends Owing>(record: R, alertId: string): R {
  if (!record.owed?.has(alertId)) return record;
  const left = new Set(record.owed);
  left.delete(alertId);
  return left.size > 0 ? { ...record, owed: left } : { ...record, owed: undefined, owedSince: undefined };
}

/** Takes an alert that was sent off its record, and leaves alone what else came to be owed. False if it was not owed. */
export async function settle(table: Table, key: RecordKey<OwingKind>, alertId: string): Promise<boolean> {
  let wasOwed = false;
  await change(table, key, (record) => {
    wasOwed = record?.owed?.has(alertId) ?? false;
    return record && paid(record, alertId);
  });
  return wasOwed;
}

/** The keys of the records that owe alerts, the longest owing first. */
export async function* owedRecords(table: Table): AsyncGenerator<RecordKey<OwingKind>> {
  for await (const { place, key } of owingRecords(table)) {
    if (!key) throw new Error(`The record ${place} owes alerts, but one of its kind cannot. A newer version wrote it: update this one.`);
    yield key;
  }
}

/** A record that owes alerts, as the index has it. */
export interface OwingRecord {
  readonly place: string;
  /** Undefined where a newer version lets a kind of record owe that this one does not know. */
  readonly key: RecordKey<OwingKind> | undefined;
  /** ISO 8601. */
  readonly since: string;
}

/** The records that owe alerts, the longest owing first. */
export async function* owingRecords(table: Table): AsyncGenerator<OwingRecord> {
  for await (const found of table.query({ name: "owed" })) {
    const { pk, sk } = found;
    const kind = owingKindOf(found.kind);
    const since = "owedSince" in found && typeof found.owedSince === "string" ? found.owedSince : "";
    yield { place: `${pk} ${sk}`, key: kind && { pk, sk, kind }, since };
  }
}

/** The kind, where it is one that can owe alerts. */
export function owingKindOf(kind: unknown): OwingKind | undefined {
  return owingKinds.find((known) => known === kind);
}
