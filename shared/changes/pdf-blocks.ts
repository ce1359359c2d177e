import type { PdfPage } from "../intake/pdf.ts";
import type { Block, Layout } from "./document.ts";
import { isTitleCase, labelDepth, notesHeading } from "./headings.ts";
import { type Line, linesByPage } from "./pdf-lines.ts";
import { tidy } from "./page-blocks.ts";

/** Lines at a page's edge that may be running heads or feet. */
const edgeLines = 3;
/** What stands at the edge of this share of the pages, and of two at least, is no text. */
const runningShare = 0.3;
const largerSize = 1.12;
const smallerSize = 0.92;
const headingChars = 160;
/** A gap of so many line heights parts paragraphs. */
const paragraphGap = 1.35;
const singleSpaced = 1.6;
const indent = 0.9;
const pageNumber = /^(?:page\s+)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:of|\/)\s*\d{1,4})?$/i;
/** The numbers under which the UN files a document, and its symbol, stand at the edges of its pages. */
const fileNumber = /^[AES]\/(?:[A-Z0-9.]+\/)*[A-Z0-9.]+(?:\/Add\.\d+|\/Rev\.\d+)*$|^(?:GE\.)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6,8})*$|^\*\d{6,}\*$/;
const marker = /^(?:\(?[a-z]{1,4}\)|\(?\d{1,3}[.)]|[A-H]\.|[•●▪■◦‣–—*-])\s+\S/;
const endsSentence = /[.!?:;]["'”’)\]]*\d{0,3}$/;

/** The values that most characters have. */
function commonest<T>(lines: readonly Line[], of: (line: Line) => T): T | undefined {
  const counts = new Map<T, number>();
  for (const line of lines) counts.set(of(line), (counts.get(of(line)) ?? 0) + line.text.length);
  return [...counts].sort(([, x], [, y]) => y - x)[0]?.[0];
}

// The title of the first page may run on at the head of the others, in smaller letters.
const runningKey = ({ text, size }: Line): string => `${Math.round(size)} ${text.replace(/\d+/g, "#").toLowerCase()}`;

/** The lines at the head and at the foot of a page. */
function edgesOf(page: readonly Line[]): Set<Line> {
  const byHeight = page.toSorted((x, y) => y.y - x.y);
  return new Set([...byHeight.slice(0, edgeLines), ...byHeight.slice(-edgeLines)]);
}

/** Pages without their running heads, feet and numbers. */
function withoutRunning(pages: readonly (readonly Line[])[]): Line[][] {
  const edges = pages.map(edgesOf);
  const counts = new Map<string, number>();
  for (const edge of edges) for (const text of new Set([...edge].map(runningKey))) counts.set(text, (counts.get(text) ?? 0) + 1);
  const most = Math.max(2, runningShare * pages.length);
  const isRunning = (line: Line): boolean => pageNumber.test(line.text) || fileNumber.test(line.text) || (counts.get(runningKey(line)) ?? 0) >= most;
  return pages.map((page, at) => page.filter((line) => !(edges[at]?.has(line) && isRunning(line))));
}

interface Style {
  readonly size: number;
  readonly font: string | null;
  /** From baseline to baseline. */
  readonly leading: number;
}

function styleOf(lines: readonly Line[]): Style {
  const size = commonest(lines, (line) => Math.round(line.size * 2) / 2) ?? 10;
  const body = lines.filter((line) => Math.abs(line.size - size) < 0.5);
  const gaps = body.flatMap((line, at) => {
    const gap = (body[at - 1]?.y ?? 0) - line.y;
    return body[at - 1]?.page === line.page && gap > 0.5 * size && gap < 4 * size ? [Math.round(gap * 2) / 2] : [];
  });
  // Where most paragraphs have one line, the gaps between paragraphs outnumber those between lines.
  const single = gaps.filter((gap) => gap < singleSpaced * size);
  const counts = [...Map.groupBy(single.length > 0 ? single : gaps, (gap) => gap)].sort(([x, xs], [y, ys]) => ys.length - xs.length || x - y);
  return { size, font: commonest(body, ({ font }) => font) ?? null, leading: counts[0]?.[0] ?? 1.2 * size };
}

/** Lines below the text of a page in smaller letters, from one that begins with a note's mark on. */
function isNote(line: Line, page: readonly Line[], style: Style): boolean {
  const small = (other: Line): boolean => other.size < smallerSize * style.size;
  if (!small(line)) return false;
  const below = page.filter((other) => other.y <= line.y && other.column.left === line.column.left);
  return below.every(small);
}

function isHeading(line: Line, style: Style): boolean {
  const { text, size, font } = line;
  if (text.length > headingChars || !/\p{L}/u.test(text)) return false;
  if (size > largerSize * style.size) return true;
  const capitals = text.length > 3 && text === text.toUpperCase() && /\p{Lu}{2}/u.test(text) && !/[.;,]$/.test(text);
  const apart = font !== null && font !== style.font && !/[.;,:]$/.test(text) && (isTitleCase(text) || labelDepth(text) < 2);
  return size >= smallerSize * style.size && (capitals || apart);
}

/** Whether the next line's first word would have had room at the end of a line, so that the line was ended on purpose. */
function isShort(before: Line, next: Line): boolean {
  const [word = ""] = next.text.split(" ");
  const perLetter = (next.right - next.left) / Math.max(1, next.text.length);
  return before.column.right - before.right > (word.length + 1) * perLetter;
}

/** Whether a line begins a paragraph, given the line before it in reading order. */
function begins(line: Line, before: Line | undefined, style: Style): boolean {
  if (!before) return true;
  const ended = endsSentence.test(before.text) && !/^\p{Ll}/u.test(line.text);
  const short = isShort(before, line);
  if (marker.test(line.text) && (ended || short || /[,;]$/.test(before.text))) return true;
  const indented = line.left > line.column.left + indent * line.size && before.left <= before.column.left + indent * before.size;
  if (before.page !== line.page || before.column.left !== line.column.left || before.y < line.y) return ended;
  if (before.y - line.y > paragraphGap * style.leading) return true;
  return (ended && (short || indented)) || (indented && short);
}

/** The words that are written whole somewhere in the text. */
function wordsOf(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{M}]+)*/gu) ?? []));
}

/** Two lines of a paragraph as one, a word that was parted between them made whole. */
function joined(text: string, next: string, words: ReadonlySet<string>): string {
  if (/(?:https?:\/\/|www\.)\S*[-/]$/.test(text)) return text + next;
  const parted = /([\p{L}\p{M}]+)([-\u00ad\u2010])$/u.exec(text);
  const rest = /^[\p{Ll}\p{M}]+/u.exec(next)?.[0];
  if (!parted || rest === undefined) return `${text} ${next}`;
  const [, first = "", hyphen = ""] = parted;
  const whole = `${first}${rest}`.toLowerCase();
  const keeps = hyphen !== "\u00ad" && !words.has(whole) && words.has(`${first}-${rest}`.toLowerCase());
  return text.slice(0, -1) + (keeps ? "-" : "") + next;
}

/** How high a heading is: by its size, and below all sizes by its font alone. */
function levelsOf(lines: readonly Line[], style: Style): (line: Line) => number {
  const sizes = [...new Set(lines.filter((line) => isHeading(line, style)).map(({ size }) => Math.round(size)))].sort((x, y) => y - x).filter((size) => size > largerSize * style.size);
  return (line) => Math.min(6, line.size > largerSize * style.size ? sizes.indexOf(Math.round(line.size)) + 1 : sizes.length + 1);
}

/** Whether a heading goes on in this line. */
const continues = (line: Line, before: Line | undefined): boolean => before !== undefined && before.page === line.page && Math.abs(before.size - line.size) < 0.5 && before.font === line.font && before.y - line.y < 1.6 * line.size && labelDepth(line.text) === 2;

function blocksOf(lines: readonly Line[], style: Style, words: ReadonlySet<string>): Block[] {
  const found: Block[] = [];
  const level = levelsOf(lines, style);
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const last = found.at(-1);
    if (isHeading(line, style)) {
      if (last?.kind === "heading" && continues(line, before)) found[found.length - 1] = { ...last, text: `${last.text} ${line.text}` };
      else found.push({ kind: "heading", level: level(line), text: line.text });
    } else if (line.cells.length > 2) found.push({ kind: "row", text: line.cells.join(" | ") });
    else if (last?.kind === "paragraph" && !begins(line, before, style)) found[found.length - 1] = { ...last, text: joined(last.text, line.text, words) };
    else found.push({ kind: "paragraph", text: line.text, lead: null });
  }
  return found.map((block) => ({ ...block, text: tidy(block.text) }));
}

/** The largest words on the first page. */
function titleOf(lines: readonly Line[]): string {
  const first = lines.filter(({ page }) => page === 0);
  const largest = first.reduce((size, line) => Math.max(size, line.size), 0);
  const from = first.findIndex(({ size }) => size === largest);
  const title = first.slice(from, from + 1);
  while (title.length < first.length - from) {
    const [line, before] = [first[from + title.length], title.at(-1)];
    if (!line || !continues(line, before)) break;
    title.push(line);
  }
  return title.map(({ text }) => text).join(" ");
}

/**
 * Reads a PDF's pages as a document is read: columns one after the other, lines joined to paragraphs, words that were
 * parted at the end of a line made whole, running heads, feet and page numbers left out, footnotes put to the end.
 */
export function readPages(pages: readonly PdfPage[]): Layout {
  const perPage = withoutRunning(linesByPage(pages));
  const lines = perPage.flat();
  const style = styleOf(lines);
  const noted = new Set(perPage.flatMap((page) => page.filter((line) => isNote(line, page, style))));
  const words = wordsOf(lines);
  const text = blocksOf(lines.filter((line) => !noted.has(line)), style, words);
  const notes = blocksOf([...noted], { ...style, size: commonest([...noted], ({ size }) => size) ?? style.size }, words);
  const apart: Block[] = notes.length > 0 ? [{ kind: "heading", level: 1, text: notesHeading }, ...notes] : [];
  return { title: titleOf(lines), blocks: [...text, ...apart], pages: pages.length };
}
