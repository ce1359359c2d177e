import { sourceHost } from "../../shared/catalogue/address.ts";
import { paceMinutes } from "../../shared/calendar/season.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import { slotAfter } from "../../shared/slot.ts";

/** What polling asks of the machinery in a month. */
export interface Traffic {
  readonly minutes: number;
  readonly sources: number;
  readonly polls: number;
  /** A message holds the sources of one host that are due in one minute. */
  readonly messages: number;
  /** A send takes up to ten messages of one minute. */
  readonly sends: number;
}

const minute = 60_000;
const dayMinutes = 24 * 60;
/** SQS takes so many messages at once. */
export const messagesASend = 10;

/** A month, such as 2026-11, as minutes since 1970: its first, and the first of the next. */
export function monthMinutes(month: string): { readonly from: number; readonly to: number } {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return { from: Date.UTC(year, number - 1, 1) / minute, to: Date.UTC(year, number, 1) / minute };
}

/** The months of a year, such as 2026-01. */
export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`);
}

/** Marks the minutes in which a source is due, and gives how many they are. */
function markPolls(source: Source, { from, to }: ReturnType<typeof monthMinutes>, series: ReadonlyMap<string, Series>, fastest: number, due: Uint8Array): number {
  let polls = 0;
  for (let day = from; day < to; day += dayMinutes) {
    const pace = Math.max(fastest, paceMinutes(source, new Date(day * minute).toISOString(), series));
    for (let at = slotAfter(source.id, pace, day); at < day + dayMinutes; at += pace) {
      due[at - from] = 1;
      polls++;
    }
  }
  return polls;
}

/**
 * What polling these sources asks for in a month (such as 2026-11), every slot of every source counted. With `fastest`
 * none is polled more often than so many minutes apart.
 */
export function trafficOf(sources: readonly Source[], series: ReadonlyMap<string, Series>, month: string, fastest = 1): Traffic {
  const span = monthMinutes(month);
  const minutes = span.to - span.from;
  const messagesAt = new Uint16Array(minutes);
  let polls = 0;
  for (const group of Map.groupBy(sources, sourceHost).values()) {
    const due = new Uint8Array(minutes);
    for (const source of group) polls += markPolls(source, span, series, fastest, due);
    for (let at = 0; at < minutes; at++) messagesAt[at] = (messagesAt[at] ?? 0) + (due[at] ?? 0);
  }
  let messages = 0;
  let sends = 0;
  for (const count of messagesAt) {
    messages += count;
    sends += Math.ceil(count / messagesASend);
  }
  return { minutes, sources: sources.length, polls, messages, sends };
}

/** So many of the sources, picked evenly from the one that is polled most in the year to the one that is polled least. */
export function sample(sources: readonly Source[], count: number, series: ReadonlyMap<string, Series>, year: number): Source[] {
  const days = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(year, 0, 1 + day)).toISOString());
  const polls = (source: Source): number => days.reduce((sum, day) => sum + dayMinutes / paceMinutes(source, day, series), 0);
  const ranked = sources.map((source) => ({ source, polls: polls(source) })).toSorted((a, b) => b.polls - a.polls || (a.source.id < b.source.id ? -1 : 1));
  const step = Math.max(1, ranked.length / count);
  return Array.from({ length: Math.min(count, ranked.length) }, (_, index) => ranked[Math.floor((index + 0.5) * step)]?.source).filter((source) => source !== undefined);
}
