import { fold, spelled } from "../recognition/fold.ts";

/** Scripts that write words without spaces, or glue endings to them: there parts of words are looked for. */
const glued = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const isGlued = (term: string): boolean => term.search(glued) === 0;
/** Shorter beginnings would find nearly everything. */
const shortestBeginning = 3;

function pairs(run: string): string[] {
  const letters = Array.from(run);
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => `${letters[index] ?? ""}${letter}`);
}

/** A word in the parts that are looked for: itself, and where it is Korean, Chinese or Japanese each two letters that follow each other. */
function parts(word: string): string[] {
  const runs = word.match(glued) ?? [];
  return runs.length === 0 ? [word] : [...word.split(glued).filter((rest) => rest !== ""), ...runs.flatMap(pairs)];
}

/**
 * What a title is found by: its words as matching folds them, so that every spelling of a country's name is one, and
 * as they are spelled, so that a part of a name finds it too ("korea"); of Korean words each two syllables that follow
 * each other, and the last one, so that a syllable is found wherever it stands.
 */
export function termsOf(title: string): string[] {
  const words = [...new Set([fold(title), spelled(title)].flatMap((text) => text.split(" ")))];
  const lasts = words.flatMap((word) => (word.match(glued) ?? []).flatMap((run) => Array.from(run).slice(-1)));
  return [...new Set([...words.flatMap(parts), ...lasts])].filter((term) => term !== "");
}

/** What somebody looks for who writes these words, each once. */
export function askedTerms(text: string): string[] {
  return [...new Set(fold(text).split(" ").flatMap(parts))].filter((term) => term !== "");
}

/** Whether a term also finds what only begins with it: a word of some letters ("abduct"), and a single syllable, which begins a pair. */
export function findsBeginnings(term: string): boolean {
  return isGlued(term) ? Array.from(term).length === 1 : term.length >= shortestBeginning;
}
