import type { Rule } from "../catalogue/schema.ts";
import { fold } from "./fold.ts";
import type { Names } from "./names.ts";

/** What the body of a linked page decided, and the words that did it. */
export interface BodyVerdict {
  readonly holds: boolean;
  readonly why: string;
}

function holdsPhrase(folded: string, phrase: string): boolean {
  return ` ${folded} `.includes(/[\uac00-\ud7a3]/.test(phrase) ? fold(phrase) : ` ${fold(phrase)} `);
}

/**
 * Whether a paragraph of a page names the theme and says what the rule asks, without a word such as "postponed"
 * that undoes it: a plenary adopts 20 texts and postpones the one that counts (15 December 2025).
 */
export function readBody(body: NonNullable<Rule["body"]>, paragraphs: readonly string[], countryIsGiven: boolean, names: Names): BodyVerdict {
  let undone: string | undefined;
  for (const paragraph of paragraphs) {
    const folded = fold(paragraph);
    if (!countryIsGiven && !names.in(folded)) continue;
    const met = body.all.every((group) => (typeof group === "string" ? [group] : group).some((phrase) => holdsPhrase(folded, phrase)));
    if (!met) continue;
    const stopper = body.not.find((phrase) => holdsPhrase(folded, phrase));
    if (!stopper) return { holds: true, why: `the page says: “${paragraph.length > 240 ? `${paragraph.slice(0, 240)}…` : paragraph}”` };
    undone ??= stopper;
  }
  return { holds: false, why: undone ? `the page's paragraph on ${names.said} has "${undone}"` : `no paragraph of the page names ${names.said} with the words of the rule` };
}
