import type { Kind } from "./records.ts";
import type { Key } from "./table.ts";

/** The key of a record, with the kind of record that is there. */
export interface RecordKey<K extends Kind> extends Key {
  readonly kind: K;
}

/** An item's id is a data format: it is made in one place alone, when the item is read. */
export function itemKey(id: string): RecordKey<"item"> {
  return { pk: `ITEM#${id}`, sk: "ITEM", kind: "item" };
}

/** Where a series' records lie, and how the sort keys of its editions begin. */
export function seriesPartition(series: string): string {
  return `SERIES#${series}`;
}
export const editionPrefix = "EDITION#";

/** `edition` is the edition's key in its series: the year, and what tells several of a year apart. */
export function editionKey(series: string, edition: string): RecordKey<"edition"> {
  return { pk: seriesPartition(series), sk: editionPrefix + edition, kind: "edition" };
}

/** Where the state of a source lies. */
export function sourceKey(id: string): RecordKey<"source"> {
  return { pk: `SOURCE#${id}`, sk: "STATE", kind: "source" };
}

/** All subscriptions are in one partition: so they can be listed, completely, without an index. */
export const subscriptionPartition = "SUBSCRIPTIONS";

/** Where the subscription of an address lies. */
export function subscriptionKey(id: string): RecordKey<"subscription"> {
  return { pk: subscriptionPartition, sk: `SUBSCRIPTION#${id}`, kind: "subscription" };
}

/** Where an alert that was sent lies. */
export function alertKey(id: string): RecordKey<"alert"> {
  return { pk: `ALERT#${id}`, sk: "ALERT", kind: "alert" };
}

export const installKey: RecordKey<"install"> = { pk: "INSTALL", sk: "INSTALL", kind: "install" };

/** Where it lies what was told of where a series' current edition stands. */
export function standingKey(series: string): RecordKey<"standing"> {
  return { pk: seriesPartition(series), sk: "STANDING", kind: "standing" };
}

export const watchKey: RecordKey<"watch"> = { pk: "WATCH", sk: "WATCH", kind: "watch" };

export const planKey: RecordKey<"plan"> = { pk: "PLAN", sk: "PLAN", kind: "plan" };
