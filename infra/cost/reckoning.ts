import { sourceHost } from "../../shared/catalogue/address.ts";
import { byId } from "../../shared/catalogue/by-id.ts";
import { comesIn } from "../../shared/catalogue/mailbox.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { type Bill, billOf } from "./bill.ts";
import { type Lever, leftOut, leversOf } from "./levers.ts";
import { grownMonth, meanOf, type Month, monthOf, yearOf } from "./month.ts";
import { pollsNeeded } from "./polls.ts";
import { priced } from "./prices.ts";
import { type Settings, settingsFor, type Wants } from "./settings.ts";
import { sample } from "./traffic.ts";

/** What some sources come to in a month, or in the months of a year. */
export interface Scenario {
  readonly sources: number;
  readonly hosts: number;
  /** The month that was asked for, or the mean of the year. */
  readonly bill: Bill;
  /** The months of the year; empty where one month was asked for. */
  readonly months: readonly Bill[];
  readonly levers: readonly Lever[];
}

/** The bill of the mean month at a size, with how many of poll run side by side then. */
export interface Size {
  readonly sources: number;
  readonly subscribers: number;
  readonly polls: number;
  readonly bill: Bill;
  /** What the data path would cost, before any allowance, if no function needed more memory than it has: were the catalogue in parts. */
  readonly inParts: number;
}

/** All that is printed. */
export interface Reckoning {
  readonly wants: Wants;
  readonly all: Scenario;
  /** As many sources as the design's target is for; absent where there are no more than that, or others were picked. */
  readonly target: Scenario | undefined;
  readonly leftOut: ReturnType<typeof leftOut>;
  /** The catalogue's mean month at sizes that it may grow to; empty where one month or a part of the sources was asked for. */
  readonly sizes: readonly Size[];
}

/** What is reckoned. */
export interface Asked {
  readonly catalogue: Pick<Catalogue, "series" | "sources">;
  readonly wants: Wants;
  /** Such as 2026-11; the mean of the prices' year where it is absent. */
  readonly month?: string | undefined;
  /** Only so many of the sources; or where there are fewer, as many times the catalogue as it takes. */
  readonly count?: number | undefined;
}

/** The design's target is for so many sources. */
const targetSources = 60;
/** The design's targets in dollars: the data path before any allowance, and the whole bill after them. */
export const targets = { dataPath: 1, whole: 1 } as const;

const year = Number(priced.checked.slice(0, 4));

/** Without what would change it, which takes most of the time. */
function plainScenario({ catalogue, month }: Asked, sources: readonly Source[], settings: Settings): Scenario {
  const months = month === undefined ? yearOf(catalogue, sources, year) : [];
  const reckoned: Month = month === undefined ? meanOf(`the mean month of ${year}`, months) : monthOf(catalogue, sources, month);
  return { sources: sources.length, hosts: new Set(sources.map(sourceHost)).size, bill: billOf(reckoned, settings), months: months.map((one) => billOf(one, settings)), levers: [] };
}

function scenarioOf(asked: Asked, sources: readonly Source[], settings: Settings): Scenario {
  const scenario = plainScenario(asked, sources, settings);
  return asked.month === undefined ? { ...scenario, levers: leversOf(asked.catalogue, sources, scenario.bill.month, year, settings) } : scenario;
}

/** So many times the catalogue: so many sources, hosts and series, a poll that can manage them, and functions in whose memory it fits. */
function grownScenario({ sources, hosts, months, bill }: Scenario, wants: Wants, count: number): Scenario {
  const times = count / sources;
  const month = grownMonth(bill.month, times);
  const settings = settingsFor(wants, pollsNeeded(month.messages / month.minutes, hosts * times), count);
  return { sources: count, hosts: Math.round(hosts * times), bill: billOf(month, settings), months: months.map((one) => billOf(grownMonth(one.month, times), settings)), levers: [] };
}

/** Sizes that a catalogue may grow to, and its readers. */
export const sourceSizes: readonly number[] = [60, 1000, 10_000, 100_000];
export const subscriberSizes: readonly number[] = [10, 100, 1000, 10_000, 100_000, 1_000_000];

/** Each number of sources with the subscribers that are wanted, the catalogue's own with each number of subscribers, and the most of both. */
function sizesOf(all: Scenario, target: Scenario | undefined, wants: Wants): Size[] {
  const sized = ({ sources, hosts, bill }: Scenario, subscribers: number): Size => {
    const polls = pollsNeeded(bill.month.messages / bill.month.minutes, hosts);
    return { sources, subscribers, polls, bill, inParts: billOf(bill.month, settingsFor({ ...wants, subscribers }, polls)).sums["data path"].before };
  };
  const bySources = sourceSizes.map((count) => sized(count === target?.sources ? target : grownScenario(all, wants, count), wants.subscribers));
  const bySubscribers = subscriberSizes.map((subscribers) => sized(grownScenario(all, { ...wants, subscribers }, all.sources), subscribers));
  const [most = 0, mostSubscribers = 0] = [sourceSizes.at(-1), subscriberSizes.at(-1)];
  return [...bySources, ...bySubscribers, sized(grownScenario(all, { ...wants, subscribers: mostSubscribers }, most), mostSubscribers)];
}

/** The sources that are polled: not disabled, and no mailbox. */
export function polledOf(sources: readonly Source[]): Source[] {
  return sources.filter((source) => source.disabled === undefined && !comesIn(source));
}

/** What the catalogue costs at the sizes that it may grow to. */
export function sizesFor(catalogue: Asked["catalogue"], wants: Wants): Size[] {
  const polled = polledOf(catalogue.sources);
  const settings = settingsFor(wants);
  const plain = (sources: readonly Source[]): Scenario => plainScenario({ catalogue, wants }, sources, settings);
  return sizesOf(plain(polled), polled.length > targetSources ? plain(sample(polled, targetSources, byId(catalogue.series), year)) : undefined, wants);
}

/** The bill of the sources that are read (not disabled, and none whose mail comes in), and beside it that of as many as the target is for. Throws where a country has no SMS price. */
export function reckon(asked: Asked): Reckoning {
  const { catalogue, wants, count } = asked;
  const settings = settingsFor(wants);
  const enabled = polledOf(catalogue.sources);
  const pick = (so: number): Source[] => sample(enabled, so, byId(catalogue.series), year);
  const some = scenarioOf(asked, count === undefined || count > enabled.length ? enabled : pick(count), settings);
  const all = count !== undefined && count > enabled.length ? grownScenario(some, wants, count) : some;
  const target = count === undefined && enabled.length > targetSources ? scenarioOf(asked, pick(targetSources), settings) : undefined;
  return { wants, all, target, leftOut: leftOut(all.bill.month, settings), sizes: count === undefined && asked.month === undefined ? sizesOf(all, target, wants) : [] };
}

/** The month of the year that costs most after the allowances; absent where one month was asked for. */
export function dearest({ months }: Scenario): Bill | undefined {
  return months.toSorted((a, b) => b.sums.whole.after - a.sums.whole.after)[0];
}
