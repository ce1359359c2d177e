import { due, onwards } from "../functions/plan/plan.ts";
import type { Outcome } from "../functions/poll/poll.ts";
import type { Rung } from "../functions/poll/record.ts";
import { pollRound } from "../functions/poll/round.ts";
import { comesIn } from "../shared/catalogue/mailbox.ts";
import type { Source } from "../shared/catalogue/schema.ts";
import { notBefore } from "../shared/records/deviating.ts";
import { plannedMinute, setPlanned } from "../shared/records/plan.ts";
import { readStates, type SourceState } from "../shared/records/sources.ts";
import type { Table } from "../shared/records/table.ts";
import { seriesInSeason } from "../shared/records/watch.ts";
import { messageOf } from "../shared/fault.ts";
import { createCalendar } from "./calendar.ts";
import { createDocuments } from "./documents.ts";
import { createMailbox, type WayIn } from "./mailbox.ts";
import { createOutage, type Outage } from "./outage.ts";
import { createReaders } from "./readers.ts";
import { createReconciliation } from "./reconciliation.ts";
import { createSender } from "./sender.ts";
import type { Stack } from "./stack.ts";

const minute = 60_000;
/** Owed alerts that were left behind (a mail server that was away, a crash) are looked for this often. */
const sweepMinutes = 5;
/** A tick that comes this much later than it should means that the machine slept or its clock was set. */
const sleptMinutes = 3;
/** The minute up to which everything was polled where nothing ever was. */
const never = 0;

/** What a monitor tells whoever runs it. */
export interface Listener {
  /** A source was polled. While this machine is offline, sources that cannot be reached are not told one by one. */
  outcome(outcome: Outcome): void;
  /** An alert is owed now, and about to be sent. */
  rung(rung: Rung): void;
  say(sentence: string): void;
}

/** The monitor on one machine: plan, poll and notify in one process. */
export interface Monitor {
  /** Polls what is due now, and what was due since the last tick. Resolves when the polls are under way. */
  tick(): Promise<void>;
  /** Takes the mail that has come in. Resolves when that is done. */
  takeMail(): Promise<void>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

function lengthOf(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / (24 * 60))} days`;
}

/** The minute up to which everything was polled, seen from `now`; what is unusual about it is said. */
function lookBack(planned: number | undefined, now: number, say: (sentence: string) => void): number {
  const { from, missed, setBack } = onwards(planned, now);
  if (setBack) say("The clock was set back; polling goes on from the time that it shows now.");
  if (missed >= sleptMinutes) {
    say(`Nothing was polled for ${lengthOf(missed)}: each source that was due is polled once now. Short feeds may have lost items in between; where that is likely, it is said.`);
  }
  return from;
}

function unreachable(states: ReadonlyMap<string, SourceState>): ReadonlySet<string> {
  return new Set([...states.values()].filter(({ reason }) => reason === "unreachable").map(({ id }) => id));
}

/** How far planning has come, and the noting of it: never further than the rounds under way allow, one note after another. */
function createProgress(stack: Stack, say: (sentence: string) => void) {
  const { table } = stack.poll;
  /** For each round under way, the minute up to which everything was polled before it. */
  const under = new Map<symbol, number>();
  let noted: Promise<void> = Promise.resolve();
  let planned: number | undefined;

  async function write(): Promise<void> {
    const done = Math.min(planned ?? never, ...under.values());
    if (done === never) return;
    await setPlanned(table, done).catch((error: unknown) => say(`How far polling has come could not be noted: ${messageOf(error)}`));
  }
  const note = (): Promise<void> => (noted = noted.then(write));

  return {
    last: async (): Promise<number | undefined> => (planned ??= await plannedMinute(table)),
    /** Everything up to `now` is polled by this work, or was before it. */
    async cover(from: number, now: number, work: () => Promise<void>): Promise<void> {
      const round = Symbol("round");
      planned = now;
      under.set(round, from);
      await work();
      under.delete(round);
      await note();
    },
  };
}

/**
 * Tells when sources may be asked that deviate from their pace. Those that an outage of ours kept from us may be at
 * once, and so may those that were not to be reached when the monitor last ran: that may have been such an outage.
 */
function createWaits(table: Table, outage: Outage): (now: number) => Promise<ReadonlyMap<string, number>> {
  let isFirst = true;
  return async (now) => {
    const stored = await notBefore(table);
    const lost = isFirst ? unreachable(await readStates(table, [...stored.keys()])) : outage.takeLost();
    isFirst = false;
    return new Map([...stored].map(([id, wait]) => [id, lost.has(id) ? now : wait]));
  };
}

/** What is under way. */
function createWork() {
  const works = new Set<Promise<void>>();
  return {
    add(work: Promise<void>): void {
      works.add(work);
      void work.finally(() => works.delete(work));
    },
    idle: async (): Promise<void> => void (await Promise.all(works)),
  };
}

/** The telling of what was polled and of what rings, which is sent as well. */
function createTelling(listener: Listener, sender: ReturnType<typeof createSender>) {
  function rung(...rings: readonly Rung[]): void {
    for (const one of rings) listener.rung(one);
    sender.send(rings);
  }
  function outcome(ended: Outcome): void {
    listener.outcome(ended);
    rung(...ended.rung);
  }
  return { rung, outcome };
}

/** The taking of mail, all ways in side by side. */
function createMail(looks: readonly (() => Promise<void>)[], work: ReturnType<typeof createWork>): { readonly take: () => Promise<void> } {
  return {
    async take() {
      const taking = Promise.all(looks.map((look) => look())).then(() => undefined);
      work.add(taking);
      await taking;
    },
  };
}

/**
 * A monitor over a data folder. Rounds run side by side, so that a slow host delays nobody else; a source is never
 * polled twice at once. How far planning has come is noted only when the polls are done, so that a kill in between
 * polls them again. Mail comes in by the ways that are given.
 */
export function createMonitor(stack: Stack, sources: readonly Source[], listener: Listener, waysIn: readonly WayIn[] = []): Monitor {
  const say = (sentence: string): void => listener.say(sentence);
  const { table, clock, series } = stack.poll;
  const sender = createSender(stack.notify, say);
  const { rung: tellOf, outcome: tell } = createTelling(listener, sender);
  const outage = createOutage(sources.length, say);
  const progress = createProgress(stack, say);
  const waits = createWaits(table, outage);
  const work = createWork();
  const lookAtDocuments = createDocuments(stack.compare, { say, rung: tellOf });
  const lookAtCalendar = createCalendar(stack, { say, rung: tellOf });
  const reconcile = createReconciliation(stack, say);
  const keepForReaders = createReaders(stack, say);
  const mail = createMail(waysIn.map((wayIn) => createMailbox(wayIn, sources, stack.poll, { outcome: tell, say })), work);
  const mailed = new Set(sources.filter(comesIn).map(({ id }) => id));
  const busy = new Set<string>();
  let lastSweep = Number.NEGATIVE_INFINITY;

  /** Each source is free as soon as it was polled; the others of its round may take their time. */
  async function round(chosen: readonly Source[]): Promise<void> {
    const left = new Set(chosen.map(({ id }) => id));
    const done = (id: string): boolean => left.delete(id) && busy.delete(id);
    try {
      await pollRound({ ...stack.poll, takesMail: waysIn.length > 0, isCutOff: () => outage.isOn() }, chosen, (outcome) => {
        done(outcome.source);
        // That nobody asks a mailbox says nothing of the network.
        if (mailed.has(outcome.source) || outage.hear(outcome)) tell(outcome);
        else tellOf(...outcome.rung);
      });
    } catch (error) {
      say(`A fault of ours kept ${[...left].join(", ") || "a round"} from being polled to the end: ${messageOf(error)}. It is tried again in its next slot.`);
    } finally {
      for (const id of left) busy.delete(id);
    }
  }

  async function plan(now: number): Promise<void> {
    const planned = await progress.last();
    const waiting = await waits(now);
    const inSeason = await seriesInSeason(table);
    // From here until the sources are busy nothing is awaited, so that no other tick and no note comes between.
    const from = lookBack(planned, now, say);
    const chosen = due(sources, from, now, series, waiting, inSeason).filter(({ id }) => !busy.has(id));
    for (const { id } of chosen) busy.add(id);
    const running = progress.cover(from, now, async () => {
      if (chosen.length > 0) await round(chosen);
    });
    work.add(running);
  }

  return {
    async tick() {
      const now = Math.floor(clock.now() / minute);
      const planning = plan(now).then(() => work.add(lookAtDocuments()));
      void mail.take();
      await planning.catch((error: unknown) => say(`What is due could not be told from the table: ${messageOf(error)}. It is asked again in a minute.`));
      void sender.gather();
      if (now >= lastSweep && now - lastSweep < sweepMinutes) return;
      lastSweep = now;
      // What the sweep sends just now is not missing.
      work.add(sender.sweep().then(reconcile));
      work.add(lookAtCalendar().then(keepForReaders));
    },
    takeMail: mail.take,
    async idle() {
      await work.idle();
      await sender.idle();
    },
  };
}
