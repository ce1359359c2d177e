import { type AlertRecord, alertsBetween } from "../records/alerts.ts";
import { alertKey, type RecordKey, subscriptionKey } from "../records/keys.ts";
import { change, type Content, read, readMany } from "../records/records.ts";
import { sideBySide } from "../records/side-by-side.ts";
import { type AskedFor, subscribe, subscriptionId, type SubscriptionRecord, subscriptions } from "../records/subscriptions.ts";
import type { Table } from "../records/table.ts";
import { dueAtOnce, isBeyond, nextStep, pendingOf, readUpTo, setBack, settledAt, type Told, withDue } from "./due.ts";
import { digestNumber } from "./pace.ts";

/** A message that a subscription owes since now. */
export interface Owed {
  readonly key: RecordKey<"subscription">;
  readonly alert: string;
}

/** What was told in the hour before a moment, ISO 8601. */
export function toldInTheHour(table: Table, now: string): Promise<AlertRecord[]> {
  return alertsBetween(table, new Date(Date.parse(now) - 60 * 60_000).toISOString(), now);
}

/** An alert as planning sees it. */
function toTold({ id, facts, broadcast, corrected, at, sent }: AlertRecord): Told {
  return { id, facts, broadcast, corrected, at: at ?? sent ?? facts.at };
}

/** Those that wait for these subscriptions, and that lie further back than what was read. */
async function waitingFor(table: Table, list: readonly SubscriptionRecord[], found: readonly AlertRecord[]): Promise<AlertRecord[]> {
  const known = new Set(found.map(({ id }) => id));
  const ids = new Set(list.flatMap(({ waiting = [] }) => waiting).filter((id) => !known.has(id)));
  return readMany(table, [...ids].map(alertKey));
}

/** The alerts that planning for these subscriptions needs, oldest first. */
async function toldSince(table: Table, list: readonly SubscriptionRecord[], from: string, now: string): Promise<Told[]> {
  const found = await alertsBetween(table, from, now);
  return [...(await waitingFor(table, list, found)), ...found].map(toTold).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The moment since which alerts may be open to a subscription. What comes in a digest need not be read before its day. */
function openSince(subscription: SubscriptionRecord, now: string): string {
  const { soon, digest } = readUpTo(subscription);
  const settled = settledAt(now);
  const isDay = digestNumber(subscription, settled) > digestNumber(subscription, digest);
  return isDay && digest < soon ? digest : soon;
}

/** A subscription's record by its key, changed by what `next` gives; where it gives a message, that is owed. */
async function plan(table: Table, id: string, next: (record: SubscriptionRecord) => Content<SubscriptionRecord> | undefined): Promise<Owed | undefined> {
  const key = subscriptionKey(id);
  let alert: string | undefined;
  await change(table, key, (record) => {
    const after = record && next(record);
    alert = after?.due?.alert;
    return after;
  });
  return alert === undefined ? undefined : { key, alert };
}

/** So many subscriptions are planned side by side. */
const plansAtOnce = 8;

/** How far a subscription has been looked after, never further than to this moment. */
async function backTo(table: Table, record: SubscriptionRecord, now: string): Promise<SubscriptionRecord> {
  if (!isBeyond(record, now)) return record;
  const { soon, digest } = record.due?.read ?? readUpTo(record);
  const told = (await alertsBetween(table, settledAt(now), soon > digest ? soon : digest)).map(toTold);
  return change(table, subscriptionKey(record.id), (stored = record) => (isBeyond(stored, now) ? setBack(stored, told, now) : stored));
}

/**
 * The subscriptions before an alert is told at a moment, ISO 8601. Where the clock was set back, some have been looked
 * after beyond that moment, and would never be told: they are taken back to it first.
 */
export async function subscriptionsAt(table: Table, now: string): Promise<SubscriptionRecord[]> {
  const list = await subscriptions(table);
  const beyond = list.filter((one) => one.state === "active" && isBeyond(one, now));
  if (beyond.length === 0) return list;
  await sideBySide(beyond, plansAtOnce, async (one) => void (await backTo(table, one, now)));
  return subscriptions(table);
}

/**
 * Plans the messages that are due to subscriptions at a moment, ISO 8601: digests, what gathered, and what waited for
 * the end of quiet hours. Each is then owed by its subscription, until it was sent. One that owes is left alone, and
 * beyond so many they are left to the next time.
 */
export async function planDigests(table: Table, now: string, most = Number.POSITIVE_INFINITY): Promise<Owed[]> {
  const active = (await subscriptions(table)).filter(({ state, due }) => state === "active" && !due);
  if (active.length === 0) return [];
  const hourAgo = new Date(Date.parse(now) - 60 * 60_000).toISOString();
  const from = active.map((one) => openSince(one, now)).reduce((least, one) => (one < least ? one : least), hourAgo);
  const told = await toldSince(table, active, from, now);
  // Most have nothing due, and what does not change need not be read again.
  const changing = active.filter((one) => Object.keys(nextStep(one, told, now)).length > 0).slice(0, most);
  const owed: Owed[] = [];
  await sideBySide(changing, plansAtOnce, async ({ id }) => {
    const planned = await plan(table, id, (record) => {
      const { due, read: moved } = nextStep(record, told, now);
      return due ? withDue(record, due) : moved && { ...record, read: moved };
    });
    if (planned) owed.push(planned);
  });
  return owed;
}

/** What planning needs to know of a moment at which one alert is told: what was told in the hour before it, and the moment itself, ISO 8601. */
export interface AtOnce {
  readonly alert: AlertRecord;
  readonly hour: readonly AlertRecord[];
  readonly now: string;
}

/** The message that tells a subscription of one alert at once. */
function messageAtOnce(subscription: SubscriptionRecord, { alert, hour, now }: AtOnce): ReturnType<typeof dueAtOnce> {
  return dueAtOnce(subscription, toTold(alert), hour.map(toTold), now);
}

/** The ids of the subscriptions that an alert did not reach and that need not wait: each is told by a message of its own. */
export function toTellAlone(list: readonly SubscriptionRecord[], atOnce: AtOnce): string[] {
  return list.filter((one) => messageAtOnce(one, atOnce)).map(({ id }) => id);
}

/** Plans the message that tells a subscription of one alert at once, where it is still to be told. */
export function planAtOnce(table: Table, id: string, atOnce: AtOnce): Promise<Owed | undefined> {
  return plan(table, id, (record) => {
    const due = messageAtOnce(record, atOnce);
    return due && withDue(record, due);
  });
}

/**
 * Stores what an address asks for from now on, in place of what it asked before. What it was to be told by that, and
 * was not yet, it is still told.
 */
export async function subscribeFromNow(table: Table, asked: AskedFor, now: string): Promise<SubscriptionRecord> {
  const stored = await read(table, subscriptionKey(subscriptionId(asked.protocol, asked.address)));
  if (stored?.state !== "active") return subscribe(table, asked, now);
  const before = await backTo(table, stored, now);
  const { soon, digest } = readUpTo(before);
  const settled = settledAt(now);
  const told = await toldSince(table, [before], soon < digest ? soon : digest, now);
  const pending = pendingOf(before, told, settled);
  const planned = new Set(before.due?.alerts);
  const waiting = [...pending.soon, ...pending.digest].map(({ id }) => id).filter((id) => !planned.has(id));
  const from = settled > before.since ? settled : before.since;
  return subscribe(table, asked, now, { from, waiting });
}
