import type { Unit } from "./units.ts";
import { isMonth, isSmall, tokens } from "./words.ts";

/** A word that one edition has and the other never uses. */
export interface Term {
  readonly word: string;
  readonly times: number;
}

/** A name counts from three times on, any other word from five. */
const leastName = 3;
const leastWord = 5;
const leastLetters = 4;

const bare = (key: string): string => key.replace(/(?:'s|s|ed|ing)$/, "");

/** The forms by which a word is known to the other side: with and without hyphens and endings, and its parts. */
const forms = (key: string): string[] => [key, bare(key), bare(key).replaceAll("-", ""), ...bare(key).split("-")];

function isKnown(key: string, known: ReadonlySet<string>): boolean {
  const parts = bare(key).split("-");
  return [key, bare(key), parts.join("")].some((form) => known.has(form)) || (parts.length > 1 && parts.every((part) => known.has(part)));
}

/** How often each word stands in the text, by its key, with a form in which it is written. */
function counted(units: readonly Unit[]): Map<string, { times: number; text: string }> {
  const found = new Map<string, { times: number; text: string }>();
  for (const unit of units) {
    for (const { key, text } of tokens(unit.text)) {
      const known = found.get(key);
      // A form without a capital shows that the word is no name.
      if (known) found.set(key, { times: known.times + 1, text: /^\p{Ll}/u.test(text) ? text : known.text });
      else if (key !== "") found.set(key, { times: 1, text });
    }
  }
  return found;
}

function isTerm(key: string, { times, text }: { times: number; text: string }): boolean {
  if (key.length < leastLetters || isSmall(key) || !/^\p{L}/u.test(key) || isMonth(key)) return false;
  return times >= (/\p{Ll}/u.test(text.charAt(0)) ? leastWord : leastName);
}

/** Words that stand several times in `units` and never in `others`, the most frequent first. Numbers and months are none. */
export function termsOnlyIn(units: readonly Unit[], others: readonly Unit[]): Term[] {
  const known = new Set([...counted(others).keys()].flatMap(forms));
  const fresh = [...counted(units)].filter(([key, word]) => isTerm(key, word) && !isKnown(key, known));
  return fresh.map(([, { text, times }]) => ({ word: text, times })).sort((x, y) => y.times - x.times || x.word.localeCompare(y.word, "en"));
}
