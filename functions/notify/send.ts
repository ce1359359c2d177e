import type { Composed } from "../../shared/alerts/alert.ts";
import type { Publisher, To } from "../../shared/alerts/publish.ts";
import type { Clock } from "../../shared/clock.ts";
import { type AlertRecord, toldAt } from "../../shared/records/alerts.ts";
import { alertKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";

/** What sending needs from the world. */
export interface SendWorld {
  readonly table: Table;
  readonly publish: Publisher;
  readonly clock: Clock;
}

/** What came of asking for an alert: it was sent; it was sent, and may have been before; or nobody owes it any more. */
export type Sending = "sent" | "sent, perhaps again" | "not owed";

/** One message, and what its record keeps of whom it is for. */
interface Message {
  /** By which it is noted: the alert's, or that of a message for one subscription, however it is worded. */
  readonly id: string;
  readonly write: (repeat: boolean) => Composed;
  readonly to: (begun: AlertRecord) => To;
  /** Whether it goes to all who get such alerts as they come, as it was first begun. A message for one subscription has none, and no place among all alerts. */
  readonly broadcast?: boolean;
}

/**
 * Notes that sending a message is begun, publishes it, and notes that it was sent. One that is noted as sent is not
 * sent again; one that was begun before is marked as a possible repeat. Throws what the publisher throws, and the
 * message stays begun.
 */
export async function send({ table, publish, clock }: SendWorld, { id, write, to, broadcast }: Message): Promise<{ readonly sending: Sending; readonly record: AlertRecord }> {
  const { facts, ...composed } = write(false);
  const key = alertKey(id);
  const begun = await change(table, key, (before) => (before && before.sent !== null ? before : { ...before, id, facts, composed, sent: null, messageIds: [], attempts: (before?.attempts ?? 0) + 1, ...(broadcast === undefined ? {} : { broadcast: before?.broadcast ?? broadcast }) }));
  if (begun.sent !== null) return { sending: "not owed", record: begun };
  const repeat = (begun.attempts ?? 1) > 1;
  const messageIds = await publish(repeat ? write(repeat) : { facts, ...composed }, to(begun));
  const sent = new Date(clock.now()).toISOString();
  const record = await change(table, key, (stored = begun) => ({ ...stored, sent, messageIds, ...(broadcast === undefined ? {} : toldAt(sent)) }));
  return { sending: repeat ? "sent, perhaps again" : "sent", record };
}
