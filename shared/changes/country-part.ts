import { fold } from "../recognition/fold.ts";
import type { Names } from "../recognition/names.ts";
import type { Block, Scope } from "./document.ts";

/** Of the words of a chapter's heading, so many may be about something else, such as "Tier 3". */
const headingWords = 8;
/** From this share of its paragraphs on, a document is about the theme, whatever its title. */
const aboutShare = 0.3;
const fewParagraphs = 4;

const namedBy = (names: Names) => ({ text }: Block): boolean => names.in(fold(text));

function isChapterHeading(names: Names, block: Block): boolean {
  const folded = block.kind === "heading" ? fold(block.text) : "";
  return names.head(folded) && folded.split(" ").length <= headingWords && !/(?:^| )(?:rok|and)(?: |$)/.test(folded);
}

/** From the heading that names the theme to the next one that is as high, whichever such chapter is the longest. */
function chapter(names: Names, blocks: readonly Block[]): readonly Block[] {
  const chapters = blocks.flatMap((block, from) => {
    if (block.kind !== "heading" || !isChapterHeading(names, block)) return [];
    const length = blocks.slice(from + 1).findIndex((next) => next.kind === "heading" && next.level <= block.level);
    return [blocks.slice(from, length === -1 ? undefined : from + 1 + length)];
  });
  return chapters.sort((x, y) => sizeOf(y) - sizeOf(x))[0] ?? [];
}

function sizeOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { kind, text }) => sum + (kind === "heading" ? 0 : text.length), 0);
}

/** Paragraphs and rows that name the theme, each under its heading. */
function mentions(names: Names, blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  const isNamed = namedBy(names);
  let heading: Block | null = null;
  for (const block of blocks) {
    if (block.kind === "heading") heading = block;
    else if (isNamed(block)) {
      if (heading) found.push(heading);
      found.push(block);
      heading = null;
    }
  }
  return found;
}

/**
 * What a document says on the theme. All of it where its title names it or much of its text does; else the
 * chapter whose heading does; else the paragraphs and rows of tables that do.
 */
export function countryPart(names: Names, title: string, blocks: readonly Block[]): { scope: Scope; blocks: readonly Block[] } {
  if (names.in(fold(title))) return { scope: "whole", blocks };
  const own = chapter(names, blocks);
  if (sizeOf(own) > 0) return { scope: "chapter", blocks: own };
  const texts = blocks.filter(({ kind }) => kind !== "heading");
  const naming = texts.filter(namedBy(names));
  if (naming.length >= fewParagraphs && naming.length >= aboutShare * texts.length) return { scope: "whole", blocks };
  return { scope: "mentions", blocks: mentions(names, blocks) };
}
