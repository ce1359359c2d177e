import { columns, cut, safeText } from "../shared/alerts/safe-text.ts";

const gap = "  ";
/** What the last column should have, and to what the one before it gives way. */
const lastWanted = 40;
const givesWayTo = 24;
/** On a terminal that is narrower still, lines become longer than it. */
const narrowest = 12;

/** The text and spaces after it, to so many columns of a terminal; Korean takes two a character. */
function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** How many columns of a terminal these columns take, with the gaps after them. */
function taken(list: readonly number[]): number {
  return list.reduce((sum, width) => sum + width + gap.length, 0);
}

/** The widths of the columns: the last takes what is left, and where that is little, the one before it gives way. */
function widths(rows: readonly (readonly string[])[], most: number): number[] {
  const natural = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => columns(row[index] ?? ""))));
  const others = natural.slice(0, -1);
  const giving = others.at(-1) ?? 0;
  const lacking = Math.max(0, Math.min(natural.at(-1) ?? 0, lastWanted) - (most - taken(others)));
  const shrunk = [...others.slice(0, -1), Math.max(Math.min(giving, givesWayTo), giving - lacking)];
  return [...shrunk, Math.max(narrowest, most - taken(shrunk))];
}

/**
 * Rows as aligned lines, each at most `most` columns wide: the last cell is cut, and where there is little room also
 * the one before it. Without `most` nothing is cut. What others wrote is made safe to show.
 */
export function grid(rows: readonly (readonly string[])[], most = Number.POSITIVE_INFINITY): string[] {
  const safe = rows.map((row) => row.map((cell) => safeText(cell, 1000)));
  const room = widths(safe, most);
  return safe.map((row) =>
    row
      .map((cell, index) => cut(cell, room[index] ?? narrowest, columns))
      .map((cell, index) => (index === row.length - 1 ? cell : padded(cell, room[index] ?? 0)))
      .join(gap)
      .trimEnd(),
  );
}
