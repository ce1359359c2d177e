import { sourceHost } from "../../shared/catalogue/address.ts";
import { byId } from "../../shared/catalogue/by-id.ts";
import { comesIn } from "../../shared/catalogue/mailbox.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { type Bill, billOf } from "./bill.ts";
import { type Lever, leftOut, leversOf } from "./levers.ts";
import { meanOf, type Month, monthOf, yearOf } from "./month.ts";
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

/** All that is printed. */
export interface Reckoning {
  readonly wants: Wants;
  readonly all: Scenario;
  /** As many sources as the design's target is for; absent where there are no more than that, or others were picked. */
  readonly target: Scenario | undefined;
  readonly leftOut: ReturnType<typeof leftOut>;
}

/** What is reckoned. */
export interface Asked {
  readonly catalogue: Pick<Catalogue, "series" | "sources">;
  readonly wants: Wants;
  /** Such as 2026-11; the mean of the prices' year where it is absent. */
  readonly month?: string | undefined;
  /** Only so many of the sources. */
  readonly count?: number | undefined;
}

/** The design's target is for so many sources. */
const targetSources = 60;
/** The design's targets in dollars: the data path before any allowance, and the whole bill after them. */
export const targets = { dataPath: 1, whole: 1 } as const;

const year = Number(priced.checked.slice(0, 4));

function scenarioOf({ catalogue, month }: Asked, sources: readonly Source[], settings: Settings): Scenario {
  const months = month === undefined ? yearOf(catalogue, sources, year) : [];
  const reckoned: Month = month === undefined ? meanOf(`the mean month of ${year}`, months) : monthOf(catalogue, sources, month);
  return {
    sources: sources.length,
    hosts: new Set(sources.map(sourceHost)).size,
    bill: billOf(reckoned, settings),
    months: months.map((one) => billOf(one, settings)),
    levers: month === undefined ? leversOf(catalogue, sources, reckoned, year, settings) : [],
  };
}

/** The bill of the sources that are read (not disabled, and none whose mail comes in), and beside it that of as many as the target is for. Throws where a country has no SMS price. */
export function reckon(asked: Asked): Reckoning {
  const { catalogue, wants, count } = asked;
  const settings = settingsFor(wants);
  const enabled = catalogue.sources.filter((source) => source.disabled === undefined && !comesIn(source));
  const pick = (so: number): Source[] => sample(enabled, so, byId(catalogue.series), year);
  const all = scenarioOf(asked, count === undefined ? enabled : pick(count), settings);
  const target = count === undefined && enabled.length > targetSources ? scenarioOf(asked, pick(targetSources), settings) : undefined;
  return { wants, all, target, leftOut: leftOut(all.bill.month, settings) };
}

/** The month of the year that costs most after the allowances; absent where one month was asked for. */
export function dearest({ months }: Scenario): Bill | undefined {
  return months.toSorted((a, b) => b.sums.whole.after - a.sums.whole.after)[0];
}
