import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import type { Publisher } from "../../shared/alerts/publish.ts";
import type { Clock } from "../../shared/clock.ts";
import { editionsOf } from "../../shared/records/editions.ts";
import { alertKey, type RecordKey } from "../../shared/records/keys.ts";
import { type OwingKind, owedRecords, settle } from "../../shared/records/owed.ts";
import { asKind, change, type Records } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import { changesFacts, editionFacts, healthFacts, itemFacts, type Known, reminderFacts, standingFacts } from "./facts.ts";

/** What notify needs from the world. */
export interface World {
  readonly table: Table;
  readonly known: Known;
  readonly publish: Publisher;
  readonly clock: Clock;
}

async function factsOf({ table, known }: World, record: Records[OwingKind], alert: string): Promise<AlertFacts | undefined> {
  if (record.kind === "item") return itemFacts(known, record, alert);
  if (record.kind === "source") return healthFacts(known, record, alert);
  if (record.kind === "watch") return reminderFacts(known, record, alert);
  if (record.kind === "standing") return standingFacts(known, record, alert, await editionsOf(table, record.series));
  const told = record.changes?.find((changes) => changes.alert === alert);
  if (told) return changesFacts(known, record, told, await editionsOf(table, record.series));
  const ring = record.rings.find((rung) => rung.alert === alert);
  if (!ring) throw new Error(`The edition ${record.series} ${record.key} owes the alert ${alert} but has no ring of it, so nobody knows what it is to say. Import an export that still has it, or record the edition by hand and take the alert off what it owes.`);
  return editionFacts(known, record, ring, await editionsOf(table, record.series));
}

/** What came of asking for an alert: it was sent; it was sent, and may have been before; or nobody owes it any more. */
export type Sending = "sent" | "sent, perhaps again" | "not owed";

/**
 * Sends one owed alert: composes it from its record, notes that it is begun, publishes it, notes that it was sent, and
 * only then takes it off the record. What ends in between is begun again, and none is lost. One that is noted as sent
 * is not sent again; one that was begun and not noted may have been, so that it may come twice, with the same id.
 */
export async function notify(world: World, key: RecordKey<OwingKind>, alert: string): Promise<Sending> {
  const { table, publish, clock } = world;
  const stored = await table.get(key);
  if (!stored) return "not owed";
  const record = asKind(stored, key.kind);
  if (!record.owed?.has(alert)) return "not owed";
  const facts = await factsOf(world, record, alert);
  // A record that no longer knows what it meant to say (a source's health changed again) has nothing to send.
  if (!facts) {
    await settle(table, key, alert);
    return "not owed";
  }
  const composed = compose(facts);
  const { facts: _facts, ...texts } = composed;
  const begun = await change(table, alertKey(alert), (before) => (before && before.sent !== null ? before : { id: alert, facts, composed: texts, sent: null, messageIds: [], attempts: (before?.attempts ?? 0) + 1 }));
  if (begun.sent === null) {
    const messageIds = await publish(composed);
    const sent = new Date(clock.now()).toISOString();
    await change(table, alertKey(alert), () => ({ id: alert, facts, composed: texts, sent, messageIds, attempts: begun.attempts }));
  }
  await settle(table, key, alert);
  if (begun.sent !== null) return "not owed";
  return (begun.attempts ?? 1) > 1 ? "sent, perhaps again" : "sent";
}

/** What became of the owed alerts. */
export interface Swept {
  readonly sent: number;
  /** Alerts that could not be sent and are still owed, each with its fault. */
  readonly failed: readonly { readonly alert: string; readonly error: unknown }[];
}

/** Sends all that is owed, the longest owing first, one at a time. One that fails stays owed and does not stop the others. */
export async function sweep(world: World): Promise<Swept> {
  const keys: RecordKey<OwingKind>[] = [];
  for await (const key of owedRecords(world.table)) keys.push(key);
  let sent = 0;
  const failed: { alert: string; error: unknown }[] = [];
  for (const key of keys) {
    const stored = await world.table.get(key);
    for (const alert of stored ? (asKind(stored, key.kind).owed ?? []) : []) {
      try {
        if ((await notify(world, key, alert)) !== "not owed") sent++;
      } catch (error) {
        failed.push({ alert, error });
      }
    }
  }
  return { sent, failed };
}
