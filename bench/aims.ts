import type { Row, Table } from "./table.ts";

/** One thing that was to be reached: a figure that stays at or below another. */
interface Aim {
  readonly says: string;
  /** The part of the bench that measures it. */
  readonly part: string;
  readonly most: number;
  readonly unit: string;
  readonly decimals: number;
  /** The figure in the part's table; null where it is not known there. */
  readonly figure: (table: Table) => number | null;
}

const sizes = ["500", "2000"] as const;

function figureOf(table: Table, names: readonly string[], head: string): number | null {
  const at = table.columns.findIndex((column) => column.head === head);
  return table.rows.find((row) => row.names.join("\n") === names.join("\n"))?.figures[at] ?? null;
}

/** Nothing is said of the largest where one of them is not known. */
function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : Math.max(...known);
}

function less(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one - other;
}

function times(one: number | null, other: number | null): number | null {
  return one === null || !other ? null : one / other;
}

/** What a round takes almanac, as a share of what it takes another program. */
function wallShare(round: string, other: string, words: string, most: number): Aim[] {
  const wall = (table: Table, feeds: string, program: string): number | null => figureOf(table, [feeds, program, round], "wall, s");
  return sizes.map((feeds) => ({
    says: `${round} round of ${Number(feeds).toLocaleString("en")} feeds: ${words} of ${other}'s wall time`,
    part: "rounds",
    most,
    unit: "",
    decimals: 2,
    figure: (table) => times(wall(table, feeds, "almanac"), wall(table, feeds, other)),
  }));
}

const peak = (table: Table, feeds: string, round: string): number | null => figureOf(table, [feeds, "almanac", round], "peak, MB");
const eachRound = (figure: (round: string) => number | null): number | null => largest(["first", "unchanged"].map(figure));

function memory(): Aim[] {
  const [few, many] = sizes;
  return [
    { says: "memory for 2,000 feeds, in either round", part: "rounds", most: 250, unit: " MB", decimals: 0, figure: (table) => eachRound((round) => peak(table, many, round)) },
    { says: "memory for 2,000 feeds beyond that for 500, in either round", part: "rounds", most: 30, unit: " MB", decimals: 0, figure: (table) => eachRound((round) => less(peak(table, many, round), peak(table, few, round))) },
  ];
}

function messageWait(name: string, head: string): Aim {
  return { says: `from publication to message beyond the wait for the source's turn, ${name}, however many are due`, part: "message", most: 1000, unit: " ms", decimals: 0, figure: ({ columns, rows }) => largest(rows.map(({ figures }) => figures[columns.findIndex((column) => column.head === head)] ?? null)) };
}

function bundle(name: string, most: number): Aim {
  return { says: `bundle of ${name}`, part: "cold", most, unit: " KB", decimals: 0, figure: (table) => figureOf(table, [name], "bundle, KB") };
}

const aims: readonly Aim[] = [
  ...wallShare("first", "newsboat", "a quarter", 1 / 4),
  ...wallShare("unchanged", "urlwatch", "a third", 1 / 3),
  ...memory(),
  messageWait("median", "median, ms"),
  messageWait("99th", "99th, ms"),
  bundle("plan", 430),
  bundle("notify", 430),
  bundle("poll", 900),
];

function rowOf({ says, part, most, unit, decimals, figure }: Aim, tables: readonly Table[]): Row {
  const words = (value: number): string => `${value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}${unit}`;
  const table = tables.find((one) => one.part === part);
  const value = table ? figure(table) : null;
  // Another program may not be installed where the part was run.
  const [measured, is] = value === null ? [table ? "not known" : "not run", "–"] : [words(value), value <= most ? "met" : "missed"];
  return { names: [says, words(most), measured, is], figures: [] };
}

/** The aims beside what the tables say of them. */
export function aimsTable(tables: readonly Table[]): Table {
  const rows = aims.map((aim) => rowOf(aim, tables));
  const [met, missed] = ["met", "missed"].map((word) => rows.filter(({ names }) => names.at(-1) === word).length);
  return { part: "aims", says: "What was to be reached, and what was.", names: ["aim", "at most", "measured", "met or missed"], columns: [], rows, last: `${met} aims met, ${missed} missed` };
}
