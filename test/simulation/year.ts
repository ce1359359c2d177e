import { readPollMessage } from "../../shared/queue/messages.ts";
import type { Received } from "../../shared/queue/queue.ts";
import { alertKey, installKey, sourceKey, standingKey } from "../../shared/records/keys.ts";
import { asKind } from "../../shared/records/records.ts";
import { memoryFiles } from "../readers/memory-files.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { Cloud, type Life, noFaults, type Odds } from "./cloud.ts";
import { fifo, type Fifo } from "./fifo.ts";
import { type Functions, functionsOver } from "./functions.ts";
import { type MemoryTable, memoryTable } from "./memory-table.ts";
import { Oracle } from "./oracle.ts";
import { reachFiles, reachLog, reachPublisher, reachQueue, reachTable } from "./reach.ts";
import { scheduleCorrections } from "./operator.ts";
import { drawCatalogue } from "./sources.ts";
import { type Story, storyOf } from "./story.ts";
import { day, hour, type Timeline, timeline } from "./timeline.ts";
import { type Trace, traceOf } from "./trace.ts";
import type { Violation } from "./violation.ts";
import { type Web, webOf } from "./web.ts";
import { sizes } from "../../infra/sizes.ts";

const minute = 60_000;
/** Quiet days after the year, in which every source has its turn and every wait ends. */
const calmDays = 10;

/** What came of a seed. */
export interface Simulated {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly trace: Trace;
  readonly figures: Oracle["figures"] & { readonly publications: number };
  /** Faults that were injected, by kind. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Which faults there are in a seed, and how many: each seed has its own weather, and some have none of a kind. */
function drawOdds(chance: Chance): Odds {
  const draw = (most: number): number => (chance.is(0.3) ? 0 : chance.spread(most / 100, most));
  return { crashBefore: draw(0.01), crashAfter: draw(0.01), lostRequest: draw(0.01), lostAnswer: draw(0.01), lateRequest: draw(0.005), throttled: draw(0.02), repeated: draw(0.02), partial: draw(0.03), slow: draw(0.1) };
}

/** All that a seed consists of. */
export interface World {
  readonly time: Timeline;
  readonly chance: Chance;
  readonly trace: Trace;
  readonly cloud: Cloud;
  readonly oracle: Oracle;
  readonly functions: Functions;
  readonly table: MemoryTable;
  readonly queues: { readonly poll: Fifo; readonly notify: Fifo };
  readonly odds: Odds;
  readonly story: Story;
  readonly web: Web;
  readonly start: number;
  readonly end: number;
}

type Hands = Pick<Functions, "poll" | "notify">;

/** Hands a batch to a function, and takes out of the queue what it handled; that may be lost, and the batch comes again. */
function delivery(cloud: Cloud, chance: Chance, oracle: Oracle, queue: () => Fifo, run: () => Hands["poll"]): (batch: readonly Received[]) => void {
  const once = async (batch: readonly Received[]): Promise<void> => {
    const ended = await run()(batch);
    if (!ended) return;
    const again = new Set(ended.result);
    oracle.ended(ended.life, new Set(batch.filter(({ id }) => again.has(id)).flatMap(({ body }) => readPollMessage(body)?.sources ?? [])));
    if (cloud.odds !== noFaults && chance.is(0.01)) return cloud.count("deliveries again");
    queue().remove(batch.map(({ id }) => id).filter((id) => !again.has(id)));
  };
  return (batch) => {
    void once(batch);
  };
}

function openWorld(seed: number): World {
  const drawn = chanceOf(seed, "story");
  const chance = chanceOf(seed, "faults");
  const start = Date.UTC(2026, drawn.whole(0, 11), drawn.whole(1, 28), drawn.whole(0, 23));
  const end = start + 365 * day;
  const time = timeline(start);
  const trace = traceOf(() => time.now());
  const cloud = new Cloud({ time, chance, trace, mostSkew: chance.pick([0, 1000, 30_000, 90_000]) });
  const story = storyOf(drawn, start, end);
  const web = webOf(cloud, story.sites);
  const table = memoryTable();
  const catalogue = drawCatalogue(drawn, story.sites);
  const oracle = new Oracle({
    attempts: (id) => {
      const record = table.peek(alertKey(id));
      return record ? (asKind(record, "alert").attempts ?? 1) : 0;
    },
    publications: story.publications,
    sites: story.sites,
    paces: new Map(catalogue.sources.map(({ id, everyMinutes }) => [id, everyMinutes])),
    now: () => time.now(),
    line: () => trace.length(),
    installed: () => {
      const install = table.peek(installKey);
      return install && asKind(install, "install").at;
    },
    standing: (series) => {
      const record = table.peek(standingKey(series));
      return record && asKind(record, "standing");
    },
    peek: (id) => {
      const state = table.peek(sourceKey(id));
      return state && asKind(state, "source");
    },
  });
  const delay = (): number => (chance.is(0.02) && cloud.odds !== noFaults ? chance.spread(1000, 8 * minute) : chance.spread(20, 900));
  const deliver = (name: "poll" | "notify") => {
    const usual = delivery(cloud, chance, oracle, () => queues[name], () => functions[name]);
    return (batch: readonly Received[]): void => {
      usual(batch);
      // FIFO promises notify that it is alone with its group. For poll more is asked than SQS does: two at once.
      if (name === "notify" || cloud.odds === noFaults || !chance.is(0.01)) return;
      cloud.count("deliveries doubled");
      usual(batch);
    };
  };
  const queues = {
    poll: fifo({ time, chance, name: "poll", delay, deliver: deliver("poll"), visibilitySeconds: 6 * sizes.poll.timeoutSeconds, retentionSeconds: 15 * 60, maxReceiveCount: 2 }),
    notify: fifo({ time, chance, name: "notify", delay, deliver: deliver("notify"), visibilitySeconds: 6 * sizes.notify.timeoutSeconds, retentionSeconds: 3600, maxReceiveCount: 2 }),
  };
  const functions = functionsOver(cloud, chance, catalogue, {
    table: reachTable(cloud, chance, table, (life, record) => oracle.wrote(life, record)),
    pollQueue: reachQueue(cloud, chance, "poll", queues.poll),
    notifyQueue: reachQueue(cloud, chance, "notify", queues.notify),
    files: reachFiles(cloud, memoryFiles()),
    publisher: reachPublisher(cloud, (alert) => oracle.publishing(alert), (life: Life, alert) => oracle.took(life, alert)),
    log: reachLog(trace, { wrong: (life, sentence, alerts) => oracle.said(life, sentence, alerts.map(String)), saidOf: (life, source, reason) => oracle.saidOf(life, source, reason) }),
    unprovoked: (life, error) => oracle.unprovoked(life, error),
    web,
    hear: (life, given) => oracle.hear(life, given),
  });
  return { time, chance, trace, cloud, oracle, functions, table, queues, odds: drawOdds(chance), story, web, start, end };
}

/** The publishers' year. What happened before the start has happened. */
function tellStory({ time, trace, story, web }: World): void {
  for (const { at, what, happen } of story.happenings) {
    time.at(at, () => {
      trace.add(what);
      happen(web);
      return false;
    });
  }
}

/** Moments of ticks: some hours apart, every minute for a while after something happened, and days on which none comes. */
function tickMoments({ chance, story, start, end }: World): number[] {
  const moments = new Set<number>([start]);
  for (let at = start; at < end; at += chance.spread(5 * hour, 40 * hour)) moments.add(Math.ceil(at / minute) * minute);
  for (const { at } of story.happenings) {
    if (at < start || at > end || chance.is(0.7)) continue;
    const first = Math.ceil(at / minute) * minute;
    for (let count = chance.whole(1, 4), after = 0; count > 0; count--, after += chance.pick([1, 1, 2, 5, 15, 60])) moments.add(first + after * minute);
  }
  const lost = Array.from({ length: chance.whole(0, 4) }, () => start + day + chance.next() * (end - start)).map((from) => ({ from, to: from + chance.spread(hour, 4 * day) }));
  return [...moments].filter((moment) => !lost.some(({ from, to }) => moment > from && moment < to)).toSorted((a, b) => a - b);
}

function scheduleTicks({ time, chance, cloud, functions, end }: World, moments: readonly number[]): void {
  const run = (scheduled: number, after: number): void => time.at(scheduled + after, () => void functions.plan(scheduled));
  for (const moment of moments) {
    const isCalm = moment > end;
    if (!isCalm && chance.is(0.03)) {
      cloud.count("ticks lost");
      continue;
    }
    run(moment, isCalm || chance.is(0.9) ? chance.spread(10, 2000) : chance.spread(1000, 5 * minute));
    if (isCalm || !chance.is(0.03)) continue;
    cloud.count("ticks doubled");
    run(moment, chance.spread(1000, 90_000));
  }
}

/** Watch comes every ten minutes. While nothing is owed it would only look, so then it comes every three days, and after some ticks: it looks where planning has kept up. */
function scheduleWatch({ time, table, functions, start, end }: World): void {
  let idle = 0;
  const next = (at: number): void =>
    time.at(at, () => {
      const comes = table.owes() || idle++ % 36 === 0;
      if (comes) void functions.watch();
      if (at < end + calmDays * day) next(at + (table.owes() ? 10 * minute : 2 * hour));
      return comes;
    });
  next(start + 10 * minute);
}

/** Watch comes within an hour of some ticks, when planning has kept up, and looks at the calendar. */
function scheduleLooks({ time, chance, functions }: World, moments: readonly number[]): void {
  for (const moment of moments) if (chance.is(0.25)) time.at(moment + chance.spread(minute, 50 * minute), () => void functions.watch());
}

/** Plays one seed: a year, and some quiet days in which everything must come to rest. */
export async function simulate(seed: number): Promise<Simulated> {
  const world = openWorld(seed);
  const { time, trace, cloud, oracle, table, queues, end, story } = world;
  tellStory(world);
  const calm = Array.from({ length: calmDays * 6 }, (_, index) => end + (index + 1) * 4 * hour);
  const ticks = [...tickMoments(world), ...calm];
  scheduleTicks(world, ticks);
  scheduleWatch(world);
  scheduleLooks(world, ticks);
  scheduleCorrections(world);
  cloud.odds = world.odds;
  await time.run(end);
  cloud.odds = noFaults;
  for (const site of story.sites) site.failure = undefined;
  trace.add("all faults stop");
  await time.run(end + (calmDays + 1) * day);
  oracle.close(table.all(), { poll: queues.poll.size(), notify: queues.notify.size() });
  return { seed, violations: oracle.violations, trace, figures: { ...oracle.figures, publications: [...story.publications.values()].filter(({ isOld }) => !isOld).length }, faults: cloud.counts };
}
