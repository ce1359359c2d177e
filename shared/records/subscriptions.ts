import { createHash } from "node:crypto";
import { subscriptionKey, subscriptionPartition } from "./keys.ts";
import { asKind, change, type Content } from "./records.ts";
import type { Stored, Table } from "./table.ts";

export type Protocol = "email" | "sms" | "https";

/** What an address wants to hear of. An empty list stands for everything. */
export interface Wishes {
  readonly series: readonly string[];
  readonly publishers: readonly string[];
  readonly kinds: readonly string[];
  readonly languages: readonly string[];
}

/** What one address asked for. */
export interface SubscriptionRecord extends Stored {
  readonly kind: "subscription";
  readonly id: string;
  /** As the subscriber wrote it. */
  readonly address: string;
  readonly protocol: Protocol;
  readonly wishes: Wishes;
  /** In which the alerts are to be. */
  readonly language: string;
  readonly state: "active" | "ended";
  /** Since when it is in this state, ISO 8601. */
  readonly since: string;
  /** Where it was asked for at SNS, if it was: the topic, and the subscription there. */
  readonly sns?: { readonly topic: string; readonly arn: string };
}

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

/** Stores what an address asks for, in place of what it asked before. `now` is ISO 8601. */
export async function subscribe(
  table: Table,
  asked: Pick<SubscriptionRecord, "address" | "protocol" | "wishes" | "language" | "sns">,
  now: string,
): Promise<SubscriptionRecord> {
  const id = subscriptionId(asked.protocol, asked.address);
  return change(table, subscriptionKey(id), (before): Content<SubscriptionRecord> => {
    const { address, protocol, wishes, language } = asked;
    const since = before?.state === "active" ? before.since : now;
    return { id, address: address.trim(), protocol, wishes, language, state: "active", since, sns: asked.sns ?? before?.sns };
  });
}

/** Ends the subscription of an address; it stays on record. Answers false if there was none to end. */
export async function unsubscribe(table: Table, protocol: Protocol, address: string, now: string): Promise<boolean> {
  let ended = false;
  await change(table, subscriptionKey(subscriptionId(protocol, address)), (record): Content<SubscriptionRecord> | undefined => {
    ended = record?.state === "active";
    return record && ended ? { ...record, state: "ended", since: now } : undefined;
  });
  return ended;
}

/** All subscriptions, ended ones too, in the order of their ids. */
export async function subscriptions(table: Table): Promise<SubscriptionRecord[]> {
  const all: SubscriptionRecord[] = [];
  for await (const stored of table.list(subscriptionPartition)) all.push(asKind(stored, "subscription"));
  return all;
}
