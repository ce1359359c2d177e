import { foldCountries, wordsForCountries } from "../recognition/country.ts";
import type { Hunk } from "./word-diff.ts";
import { isSmall } from "./words.ts";

/** Words by which reports name a country and its government; one for another says nothing new. */
const naming = new Set("country country's government government's regime regime's state state's authorities citizens citizen residents".split(" ").concat(wordsForCountries));
/** Words that reports put for one another without saying anything else. */
const even = new Set("about regarding concerning note notes noted report reports reported state states stated say says said continue continues continued still reportedly younger older above below aged people persons individuals person".split(" "));
const denials = new Set("no not never none nor neither cannot denied denial denies unable".split(" "));
/** A denial is what changed where hardly anything else did. */
const besideDenial = 4;
/** Two forms of a word share this much of their beginning. */
const stemLetters = 4;

type Words = readonly { readonly key: string; readonly text: string }[];

/** The words that say something, the names of countries folded. */
function contentOf(words: Words): string[] {
  const folded = foldCountries(words.map(({ key }) => key).filter((key) => key !== "").join(" "));
  return folded.split(" ").filter((word) => word !== "" && !isSmall(word) && !even.has(word));
}

/** The letters of some words in a row: a space that was forgotten is no change. */
const run = (words: Words): string => words.map(({ key }) => key).join("");

const withoutNames = (words: readonly string[]): string[] => words.filter((word) => !naming.has(word));

/** "MSS" for "Ministry of State Security". */
function isAcronym(words: Words, other: Words): boolean {
  const [short] = words.filter(({ key }) => key !== "" && !isSmall(key));
  const initials = other.filter(({ key, text }) => !isSmall(key) && /^\p{Lu}/u.test(text)).map(({ text }) => text.charAt(0));
  return short !== undefined && initials.length > 1 && /^\p{Lu}{2,}$/u.test(short.text) && initials.join("") === short.text;
}

const beginning = (word: string): string => word.slice(0, Math.max(stemLetters, word.length - 3));

const stems = (words: readonly string[]): string => words.map(beginning).sort().join(" ");
const alike = (x: string, y: string): boolean => x.startsWith(beginning(y)) || y.startsWith(beginning(x));

/** Whether each word has a form of itself on the other side, as "reports" has "reported". */
function areForms(gone: readonly string[], fresh: readonly string[]): boolean {
  return stems(gone) === stems(fresh) || (gone.length === fresh.length && gone.every((word, at) => alike(word, fresh[at] ?? "")));
}

/**
 * Whether two sentences differ in wording alone: in small words, in forms of a word, and in how the country and its
 * government are named. A number or a denial that came or went is never wording alone.
 */
export function isWordingOnly(changes: readonly Hunk[]): boolean {
  return changes.every(({ same, gone, fresh }) => {
    if (same) return true;
    if (countDenials(gone) !== countDenials(fresh)) return false;
    const [old, now] = [contentOf(gone), contentOf(fresh)];
    // A name in place of a name says nothing new; a name in place of nothing does.
    const names = (old.length === 0) === (now.length === 0);
    return areForms(names ? withoutNames(old) : old, names ? withoutNames(now) : now) || run(gone) === run(fresh) || isAcronym(gone, fresh) || isAcronym(fresh, gone);
  });
}

/** Whether only one of two sentences denies anything: a "not" came or went, and hardly anything beside it. */
export function deniesOtherwise(changes: readonly Hunk[]): boolean {
  const denying = { before: countDenials(changes.flatMap(({ gone }) => gone)), after: countDenials(changes.flatMap(({ fresh }) => fresh)) };
  if ((denying.before === 0) === (denying.after === 0)) return false;
  return changes.some(({ same, gone, fresh }) => !same && countDenials(gone) !== countDenials(fresh) && withoutNames([...contentOf(gone), ...contentOf(fresh)]).length <= besideDenial);
}

/** How often some words deny. "No. 12" denies nothing. */
function countDenials(words: Words): number {
  return words.filter(({ key }, at) => denials.has(key) && !(key === "no" && words.slice(at + 1, at + 3).some((next) => /^\d/.test(next.key)))).length;
}
