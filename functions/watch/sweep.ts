import { planDigests } from "../../shared/alerts/digests.ts";
import type { Source } from "../../shared/catalogue/schema.ts";
import type { Clock } from "../../shared/clock.ts";
import { isLost } from "../../shared/intake/health.ts";
import type { Log } from "../../shared/lambda/log.ts";
import type { Meter } from "../../shared/lambda/metrics.ts";
import { correlationOf, type OwedMessage, owedOutgoing } from "../../shared/queue/messages.ts";
import type { Queue } from "../../shared/queue/queue.ts";
import { notBefore } from "../../shared/records/deviating.ts";
import { owingRecords, type OwingRecord } from "../../shared/records/owed.ts";
import { plannedMinute } from "../../shared/records/plan.ts";
import { asKind } from "../../shared/records/records.ts";
import { lossTold, readStates } from "../../shared/records/sources.ts";
import type { Table } from "../../shared/records/table.ts";

const minuteMs = 60_000;
/** Poll has handed on what is owed before that, and notify has sent it. */
const leftBehindMs = 5 * minuteMs;
/** More wait for the next sweep, so that the queue does not grow without end while SNS is away, and watch ends in time. */
export const mostAlerts = 1000;

/** An alarm that stays red for a source that nobody can win back would hide the next one. */
const newsMs = 24 * 60 * minuteMs;

/** What a sweep needs. */
export interface Watching {
  readonly table: Table;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

/** Hands on the digests that are due and the alerts that were left behind, and measures what an operator must know: what is owed, which sources are lost, whether planning goes on. Gives for how many seconds the longest owing record has owed. */
export async function sweep(watching: Watching, sources: readonly Source[]): Promise<number> {
  const owedSeconds = await measureOwed(watching);
  await measureLost(watching, sources);
  await measurePlan(watching);
  await handOnDigests(watching);
  return owedSeconds;
}

async function measureOwed(watching: Watching): Promise<number> {
  const { table, queue, clock, log, meter } = watching;
  const now = clock.now();
  const correlation = correlationOf(Math.floor(now / minuteMs), "watch");
  const left: OwedMessage[] = [];
  let oldest: string | undefined;
  for await (const owing of owingRecords(table)) {
    oldest ??= owing.since;
    if (Date.parse(owing.since) > now - leftBehindMs || left.length >= mostAlerts) break;
    for (const alert of await alertsOf(watching, owing)) if (owing.key) left.push({ key: owing.key, alert, correlation });
  }
  const seconds = oldest === undefined ? 0 : Math.max(0, Math.round((now - Date.parse(oldest)) / 1000));
  meter.add("OldestOwedSeconds", seconds);
  if (left.length === 0) return seconds;
  log.along(correlation).warn("Alerts were left behind, and are handed to notify again.", { alerts: left.map(({ alert }) => alert), oldest });
  await queue.send(left.map((message) => owedOutgoing(message, now)));
  return seconds;
}

/** Plans the messages that are due to subscriptions by now, and hands them to notify. */
async function handOnDigests({ table, queue, clock, log }: Watching): Promise<void> {
  const now = clock.now();
  const correlation = correlationOf(Math.floor(now / minuteMs), "watch");
  const owed = await planDigests(table, new Date(now).toISOString(), mostAlerts);
  if (owed.length === 0) return;
  log.along(correlation).info("Messages that waited for their time are handed to notify.", { alerts: owed.map(({ alert }) => alert) });
  await queue.send(owed.map((one) => owedOutgoing({ ...one, correlation }, now)));
}

/** The alerts that a record owes. One that this version cannot read is said, and does not keep the others back. */
async function alertsOf({ table, log }: Watching, { key, place }: OwingRecord): Promise<string[]> {
  try {
    if (!key) throw new Error(`The record ${place} owes alerts, but one of its kind cannot. A newer version wrote it: update this one.`);
    const stored = await table.get(key);
    return stored ? [...(asKind(stored, key.kind).owed ?? [])] : [];
  } catch (error) {
    log.error("What a record owes cannot be told.", { record: place, error });
    return [];
  }
}

/**
 * A source that is lost is failing, and so among those that deviate from their pace: no other state need be read. Only
 * what poll told of lately is news, whatever the failure: neither a single one nor an old loss.
 */
async function measureLost({ table, clock, log, meter }: Watching, sources: readonly Source[]): Promise<void> {
  const enabled = new Set(sources.filter(({ disabled }) => disabled === undefined).map(({ id }) => id));
  const deviating = [...(await notBefore(table)).keys()].filter((id) => enabled.has(id));
  const states = await readStates(table, deviating);
  const lost = [...states.values()].filter(({ health }) => isLost(health));
  const newly = [...states.values()].filter((state) => Date.parse(lossTold(state) ?? "") > clock.now() - newsMs);
  for (const { id, health, reason, since } of newly) log.warn("A source is lost to us.", { source: id, health, reason, since });
  meter.add("SourcesLost", lost.length);
  meter.add("SourcesNewlyLost", newly.length);
}

async function measurePlan({ table, clock, meter }: Watching): Promise<void> {
  const planned = await plannedMinute(table);
  if (planned !== undefined) meter.add("PlanAgeSeconds", Math.max(0, Math.round(clock.now() / 1000 - planned * 60)));
}
