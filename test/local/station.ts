import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMonitor, type Monitor } from "../../local/monitor.ts";
import type { WayIn } from "../../local/mailbox.ts";
import { openStack, type Stack } from "../../local/stack.ts";
import { owedRecords } from "../../shared/records/owed.ts";
import { plannedMinute } from "../../shared/records/plan.ts";
import { jumpingClock } from "../intake/clock.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import { openPublisher, type Publisher } from "./publisher.ts";

const minute = 60_000;
const opening = Date.parse("2021-06-20T12:00:00Z");

/** A monitor over a real table, a real publisher and a clock that jumps. */
export interface Station {
  readonly publisher: Publisher;
  readonly stack: Stack;
  /** What the monitor said since the last time. */
  said(): string[];
  /** The sources that were polled, and the titles that rang, since the last time. */
  polled(): string[];
  rung(): string[];
  /** Resolves when so many polls have ended since the last `polled`. */
  polls(count: number): Promise<void>;
  /** The clock goes on by minutes, and the monitor ticks. */
  tick(minutes?: number): Promise<void>;
  /** The same, and waits until all is done. */
  pass(minutes?: number): Promise<void>;
  idle(): Promise<void>;
  /** Takes the mail that has come in, and waits until all is done. */
  takeMail(): Promise<void>;
  /** Another monitor takes over, as after a kill: the one before is left with what it had under way. */
  restart(): void;
  /** How far planning is noted to have come, in minutes since the opening. */
  planned(): Promise<number | undefined>;
  owed(): Promise<string[]>;
  emails(): Promise<number>;
  close(): Promise<void>;
}

async function owedKeys({ poll: { table } }: Stack): Promise<string[]> {
  const keys: string[] = [];
  for await (const { pk } of owedRecords(table)) keys.push(pk);
  return keys;
}

/** Opens a station; its clock stands one minute before the opening, so that the first tick is the opening. */
export async function openStation(parts: (url: string) => Parts, env: Record<string, string> = {}, waysIn: readonly WayIn[] = []): Promise<Station> {
  const publisher = await openPublisher();
  const folder = await mkdtemp(join(tmpdir(), "almanac-station-"));
  const clock = jumpingClock(opening - minute);
  const said: string[] = [];
  const known = catalogue(parts(publisher.url));
  const stack = await openStack({ catalogue: known, dataFolder: folder, env, say: (sentence) => said.push(sentence), allowLoopback: true, clock });
  const polled: string[] = [];
  const rung: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const tell = (): void => {
    for (const { count, resolve } of waiting) if (polled.length >= count) resolve();
  };
  const start = (): Monitor =>
    createMonitor(stack, known.sources, {
      outcome: ({ source }) => {
        polled.push(source);
        tell();
      },
      rung: ({ title }) => void rung.push(title),
      say: (sentence) => void said.push(sentence),
    }, waysIn);
  let monitor = start();
  const left: Monitor[] = [];

  async function tick(minutes = 1): Promise<void> {
    clock.set(clock.now() + minutes * minute);
    await monitor.tick();
  }
  return {
    publisher,
    stack,
    said: () => said.splice(0),
    polled: () => polled.splice(0).sort(),
    rung: () => rung.splice(0),
    polls: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        tell();
      }),
    tick,
    async pass(minutes) {
      await tick(minutes);
      await monitor.idle();
    },
    idle: () => monitor.idle(),
    async takeMail() {
      await monitor.takeMail();
      await monitor.idle();
    },
    restart() {
      left.push(monitor);
      monitor = start();
    },
    async planned() {
      const planned = await plannedMinute(stack.poll.table);
      return planned === undefined ? undefined : planned - opening / minute;
    },
    owed: () => owedKeys(stack),
    emails: async () => (await readdir(stack.outbox).catch(() => [])).filter((name) => name.endsWith(".eml")).length,
    async close() {
      await publisher.unplug();
      for (const one of [...left, monitor]) await one.idle();
      await stack.close();
      await rm(folder, { recursive: true });
    },
  };
}
