import { fold } from "../recognition/fold.ts";
import { namesCountry } from "../recognition/country.ts";
import type { Block, Scope } from "./document.ts";

/** Of the words of a chapter's heading, so many may be about something else, such as "Tier 3". */
const headingWords = 8;
/** From this share of its paragraphs on, a document is about the DPRK, whatever its title. */
const aboutShare = 0.3;
const fewParagraphs = 4;

const names = ({ text }: Block): boolean => namesCountry(fold(text));

function isChapterHeading(block: Block): boolean {
  const folded = block.kind === "heading" ? fold(block.text) : "";
  return (namesCountry(folded) || /^korea north(?: |$)/.test(folded)) && folded.split(" ").length <= headingWords && !/(?:^| )(?:rok|and)(?: |$)/.test(folded);
}

/** From the heading that names the DPRK to the next one that is as high, whichever such chapter is the longest. */
function chapter(blocks: readonly Block[]): readonly Block[] {
  const chapters = blocks.flatMap((block, from) => {
    if (block.kind !== "heading" || !isChapterHeading(block)) return [];
    const length = blocks.slice(from + 1).findIndex((next) => next.kind === "heading" && next.level <= block.level);
    return [blocks.slice(from, length === -1 ? undefined : from + 1 + length)];
  });
  return chapters.sort((x, y) => sizeOf(y) - sizeOf(x))[0] ?? [];
}

function sizeOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { kind, text }) => sum + (kind === "heading" ? 0 : text.length), 0);
}

/** Paragraphs and rows that name the DPRK, each under its heading. */
function mentions(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  let heading: Block | null = null;
  for (const block of blocks) {
    if (block.kind === "heading") heading = block;
    else if (names(block)) {
      if (heading) found.push(heading);
      found.push(block);
      heading = null;
    }
  }
  return found;
}

/**
 * What a document says on the DPRK. All of it where its title names the country or much of its text does; else the
 * chapter whose heading does; else the paragraphs and rows of tables that do.
 */
export function countryPart(title: string, blocks: readonly Block[]): { scope: Scope; blocks: readonly Block[] } {
  if (namesCountry(fold(title))) return { scope: "whole", blocks };
  const own = chapter(blocks);
  if (sizeOf(own) > 0) return { scope: "chapter", blocks: own };
  const texts = blocks.filter(({ kind }) => kind !== "heading");
  const naming = texts.filter(names);
  if (naming.length >= fewParagraphs && naming.length >= aboutShare * texts.length) return { scope: "whole", blocks };
  return { scope: "mentions", blocks: mentions(blocks) };
}
