import type { Composed } from "../../shared/alerts/alert.ts";
import { NotTaken, type Publisher, SomeLater, type To } from "../../shared/alerts/publisher.ts";
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

/** What came of sending a message: it is done, or some recipients must be tried again though the others have it. */
type Outcome = { readonly record: AlertRecord } & ({ readonly sending: Sending } | { readonly later: SomeLater });

/**
 * Notes that sending a message is begun, publishes it, and notes that it was sent. One that is noted as sent is not
 * sent again; one that was begun before, and may have been taken, is marked as a possible repeat. Where only some
 * recipients must wait it counts as told from then on, so that they hold up nobody. Throws what else the publisher
 * throws, and the message stays begun.
 */
export async function send(world: SendWorld, { id, write, to, broadcast }: Message): Promise<Outcome> {
  const { table, clock } = world;
  const { facts, ...composed } = write(false);
  const key = alertKey(id);
  const began = clock.now();
  const begun = await change(table, key, (before) => (before && before.sent !== null ? before : { ...before, id, facts, composed, sent: null, messageIds: [], begun: before?.begun ?? new Date(began).toISOString(), attempts: (before?.attempts ?? 0) + 1, ...(broadcast === undefined ? {} : { broadcast: before?.broadcast ?? broadcast }) }));
  if (begun.sent !== null) return { sending: "not owed", record: begun };
  const repeat = (begun.attempts ?? 1) > 1;
  const answer = await published(world, id, { ...(repeat ? write(repeat) : { facts, ...composed }), begun: begun.begun }, to(begun));
  const now = new Date(clock.now()).toISOString();
  // What was told keeps its first moment, as digests have been planned by it; and it was not told before it began, though the clock be set back meanwhile.
  const moment = new Date(Math.max(began, Date.parse(now))).toISOString();
  const told = ({ at }: AlertRecord): Partial<AlertRecord> => (broadcast === undefined || at !== undefined ? {} : toldAt(moment));
  if (answer instanceof SomeLater) return { later: answer, record: await change(table, key, (stored = begun) => ({ ...stored, ...told(stored) })) };
  const record = await change(table, key, (stored = begun) => ({ ...stored, sent: now, messageIds: answer, ...told(stored) }));
  return { sending: repeat ? "sent, perhaps again" : "sent", record };
}

/** The ids that the publisher gives, or that some must wait. An attempt of which nobody can have anything counts as none. */
async function published({ table, publish }: SendWorld, id: string, alert: Composed, to: To): Promise<readonly string[] | SomeLater> {
  try {
    return await publish(alert, to);
  } catch (error) {
    if (error instanceof SomeLater) return error;
    if (error instanceof NotTaken) await change(table, alertKey(id), (begun) => begun && { ...begun, attempts: Math.max(0, (begun.attempts ?? 1) - 1) });
    throw error;
  }
}
