import type { Composed } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { whenSent } from "../../shared/alerts/due.ts";
import type { Publisher } from "../../shared/alerts/publish.ts";
import { type Style, textLanguage } from "../../shared/alerts/texts/languages.ts";
import type { AlertRecord } from "../../shared/records/alerts.ts";
import { alertKey, subscriptionKey } from "../../shared/records/keys.ts";
import { change, readMany } from "../../shared/records/records.ts";
import type { DueDigest, SubscriptionRecord } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";

/** The alert as it was told before, or as it would have been in another language. */
function asTold({ facts, composed }: AlertRecord, style: Style): Composed {
  return style.language === "en" ? { facts, ...composed } : compose(facts, style);
}

/** One alert that only came later than to others is told as it is; a day's or week's digest is one, however short. */
function message({ alert, at, pace }: DueDigest, told: readonly AlertRecord[], style: Style): Composed {
  const [only] = told;
  if (only && told.length === 1 && pace === "at-once") return asTold(only, style);
  return composeDigest({ id: alert, at, pace, alerts: told.map((one) => asTold(one, style)) }, style);
}

/** What sending digests needs. */
export interface DigestWorld {
  readonly table: Table;
  readonly publish: Publisher;
  readonly clock: { now(): number };
  readonly site?: string | null;
}

/**
 * Sends a subscription the message that it is owed, keeps what was sent, and only then takes it off the record. A
 * crash in between sends it again, the same. False where it was no longer owed.
 */
export async function sendDigest({ table, publish, clock, site = null }: DigestWorld, subscription: SubscriptionRecord, alert: string): Promise<boolean> {
  const { due, id, address, protocol } = subscription;
  const isDue = subscription.state === "active" && due?.alert === alert;
  const found = isDue ? await readMany(table, due.alerts.map(alertKey)) : [];
  const byId = new Map(found.map((one) => [one.id, one]));
  const told = isDue ? due.alerts.flatMap((one) => byId.get(one) ?? []) : [];
  const composed = isDue && told.length > 0 ? message(due, told, { language: textLanguage(subscription.language), site }) : undefined;
  const messageIds = composed ? await publish(composed, { id, address, protocol }) : [];
  const sent = new Date(clock.now()).toISOString();
  if (composed) {
    const { facts, ...texts } = composed;
    await change(table, alertKey(alert), (before) => before ?? { id: alert, facts, composed: texts, sent, messageIds });
  }
  let wasOwed = false;
  await change(table, subscriptionKey(id), (record) => {
    wasOwed = record?.owed?.has(alert) ?? false;
    return record && wasOwed ? whenSent(record, alert, sent, told.map((one) => ({ id: one.id, at: one.at ?? sent }))) : undefined;
  });
  return wasOwed && composed !== undefined;
}
