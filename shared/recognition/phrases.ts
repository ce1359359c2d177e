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
  /** Every phrase that stands in the folded text. */
  find(folded: string): Hit[];
  /** The phrase as it is compared. */
  text(phrase: number): string;
  /** The phrase as the catalogue has it, for people. */
  shown(phrase: number): string;
}

const hangul = /[\u3130-\u318f\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]/;

/**
 * One pass over all phrases: a word leads to the phrases that begin with it, which are then compared word
 * by word. Phrases with Hangul are looked for inside words too, since Korean glues particles to nouns.
 */
export function createPhrases(): Phrases {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const originals: string[] = [];
  const byFirst = new Map<string, { words: string[]; phrase: number }[]>();
  const inside: number[] = [];

  function add(phrase: string): number {
    const folded = fold(phrase);
    const known = numbers.get(folded);
    if (known !== undefined) return known;
    const number = texts.push(folded) - 1;
    originals.push(phrase);
    numbers.set(folded, number);
    if (hangul.test(folded)) inside.push(number);
    else {
      const words = folded.split(" ");
      const list = byFirst.get(words[0] ?? "");
      if (list) list.push({ words, phrase: number });
      else byFirst.set(words[0] ?? "", [{ words, phrase: number }]);
    }
    return number;
  }

  function find(folded: string): Hit[] {
    const hits: Hit[] = [];
    const words = folded.split(" ");
    for (let from = 0; from < words.length; from++) {
      const list = byFirst.get(words[from] ?? "");
      if (!list) continue;
      for (const candidate of list) {
        const length = candidate.words.length;
        if (from + length > words.length) continue;
        let same = 1;
        while (same < length && candidate.words[same] === words[from + same]) same++;
        if (same === length) hits.push({ phrase: candidate.phrase, from, to: from + length });
      }
    }
    if (hangul.test(folded)) for (const phrase of inside) pushInside(hits, folded, texts[phrase] ?? "", phrase);
    return hits;
  }

  return { add, find, text: (phrase) => texts[phrase] ?? "", shown: (phrase) => originals[phrase] ?? "" };
}

function pushInside(hits: Hit[], folded: string, text: string, phrase: number): void {
  const at = folded.indexOf(text);
  if (at < 0) return;
  const from = folded.slice(0, at).split(" ").length - 1;
  hits.push({ phrase, from, to: from + text.split(" ").length });
}
