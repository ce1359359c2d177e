import type { Traffic } from "./records.ts";
import type { PlanCost } from "./plan.ts";
import type { PageCost } from "./site.ts";

export type Round = "first" | "unchanged";

/** The medians of one program's rounds of one kind. */
export interface Row {
  readonly program: string;
  readonly round: Round;
  readonly wallSeconds: number;
  readonly cpuSeconds: number | null;
  readonly peakMegabytes: number | null;
  /** That it made to the feeds' server. */
  readonly requests: number;
}

/** A replay, measured once. */
export interface Replay {
  readonly name: string;
  readonly polls: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number | null;
}

/** How many titles a second of CPU go through, of which one in fifty concerns us, with a catalogue of one size. */
export interface MatchingSpeed {
  readonly series: number;
  readonly rules: number;
  readonly titlesPerSecond: number;
  /** With one regular expression a rule, one after another. */
  readonly plainWay: number;
}

/** All that a run of the bench found. */
export interface Results {
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  readonly feeds: number;
  readonly runs: number;
  readonly rows: readonly Row[];
  readonly table: { readonly first: Traffic; readonly unchanged: Traffic };
  /** With the catalogue as it is. */
  readonly titlesPerSecond: number;
  /** With the catalogue as it is, and larger ones. */
  readonly matching: readonly MatchingSpeed[];
  readonly replays: readonly Replay[];
}

/** The middle of the values, or the mean of the two in the middle; null where one of them is not known. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined || known.length < values.length ? null : (low + high) / 2;
}

function figure(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? "–" : value.toFixed(decimals);
}

/** Columns side by side; the first two to the left, figures to the right. */
function columns(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ").trimEnd());
}

/** Matching for people: how its cost for a title grows with the catalogue, beside the plain way. */
export function matchingLines(speeds: readonly MatchingSpeed[]): string[] {
  const [first] = speeds;
  const cost = (speed: number, least: number | undefined): string => `${figure(least === undefined ? null : least / speed, 2)}×`;
  const heads = ["series", "rules", "titles a second", "cost", "plain way", "cost"];
  const lines = speeds.map(({ series, rules, titlesPerSecond, plainWay }) => [
    String(series),
    String(rules),
    figure(titlesPerSecond, 0),
    cost(titlesPerSecond, first?.titlesPerSecond),
    figure(plainWay, 0),
    cost(plainWay, first?.plainWay),
  ]);
  return [`Matching: ${figure(first?.titlesPerSecond, 0)} titles a second of CPU, folding included; 2 in 100 concern us.`, ...columns([heads, ...lines])];
}

/** A row of a page's table. */
const pageRow = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** What plan takes as a catalogue grows, as a table of a page. */
export function planLines(costs: readonly PlanCost[]): string[] {
  const heads = ["sources", "of them deviating", "records read a tick", "messages a tick", "CPU ms a tick", "wall ms a tick", "first tick, messages", "first tick, CPU ms", "catalogue, MB", "opening it, CPU ms", "peak MB"];
  const rows = costs.map((cost) => [cost.sources, cost.deviating, cost.reads, cost.messages].map(String).concat(figure(cost.cpuMs, 0), figure(cost.wallMs, 0), String(cost.firstMessages), figure(cost.firstCpuMs, 0), figure(cost.packedMegabytes, 1), figure(cost.openCpuMs, 0), figure(cost.peakMegabytes, 0)));
  return [pageRow(heads), `|${heads.map(() => "---:").join("|")}|`, ...rows.map(pageRow), "", `Medians of nine ticks; the table is ${costs[0]?.on ?? "absent"}; a process of Node ${process.versions.node} from source, which holds 120 MB by itself. SQS is not in it: the messages are counted.`];
}

/** What pages of the site take, for people. */
export function pageLines(costs: readonly PageCost[]): string[] {
  const heads = ["page", "", "first ms", "then ms", "first asks", "then asks", "KB"];
  const lines = costs.map(({ path, coldMs, warmMs, coldAsks, warmAsks, kilobytes }) => [path, "", figure(coldMs, 1), figure(warmMs, 1), String(coldAsks), String(warmAsks), figure(kilobytes, 1)]);
  const slowest = Math.max(...costs.map(({ warmMs }) => warmMs));
  return ["Pages over ten years and 50,000 items: the first in a minute, and those after it; medians, at the server.", ...columns([heads, ...lines]), `The slowest page takes ${figure(slowest, 1)} ms.`];
}

/** The results for people, beside those of an earlier run where there is one. */
export function table({ rows, table: { first, unchanged }, titlesPerSecond, matching, replays, runs, feeds, cores, node }: Results, earlier: Results | undefined): string[] {
  const before = (row: Row): Row | undefined => earlier?.rows.find(({ program, round }) => program === row.program && round === row.round);
  const heads = ["program", "round", "wall s", "CPU s", "peak MB", "requests", ...(earlier ? ["wall s before", "CPU s before"] : [])];
  const lines = rows.map((row) => [
    row.program,
    row.round,
    figure(row.wallSeconds, 2),
    figure(row.cpuSeconds, 2),
    figure(row.peakMegabytes, 0),
    String(row.requests),
    ...(earlier ? [figure(before(row)?.wallSeconds, 2), figure(before(row)?.cpuSeconds, 2)] : []),
  ]);
  return [
    `${feeds} feeds of 20 items on loopback; medians of ${runs}, start-up included; Node ${node}, ${cores} cores.`,
    ...columns([heads, ...lines]),
    `Table: the first round reads ${first.read} records and writes ${first.written}, the unchanged one reads ${unchanged.read} and writes ${unchanged.written}.`,
    ...matchingLines(matching),
    ...(earlier ? [`Before: ${figure(earlier.titlesPerSecond, 0)} titles a second, now ${figure(titlesPerSecond, 0)}.`] : []),
    ...replays.map(({ name, polls, wallSeconds, cpuSeconds }) => `Replay of ${name}: ${polls} polls in ${figure(wallSeconds, 1)} s, CPU ${figure(cpuSeconds, 1)} s.`),
    ...(earlier ? [`Before: ${earlier.date}, Node ${earlier.node}, ${earlier.cores} cores.`] : []),
  ];
}

/** The one line that says it all: `first round 1.9 s (newsboat 6.1), unchanged 0.8 s (urlwatch 1.7)`. */
export function headline(rows: readonly Row[]): string {
  const seconds = (name: string, round: Round): string | undefined => rows.find((row) => row.program === name && row.round === round)?.wallSeconds.toFixed(1);
  const beside = (round: Round): string => {
    const others = rows.filter((row) => row.round === round && row.program !== "almanac").map(({ program, wallSeconds }) => `${program} ${wallSeconds.toFixed(1)}`);
    return others.length > 0 ? ` (${others.join(", ")})` : "";
  };
  return `first round ${seconds("almanac", "first")} s${beside("first")}, unchanged ${seconds("almanac", "unchanged")} s${beside("unchanged")}`;
}
