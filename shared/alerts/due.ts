import type { AlertRecord } from "../records/alerts.ts";
import { owe, paid } from "../records/owed.ts";
import type { DueDigest, Pace, ReadUpTo, SubscriptionRecord } from "../records/subscriptions.ts";
import type { WrongAlert } from "./alert.ts";
import { wanted } from "./filter.ts";
import { digestNumber, digestPace, isDirect, isQuiet, isRead, paceOf } from "./pace.ts";

/** What planning needs to know of an alert that was told to those who get it as it comes, or that waits for all. */
export type Told = Pick<AlertRecord, "id" | "facts" | "broadcast" | "corrected"> & { readonly at: string };

type Subscription = Omit<SubscriptionRecord, "kind" | "pk" | "sk" | "format" | "revision">;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** An alert is told, then put on record, and then found in the index: what is younger than this may yet be missing there. */
const settledAfterMs = 2 * minuteMs;
/** SNS says that a changed filter policy takes up to so long to take effect. */
const policyMs = 15 * minuteMs;
/** So many messages an hour come each by itself; what comes beyond that is gathered. */
export const singlesAnHour = 5;
/** A message tells of so many alerts at most, so that it stays below what SNS and readers take. */
const alertsMost = 50;
/** How far `read` may be behind before it is moved up although nothing came: a write a day, and no long look back. */
const behindMs = 24 * hourMs;
/** From one digest to the next it is a week at most. */
const digestMs = 8 * 24 * hourMs;

const before = (moment: string, ms: number): string => new Date(Date.parse(moment) - ms).toISOString();
const later = (a: string, b: string): string => (a > b ? a : b);

/** The moment up to which every alert can be found, seen from now. */
export function settledAt(now: string): string {
  return before(now, settledAfterMs);
}

/** Up to when a subscription's alerts were looked at. */
export function readUpTo({ read, since }: Pick<Subscription, "read" | "since">): ReadUpTo {
  return read ?? { soon: since, digest: since };
}

/** Whether the subscriber got an alert with all others, by SNS or by the outbox. Where SNS may not have known, they did not. */
function wasReached(subscription: Subscription, { facts, broadcast, at }: Told): boolean {
  const changed = subscription.sns?.changed;
  return (broadcast === true || !isRead(subscription)) && isDirect(subscription, facts) && !(changed !== undefined && at < before(changed, -policyMs));
}

/** Whether a subscriber whom a correction did not reach with all others was told by now what it takes back, or is about to be. */
function wasTold(subscription: Subscription, correction: Told["facts"], { alert, at, kind, language, broadcast }: WrongAlert): boolean {
  const { due, ahead = {}, waiting = [] } = subscription;
  const read = readUpTo(subscription);
  const facts = { ...correction, kind, language, corrects: undefined };
  if (wasReached(subscription, { id: alert, facts, broadcast, at })) return true;
  if (due?.alerts.includes(alert) || Object.hasOwn(ahead, alert)) return true;
  return wanted(subscription, facts) && !waiting.includes(alert) && at <= (paceOf(subscription, kind) === "at-once" ? read.soon : read.digest);
}

function isFor(subscription: Subscription, told: Told): boolean {
  const { corrects } = told.facts;
  if (!wanted(subscription, told.facts) || wasReached(subscription, told)) return false;
  return corrects === undefined || corrects.wrong.some((wrong) => wasTold(subscription, told.facts, wrong));
}

/** What a subscriber has still to be told: what comes as soon as may be, and what comes in the next digest. */
export interface Pending {
  readonly soon: readonly Told[];
  readonly digest: readonly Told[];
}

/** What a subscriber has still to be told of the alerts told up to a moment, oldest first. */
export function pendingOf(subscription: Subscription, told: readonly Told[], upTo: string): Pending {
  const read = readUpTo(subscription);
  const [ahead, waiting] = [subscription.ahead ?? {}, new Set(subscription.waiting)];
  const isOpen = ({ id, at }: Told, from: string): boolean => !Object.hasOwn(ahead, id) && (waiting.has(id) || (at > from && at <= upTo));
  // What was taken back before it was told is not told any more.
  const open = told.filter((one) => one.corrected === undefined && (waiting.has(one.id) || isFor(subscription, one)));
  const isSoon = ({ facts }: Told): boolean => paceOf(subscription, facts.kind) === "at-once";
  return {
    soon: open.filter((one) => isSoon(one) && isOpen(one, read.soon)),
    digest: open.filter((one) => !isSoon(one) && isOpen(one, read.digest)),
  };
}

/** Whether a subscription has been looked after up to this moment or further, which is so where the clock was set back. */
export function isBeyond(subscription: Subscription, now: string): boolean {
  const reached = subscription.due?.read ?? readUpTo(subscription);
  return later(reached.soon, reached.digest) >= now;
}

/**
 * The subscription that has been looked after up to a moment that is still to come, looked after up to now: what is told
 * from now on is then open to it. `told` are the alerts since the settled ones; those that it was told, as far as it had
 * been looked after, are noted as told ahead.
 */
export function setBack<S extends Subscription>(subscription: S, told: readonly Told[], now: string): S {
  const { due, waiting = [], recent, ahead } = subscription;
  const reached = due?.read ?? readUpTo(subscription);
  const done = told.filter((one) => !waiting.includes(one.id) && isFor(subscription, one)).flatMap(({ id, facts, at }): [string, string][] => {
    if (paceOf(subscription, facts.kind) === "at-once") return at <= reached.soon ? [[id, at]] : [];
    // What is noted is forgotten when `soon` comes past it, and the digest may then not have come so far.
    return at <= reached.digest ? [[id, before(at, -digestMs)]] : [];
  });
  const noLater = (at: string): string => (at < now ? at : settledAt(now));
  const back = (read: ReadUpTo): ReadUpTo => ({ soon: noLater(read.soon), digest: noLater(read.digest) });
  return {
    ...subscription,
    read: back(readUpTo(subscription)),
    ...(due ? { due: { ...due, read: back(due.read) } } : {}),
    ...(done.length > 0 ? { ahead: { ...ahead, ...Object.fromEntries(done) } } : {}),
    ...(recent ? { recent: recent.filter((at) => at <= now) } : {}),
  };
}

/**
 * Whether what should come soon may come now: each by itself, up to so many an hour; then what gathered, when an hour
 * is over. What is of no series is gathered from the first on.
 */
function mayComeNow(subscription: Subscription, soon: readonly Told[], told: readonly Told[], now: string): boolean {
  if (soon.length === 0) return false;
  const since = before(now, hourMs);
  const reached = told.filter((one) => one.at > since && wasReached(subscription, one)).length;
  const messages = (subscription.recent ?? []).filter((at) => at > since).length + reached;
  return messages === 0 || (messages < singlesAnHour && soon.some(({ facts }) => facts.kind !== "about"));
}

/** What follows for a subscription: a message that is due, or that it has been looked after so far; nothing where neither. */
export interface Step {
  readonly due?: DueDigest;
  readonly read?: ReadUpTo;
}

/** As many as one message tells, those told at one moment together, and up to when all were told with it. */
function portion(pending: readonly Told[], room: number, upTo: string, from: string): { readonly taken: readonly Told[]; readonly read: string } {
  if (room <= 0) return { taken: [], read: from };
  const last = pending[room - 1];
  if (!last || pending.length <= room) return { taken: pending, read: later(from, upTo) };
  return { taken: pending.filter(({ at }) => at <= last.at), read: later(from, last.at) };
}

function digest(subscription: Subscription, pace: Pace, taken: readonly Told[], read: ReadUpTo, now: string): DueDigest {
  return { alert: `digest:${subscription.id}:${(subscription.planned ?? 0) + 1}`, at: now, pace, alerts: taken.map(({ id }) => id), read };
}

/**
 * What is due to a subscription now, ISO 8601: `told` are the alerts since it was last looked after, and those that
 * wait; oldest first. Quiet hours put off what is due, and nothing else. Asked late, it gathers all that came since.
 */
export function nextStep(subscription: Subscription, told: readonly Told[], now: string): Step {
  if (subscription.state !== "active" || subscription.due) return {};
  const [read, settled] = [readUpTo(subscription), settledAt(now)];
  const pending = pendingOf(subscription, told, settled);
  const isDay = digestNumber(subscription, settled) > digestNumber(subscription, read.digest);
  const isDigest = isDay && pending.digest.length > 0;
  const isNow = isDigest || mayComeNow(subscription, pending.soon, told, now);
  if (isNow && !isQuiet(subscription, now)) {
    const soon = portion(pending.soon, alertsMost, settled, read.soon);
    const digests = isDigest ? portion(pending.digest, alertsMost - soon.taken.length, settled, read.digest) : { taken: [], read: read.digest };
    const taken = [...soon.taken, ...digests.taken].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return { due: digest(subscription, isDigest ? digestPace(subscription) : "at-once", taken, { soon: soon.read, digest: digests.read }, now) };
  }
  const moved = {
    soon: pending.soon.length === 0 && (isDay || before(settled, behindMs) > read.soon) ? settled : read.soon,
    digest: isDay && pending.digest.length === 0 ? settled : read.digest,
  };
  return moved.soon === read.soon && moved.digest === read.digest ? {} : { read: moved };
}

/**
 * The message that tells a subscriber of one alert at this moment, where it need not wait: `told` are the alerts of
 * the last hour. How far the subscription has been looked after stays, as other alerts may not be found yet.
 */
export function dueAtOnce(subscription: Subscription, alert: Told, told: readonly Told[], now: string): DueDigest | undefined {
  if (subscription.state !== "active" || subscription.due || isQuiet(subscription, now)) return undefined;
  const others = told.filter(({ id }) => id !== alert.id);
  const { soon } = pendingOf(subscription, [alert], now);
  return mayComeNow(subscription, soon, others, now) ? digest(subscription, "at-once", soon, readUpTo(subscription), now) : undefined;
}

/** The subscription, owing this message. */
export function withDue<S extends Subscription>(subscription: S, due: DueDigest): S {
  return { ...owe(subscription, due.alert, due.at), due, planned: (subscription.planned ?? 0) + 1 };
}

/** The subscription when its message was sent at a moment; `told` are the alerts that the message told. */
export function whenSent<S extends Subscription>(subscription: S, alert: string, sent: string, told: readonly Pick<Told, "id" | "at">[]): S {
  const { due } = subscription;
  if (due?.alert !== alert) return paid(subscription, alert);
  const ahead = Object.entries({ ...subscription.ahead, ...Object.fromEntries(told.map(({ id, at }) => [id, at])) }).filter(([, at]) => at > due.read.soon);
  const waiting = (subscription.waiting ?? []).filter((id) => !due.alerts.includes(id));
  return {
    ...paid(subscription, alert),
    due: undefined,
    read: due.read,
    ahead: ahead.length > 0 ? Object.fromEntries(ahead) : undefined,
    waiting: waiting.length > 0 ? waiting : undefined,
    recent: [...(subscription.recent ?? []).filter((at) => at > before(sent, hourMs)), sent],
  };
}
