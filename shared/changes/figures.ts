import { isMonth, isSmall, type Token } from "./words.ts";
import { type Hunk, spell } from "./word-diff.ts";

/** A number that changed within a sentence. */
export interface FigureChange {
  /** As it is written, with what it counts in: "$975 million", "64 percent". */
  readonly before: string;
  readonly after: string;
  /** A few words around it, as the later edition has them. */
  readonly lead: string;
  readonly tail: string;
}

const aroundWords = 7;
const numeral = /^[$€£₩¥]?\p{N}+(?:[.,]\p{N}+)*%?$/u;
const written = new Set("two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands dozen dozens million millions billion billions".split(" "));
/** "tens of", "about": what belongs to the number before which it stands. */
const qualified = /(?:\b(?:more than|less than|fewer than|at least|at most|up to|as many as|nearly|almost|about|around|approximately|an estimated|between|over|tens of|hundreds of|dozens of|some)\s)+$/i;
/** With more words than this beside the numbers, the two are not the same count. */
const besideWords = 3;
/** "One" counts only with these behind it. */
const counting = /^(?:dollar|percent|hundred|thousand|million|billion|trillion)$/;
/** These join two numbers to one range: "between four and six", "12 to 16", "2011-15". */
const joining = /^(?:to|or|and|-|–)$/;
const scale = /^(?:percent|hundred|thousand|million|billion|trillion|hundreds|thousands|millions|percentage|dollars?|won|euros?)$/;
const year = /^(?:1[89]|20)\d\d$/;
/** A number behind these is a name: "Camp 14", "section 7", "No. 12". */
const naming = /^(?:camp|section|article|art|no|number|chapter|paragraph|para|resolution|page|kyohwaso|office|bureau|room|unit|annex|volume|update)$/;

interface Figure {
  readonly text: string;
  /** The places of its first word, and behind its last, in the hunk. */
  readonly from: number;
  readonly to: number;
}

/** The word before a place, signs left aside. */
function wordBefore(words: readonly Token[], at: number): string {
  return words.slice(0, at).findLast(({ key }) => key !== "")?.key ?? "";
}

/** Whether a numeral is a date or a part of a name, and so counts nothing. */
function namesOnly(words: readonly Token[], at: number): boolean {
  const { key = "" } = words[at] ?? {};
  const [before, after] = [wordBefore(words, at), words[at + 1]?.key ?? ""];
  return year.test(key) || naming.test(before) || (/^\d{1,2}$/.test(key) && (isMonth(before) || isMonth(after)));
}

/** How many words before a number belong to it, such as "more than". */
function qualifiers(words: readonly Token[], at: number): number {
  const from = Math.max(0, at - 4);
  const found = qualified.exec(`${spell(words.slice(from, at))} `)?.[0];
  return found === undefined ? 0 : found.trim().split(/\s+/).length;
}

function isFigure(words: readonly Token[], at: number): boolean {
  const { key = "", text = "" } = words[at] ?? {};
  if (numeral.test(text)) return !namesOnly(words, at);
  return written.has(key) || (key === "one" && counting.test(words[at + 1]?.key ?? ""));
}

/** The place behind a number and its scale. */
function behind(words: readonly Token[], at: number): number {
  let end = at + 1;
  while (scale.test(words[end]?.key ?? "")) end++;
  return end;
}

/** The numbers that count something in the words from `from` to `to`, each with its scale and what qualifies it. */
function figuresIn(words: readonly Token[], from: number, to: number): Figure[] {
  const found: Figure[] = [];
  for (let at = from; at < to; at++) {
    if (!isFigure(words, at)) continue;
    let end = behind(words, at);
    if (joining.test(words[end]?.text ?? "") && end + 1 < words.length && isFigure(words, end + 1)) end = behind(words, end + 1);
    const begin = at - qualifiers(words, at);
    found.push({ text: spell(words.slice(begin, end)).trim(), from: begin, to: end });
    at = end - 1;
  }
  return found;
}

/** The words of a hunk that are no part of its numbers and say something. */
function beside(words: readonly Token[], figures: readonly Figure[]): number {
  const counted = figures.reduce((sum, { from, to }) => sum + to - from, 0);
  return words.filter(({ key }) => key !== "" && !isSmall(key)).length - counted;
}

const shown = (words: readonly Token[]): string => spell(words).trim();

/**
 * The numbers that changed between two sentences, given where they differ: those that stand in each other's place.
 * Years, days and the numbers of camps, sections and resolutions are no figures.
 */
export function figureChanges(changes: readonly Hunk[]): FigureChange[] {
  const before = changes.flatMap(({ gone }) => gone);
  const after = changes.flatMap(({ fresh }) => fresh);
  const found: FigureChange[] = [];
  let [at, other] = [0, 0];
  for (const { same, gone, fresh } of changes) {
    const [these, those] = same ? [[], []] : [figuresIn(before, at, at + gone.length), figuresIn(after, other, other + fresh.length)];
    at += gone.length;
    other += fresh.length;
    // Only as many on both sides, and hardly anything with them, stand in each other's place for sure.
    if (these.length !== those.length || Math.max(beside(gone, these), beside(fresh, those)) > besideWords) continue;
    for (const [index, figure] of those.entries()) {
      const old = these[index]?.text ?? "";
      if (old.toLowerCase() === figure.text.toLowerCase()) continue;
      found.push({ before: old, after: figure.text, lead: shown(after.slice(Math.max(0, figure.from - aroundWords), figure.from)), tail: shown(after.slice(figure.to, figure.to + aroundWords)) });
    }
  }
  return found;
}
