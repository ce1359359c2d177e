import { knownOf } from "../../functions/notify/known.ts";
import { notifyBatch } from "../../functions/notify/batch.ts";
import { tick } from "../../functions/plan/tick.ts";
import { pollBatch, type Ready } from "../../functions/poll/batch.ts";
import { deadlineOf } from "../../functions/poll/deadline.ts";
import { type Corrected, correct, type Correcting } from "../../functions/poll/correct.ts";
import { watch } from "../../functions/watch/watch.ts";
import { sizes } from "../../infra/sizes.ts";
// The readers that are loaded when they are first needed: time would pass them by.
import "../../shared/intake/feed-tolerant.ts";
import "../../shared/intake/feed.ts";
import "../../shared/intake/paragraphs.ts";
import type { Publisher } from "../../shared/alerts/publisher.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import type { Log } from "../../shared/lambda/log.ts";
import type { ReaderFiles } from "../../shared/readers/files.ts";
import type { Queue, Received } from "../../shared/queue/queue.ts";
import { compiledWhenAsked } from "../../shared/recognition/compile.ts";
import { createNames } from "../../shared/recognition/names.ts";
import { owedOutgoing } from "../../shared/queue/messages.ts";
import { installedAt } from "../../shared/records/install.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import type { Chance } from "./chance.ts";
import type { Cloud, Life } from "./cloud.ts";
import type { Given, Web } from "./web.ts";

/** What the functions reach, each through its own life. */
export interface Reach {
  readonly table: (life: Life) => Table;
  readonly pollQueue: (life: Life) => Queue;
  readonly notifyQueue: (life: Life) => Queue;
  readonly files: (life: Life) => ReaderFiles;
  readonly publisher: (life: Life) => Publisher;
  readonly log: (life: Life) => Log;
  readonly web: Web;
  /** Told of a life that threw though no fault befell it. */
  readonly unprovoked: (life: Life, error: unknown) => void;
  readonly hear: (life: Life, given: Given) => void;
}

/** The four functions as their handlers wire them, and the command that corrects. Each gives what its invocation came to; undefined where it died. */
export interface Functions {
  plan(scheduled: number): Promise<unknown>;
  /** Ids of the messages that must come again. */
  poll(batch: readonly Received[]): ReturnType<typeof invocation<string[]>>;
  notify(batch: readonly Received[]): ReturnType<typeof invocation<string[]>>;
  watch(): Promise<unknown>;
  /** A person corrects what was told; undefined where that did not come to its end. */
  correct(word: Correcting): ReturnType<typeof invocation<Corrected>>;
}

/** How long each may take; a person has patience. */
const seconds = { plan: sizes.plan.timeoutSeconds, poll: sizes.poll.timeoutSeconds, notify: sizes.notify.timeoutSeconds, watch: sizes.watch.timeoutSeconds, correct: 3600 };

const meter = { add: () => undefined };

interface Runs {
  readonly cloud: Cloud;
  readonly unprovoked: Reach["unprovoked"];
}

/** An invocation and its end; undefined where the function threw, which leaves everything to be done again. */
async function invocation<Result>({ cloud, unprovoked }: Runs, name: keyof typeof seconds, work: (life: Life) => Promise<Result>): Promise<{ readonly life: Life; readonly result: Result } | undefined> {
  try {
    return await cloud.invoke(name, seconds[name], async (life) => {
      try {
        return await work(life);
      } catch (error) {
        if (!life.isDead && life.faults === 0) unprovoked(life, error);
        throw error;
      }
    });
  } catch {
    cloud.count("failed invocations");
    return undefined;
  }
}

/** The functions over a catalogue. */
export function functionsOver(cloud: Cloud, chance: Chance, catalogue: Catalogue, reach: Reach): Functions {
  const runs: Runs = { cloud, unprovoked: reach.unprovoked };
  const known = knownOf(catalogue);
  const ready: Ready = { sources: known.sources, series: known.series, rules: compiledWhenAsked(catalogue), names: createNames(catalogue.theme) };
  const readyNow = async (): Promise<Ready> => ready;
  return {
    plan: (scheduled) =>
      invocation(runs, "plan", (life) => tick({ table: reach.table(life), queue: reach.pollQueue(life), clock: life.clock, log: reach.log(life), meter }, { sources: catalogue.sources, series: known.series }, scheduled)),
    poll: (batch) =>
      invocation(runs, "poll", async (life) => {
        const { clock } = life;
        const table = reach.table(life);
        const deadline = deadlineOf(clock.now(), sizes.poll.timeoutSeconds * 1000);
        const installed = await installedAt(table, new Date(clock.now()).toISOString());
        const fetch = reach.web.fetcher(life, (given) => reach.hear(life, given));
        return pollBatch({ table, clock, installed, credentials: {}, random: () => chance.next(), fetch, ready, readyNow, pollQueue: reach.pollQueue(life), notifyQueue: reach.notifyQueue(life), log: reach.log(life), meter }, batch, deadline);
      }),
    notify: (batch) =>
      invocation(runs, "notify", async (life) => {
        const { clock } = life;
        const beginBy = clock.now() + (sizes.notify.timeoutSeconds * 1000) / 2;
        await notifyBatch({ table: reach.table(life), known, publish: reach.publisher(life), clock, log: reach.log(life), meter }, batch, beginBy);
        return [];
      }),
    watch: () => invocation(runs, "watch", (life) => watch({ table: reach.table(life), queue: reach.notifyQueue(life), files: reach.files(life), clock: life.clock, log: reach.log(life), meter }, catalogue)),
    correct: (word) =>
      invocation(runs, "correct", async (life) => {
        const table = reach.table(life);
        const corrected = await correct(table, word, new Date(life.clock.now()).toISOString());
        for (const key of [...(word.to ? [editionKey(word.to.series, word.to.key)] : []), editionKey(word.series, word.key)]) {
          const owed = [...((await read(table, key))?.owed ?? [])];
          await reach.notifyQueue(life).send(owed.map((alert) => owedOutgoing({ key, alert, correlation: "by hand" }, life.clock.now())));
        }
        return corrected;
      }),
  };
}
