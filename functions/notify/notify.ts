import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { type Owed, planAtOnce, subscriptionsAt, toldInTheHour, toTellAlone } from "../../shared/alerts/digests.ts";
import { singlesAnHour } from "../../shared/alerts/due.ts";
import type { Style } from "../../shared/alerts/texts/languages.ts";
import type { Clock } from "../../shared/clock.ts";
import type { AlertRecord } from "../../shared/records/alerts.ts";
import { type Correction, editionsOf, wrongIn } from "../../shared/records/editions.ts";
import { alertKey, editionKey, type RecordKey } from "../../shared/records/keys.ts";
import { type OwingKind, settle } from "../../shared/records/owed.ts";
import { asKind, change, read, readMany, type Records } from "../../shared/records/records.ts";
import { type SubscriptionRecord, subscriptions } from "../../shared/records/subscriptions.ts";
import { sendDigest } from "./digest.ts";
import { changesFacts, correctionFacts, editionFacts, healthFacts, itemFacts, reminderFacts, standingFacts } from "./facts.ts";
import type { Known } from "./known.ts";
import { send, type SendWorld, type Sending } from "./send.ts";

/** What notify needs from the world. */
export interface World extends SendWorld {
  readonly known: Known;
  /** The address of the site where editions have pages, if there is one. */
  readonly site?: string | null;
  /** To whom readers write to end their messages, if that is set. */
  readonly contact?: string | null;
  /** Told of each message to one subscriber that could not be sent and stays owed. */
  readonly failed?: (alert: string, error: unknown) => void;
  /** After this moment (milliseconds since 1970) nobody is told of an alert alone; without it, all are. */
  readonly aloneBy?: number;
  /** Told how many there was no time to tell of an alert alone. Each is told by the next that looks for what is due. */
  readonly left?: (alert: string, subscribers: number) => void;
}

type Told = Exclude<Records[OwingKind], { kind: "subscription" }>;

async function factsOf({ table, known }: World, record: Told, alert: string): Promise<AlertFacts | undefined> {
  if (record.kind === "item") return itemFacts(known, record, alert);
  if (record.kind === "source") return healthFacts(known, record, alert);
  if (record.kind === "watch") return reminderFacts(known, record, alert);
  if (record.kind === "standing") return standingFacts(known, record, alert, await editionsOf(table, record.series));
  const told = record.changes?.find((changes) => changes.alert === alert);
  if (told) return changesFacts(known, record, told, await editionsOf(table, record.series));
  const correction = record.corrections?.find((one) => one.alert === alert);
  if (correction) return factsOfCorrection({ table, known }, correction);
  const ring = record.rings.find((rung) => rung.alert === alert);
  if (!ring) throw new Error(`The edition ${record.series} ${record.key} owes the alert ${alert} but has no ring of it, so nobody knows what it is to say. Import an export that still has it, or record the edition by hand and take the alert off what it owes.`);
  return editionFacts(known, record, ring, await editionsOf(table, record.series));
}

async function factsOfCorrection({ table, known }: Pick<World, "table" | "known">, correction: Correction): Promise<AlertFacts | undefined> {
  const { to } = correction;
  const told = await readMany(table, wrongIn(correction).map(alertKey));
  for (const { id } of told) await change(table, alertKey(id), (before) => before && { ...before, corrected: correction.alert });
  return correctionFacts(known, correction, told, to === null ? undefined : await read(table, editionKey(to.series, to.key)));
}

/**
 * Sends one owed alert: composes it from its record, notes that it is begun, publishes it, notes that it was sent, and
 * only then takes it off the record. What ends in between is begun again, and none is lost. One that is noted as sent
 * is not sent again; one that was begun and not noted may have been: it comes with the same id, and says that it may be a repeat.
 */
export async function notify(world: World, key: RecordKey<OwingKind>, alert: string): Promise<Sending> {
  const { table } = world;
  const stored = await table.get(key);
  if (!stored) return "not owed";
  const record = asKind(stored, key.kind);
  if (!record.owed?.has(alert)) return "not owed";
  if (record.kind === "subscription") return sendDigest(world, record, alert);
  const before = await read(table, alertKey(alert));
  const facts = before?.sent ? undefined : await factsOf(world, record, alert);
  // One that died after the alert was noted as sent, or that lost a race, left only those to whom it goes alone.
  if (before?.sent) await tellAlone(world, before, await subscriptions(table));
  // A record that no longer knows what it meant to say (a source's health changed again) has nothing to send.
  const sending = facts ? await tell(world, facts) : "not owed";
  await settle(table, key, alert);
  return sending;
}

/**
 * Tells those who want an alert as it comes. Where as many came in the last hour as a person takes one by one, only
 * programs get it so, and people get it gathered: those of them at once to whom the many did not come.
 */
async function tell(world: World, facts: AlertFacts): Promise<Sending> {
  const { table, clock } = world;
  const style: Style = { language: "en", site: world.site ?? null, contact: world.contact ?? null };
  const people = await subscriptionsAt(table, moment(clock));
  const hour = await toldInTheHour(table, moment(clock));
  const rung = hour.filter((told) => told.broadcast && told.id !== facts.id && told.facts.kind !== "about").length;
  const broadcast = facts.kind === "about" || rung < singlesAnHour;
  const outcome = await send(world, { id: facts.id, write: (repeat) => compose(facts, { ...style, repeat }), to: (begun) => (begun.broadcast ? "everyone" : "programs"), broadcast });
  await tellAlone(world, outcome.record, people, hour);
  if ("later" in outcome) throw outcome.later;
  return outcome.sending;
}

/**
 * Tells those of an alert whom it did not reach with all others, and who need not wait, while there is time. For who is
 * left nothing is planned, so it is as if the alert had waited for them: the next look at what is due tells them.
 * Done again after a crash, it tells those who are not told by then.
 */
async function tellAlone(world: World, alert: AlertRecord, people: readonly SubscriptionRecord[], hour?: readonly AlertRecord[]): Promise<void> {
  const { table, clock, aloneBy = Number.POSITIVE_INFINITY } = world;
  const now = moment(clock);
  const atOnce = { alert, hour: hour ?? (await toldInTheHour(table, now)), now };
  const ids = toTellAlone(people, atOnce);
  for (const [index, id] of ids.entries()) {
    if (clock.now() > aloneBy) return world.left?.(alert.id, ids.length - index);
    const owed = await planAtOnce(table, id, atOnce);
    if (owed) await sendPlanned(world, owed);
  }
}

/** Sends what was planned just now. What cannot be sent stays owed by the subscription, and holds up nobody else. */
async function sendPlanned(world: World, { key, alert }: Owed): Promise<void> {
  try {
    await notify(world, key, alert);
  } catch (error) {
    // It is owed like any other alert, and looked for with them.
    world.failed?.(alert, error);
  }
}

function moment(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
