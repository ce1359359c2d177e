/** A column of figures: what they are, with their unit, and how many decimals say enough. */
interface Column {
  readonly head: string;
  readonly decimals: number;
}

/** What was measured of one thing, named by its first cells. A figure is null where it is not known here. */
export interface Row {
  readonly names: readonly string[];
  readonly figures: readonly (number | null)[];
}

/** What one part of the bench found. */
export interface Table {
  readonly part: string;
  /** What was measured, and how. */
  readonly says: string;
  /** Heads of the cells that name a row. */
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The one figure that says it all, as a sentence. */
  readonly last: string;
}

/** The value below which this share of the values lies, the middle one of three for a half; null where one is not known, or there is none. */
export function quantile(values: readonly (number | null)[], share: number): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (known.length === 0 || known.length < values.length) return null;
  const at = (known.length - 1) * share;
  const [low = 0, high = 0] = [known[Math.floor(at)], known[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** The middle of the values, or the mean of the two in the middle; null where one of them is not known. */
export function median(values: readonly (number | null)[]): number | null {
  return quantile(values, 0.5);
}

const figure = (value: number | null | undefined, { decimals }: Column): string => (value === null || value === undefined ? "–" : value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));

type Cells = readonly (readonly string[])[];

function cellsOf({ names, columns, rows }: Table, cell: (row: Row, at: number, column: Column) => string): Cells {
  const heads = [...names, ...columns.map(({ head }) => head)];
  return [heads, ...rows.map((row) => [...row.names, ...columns.map((column, at) => cell(row, at, column))])];
}

/** Columns side by side, names to the left and figures to the right. */
function lined(cells: Cells, names: number): string[] {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) => line.map((cell, column) => (column < names ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ").trimEnd());
}

/** A table for the terminal. */
export function plainLines(table: Table): string[] {
  const cells = cellsOf(table, ({ figures }, at, column) => figure(figures[at], column));
  return [table.says, ...lined(cells, table.names.length)];
}

/** A table in Markdown. */
export function markdownLines(table: Table): string[] {
  const [heads = [], ...rows] = cellsOf(table, ({ figures }, at, column) => figure(figures[at], column));
  const rule = heads.map((_, at) => (at < table.names.length ? "---" : "--:"));
  return [table.says, "", ...[heads, rule, ...rows].map((line) => `| ${line.join(" | ")} |`)];
}

/** A table beside an earlier one of the same part: how many times as much each figure is now. What the earlier lacks is told by a dash. */
export function differenceLines(table: Table, earlier: Table | undefined): string[] {
  const before = (row: Row, { head }: Column): number | null | undefined => {
    const at = earlier?.columns.findIndex((column) => column.head === head) ?? -1;
    return earlier?.rows.find(({ names }) => names.join("\n") === row.names.join("\n"))?.figures[at];
  };
  const cells = cellsOf(table, (row, at, column) => {
    const [then, now] = [before(row, column), row.figures[at]];
    if (typeof then !== "number" || typeof now !== "number") return "–";
    return `${figure(then, column)} → ${figure(now, column)} ${then === 0 ? "" : `(${(now / then).toFixed(2)}×)`}`.trimEnd();
  });
  return [`${table.part}: before → now`, ...lined(cells, table.names.length)];
}
