import { createHash } from "node:crypto";
import { subscriptionKey, subscriptionPartition } from "./keys.ts";
import type { Owing } from "./owed.ts";
import { asKind, change, type Content } from "./records.ts";
import type { Stored, Table } from "./table.ts";

/** Ways in which SNS delivers; on one machine there are but the first three. */
export const protocols = ["email", "sms", "https", "sqs", "lambda"] as const;
export type Protocol = (typeof protocols)[number];

/** One wish of an address: what an alert must be of, all lists together. An empty list means all; of kinds, all but those that have to be asked for. */
export interface Wishes {
  readonly series: readonly string[];
  readonly publishers: readonly string[];
  readonly kinds: readonly string[];
  /** Two or three letters, such as en and ko. */
  readonly languages: readonly string[];
}

/** How often an address wants to be written to. */
export const paces = ["at-once", "daily", "weekly"] as const;
export type Pace = (typeof paces)[number];

/** The hours in which an address wants no message, such as 22:00 to 07:00; they may go over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Up to when alerts were looked at for a subscription, ISO 8601: those that it gets soon, and those for its digest. */
export interface ReadUpTo {
  readonly soon: string;
  readonly digest: string;
}

/** A message that a subscription is owed, as it was planned: the same after a crash. */
export interface DueDigest {
  /** The id of the digest. */
  readonly alert: string;
  readonly at: string;
  /** What gathers it: what came while it could not be sent at once, or a day's or week's digest. */
  readonly pace: Pace;
  /** The ids of the alerts that it tells, oldest first. */
  readonly alerts: readonly string[];
  /** How far this subscription has been looked after when it is sent. */
  readonly read: ReadUpTo;
}

/** What one address asked for, and how far it has been told. */
export interface SubscriptionRecord extends Stored, Owing {
  readonly kind: "subscription";
  readonly id: string;
  /** As the subscriber wrote it. */
  readonly address: string;
  readonly protocol: Protocol;
  readonly wishes: Wishes;
  /** Further wishes, any of which lets an alert through as well; absent where there is but the one. */
  readonly also?: readonly Wishes[] | undefined;
  /** In which the alerts are to be. */
  readonly language: string;
  /** Suspended: it takes nothing, so it gets nothing until it takes a test. */
  readonly state: "active" | "suspended" | "ended";
  /** Since when it is in this state, ISO 8601. */
  readonly since: string;
  /** Absent: the usual one, which is at once, and once a week for what is of no series. */
  readonly pace?: Pace;
  readonly quiet?: QuietHours;
  /** The time zone that its hours and days are of, such as Asia/Seoul; UTC if absent. */
  readonly zone?: string;
  /** Where it was asked for at SNS, if it was: the topic, the subscription there, and when its policy last changed. */
  readonly sns?: { readonly topic: string; readonly arn: string; readonly changed?: string };
  /** Absent on records of earlier versions, which were told everything up to `since`. */
  readonly read?: ReadUpTo;
  /** Alerts that were told it although `read` has not come so far, by id, with the moment of each. */
  readonly ahead?: Readonly<Record<string, string>>;
  /** Alerts that wait although `read` is past them: they were due by what the address asked for before. */
  readonly waiting?: readonly string[];
  readonly due?: DueDigest;
  /** How many messages were planned for it, which numbers them. */
  readonly planned?: number;
  /** Since when its web address takes nothing that is sent there, ISO 8601, and what it answers; absent where it took the last. */
  readonly takesNothing?: { readonly since: string; readonly why: string };
  /** When it was written to alone, as far as that is of the last hour. */
  readonly recent?: readonly string[];
}

/** What a person asks for an address. */
export type AskedFor = Pick<SubscriptionRecord, "address" | "protocol" | "wishes" | "also" | "language" | "pace" | "quiet" | "zone" | "sns">;

/** Follows from protocol and address, however the address is written: one address has one subscription. */
export function subscriptionId(protocol: Protocol, address: string): string {
  return createHash("sha256").update(`${protocol} ${folded(protocol, address)}`).digest("hex").slice(0, 12);
}

function folded(protocol: Protocol, address: string): string {
  const trimmed = address.trim();
  if (protocol === "sms") return trimmed.replace(/[^+\d]/g, "");
  if (protocol === "email") return trimmed.normalize("NFKC").toLowerCase();
  return URL.canParse(trimmed) ? new URL(trimmed).href : trimmed;
}

/**
 * Stores what an address asks for, in place of what it asked before. `now` is ISO 8601; alerts up to `from` are not
 * told it any more, but for those in `waiting`, which are due by what it asked for before.
 */
export async function subscribe(table: Table, asked: AskedFor, now: string, { from = now, waiting = [] }: { from?: string; waiting?: readonly string[] } = {}): Promise<SubscriptionRecord> {
  const id = subscriptionId(asked.protocol, asked.address);
  return change(table, subscriptionKey(id), (before): Content<SubscriptionRecord> => {
    const { address, protocol, wishes, also, language, pace, quiet, zone } = asked;
    const isGoingOn = before?.state === "active";
    const { due, owed, owedSince, planned, recent, ahead } = before ?? {};
    return {
      id,
      address: address.trim(),
      protocol,
      wishes,
      also,
      language,
      pace,
      quiet,
      zone,
      planned,
      state: "active",
      since: isGoingOn ? before.since : now,
      sns: asked.sns ?? before?.sns,
      read: { soon: from, digest: from },
      ...(isGoingOn ? { due, owed, owedSince, recent, ahead, waiting: union(before.waiting, waiting) } : {}),
    };
  });
}

function union(some: readonly string[] = [], others: readonly string[] = []): readonly string[] | undefined {
  const all = [...new Set([...some, ...others])];
  return all.length > 0 ? all : undefined;
}

/** Ends the subscription of an address; it stays on record. Answers false if there was none to end. */
export async function unsubscribe(table: Table, protocol: Protocol, address: string, now: string): Promise<boolean> {
  let ended = false;
  await change(table, subscriptionKey(subscriptionId(protocol, address)), (record): Content<SubscriptionRecord> | undefined => {
    ended = record !== undefined && record.state !== "ended";
    return record && ended ? { ...withoutDebts(record), takesNothing: undefined, state: "ended", since: now } : undefined;
  });
  return ended;
}

/** The subscription without what it is owed, getting nothing from now on until it goes on. */
export function suspended(record: SubscriptionRecord, now: string): SubscriptionRecord {
  return { ...withoutDebts(record), state: "suspended", since: now };
}

/** Nothing that it was owed is sent to an address that gets nothing more. */
function withoutDebts({ due: _due, owed: _owed, owedSince: _since, waiting: _waiting, ahead: _ahead, recent: _recent, ...rest }: SubscriptionRecord): SubscriptionRecord {
  return rest;
}

/** All subscriptions, ended ones too, in the order of their ids. */
export async function subscriptions(table: Table): Promise<SubscriptionRecord[]> {
  const all: SubscriptionRecord[] = [];
  for await (const stored of table.list(subscriptionPartition)) all.push(asKind(stored, "subscription"));
  return all;
}
