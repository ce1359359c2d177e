import { fold } from "./fold.ts";

/** A phrase found in folded words: which one, and the words that it covers. */
export interface Hit {
  readonly phrase: number;
  readonly from: number;
  readonly to: number;
}

/** Phrases with numbers, so that one pass over a text finds them all. */
export interface Phrases {
  /** The number of a phrase; the same words have the same number. */
  add(phrase: string): number;
  /** Every phrase that stands in the folded text, as its words come; of those that begin at the same word, the longest first. */
  find(folded: string): Hit[];
  /** The phrase as it is compared. */
  text(phrase: number): string;
  /** The phrase as the catalogue has it, for people. */
  shown(phrase: number): string;
}

const hangul = /[\u3130-\u318f\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]/;

/** Every beginning of a phrase, as far as a word or a character goes, with the phrase's number where it is all of it. */
type Beginnings = Map<string, number>;
const onlyBegins = -1;

function addBeginnings(beginnings: Beginnings, folded: string, ends: Iterable<number>, phrase: number): void {
  for (const end of ends) {
    const beginning = folded.slice(0, end);
    if (!beginnings.has(beginning)) beginnings.set(beginning, onlyBegins);
  }
  beginnings.set(folded, phrase);
}

/** Where each word of a folded text begins, and one place after the last, as if a word began after the end. */
function wordStarts(folded: string): number[] {
  const starts = [0];
  for (let space = folded.indexOf(" "); space >= 0; space = folded.indexOf(" ", space + 1)) starts.push(space + 1);
  return [...starts, folded.length + 1];
}

/** A word leads to the phrases that begin with it, and each further word to those that go on with it, however many begin alike. */
function byWords(beginnings: Beginnings, folded: string, starts: readonly number[]): Hit[] {
  const hits: Hit[] = [];
  for (let from = 0; from < starts.length - 1; from++) {
    for (let to = from + 1; to < starts.length; to++) {
      const phrase = beginnings.get(folded.slice(starts[from], (starts[to] ?? 0) - 1));
      if (phrase === undefined) break;
      if (phrase !== onlyBegins) hits.push({ phrase, from, to });
    }
  }
  return hits;
}

/** Looks inside words too, since Korean glues particles to nouns. Of each phrase the first place counts. */
function byCharacters(beginnings: Beginnings, folded: string, starts: readonly number[]): Hit[] {
  const hits = new Map<number, Hit>();
  const wordAt = (at: number): number => starts.findLastIndex((start) => start <= at);
  for (let start = 0; start < folded.length; start++) {
    for (let end = start + 1; end <= folded.length; end++) {
      const phrase = beginnings.get(folded.slice(start, end));
      if (phrase === undefined) break;
      if (phrase !== onlyBegins && !hits.has(phrase)) hits.set(phrase, { phrase, from: wordAt(start), to: wordAt(end - 1) + 1 });
    }
  }
  return [...hits.values()];
}

/** Phrases to look for, none yet. One pass over a text finds them all, those with Hangul character by character. */
export function createPhrases(): Phrases {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const originals: string[] = [];
  const inWords: Beginnings = new Map();
  const inCharacters: Beginnings = new Map();

  function add(phrase: string): number {
    const folded = fold(phrase);
    const known = numbers.get(folded);
    if (known !== undefined) return known;
    const number = texts.push(folded) - 1;
    originals.push(phrase);
    numbers.set(folded, number);
    if (hangul.test(folded)) addBeginnings(inCharacters, folded, Array.from({ length: folded.length }, (_, index) => index + 1), number);
    else addBeginnings(inWords, folded, wordStarts(folded).slice(1).map((start) => start - 1), number);
    return number;
  }

  const text = (phrase: number): string => texts[phrase] ?? "";

  function find(folded: string): Hit[] {
    const starts = wordStarts(folded);
    const hits = byWords(inWords, folded, starts);
    if (hangul.test(folded)) hits.push(...byCharacters(inCharacters, folded, starts));
    return hits.length < 2 ? hits : hits.sort((a, b) => a.from - b.from || text(b.phrase).length - text(a.phrase).length);
  }

  return { add, find, text, shown: (phrase) => originals[phrase] ?? "" };
}
