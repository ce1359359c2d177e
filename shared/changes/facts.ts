import type { Document } from "./document.ts";
import { operative, preamble } from "./outline.ts";

/** What a document says of itself as a whole. Null where it does not say it. */
export interface Facts {
  readonly pages: number | null;
  readonly preambular: number | null;
  readonly operative: number | null;
  /** "116 to 20, with 53 abstentions", or "without a vote". */
  readonly vote: string | null;
  readonly sponsors: readonly string[] | null;
}

const votes = [
  /\b(?:recorded )?vote of (\d+)(?: in favou?r)? to (\d+)(?: against)?,? with (\d+) abstentions?/i,
  /\bby (\d+) votes? (?:in favou?r )?to (\d+)(?: against)?,? with (\d+) abstentions?/i,
  /\bwith (\d+) votes in favou?r,? \(?(\d+) against,? (?:and )?(\d+) abstentions?/i,
  /\b(\d+) in favou?r,? (?:to )?(\d+) against,? (?:and |with )?(\d+) (?:abstentions?|abstaining)/i,
];
const unanimous = /\b(?:adopted|acted) (?:\S+ ){0,12}?(?:without a (?:recorded )?vote|by consensus)\b/i;
const sponsored = /^(.{10,}?)\s*:\s*(?:revised )?(?:draft (?:resolution|decision)|amendment)/i;
const additional = /^Additional sponsors?\s*:\s*(.+?)(?:\s*\([A-Z/\d.]+\))?\.?$/i;
/** States whose own names have an "and". */
const joint = /^(?:Bosnia|Antigua|Trinidad|Saint|St\.|Sao|São|United Kingdom)\b/;

function voteOf(texts: readonly string[]): string | null {
  for (const text of texts) {
    for (const pattern of votes) {
      const found = pattern.exec(text);
      if (found) return `${found[1]} to ${found[2]}, with ${found[3]} ${found[3] === "1" ? "abstention" : "abstentions"}`;
    }
  }
  return texts.some((text) => unanimous.test(text)) ? "without a vote" : null;
}

/** The names in a list such as "Albania, Bosnia and Herzegovina and Chile". */
function namesIn(list: string): string[] {
  return list
    .replace(/[*†\d]+/g, "")
    .split(/,\s*/)
    .flatMap((part) => {
      const [first = "", ...rest] = part.split(" and ");
      return joint.test(first) && rest.length > 0 ? [`${first} and ${rest[0]}`, ...rest.slice(1)] : [first, ...rest];
    })
    .map((name) => name.replace(/^and\s+/, "").trim())
    .filter((name) => name !== "");
}

function sponsorsOf(texts: readonly string[]): string[] | null {
  const lists = texts.flatMap((text) => sponsored.exec(text)?.[1] ?? additional.exec(text)?.[1] ?? []);
  return lists.length === 0 ? null : [...new Set(lists.flatMap(namesIn))].sort((x, y) => x.localeCompare(y, "en"));
}

/** What a document says of itself: its pages, the paragraphs of a resolution, how it was adopted and who sponsored it. */
export function factsOf({ sections, pages }: Document): Facts {
  const texts = sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map(({ text }) => text)]);
  const counted = (name: string, only: (label: string | null) => boolean): number | null => {
    const section = sections.find(({ heading, within }) => heading === name && within.length === 0);
    return section ? section.paragraphs.filter(({ label }) => only(label)).length : null;
  };
  return {
    pages,
    preambular: counted(preamble, () => true),
    operative: counted(operative, (label) => label !== null && /^\d/.test(label)),
    vote: voteOf(texts),
    sponsors: sponsorsOf(texts),
  };
}
