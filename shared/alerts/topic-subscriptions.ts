import { type AskedFor, type Protocol, protocols, subscriptionId, subscriptions, type SubscriptionRecord, unsubscribe } from "../records/subscriptions.ts";
import type { Table } from "../records/table.ts";
import { subscribeFromNow } from "./digests.ts";
import { filterPolicy, type FilterPolicy } from "./filter-policy.ts";
import { WishError } from "./subscriptions.ts";
import type { Delivery, Topic, TopicSubscription } from "./topic.ts";

/** What is asked for an address. */
export type Asked = Omit<AskedFor, "sns">;

/** The protocols that the record knows. */
function isOurs(protocol: string): protocol is Protocol {
  return protocols.some((known) => known === protocol);
}

function idOf({ protocol, endpoint }: TopicSubscription): string | undefined {
  return isOurs(protocol) ? subscriptionId(protocol, endpoint) : undefined;
}

/** What subscribing came to. */
export interface Subscribed {
  readonly record: SubscriptionRecord;
  readonly before: SubscriptionRecord | undefined;
  readonly delivery: Delivery;
  /** How many subscriptions the topic has, this one among them: each has a filter policy, and SNS takes so many. */
  readonly count: number;
}

/**
 * Subscribes an address to the topic with the filter policy of its wishes, and then puts it on record. One address has
 * one subscription: asked again, it gets the new policy. Throws a sentence where SNS would not take the wishes, before
 * anything is asked of it.
 */
export async function subscribeAt(topic: Topic, table: Table, asked: Asked, now: string): Promise<Subscribed> {
  const id = subscriptionId(asked.protocol, asked.address);
  const policy = filterPolicy({ ...asked, id });
  const [there, ours] = [await topic.list(), await subscriptions(table)];
  const found = there.find((one) => idOf(one) === id);
  const before = ours.find((one) => one.id === id);
  const known = before?.sns?.topic === topic.arn ? before.sns.arn : undefined;
  let subscribed: { readonly arn: string; readonly delivery: Delivery } | undefined;
  if (found?.arn !== undefined) {
    await topic.change(found.arn, asked.protocol, policy);
    subscribed = { arn: found.arn, delivery: found.delivery };
  } else {
    // SNS takes another spelling of an address for another address.
    const address = { protocol: asked.protocol, address: found?.endpoint ?? asked.address };
    subscribed = (await topic.subscribe(address, policy)) ?? (await changed(topic, known, asked.protocol, policy));
  }
  if (!subscribed) throw new WishError(`${asked.address} was asked to confirm other wishes and did not yet. Once it has confirmed, ask again; unconfirmed, SNS forgets it after 48 hours.`);
  const sns = { topic: topic.arn, arn: subscribed.arn, changed: changedAt(topic, before, policy, now) };
  const record = await subscribeFromNow(table, { ...asked, sns }, now);
  return { record, before, delivery: subscribed.delivery, count: there.length + (found ? 0 : 1) };
}

/** When the policy last became another: SNS may send by the one before for a while. */
function changedAt(topic: Topic, before: SubscriptionRecord | undefined, policy: FilterPolicy, now: string): string | undefined {
  if (before?.state !== "active" || before.sns?.topic !== topic.arn) return undefined;
  return JSON.stringify(filterPolicy(before)) === JSON.stringify(policy) ? before.sns.changed : now;
}

/** SNS refuses to subscribe one with another policy, and does not tell the ARN of one that is unconfirmed; the record may know it. */
async function changed(topic: Topic, arn: string | undefined, protocol: Protocol, policy: FilterPolicy): Promise<{ readonly arn: string; readonly delivery: Delivery } | undefined> {
  const delivery = arn === undefined ? undefined : await topic.look(arn);
  if (arn === undefined || delivery === undefined) return undefined;
  await topic.change(arn, protocol, policy);
  return { arn, delivery };
}

/** What ending a subscription came to. */
export interface Unsubscribed {
  /** Whether there was one to end, on record or at the topic. */
  readonly ended: boolean;
  /** SNS lets nobody end one that is unconfirmed: it forgets it after 48 hours, unless it is confirmed until then. */
  readonly unconfirmed: boolean;
}

/** Ends the subscription of an address at the topic, and then on record. */
export async function unsubscribeAt(topic: Topic, table: Table, { protocol, address }: Pick<Asked, "protocol" | "address">, now: string): Promise<Unsubscribed> {
  const id = subscriptionId(protocol, address);
  const found = (await topic.list()).find((one) => idOf(one) === id);
  if (found?.arn !== undefined) await topic.unsubscribe(found.arn);
  const ended = await unsubscribe(table, protocol, address, now);
  return { ended: ended || found?.arn !== undefined, unconfirmed: found?.delivery === "pending" };
}

/**
 * How a subscription stands on record and at the topic together. `left`: it was there and is no more, because it was
 * ended by the link in a mail, or never confirmed. `unasked`: it is on record alone, after a move. `lingering`: ended
 * on record, and the topic still sends to it.
 */
export type SnsState = Delivery | "left" | "unasked" | "lingering" | "ended";

/** A subscription and how it stands. */
export interface SubscriptionAtSns {
  readonly record: SubscriptionRecord;
  readonly sns: SnsState;
}

/** All subscriptions, on record and at the topic. */
export interface Reconciled {
  readonly ours: readonly SubscriptionAtSns[];
  /** At the topic, and not on record: somebody subscribed them in the console. */
  readonly others: readonly TopicSubscription[];
}

/** Compares the record with the topic, and ends on record what has left there. `now` is ISO 8601. */
export async function reconcile(topic: Topic, table: Table, now: string): Promise<Reconciled> {
  const [there, records] = [await topic.list(), await subscriptions(table)];
  const byId = new Map(there.map((one) => [idOf(one), one]));
  const ours: SubscriptionAtSns[] = [];
  for (const record of records) {
    const sns = await stateOf(topic, record, byId.get(record.id));
    if (sns === "left") await unsubscribe(table, record.protocol, record.address, now);
    ours.push({ record, sns });
  }
  const known = new Set(records.map(({ id }) => id));
  return { ours, others: there.filter((one) => !known.has(idOf(one) ?? "")) };
}

async function stateOf(topic: Topic, { state, sns }: SubscriptionRecord, found: TopicSubscription | undefined): Promise<SnsState> {
  if (state === "ended") return found?.delivery === "confirmed" ? "lingering" : "ended";
  if (found) return found.delivery;
  if (sns?.topic !== topic.arn) return "unasked";
  // The list is a little behind, so what it lacks is looked at itself.
  return (await topic.look(sns.arn)) ?? "left";
}
