import { wordsOfNames } from "./country.ts";
import { createEdges } from "./edges.ts";

/** What a title shows that was looked over. */
interface Skimmed {
  /** The numbers of all phrases that are in it, and rarely of one that is not. */
  readonly phrases: readonly number[];
  /** Whether it has one of the names, or a word by which a country may be named that folding knows: there folding changes more. */
  readonly country: boolean;
}

/** Looks titles over for phrases without folding them. */
export interface Skim {
  /** Lets a phrase be found, by its number and its folded words. */
  add(phrase: number, folded: string): void;
  /** Undefined where folding has more to change than capitals, marks on letters, apostrophes and the dots of an abbreviation. */
  find(title: string): Skimmed | undefined;
}

const separator = 0;
const apostrophe = 1;
const dot = 2;
const question = 3;
const unclear = 4;

/** What an ASCII or Latin-1 character is to a title looked over: letters and figures are their own code, in lower case and without a mark. */
function kindOf(character: string): number {
  const letter = character.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  // Â is left over where an NBSP was mangled, so it is unclear.
  if (/^[a-z0-9]$/.test(letter)) return character === "Â" ? unclear : letter.charCodeAt(0);
  if (/[&_`]/.test(character)) return unclear;
  const marks: Record<string, number> = { "'": apostrophe, ".": dot, "?": question };
  return marks[character] ?? (/[\x20-\x7e\u00a0«·»]/.test(character) ? separator : unclear);
}

/** Up to the curly quotation marks. Letters beyond Latin-1 are unclear, since folding takes more than marks from some. */
const kinds = new Uint8Array(0x2020).fill(unclear);
for (let code = 0; code < 0x100; code++) kinds[code] = kindOf(String.fromCharCode(code));
for (const mark of "–—“”") kinds[mark.charCodeAt(0)] = separator;
for (const mark of "‘’") kinds[mark.charCodeAt(0)] = apostrophe;

function kindAt(title: string, at: number): number {
  return at < title.length ? (kinds[title.charCodeAt(at)] ?? unclear) : separator;
}

const isLetter = (kind: number): boolean => kind >= 97;

/** Whether folding cuts the letter after this apostrophe. */
function isPossessive(title: string, at: number): boolean {
  if (kindAt(title, at + 1) !== 115) return false;
  const next = kindAt(title, at + 2);
  return !isLetter(next) && next !== dot;
}

/** A word's number after one more letter; never 0, which stands for no word. */
function extend(number: number, letter: number): number {
  return ((Math.imul(number, 31) + letter) & 0x1fff_ffff) | 0x2000_0000;
}

function numberOf(word: string): number {
  return word.split("").reduce((number, letter) => extend(number, letter.charCodeAt(0)), 0);
}

/** Numbers for the words of a title as folding leaves them; undefined where it takes folding to tell. */
function wordsOf(title: string): readonly number[] | undefined {
  const numbers: number[] = [];
  let number = 0;
  let letters = 0;
  for (let at = 0; at <= title.length; at++) {
    const kind = kindAt(title, at);
    if (kind > unclear) {
      number = extend(number, kind);
      letters++;
      continue;
    }
    if (kind === unclear || (kind === question && kindAt(title, at + 1) > unclear)) return undefined;
    const abbreviates = kind === dot && letters === 1 && isLetter(kindAt(title, at - 1)) && isLetter(kindAt(title, at + 1)) && kindAt(title, at + 2) === dot;
    if (kind === apostrophe && isPossessive(title, at)) at++;
    if (number !== 0 && kind !== apostrophe && !abbreviates) {
      numbers.push(number);
      number = 0;
    }
    letters = 0;
  }
  return numbers;
}

/** Stands for all words of countries' names. */
const countryName = -1;

/** Phrases to look titles over for, none yet. A title with one of the names is to be read. */
export function createSkim(names: readonly string[] = []): Skim {
  const edges = createEdges();
  const endingAt: (number[] | undefined)[] = [];
  for (const word of [...wordsOfNames, ...names]) add(countryName, word);

  function add(phrase: number, folded: string): void {
    // A title that can be looked over has no other words.
    if (!/^[a-z0-9 ]+$/.test(folded)) return;
    const node = folded.split(" ").reduce((from, word) => edges.add(from, numberOf(word)), 0);
    while (endingAt.length <= node) endingAt.push(undefined);
    (endingAt[node] ??= []).push(phrase);
  }

  function find(title: string): Skimmed | undefined {
    const words = wordsOf(title);
    if (!words) return undefined;
    const phrases: number[] = [];
    for (let from = 0; from < words.length; from++) {
      let node = edges.to(0, words[from] ?? 0);
      for (let at = from + 1; node !== 0; at++) {
        const ending = endingAt[node];
        if (ending) phrases.push(...ending);
        node = at < words.length ? edges.to(node, words[at] ?? 0) : 0;
      }
    }
    return { phrases, country: phrases.includes(countryName) };
  }

  return { add, find };
}
