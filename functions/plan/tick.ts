import { sourceHost } from "../../shared/catalogue/address.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Log } from "../../shared/lambda/log.ts";
import type { Meter } from "../../shared/lambda/metrics.ts";
import { correlationOf, pollOutgoing, type PollMessage } from "../../shared/queue/messages.ts";
import type { Queue } from "../../shared/queue/queue.ts";
import { notBefore } from "../../shared/records/deviating.ts";
import { overtakenMinutes, plannedMinute, setPlanned } from "../../shared/records/plan.ts";
import { sideBySide } from "../../shared/records/side-by-side.ts";
import { seriesInSeason } from "../../shared/records/watch.ts";
import type { Table } from "../../shared/records/table.ts";
import { due, onwards } from "./plan.ts";

const minuteMs = 60_000;
/** A tick that comes later than this is left to the next one, which covers its minute as well. */
const staleMs = 2 * minuteMs;
/** So many minutes without a tick are worth a word. */
const missedWorthSaying = 3;
/** At the first tick every host has a message, and one send after another of 56,000 would outlast the function. SQS takes 300 sends a second. */
export const sendsAtOnce = 4;
/** Of these SQS takes so many in a send. */
export const messagesASend = 10;
/** A line of the log holds 256 KB. A poll says its own correlation id, so the first ones are for a look alone. */
const correlationsTold = 100;

/** What planning a tick needs. */
export interface Planning {
  readonly table: Table;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

/** What planning needs of the catalogue. */
export interface Plannable {
  readonly sources: readonly Source[];
  readonly series: ReadonlyMap<string, Series>;
}

/** The moment, in milliseconds since 1970, in the schedule's event. Throws a sentence where there is none. */
export function scheduledAt(event: unknown): number {
  const scheduled = typeof event === "object" && event !== null && "scheduled" in event ? event.scheduled : undefined;
  const at = typeof scheduled === "string" ? Date.parse(scheduled) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`The schedule's event has no moment under "scheduled": ${JSON.stringify(event)}. It must give its own time (infra/).`);
  return at;
}

/** The messages for sources that are due in a minute, one a host. */
export function pollMessages(sources: readonly Source[], minute: number): PollMessage[] {
  return [...Map.groupBy(sources, sourceHost)].map(([host, list]) => ({ minute, host, sources: list.map(({ id }) => id), correlation: correlationOf(minute, host) }));
}

/** Sends some at a time. Each is of a group of its own, so their order does not matter. */
async function send(queue: Queue, messages: readonly PollMessage[]): Promise<void> {
  const sends = Array.from({ length: Math.ceil(messages.length / messagesASend) }, (_, index) => messages.slice(index * messagesASend, (index + 1) * messagesASend));
  await sideBySide(sends, sendsAtOnce, (some) => queue.send(some.map(pollOutgoing)));
}

/**
 * Plans what is due since the last planned minute up to the one that was scheduled: a message a host into the poll
 * queue. That it is planned is noted when all are sent; a tick that dies in between is planned again, which the queue
 * does not take twice.
 */
export async function tick({ table, queue, clock, log, meter }: Planning, { sources, series }: Plannable, scheduled: number): Promise<void> {
  const lateMs = clock.now() - scheduled;
  if (lateMs > staleMs) {
    meter.add("TicksDropped");
    return log.warn(`The tick of ${new Date(scheduled).toISOString()} is stale, so it is left to the next one.`, { late_seconds: Math.round(lateMs / 1000) });
  }
  const minute = Math.floor(scheduled / minuteMs);
  const planned = await plannedMinute(table);
  if (planned !== undefined && planned >= minute && planned - minute <= overtakenMinutes) return log.info("This minute was planned already.", { minute });
  const { from, missed, setBack } = onwards(planned, minute);
  if (setBack) log.warn("What is noted as planned lies in the future. It was noted by a clock that ran ahead, so planning goes on from now.", { minute, planned });
  if (missed >= missedWorthSaying) log.warn("Nothing was planned for some minutes: each source that was due is polled once now.", { missed_minutes: missed });
  const [waits, inSeason] = await Promise.all([notBefore(table), seriesInSeason(table)]);
  const messages = pollMessages(due(sources, from, minute, series, waits, inSeason), minute);
  await send(queue, messages);
  await setPlanned(table, minute);
  meter.add("MinutesPlanned", missed + 1);
  log.info("Planned.", { minute, hosts: messages.length, sources: messages.reduce((sum, message) => sum + message.sources.length, 0), correlations: messages.slice(0, correlationsTold).map(({ correlation }) => correlation) });
}
