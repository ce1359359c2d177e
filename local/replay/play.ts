import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { notify } from "../../functions/notify/notify.ts";
import { gather } from "../../functions/notify/sweep.ts";
import { nextSlot } from "../../functions/plan/plan.ts";
import type { Outcome } from "../../functions/poll/poll.ts";
import type { Rung } from "../../functions/poll/record.ts";
import { pollRound } from "../../functions/poll/round.ts";
import { sourceAddress } from "../../shared/catalogue/address.ts";
import { paceMinutes } from "../../shared/calendar/season.ts";
import type { Catalogue, Series, Source } from "../../shared/catalogue/schema.ts";
import type { Stack } from "../stack.ts";
import type { jumpingClock } from "./clock.ts";
import { publish, publishPage, type YearItem } from "./publish.ts";
import type { Snapshot } from "./snapshots.ts";
import type { RecordedWeb } from "./web.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Feeds of the kind that is played show ten items (State Department, UN Press). */
const shown = 10;

/** What playing needs: the path, the recorded web, and the clock that both go by. */
export interface Stage {
  readonly stack: Pick<Stack, "poll" | "notify">;
  readonly web: RecordedWeb;
  readonly clock: ReturnType<typeof jumpingClock>;
  /** Told after every poll. */
  readonly onOutcome: (outcome: Outcome) => void;
}

/** What was played. */
export interface Played {
  readonly polls: number;
  /** Slots at which a running monitor would have polled, and nothing had changed. */
  readonly skipped: number;
  readonly rung: readonly Rung[];
  /** Polls in which a source could not be read. */
  readonly failures: readonly { readonly source: string; readonly at: string; readonly detail: string }[];
  /** Readings in which items may have come and gone unseen. */
  readonly losses: readonly { readonly source: string; readonly at: string; readonly detail: string }[];
}

function addressOf(source: Source, at: number): string {
  const address = sourceAddress(source, { year: new Date(at).getUTCFullYear(), credentials: {} });
  if ("missing" in address) throw new Error(`${source.id} needs ${address.missing}, and a recording has none`);
  return address.urls[0] ?? source.url;
}

/** What was played so far. */
interface Playing {
  polls: number;
  /** When messages that wait for their time were last looked for. */
  gathered: number;
  readonly rung: Rung[];
  readonly losses: Played["losses"][number][];
  readonly failures: Played["failures"][number][];
}

/** Polls sources at one moment, and sends what rings. */
async function pollAt(stage: Stage, at: number, sources: readonly Source[], played: Playing): Promise<void> {
  stage.clock.jump(at);
  const rung: Rung[] = [];
  await pollRound(stage.stack.poll, sources, (outcome) => {
    played.polls++;
    const remark = { source: outcome.source, at: new Date(at).toISOString(), detail: outcome.detail ?? outcome.reason ?? "" };
    if (outcome.reason === "overflow") played.losses.push(remark);
    if (outcome.health !== "well" && outcome.health !== "quiet") played.failures.push(remark);
    rung.push(...outcome.rung);
    stage.onOutcome(outcome);
  });
  for (const alert of rung) await notify(stage.stack.notify, alert.key, alert.alert);
  // What waits for its time is looked for each hour that is played, and not at each of a year's polls.
  if (rung.length > 0 || at - played.gathered >= hour) {
    played.gathered = at;
    await gather(stage.stack.notify);
  }
  played.rung.push(...rung);
}

/** Plays recorded polls of one source, each at its own moment. */
export async function playSnapshots(stage: Stage, source: Source, snapshots: readonly Snapshot[]): Promise<Played> {
  const played = { polls: 0, gathered: 0, skipped: 0, rung: [], losses: [], failures: [] };
  const contentType = source.read.as === "json" ? "application/json" : source.read.as === "page" ? "text/html" : "application/xml";
  for (const snapshot of snapshots) {
    stage.web.set(addressOf(source, snapshot.at), { body: await snapshot.read(), contentType });
    await pollAt(stage, snapshot.at, [source], played);
  }
  return played;
}

/** The minutes (since 1970) at which a source is polled: the first slot after each change, and the first of each day. */
function pollMinutes(source: Source, items: readonly YearItem[], from: number, to: number, series: ReadonlyMap<string, Series>): Set<number> {
  const minutes = new Set<number>();
  for (let start = from; start < to; start += day) minutes.add(nextSlot(source, start / minute, series));
  for (const { at } of items) {
    const published = Math.ceil(Date.parse(at) / minute);
    if (published * minute >= from) minutes.add(nextSlot(source, published, series));
  }
  return minutes;
}

function slotsInYear(source: Source, from: number, to: number, series: ReadonlyMap<string, Series>): number {
  let slots = 0;
  for (let start = from; start < to; start += day) slots += Math.floor((24 * 60) / paceMinutes(source, new Date(start).toISOString(), series));
  return slots;
}

/** A recorded year, and the sources of a catalogue that it is of. */
interface RecordedYear {
  readonly year: number;
  readonly sources: readonly Source[];
  readonly items: readonly YearItem[];
}

/** The year that is recorded beside this file. */
export async function recordedYear(catalogue: Catalogue): Promise<RecordedYear> {
  const { items }: { items: YearItem[] } = JSON.parse(await readFile(join(import.meta.dirname, "year-2020.json"), "utf8"));
  const ids = new Set(items.map(({ source }) => source));
  return { year: 2020, sources: catalogue.sources.filter(({ id }) => ids.has(id)), items };
}

/**
 * Plays a recorded year: the sources publish its items on their days, and each is polled at its first slot after
 * each change and once a day otherwise. The slots in between, at which nothing had changed, are counted and skipped.
 */
export async function playYear(stage: Stage, { year, sources, items }: RecordedYear): Promise<Played> {
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  const { series } = stage.stack.poll;
  const bySource = Map.groupBy(items, ({ source }) => source);
  const schedule = new Map<number, Source[]>();
  let slots = 0;
  for (const source of sources) {
    slots += slotsInYear(source, from, to, series);
    for (const at of pollMinutes(source, bySource.get(source.id) ?? [], from, to, series)) schedule.set(at, [...(schedule.get(at) ?? []), source]);
  }
  for (const item of items) if (item.url && item.body) stage.web.set(item.url, publishPage(item));
  const played = { polls: 0, gathered: 0, skipped: 0, rung: [], losses: [], failures: [] };
  for (const at of [...schedule.keys()].toSorted((a, b) => a - b)) {
    const due = schedule.get(at) ?? [];
    for (const source of due) {
      const visible = (bySource.get(source.id) ?? []).filter((item) => Date.parse(item.at) <= at * minute);
      stage.web.set(addressOf(source, at * minute), publish(source, visible.slice(-shown).toReversed()));
    }
    await pollAt(stage, at * minute, due, played);
  }
  return { ...played, skipped: Math.max(0, slots - played.polls) };
}
