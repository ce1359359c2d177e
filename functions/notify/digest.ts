import type { Composed } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { whenSent } from "../../shared/alerts/due.ts";
import { type Style, styleFor } from "../../shared/alerts/texts/languages.ts";
import type { AlertRecord } from "../../shared/records/alerts.ts";
import { alertKey, subscriptionKey } from "../../shared/records/keys.ts";
import { change, readMany } from "../../shared/records/records.ts";
import type { DueDigest, SubscriptionRecord } from "../../shared/records/subscriptions.ts";
import { send, type SendWorld, type Sending } from "./send.ts";

/** The alert as it was told before, or as it would have been to this reader. */
function asTold({ facts, composed }: AlertRecord, style: Style): Composed {
  return style.language === "en" && (style.zone ?? "UTC") === "UTC" && !style.repeat && style.replies !== false ? { facts, ...composed } : compose(facts, style);
}

/** One alert that only came later than to others is told as it is; a day's or week's digest is one, however short. */
function message({ alert, at, pace }: DueDigest, told: readonly AlertRecord[], style: Style): Composed {
  const [only] = told;
  if (only && told.length === 1 && pace === "at-once") return asTold(only, style);
  return composeDigest({ id: alert, at, pace, alerts: told.map((one) => asTold(one, { ...style, repeat: false })) }, style);
}

/** What sending digests needs. */
export interface DigestWorld extends SendWorld {
  readonly site?: string | null;
  readonly contact?: string | null;
}

/**
 * Sends a subscription the message that it is owed: notes that it is begun, sends it, keeps what was sent, and only
 * then takes it off the record. A crash in between sends it again, with the same id, marked as a possible repeat; none
 * that is noted as sent is sent again.
 */
export async function sendDigest(world: DigestWorld, subscription: SubscriptionRecord, alert: string): Promise<Sending> {
  const { table, clock, site = null, contact = null } = world;
  const { due, id, address, protocol } = subscription;
  const isDue = subscription.state === "active" && due?.alert === alert;
  const found = isDue ? await readMany(table, due.alerts.map(alertKey)) : [];
  const byId = new Map(found.map((one) => [one.id, one]));
  const told = isDue ? due.alerts.flatMap((one) => byId.get(one) ?? []) : [];
  const style = styleFor(subscription, { site, contact });
  const outcome = isDue && told.length > 0 ? await send(world, { id: alert, write: (repeat) => message(due, told, { ...style, repeat }), to: () => ({ id, address, protocol }) }) : { sending: "not owed" as const };
  if ("later" in outcome) throw outcome.later;
  const sent = new Date(clock.now()).toISOString();
  await change(table, subscriptionKey(id), (record) => (record?.owed?.has(alert) ? whenSent(record, alert, sent, told.map((one) => ({ id: one.id, at: one.at ?? sent }))) : undefined));
  return outcome.sending;
}
