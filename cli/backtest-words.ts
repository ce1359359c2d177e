import { backtestSeries, score, type Score, type Tried } from "../shared/calendar/backtest.ts";
import { type Requests, spread, type Spread, type Waits } from "../shared/calendar/latency.ts";
import type { Tally } from "../shared/calendar/tally.ts";
import { hostOf } from "../shared/catalogue/check-sources.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";

/** A table: its heads, then its rows, and the figure that it comes to. */
export interface Told {
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  readonly figure: string;
}

/** The first year whose editions are tried. */
export const firstTried = 2018;

const percent = (part: number, whole: number): string => (whole === 0 ? "–" : `${((part / whole) * 100).toFixed(1)}%`);

function scoreRow(name: string, { editions, inside, after, medianWidth, sameWeek, sameWidth }: Score): string[] {
  return [name, String(editions), String(inside), String(after), String(medianWidth), String(sameWeek), String(sameWidth)];
}

/** How forecasts did, series by series. */
export function backtestTold({ series }: Pick<Catalogue, "series">): Told {
  const regular = series.filter(({ cadence, year }) => year !== undefined && (cadence === "annual" || cadence === "biennial"));
  const found = regular.map((one) => ({ id: one.id, ...backtestSeries(one, firstTried) }));
  const all: Tried[] = found.flatMap(({ tried }) => tried);
  const sum = score(all);
  const tooFew = found.reduce((count, one) => count + one.tooFew, 0);
  return {
    rows: [["series", "editions", "inside", "after", "window, days", "same week", "same width"], ...found.filter(({ tried }) => tried.length > 0).map(({ id, tried }) => scoreRow(id, score(tried))), scoreRow("in all", sum)],
    notes: [`${tooFew} editions more had fewer than three known days before them and could not be forecast.`],
    figure: `${sum.inside} of ${sum.editions} editions (${percent(sum.inside, sum.editions)}) came inside their window, ${sum.medianWidth} days wide in the middle and ${Math.round(sum.meanWidth)} on average; the same week as last year held ${sum.sameWeek} (${percent(sum.sameWeek, sum.editions)}), as many days around the same day as last year ${sum.sameWidth} (${percent(sum.sameWidth, sum.editions)})`,
  };
}

const spreadWords = (found: Spread | null): string => (found ? `${found.median} / ${found.p95} / ${found.worst}` : "–");

function cells(waits: readonly Waits[]): string[] {
  return [String(waits.length), spreadWords(spread(waits.flatMap(({ seasonal }) => seasonal))), spreadWords(spread(waits.flatMap(({ fixed }) => fixed)))];
}

function latencyRow(name: string, waits: readonly Waits[]): string[] {
  return [name, ...cells(waits.filter(({ inside }) => inside)), ...cells(waits.filter(({ inside }) => !inside))];
}

/** How long people would have waited, series by series. */
export function latencyTold(waits: readonly Waits[]): Told {
  const bySeries = Map.groupBy(waits, ({ series }) => series);
  const figureOf = (inside: boolean, which: "seasonal" | "fixed"): number => spread(waits.filter((one) => one.inside === inside).flatMap((one) => one[which]))?.p95 ?? 0;
  return {
    rows: [["series", "inside", "by season", "fixed", "outside", "by season", "fixed"], ...[...bySeries].map(([id, some]) => latencyRow(id, some)), latencyRow("in all", waits)],
    notes: [],
    figure: `95 of 100 alerts come within ${figureOf(true, "seasonal")} minutes inside the window and ${figureOf(false, "seasonal")} outside; at a fixed pace with as many requests, within ${figureOf(true, "fixed")} and ${figureOf(false, "fixed")}`,
  };
}

const hostsShown = 15;

/** How many requests a day each host gets. */
export function requestsTold({ sources }: Pick<Catalogue, "sources">, year: number, { perDay }: Requests): Told {
  const hosts = new Map<string, { sources: number; requests: number }>();
  for (const source of sources) {
    const requests = perDay.get(source.id);
    if (requests === undefined) continue;
    const before = hosts.get(hostOf(source)) ?? { sources: 0, requests: 0 };
    hosts.set(hostOf(source), { sources: before.sources + 1, requests: before.requests + requests });
  }
  const sorted = [...hosts].toSorted(([, a], [, b]) => b.requests - a.requests);
  const sum = sorted.reduce((total, [, { requests }]) => total + requests, 0);
  const shown = sorted.slice(0, hostsShown);
  const rest = sorted.slice(hostsShown);
  return {
    rows: [
      ["host", "sources", "requests a day"],
      ...shown.map(([host, one]) => [host, String(one.sources), String(Math.round(one.requests))]),
      [`${rest.length} others, each`, "", `at most ${Math.round(rest[0]?.[1].requests ?? 0)}`],
      ["in all", String(perDay.size), String(Math.round(sum))],
    ],
    notes: [],
    figure: `${Math.round(sum)} requests a day to ${hosts.size} hosts in ${year}`,
  };
}

function tallyCells(some: readonly Tally[]): string[] {
  const counts = (["late", "again", "missed"] as const).map((what) => some.filter((one) => one.what === what).length);
  return [...counts, some.length].map(String);
}

/** The editions that these are about, each once. */
const editionsIn = (some: readonly Tally[]): number => new Set(some.map(({ series, edition }) => `${series} ${edition}`)).size;

/** How many alerts would have told of late editions, series by series, the most first, and year by year. */
export function tallyTold(tallies: readonly Tally[], since: number, until: number): Told {
  const told = tallies.filter(({ what }) => what !== "unknown");
  const bySeries = [...Map.groupBy(told, ({ series }) => series)].toSorted(([, a], [, b]) => b.length - a.length);
  const perYear = Array.from({ length: until - since + 1 }, (_, index) => ({ year: since + index, alerts: told.filter(({ year }) => year === since + index).length }));
  const counts = perYear.map(({ alerts }) => alerts);
  const again = told.filter(({ what }) => what === "again").length;
  return {
    rows: [["series", "editions", "late", "again each week", "missed", "in all"], ...bySeries.map(([id, some]) => [id, String(editionsIn(some)), ...tallyCells(some)]), ["in all", String(editionsIn(told)), ...tallyCells(told)]],
    notes: [`By year: ${perYear.map(({ year, alerts }) => `${year} ${alerts}`).join(", ")}. ${editionsIn(tallies.filter(({ what }) => what === "unknown"))} editions more are not counted: the catalogue does not know whether they came, or when.`],
    figure: `${told.length} alerts from ${since} to ${until}, ${again} of them weekly ones: ${Math.min(...counts)} to ${Math.max(...counts)} a year`,
  };
}

const markdownRow = (cellTexts: readonly string[]): string => `| ${cellTexts.join(" | ")} |`;

/** A table as Markdown, figures to the right. */
export function markdownTable([head = [], ...rows]: Told["rows"]): string[] {
  return [markdownRow(head), `|${head.map((_, index) => (index === 0 ? "---" : "--:")).join("|")}|`, ...rows.map(markdownRow)];
}
