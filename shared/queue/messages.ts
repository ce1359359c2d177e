import { createHash } from "node:crypto";
import { type OwingKind, owingKindOf } from "../records/owed.ts";
import type { RecordKey } from "../records/keys.ts";
import type { Outgoing } from "./queue.ts";

/** Raise it when a reader of the old shape would misread the new. */
const format = 1;
/** SQS takes no longer names for groups and deduplication. */
const longestName = 128;

/** What plan asks of poll: the sources of one host that are due in a minute. */
export interface PollMessage {
  /** Minutes since 1970. */
  readonly minute: number;
  readonly host: string;
  /** Their ids. */
  readonly sources: readonly string[];
  /** Follows from minute and host, and goes through to the sending of what rings, so that the log can be read along it. */
  readonly correlation: string;
}

/** What poll and watch ask of notify: one alert that a record owes. */
export interface OwedMessage {
  readonly key: RecordKey<OwingKind>;
  readonly alert: string;
  readonly correlation: string;
}

/** The correlation id of all that comes of a minute: such as "2026-11-24T12:00Z www.state.gov". */
export function correlationOf(minute: number, of: string): string {
  return `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z ${of}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The name itself where SQS takes it, and otherwise a hash of it: at most 128 letters, digits and marks. */
function nameFor(text: string): string {
  return text.length <= longestName && /^[!-~]+$/.test(text) ? text : hash(text);
}

/** A poll message for the queue: a group a host, so that a host is asked one thing at a time, and one message a minute. */
export function pollOutgoing(message: PollMessage): Outgoing {
  const { host, minute } = message;
  return { body: JSON.stringify({ format, ...message }), group: nameFor(host), deduplication: nameFor(`${host}-${minute}`) };
}

/** What is left of a poll message that came as `id`, behind the others of its host. */
export function leftOutgoing(message: PollMessage, id: string): Outgoing {
  return { ...pollOutgoing(message), deduplication: hash(`${id} ${message.sources.join(" ")}`) };
}

/**
 * An owed message for the queue, sent at a moment (milliseconds since 1970). All are of one group, so that one alert
 * is sent at a time. Sent again in another minute it is another message, as the first may have been lost.
 */
export function owedOutgoing(message: OwedMessage, now: number): Outgoing {
  const { key, alert } = message;
  const minute = Math.floor(now / 60_000);
  return { body: JSON.stringify({ format, ...message }), group: "notify", deduplication: hash(`${key.pk} ${key.sk} ${alert} ${minute}`) };
}

type Properties = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a body of the format that is read here; undefined where it is none. */
function open(body: string): Properties | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) && value["format"] === format ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The poll message in a body; undefined where this version cannot read it. */
export function readPollMessage(body: string): PollMessage | undefined {
  const { minute, host, sources, correlation } = open(body) ?? {};
  if (typeof minute !== "number" || !Number.isSafeInteger(minute) || typeof host !== "string" || typeof correlation !== "string") return undefined;
  if (!Array.isArray(sources) || !sources.every((id) => typeof id === "string")) return undefined;
  return { minute, host, sources, correlation };
}

/** The owed message in a body; undefined where this version cannot read it. */
export function readOwedMessage(body: string): OwedMessage | undefined {
  const { key, alert, correlation } = open(body) ?? {};
  if (!isObject(key) || typeof alert !== "string" || typeof correlation !== "string") return undefined;
  const { pk, sk } = key;
  const kind = owingKindOf(key["kind"]);
  if (typeof pk !== "string" || typeof sk !== "string" || !kind) return undefined;
  return { key: { pk, sk, kind }, alert, correlation };
}
