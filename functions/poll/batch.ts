import { paceMinutes } from "../../shared/calendar/season.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import type { Fetcher } from "../../shared/intake/fetch.ts";
import type { Log } from "../../shared/lambda/log.ts";
import type { Meter } from "../../shared/lambda/metrics.ts";
import { messageOf } from "../../shared/fault.ts";
import { inGroups } from "../../shared/queue/fifo.ts";
import { leftOutgoing, owedOutgoing, type PollMessage, readPollMessage } from "../../shared/queue/messages.ts";
import type { Queue, Received } from "../../shared/queue/queue.ts";
import type { Names } from "../../shared/recognition/names.ts";
import type { Compiled } from "../../shared/recognition/compile.ts";
import { createBodyReader } from "./body.ts";
import { type Deadline, fetchUntil } from "./deadline.ts";
import type { Outcome, World } from "./poll.ts";
import { pollRound } from "./round.ts";

/** The catalogue, made ready for polling. */
export interface Ready {
  readonly sources: ReadonlyMap<string, Source>;
  readonly series: ReadonlyMap<string, Series>;
  readonly rules: () => Compiled;
  readonly names: Names;
}

/** What polling a batch needs. */
export interface Polling extends Pick<World, "table" | "clock" | "installed" | "credentials" | "random" | "takesMail"> {
  readonly fetch: Fetcher;
  readonly ready: Ready;
  /** The catalogue as it is now, for when a message names sources that `ready` does not know. */
  readonly readyNow: () => Promise<Ready>;
  /** Where messages come from, and what there is no time for goes back to. */
  readonly pollQueue: Queue;
  readonly notifyQueue: Queue;
  readonly log: Log;
  readonly meter: Meter;
}

const minuteMs = 60_000;
/** However often a source is polled, a message may be so old. */
const leastPatienceMinutes = 10;

/** What to poll of a message, and what not. */
interface Sorted {
  readonly sources: readonly Source[];
  /** They have had another slot since, or are about to. */
  readonly old: readonly string[];
  readonly unknown: readonly string[];
}

/** Sorts the sources of a message at a moment (milliseconds since 1970). Those that were disabled since are left without a word. */
function sortSources({ minute, sources: ids }: PollMessage, { sources, series }: Ready, now: number): Sorted {
  const chosen: Source[] = [];
  const old: string[] = [];
  const unknown: string[] = [];
  for (const id of ids) {
    const source = sources.get(id);
    if (!source) unknown.push(id);
    else if (source.disabled !== undefined) continue;
    else if (isOld(source, minute, series, now)) old.push(id);
    else chosen.push(source);
  }
  return { sources: chosen, old, unknown };
}

function isOld(source: Source, minute: number, series: Ready["series"], now: number): boolean {
  const pace = paceMinutes(source, new Date(minute * minuteMs).toISOString(), series);
  return now >= (minute + Math.max(pace, leastPatienceMinutes)) * minuteMs;
}

/**
 * Polls a batch of messages, hosts side by side, and gives the ids of those that must come again. A publisher's
 * failure is a result. What there is no time for is sent into the queue again; only a fault of our own gives a message
 * back, with the later ones of its host. What cannot be read, is not known or is too old is dropped and counted.
 */
export async function pollBatch(polling: Polling, messages: readonly Received[], deadline: Deadline): Promise<string[]> {
  return inGroups(
    messages,
    (received) => pollMessage(polling, received, deadline),
    (fault, { body }) => {
      const log = polling.log.along(readPollMessage(body)?.correlation ?? "");
      log.error("A fault of ours kept a host from being polled to the end. Its message comes again.", { error: fault });
    },
  );
}

async function pollMessage(polling: Polling, received: Received, deadline: Deadline): Promise<void> {
  const message = readPollMessage(received.body);
  if (!message) {
    polling.meter.add("PollsDropped");
    return polling.log.error("A message of the poll queue cannot be read by this version, and is dropped.", { body: received.body.slice(0, 500) });
  }
  const log = polling.log.along(message.correlation);
  const ready = message.sources.every((id) => polling.ready.sources.has(id)) ? polling.ready : await polling.readyNow();
  const sorted = sortSources(message, ready, polling.clock.now());
  sayDropped(polling, log, sorted);
  const left = await pollSources({ ...polling, log }, ready, sorted.sources, message, deadline);
  if (left.length === 0) return;
  log.info("There is no time left for some sources of this host, so they are sent into the queue again.", { sources: left.length });
  await polling.pollQueue.send([leftOutgoing({ ...message, sources: left.map(({ id }) => id) }, received.id)]);
}

function sayDropped({ meter }: Polling, log: Log, { old, unknown }: Sorted): void {
  if (old.length > 0) log.warn("Some sources are not polled, as their message is older than their slot. They have another.", { sources: old });
  if (unknown.length > 0) log.warn("Some sources are not polled, as the catalogue does not know them.", { sources: unknown });
  if (old.length + unknown.length > 0) meter.add("PollsDropped", old.length + unknown.length);
}

/** What polling needs of the world until a moment (milliseconds since 1970). */
export function worldOf({ table, clock, installed, credentials, random, takesMail, fetch: asked, log }: Polling, { rules, names, series }: Ready, endBy: number): World {
  const fetch = fetchUntil(asked, endBy, clock);
  const hearFault = (error: unknown, url: string): void => log.error("Our reader fell over a page. The item that it decides waits for the next poll.", { url, error });
  return { table, clock, installed, credentials, random, takesMail, fetch, rules, series, readBody: createBodyReader(fetch, names, hearFault) };
}

/** Polls the sources of one host, and gives those that there was no time for. */
async function pollSources(polling: Polling, ready: Ready, sources: readonly Source[], { host, correlation }: PollMessage, { beginBy, endBy }: Deadline): Promise<readonly Source[]> {
  const { clock, log } = polling;
  const world = worldOf(polling, ready, endBy);
  const outcomes: Outcome[] = [];
  const hear = async (outcome: Outcome): Promise<void> => {
    outcomes.push(outcome);
    polling.meter.add("SourcesPolled");
    sayHealth(log, outcome);
    await sendOwed(polling, outcome, correlation);
  };
  try {
    return await pollRound(world, sources, hear, { mayBegin: () => clock.now() < beginBy, patient: true });
  } finally {
    const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
    if (outcomes.length > 0) log.info("Polled.", { host, sources: outcomes.length, items: sum(({ items }) => items), new: sum(({ fresh }) => fresh), alerts: sum(({ rung }) => rung.length), ms: sum(({ ms }) => ms) });
  }
}

/** A word for the operator where a source cannot be read, or items may have come and gone unseen; an error where that is our own doing. */
function sayHealth(log: Log, { source, health, reason, detail, fault }: Outcome): void {
  if (fault !== undefined) return log.error("Our reader fell over what a source published. The source's health says so, and the others go on.", { source, health, reason, error: fault });
  if (reason === "overflow" || (health !== "well" && health !== "quiet" && reason !== "waiting")) log.warn("A source could not be read well.", { source, health, reason, detail });
}

/** Hands on what an outcome rang. What the queue does not take is still owed, and watch hands it on. */
export async function sendOwed({ notifyQueue, clock, log }: Polling, { rung }: Outcome, correlation: string): Promise<void> {
  for (const { alert, title, url } of rung) log.info("An alert is owed.", { alert, title, url });
  try {
    await notifyQueue.send(rung.map(({ key: { pk, sk, kind }, alert }) => owedOutgoing({ key: { pk, sk, kind }, alert, correlation }, clock.now())));
  } catch (error) {
    log.error(`The queue did not take what is owed. It stays owed, and watch hands it on: ${messageOf(error)}`, { alerts: rung.map(({ alert }) => alert) });
  }
}
