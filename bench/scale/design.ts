import { publishesASecond } from "../../functions/notify/pacer.ts";
import { messagesASend, sendsAtOnce } from "../../functions/plan/tick.ts";
import { deadlineOf } from "../../functions/poll/deadline.ts";
import { mostAlerts } from "../../functions/watch/sweep.ts";
import { figures as assumed } from "../../infra/cost/prices.ts";
import { messagesABatch, pollRetentionMinutes, pollsSideBySide, sizes } from "../../infra/sizes.ts";
import { singlesAnHour } from "../../shared/alerts/due.ts";
import { hostPauseMs, pageMaxBytes } from "../../shared/intake/fetch.ts";
import { sizeBytes, toAttributes } from "../../shared/records/attributes.ts";
import { indexes } from "../../shared/records/definition.ts";
import { sourceKey, subscriptionKey } from "../../shared/records/keys.ts";
import { toRecord } from "../../shared/records/records.ts";
import type { SubscriptionRecord } from "../../shared/records/subscriptions.ts";
import figuresFile from "./figures.json" with { type: "json" };

const at = "2026-11-25T12:00:00.000Z";
const topic = "arn:aws:sns:us-east-1:123456789012:rights-almanac-prod-alerts";
const subscription: Omit<SubscriptionRecord, "kind" | "pk" | "sk" | "format" | "revision"> = {
  id: "0123456789ab",
  address: "reader@example.org",
  protocol: "email",
  wishes: { series: [], publishers: [], kinds: [], languages: [] },
  language: "en",
  state: "active",
  since: at,
  sns: { topic, arn: `${topic}:01234567-0123-0123-0123-0123456789ab`, changed: at },
  read: { soon: at, digest: at },
  planned: 3,
};

/** The bytes of an entry in the index of those that deviate, for a source's id of so many letters. */
function deviatingBytes(idLetters: number): number {
  const { partition, sort, mark = "" } = indexes.deviating;
  return sizeBytes(toAttributes({ ...sourceKey("x".repeat(idLetters)), kind: "source", [partition]: mark, [sort]: at }));
}

const timeoutMs = sizes.poll.timeoutSeconds * 1000;

/** What the design is built of, read from the code and the infrastructure; bytes of records are those of a plain one. */
export const design = {
  publishesASecond,
  messagesASend,
  sendsAtOnce,
  messagesABatch,
  pollsSideBySide,
  pollRetentionMinutes,
  sizes,
  pageBytes: pageMaxBytes,
  /** Notify begins no alert after half of its time. */
  notifyBeginSeconds: sizes.notify.timeoutSeconds / 2,
  /** No source of a message is begun later. */
  beginSeconds: deadlineOf(0, timeoutMs).beginBy / 1000,
  hostPauseSeconds: hostPauseMs / 1000,
  singlesAnHour,
  sweptAtOnce: mostAlerts,
  subscriptionBytes: sizeBytes(toAttributes(toRecord(subscriptionKey(subscription.id), subscription))),
  deviatingBytes: deviatingBytes(20),
  idBytes: sizeBytes(toAttributes({ list: ["x".repeat(20)] })) - sizeBytes(toAttributes({ list: [] })),
} as const;

/** Of each function but poll one runs at a time; of site at least one. */
export const othersAtOnce = Object.keys(sizes).length - 1;

/** What neither the code nor AWS's documents say. */
export const figures = figuresFile.figures;
/** What the bill assumes as well: times, and how many sources fail. */
export const assumptions = assumed;
