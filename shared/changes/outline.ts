import type { Block, Paragraph, Section } from "./document.ts";
import { isLabel, isTitleCase, labelDepth, notesHeading, splitLead } from "./headings.ts";

type Heading = Extract<Block, { kind: "heading" }>;

/** Below every heading that a page marks as one. */
const leadLevel = 8;
const boldLevel = 7;
/** A section with a number lies below a page's own title and above everything else, whatever its level. */
const divisionRank = 15;
const headingMost = 160;
/** The bodies whose resolutions begin with their name. */
const body = /^The (?:General Assembly|Human Rights Council|Security Council|Commission on Human Rights|Economic and Social Council|European Parliament|Third Committee)\s*,?$/i;
const numbered = /^(\d{1,3}\.|\([a-z]{1,4}\)|[A-Z]{1,2}\.)\s+(?=\S)/;
export const preamble = "Preamble";
export const operative = "Operative paragraphs";

/** Whether a paragraph that the page does not mark as a heading is one: set apart as a whole, short, and no sentence. */
function isHeadingText({ text, lead }: Extract<Block, { kind: "paragraph" }>): boolean {
  if (text.length > headingMost || /[.!?;,]$/.test(text)) return false;
  return lead === text || (labelDepth(text) === 0 && isTitleCase(text.replace(/:$/, "")));
}

/** Labels join the headings below them, paragraphs that are headings become such, and lead-ins stand by themselves. */
function marked(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  let label: Heading | null = null;
  for (const block of blocks) {
    if (label && block.kind === "heading") {
      found.push({ ...block, level: Math.min(block.level, label.level), text: `${label.text} ${block.text}` });
      label = null;
      continue;
    }
    if (label) found.push(label);
    label = block.kind === "heading" && isLabel(block.text) ? block : null;
    if (!label) found.push(...withLead(block));
  }
  return label ? [...found, label] : found;
}

function withLead(block: Block): Block[] {
  if (block.kind !== "paragraph") return [block];
  if (isHeadingText(block)) return [{ kind: "heading", level: boldLevel, text: block.text.replace(/:$/, "") }];
  const lead = splitLead(block.text, block.lead);
  return lead ? [{ kind: "heading", level: leadLevel, text: lead.heading }, { kind: "paragraph", text: lead.rest, lead: null }] : [block];
}

interface Open {
  readonly rank: number;
  readonly heading: string;
}

/** A heading with a letter stands above one of its own level without. */
function rankOf({ level, text }: Heading): number {
  return level >= boldLevel ? level * 10 : labelDepth(text) === 0 ? divisionRank : level * 10 + labelDepth(text);
}

function paragraphOf(text: string, counted: boolean): Paragraph {
  const label = counted ? numbered.exec(text)?.[1] : undefined;
  return label === undefined ? { label: null, text } : { label, text: text.slice(label.length).trim() };
}

/** The part of a resolution that a paragraph lies in, once its body's name has been read. */
function partOf(text: string, part: string): string {
  return part === operative || /^1\.\s/.test(text) ? operative : preamble;
}

/**
 * The sections of a document, from its headings, from paragraphs that are headings in all but name, and from lead-ins
 * ("Foreign Travel: …"). A resolution, which has none, is parted into its preamble and its numbered paragraphs.
 */
export function outline(blocks: readonly Block[]): Section[] {
  const sections: (Section & { readonly paragraphs: Paragraph[] })[] = [];
  let open: Open[] = [];
  let part = "";
  const begin = (rank: number, heading: string): void => {
    open = open.filter((outer) => outer.rank < rank);
    sections.push({ heading, within: open.map((outer) => outer.heading), paragraphs: [] });
    if (heading !== "") open.push({ rank, heading });
  };
  const isResolution = blocks.some(({ kind, text }) => kind !== "row" && body.test(text));
  for (const block of isResolution ? blocks : marked(blocks)) {
    if (isResolution && body.test(block.text)) part = preamble;
    else if (block.kind === "heading" && (part === "" || block.text === notesHeading)) {
      begin(rankOf(block), block.text);
      part = "";
    }
    else {
      const next = part === "" ? "" : partOf(block.text, part);
      if (next !== part || (next !== "" && sections.at(-1)?.heading !== next)) begin(0, next);
      part = next;
      if (sections.length === 0) begin(0, "");
      sections.at(-1)?.paragraphs.push(paragraphOf(block.text, part !== ""));
    }
  }
  return sections;
}
