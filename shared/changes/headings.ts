import { tokens } from "./words.ts";

/** "Section 7.", "Chapter 2": a heading's label, whatever its words. */
const division = /^(?:section|chapter|part|annex|appendix|article)\s+(?:\d+|[ivxlc]+|[a-z])\b[.:)]?\s*/i;
/** "a.", "IV.", "1.2", "(b)". */
const lettered = /^(?:\(?(?:[a-z]|[ivxl]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})*[.)]?)\s+(?=\S)/i;
const small = new Set("a an and as at but by for from in into of on or the to vs with without before after including during under".split(" "));
const leadWords = 12;

/** Under this, footnotes are put to the end of a document. */
export const notesHeading = "Notes";

/** A label that stands alone, its heading below it. */
export function isLabel(heading: string): boolean {
  return heading.replace(division, "").trim() === "";
}

/** How deep a label says that its heading lies: 0 for a division, 1 for a letter or number, 2 without a label. */
export function labelDepth(heading: string): 0 | 1 | 2 {
  return division.test(heading) ? 0 : lettered.test(heading) ? 1 : 2;
}

function wordsOf(text: string): string {
  return tokens(text)
    .map(({ key }) => key)
    .filter((key) => key !== "")
    .join(" ");
}

/** What two editions' headings are compared by: their words without labels, case and "including". */
export function headingKey(heading: string): string {
  const bare = heading.replace(division, "").replace(lettered, "").replace(/,?\s+including\s*(?:freedom from)?\s*:?\s*$/i, "");
  return wordsOf(bare) || wordsOf(heading);
}

/** Whether words are written as headings are: each with a capital, but the small ones. */
export function isTitleCase(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0 || words.length > leadWords || !/^["“‘]?\p{Lu}/u.test(text)) return false;
  return words.every((word) => small.has(word.toLowerCase()) || /^[^\p{L}]*\p{Lu}/u.test(word));
}

/** The heading that a paragraph begins with, as in "Foreign Travel: The government …", and the rest. */
export function splitLead(text: string, setApart: string | null): { heading: string; rest: string } | null {
  const colon = /^(.{3,100}?)\s*:\s+(?=\S)/u.exec(text);
  const marked = setApart !== null && /^\s*[:.–—-]/.test(text.slice(setApart.length).trimStart()) ? setApart : setApart?.match(/^(.{3,})[:.]$/)?.[1];
  // A figure or a numeral between unmarked words is part of a title that is cited: "Hidden Gulag IV: …".
  const plain = /[\p{N}"“”]|\b[IVX]{2,}\b/u.test(colon?.[1] ?? "") ? undefined : colon?.[1];
  const heading = (marked ?? plain ?? "").trim();
  if (heading.length < 4 || (marked === undefined && !isTitleCase(heading)) || /[.!?;]/.test(heading.replace(/\b(?:\p{L}\.)+/gu, ""))) return null;
  const rest = text.slice(text.indexOf(heading) + heading.length).replace(/^\s*[:.–—-]+\s*/, "");
  return /^["“‘(]?[\p{Lu}\p{N}]/u.test(rest) && rest.split(" ").length > 3 ? { heading, rest } : null;
}
