/** A row of a CSV file, with the line on which it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of RFC 4180 text; commas and line breaks in quotes belong to their cell. Throws a sentence where a quote is not closed. */
export function csvRows(text: string): Row[] {
  const rows: Row[] = [];
  const source = text.replace(/^\uFEFF/, "");
  let [cells, line, start, at]: [string[], number, number, number] = [[], 1, 1, 0];
  while (at <= source.length) {
    const quoted = source[at] === '"';
    const { cell, end } = quoted ? quotedCell(source, at, line) : plainCell(source, at);
    line += (quoted ? cell : "").split("\n").length - 1;
    cells.push(cell);
    if (source[end] === ",") {
      at = end + 1;
      continue;
    }
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: start, cells });
    at = source[end] === "\r" && source[end + 1] === "\n" ? end + 2 : end + 1;
    line++;
    [cells, start] = [[], line];
  }
  return rows;
}

function plainCell(source: string, at: number): { readonly cell: string; readonly end: number } {
  const end = /[,\r\n]|$/.exec(source.slice(at))?.index ?? 0;
  return { cell: source.slice(at, at + end), end: at + end };
}

function quotedCell(source: string, at: number, line: number): { readonly cell: string; readonly end: number } {
  const [whole, inside] = /^"((?:[^"]|"")*)"(?=[,\r\n]|$)/.exec(source.slice(at)) ?? [];
  if (whole === undefined || inside === undefined) throw new Error(`line ${line}: a cell begins with a quote (") and does not end with one`);
  return { cell: inside.replaceAll('""', '"'), end: at + whole.length };
}
