import type { Block } from "./document.ts";

/** A node of cheerio's tree, as far as it is used here. */
export interface PageNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly children?: readonly PageNode[];
  readonly parent?: PageNode | null;
}

const blocks = new Set(
  "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure header h1 h2 h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split(" "),
);
/** A cell that holds one of these is a part of the page and not of a table. */
const parts = new Set("p h1 h2 h3 h4 h5 h6 ul ol table article section".split(" "));
const heading = /^h([1-6])$/;
/** Elements that set their text apart from what follows. */
const apart = new Set("b strong u em i".split(" "));
const leadMost = 100;
// A character that no page has, so that it cannot be mistaken for the white space of the markup.
const lineBreak = "\u2028";
const twoBreaks = /\u2028\s*\u2028/;

/** Text on one line, without what cannot be seen. */
export function tidy(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

const childrenOf = ({ children }: PageNode): readonly PageNode[] => children ?? [];

/** The number of a footnote is no part of the text. */
const isReference = (node: PageNode): boolean => node.name === "sup" && /^\W*\d{0,3}\W*$/.test(childrenOf(node).map(textOf).join(""));

function textOf(node: PageNode): string {
  if (node.type === "text") return node.data ?? "";
  if (isReference(node)) return "";
  const inner = childrenOf(node).map(textOf).join("");
  return node.name === "br" || blocks.has(node.name ?? "") ? ` ${inner} ` : inner;
}

const holdsParts = (node: PageNode): boolean => childrenOf(node).some((child) => parts.has(child.name ?? "") || holdsParts(child));

/** What is being read: the text of inline elements gathers until a block begins or ends. */
interface Reading {
  readonly found: Block[];
  text: string;
  /** The beginning of the text that is set apart. */
  lead: string;
  /** Of the heading that is being read; 0 outside one. */
  level: number;
  /** The heads of the columns of the table that is being read. */
  columns: readonly string[];
}

function flush(reading: Reading): void {
  const first = tidy(reading.lead);
  for (const text of reading.text.split(twoBreaks).map(tidy)) {
    if (text === "") continue;
    const setApart = first !== "" && first.length <= leadMost && text.startsWith(first);
    reading.found.push(reading.level > 0 ? { kind: "heading", level: reading.level, text } : { kind: "paragraph", text, lead: setApart ? first : null });
  }
  reading.text = "";
  reading.lead = "";
}

function readAll(reading: Reading, nodes: readonly PageNode[]): void {
  for (const node of nodes) readNode(reading, node);
}

function readNode(reading: Reading, node: PageNode): void {
  const { name = "" } = node;
  if (node.type === "text") reading.text += node.data ?? "";
  else if (name === "br") reading.text += lineBreak;
  else if (name === "tr") readRow(reading, childrenOf(node));
  else if (blocks.has(name)) readBlock(reading, name, childrenOf(node));
  else if (!isReference(node)) readInline(reading, name, childrenOf(node));
}

function readInline(reading: Reading, name: string, children: readonly PageNode[]): void {
  const begins = apart.has(name) && reading.text.trim() === "";
  readAll(reading, children);
  if (begins && reading.lead === "") reading.lead = reading.text;
}

function readBlock(reading: Reading, name: string, children: readonly PageNode[]): void {
  flush(reading);
  const outer = reading.level;
  reading.level = Number(heading.exec(name)?.[1] ?? outer);
  if (name === "table") reading.columns = [];
  readAll(reading, children);
  flush(reading);
  reading.level = outer;
}

/**
 * A row of a table, its cells parted by bars and each named by the head of its column. A table that only lays out the
 * page is read as the page is.
 */
function readRow(reading: Reading, children: readonly PageNode[]): void {
  flush(reading);
  const cells = children.filter(({ name }) => name === "td" || name === "th");
  if (cells.some(holdsParts)) return readAll(reading, cells);
  const texts = cells.map((cell) => tidy(textOf(cell)));
  const { columns } = reading;
  const named = texts.map((text, at) => (text === "" || columns.length !== texts.length || !columns[at] ? text : `${columns[at]}: ${text}`)).filter((text) => text !== "");
  if (named.length > 0) reading.found.push({ kind: "row", text: named.join(" | ") });
  if (cells.length > 1 && cells.every(({ name }) => name === "th")) reading.columns = texts;
}

/** The headings, paragraphs and rows of a part of a page, in order. */
export function blocksOf(nodes: readonly PageNode[]): Block[] {
  const reading: Reading = { found: [], text: "", lead: "", level: 0, columns: [] };
  readAll(reading, nodes);
  flush(reading);
  return reading.found;
}
