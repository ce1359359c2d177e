import type { PdfPage, PlacedText } from "../intake/pdf.ts";

/** A line of text, in the order in which a reader comes to it. */
export interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** The font of all of it; null where it has several. */
  readonly font: string | null;
  readonly page: number;
  /** The borders of the column that it stands in. */
  readonly column: { readonly left: number; readonly right: number };
  /** Parts that stand far from one another, as the cells of a table do. */
  readonly cells: readonly string[];
}

interface Segment {
  readonly texts: readonly PlacedText[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** Runs belong to one row when their baselines differ by less than this share of their size. */
const sameRow = 0.45;
/** A gap of so many sizes parts cells or columns. */
const wideGap = 1.6;
const spaceGap = 0.18;
/** A note's number is smaller than the text and stands above its baseline. */
const superscript = 0.75;
const leastGutter = 8;
const leastSegments = 4;
/** A column has at least this share of a page's pieces; the last page of a text may have a short one. */
const columnShare = 0.1;
/** A page of more pieces is a drawing or a table. */
const mostSegments = 2000;
const crossingShare = 0.12;
const sideShare = 0.2;
/** The lines of a column of text fill most of its width; the cells of a table do not. */
const filledShare = 0.6;

const least = (values: readonly number[]): number => values.reduce((x, y) => Math.min(x, y), Infinity);
const most = (values: readonly number[]): number => values.reduce((x, y) => Math.max(x, y), -Infinity);
const median = (values: readonly number[]): number => values.toSorted((x, y) => x - y)[values.length >> 1] ?? 0;

/** Runs that stand on one baseline, from the top of the page. */
function rowsOf(texts: readonly PlacedText[]): PlacedText[][] {
  const rows: { y: number; size: number; texts: PlacedText[] }[] = [];
  for (const text of texts.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    if (row && Math.abs(row.y - text.y) < sameRow * Math.max(row.size, text.size)) {
      row.texts.push(text);
      if (text.size > row.size) [row.y, row.size] = [text.y, text.size];
    } else rows.push({ y: text.y, size: text.size, texts: [text] });
  }
  return rows.map((row) => row.texts.filter(({ text, size, y }) => !(size < superscript * row.size && y > row.y && /^[\d,*†\s[\]]+$/.test(text))).sort((a, b) => a.x - b.x));
}

function segmentOf(texts: readonly PlacedText[]): Segment {
  const size = most(texts.map((text) => text.size));
  const base = texts.find((text) => text.size === size);
  return { texts, left: texts[0]?.x ?? 0, right: most(texts.map(({ x, width }) => x + width)), y: base?.y ?? 0, size };
}

/** A row parted where a wide gap stands in it. */
function segmentsOf(row: readonly PlacedText[]): Segment[] {
  const parts: PlacedText[][] = [];
  let right = -Infinity;
  for (const text of row) {
    const last = parts.at(-1);
    if (last && text.x - right < wideGap * text.size) last.push(text);
    else parts.push([text]);
    right = Math.max(right, text.x + text.width);
  }
  return parts.filter((part) => part.length > 0).map(segmentOf);
}

function spell(texts: readonly PlacedText[]): string {
  let spelled = "";
  let right = 0;
  for (const { text, x, width, size } of texts) {
    const parted = spelled !== "" && !/\s$/.test(spelled) && !/^\s/.test(text) && x - right > spaceGap * size;
    spelled += (parted ? " " : "") + text;
    right = x + width;
  }
  return spelled.replace(/\s+/g, " ").trim();
}

interface Gutter {
  readonly from: number;
  readonly to: number;
}

/** The widest strip near the middle that hardly any segment crosses, with columns of text on both sides. */
function gutterOf(segments: readonly Segment[]): Gutter | null {
  if (segments.length < 2 * leastSegments || segments.length > mostSegments) return null;
  const [left, right] = [least(segments.map((segment) => segment.left)), most(segments.map((segment) => segment.right))];
  const edges = [...new Set(segments.map((segment) => Math.round(segment.right)))].filter((x) => x > left + sideShare * (right - left) && x < right - sideShare * (right - left));
  let best: Gutter | null = null;
  for (const from of edges) {
    const starts = segments.map((segment) => segment.left).filter((x) => x >= from + leastGutter);
    const to = least(starts);
    if (!Number.isFinite(to) || (best && to - from <= best.to - best.from)) continue;
    if (isGutter(segments, { from, to })) best = { from, to };
  }
  return best;
}

/** Whether a strip that parts the columns of other pages parts this one as well, however short its second column is. */
function alsoParts(segments: readonly Segment[], { from, to }: Gutter): boolean {
  return segments.every(({ left, right }) => right < to || left > from) && segments.some(({ left }) => left > from);
}

function isGutter(segments: readonly Segment[], { from, to }: Gutter): boolean {
  // The longest lines of the left column may reach a little into the strip.
  const [before, behind] = [segments.filter(({ right }) => right < to), segments.filter(({ left }) => left > from)];
  if (Math.min(before.length, behind.length) < Math.max(leastSegments, columnShare * segments.length)) return false;
  if (segments.length - before.length - behind.length > crossingShare * segments.length) return false;
  return [before, behind].every((side) => {
    const [left, right] = [least(side.map((segment) => segment.left)), most(side.map((segment) => segment.right))];
    return median(side.map((segment) => segment.right - segment.left)) >= filledShare * (right - left);
  });
}

/** Segments in reading order, in groups: a column each, and what crosses the columns by itself. */
function columnsOf(segments: readonly Segment[], known: Gutter | null): Segment[][] {
  const gutter = gutterOf(segments) ?? (known && alsoParts(segments, known) ? known : null);
  if (!gutter) return segments.length > 0 ? [[...segments]] : [];
  const groups: Segment[][] = [];
  let [left, right]: [Segment[], Segment[]] = [[], []];
  const close = (): void => {
    groups.push(...columnsOf(left, null), ...columnsOf(right, null));
    [left, right] = [[], []];
  };
  for (const segment of segments) {
    if (segment.right < gutter.to) left.push(segment);
    else if (segment.left > gutter.from) right.push(segment);
    else {
      close();
      groups.push([segment]);
    }
  }
  close();
  return groups;
}

function lineOf(segments: readonly Segment[], page: number, column: Line["column"]): Line {
  const texts = segments.flatMap((segment) => segment.texts);
  const fonts = new Set(texts.map(({ font }) => font));
  const cells = segments.map((segment) => spell(segment.texts));
  const whole = segmentOf(texts);
  return { text: cells.join(" "), left: whole.left, right: whole.right, y: whole.y, size: whole.size, font: fonts.size === 1 ? (texts[0]?.font ?? null) : null, page, column, cells };
}

/** Where the lines of a column end: the few that run over its edge, as long addresses do, do not count. */
function edgeOf(group: readonly Segment[]): number {
  const edges = group.map(({ right }) => right).sort((x, y) => x - y);
  return edges[Math.floor(0.95 * (edges.length - 1))] ?? 0;
}

function linesOf(segments: readonly Segment[], page: number, known: Gutter | null): Line[] {
  return columnsOf(segments, known).flatMap((group) => {
    const column = { left: least(group.map(({ left }) => left)), right: edgeOf(group) };
    const rows = Map.groupBy(group, ({ y }) => Math.round(y));
    return [...rows.values()].map((row) => lineOf(row.toSorted((a, b) => a.left - b.left), page, column));
  });
}

/** The strip that parts the columns of most pages; null where most have one column. */
function commonGutter(pages: readonly (readonly Segment[])[]): Gutter | null {
  const found = pages.map(gutterOf).filter((gutter) => gutter !== null);
  if (found.length === 0 || 2 * found.length < pages.length) return null;
  return { from: median(found.map(({ from }) => from)), to: median(found.map(({ to }) => to)) };
}

/** The lines of each page, column by column. */
export function linesByPage(pages: readonly PdfPage[]): Line[][] {
  const segments = pages.map(({ texts }) => rowsOf(texts).flatMap(segmentsOf));
  const known = commonGutter(segments);
  return segments.map((list, page) => linesOf(list, page, known));
}
