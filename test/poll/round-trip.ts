import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pollBatch, type Polling, type Ready } from "../../functions/poll/batch.ts";
import type { Deadline } from "../../functions/poll/deadline.ts";
import { openTable } from "../../local/table.ts";
import { createFetcher, type Fetcher } from "../../shared/intake/fetch.ts";
import { type OwedMessage, pollOutgoing, readOwedMessage } from "../../shared/queue/messages.ts";
import type { Outgoing, Received } from "../../shared/queue/queue.ts";
import { compiledWhenAsked } from "../../shared/recognition/compile.ts";
import { createNames } from "../../shared/recognition/names.ts";
import { installedAt } from "../../shared/records/install.ts";
import type { Table } from "../../shared/records/table.ts";
import { jumpingClock } from "../intake/clock.ts";
import { keptLog, keptMeter } from "../lambda-parts/kept-log.ts";
import { type Box, openBox, openPost } from "../queue/post.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import { openSite, type Site } from "./site.ts";
import { type Watcher, watchedTable } from "./watched-table.ts";

/** When the table is first used. */
const opening = Date.parse("2021-06-20T12:00:00Z");

/** The poll function between its two queues, over a real site, a real table and a clock that jumps. */
export interface RoundTrip {
  readonly site: Site;
  readonly table: Table;
  readonly clock: ReturnType<typeof jumpingClock>;
  readonly fetch: Fetcher;
  readonly kept: ReturnType<typeof keptLog>;
  readonly meters: ReturnType<typeof keptMeter>;
  readonly pollBox: Box;
  /** Puts a message for sources, by id, into the poll queue: of this minute, and of their own host, unless others are given. */
  plan(sources: readonly string[], more?: { readonly minute?: number; readonly host?: string }): Promise<void>;
  put(message: Outgoing): Promise<void>;
  /** Polls all that lies in the queue as one batch, with this much time, and gives the ids that must come again. */
  run(more?: Partial<Polling> & { readonly deadline?: Partial<Deadline> }): Promise<string[]>;
  /** Polls these messages. */
  runOn(messages: readonly Received[], more?: Partial<Polling> & { readonly deadline?: Partial<Deadline> }): Promise<string[]>;
  /** What notify was asked to send, since the last time. */
  owed(): Promise<OwedMessage[]>;
  ready(parts: Parts): Ready;
  close(): Promise<void>;
}

/** A catalogue made ready, as the function makes it. */
function readyOf(parts: Parts): Ready {
  const known = catalogue(parts);
  return { sources: new Map(known.sources.map((source) => [source.id, source])), series: new Map(known.series.map((one) => [one.id, one])), rules: compiledWhenAsked(known), names: createNames(known.theme) };
}

/** Opens a round trip; `watcher` sees every write to the table. */
export async function openRoundTrip(parts: (site: string) => Parts, watcher: Watcher = {}): Promise<RoundTrip> {
  const site = await openSite();
  const folder = await mkdtemp(join(tmpdir(), "almanac-trip-"));
  const opened = await openTable(folder);
  const post = await openPost();
  const [pollBox, notifyBox] = [await openBox(post, "poll.fifo"), await openBox(post, "notify.fifo")];
  const clock = jumpingClock(opening);
  const [kept, meters] = [keptLog(), keptMeter()];
  const fetch = createFetcher({ contact: undefined, allowLoopback: true, clock });
  const table = watchedTable(opened.table, watcher);
  const installed = await installedAt(opened.table, new Date(opening).toISOString());
  const ready = readyOf(parts(site.url));
  const polling: Polling = {
    table, clock, installed, credentials: {}, random: () => 0.5, fetch, ready, readyNow: async () => ready,
    pollQueue: pollBox.queue, notifyQueue: notifyBox.queue, log: kept.log, meter: meters.meter,
  };
  const runOn: RoundTrip["runOn"] = (messages, { deadline, ...more } = {}) =>
    pollBatch({ ...polling, ...more }, messages, { beginBy: clock.now() + 30_000, endBy: clock.now() + 55_000, ...deadline });

  return {
    site,
    table,
    clock,
    fetch,
    kept,
    meters,
    pollBox,
    plan: (sources, { minute = Math.floor(clock.now() / 60_000), host = "127.0.0.1" } = {}) =>
      pollBox.queue.send([pollOutgoing({ minute, host, sources, correlation: `${minute} ${host}` })]),
    put: (message) => pollBox.queue.send([message]),
    run: async (more) => runOn(await pollBox.take(), more),
    runOn,
    owed: async () => (await notifyBox.take()).flatMap(({ body }) => readOwedMessage(body) ?? []),
    ready: readyOf,
    async close() {
      await fetch.close();
      await post.close();
      await opened.close();
      await site.close();
      await rm(folder, { recursive: true });
    },
  };
}
