/** A word, a number or a sign of a text. */
export interface Token {
  readonly text: string;
  /** What it is compared by: without case, and with apostrophes and hyphens of one form. Empty for signs. */
  readonly key: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

// An ideograph is a word by itself, since nothing parts one from the next. An address is a sign: it is no wording.
// What may be repeated is bounded, so that no text takes long.
const pattern =
  /(?:https?:\/\/|www\.|(?:[\w-]{1,63}\.){1,6}(?:gov|org|com|int|net|kr)\/)[^\s"”<>]*[^\s"”<>.,;:)\]]|[$€£₩¥]?\p{N}{1,30}(?:[.,]\p{N}{1,30}){0,6}(?:st|nd|rd|th|%)?(?![\p{L}\p{N}])|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+(?:['’ʼ\-\u2010\u2011](?:(?!\p{Script=Han})[\p{L}\p{N}])+)*|[^\s\p{L}\p{N}\p{M}]/gu;

/** The words, numbers and signs of a text, in order. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [word] = match;
    const key = /[\p{L}\p{N}]/u.test(word) && !/^(?:https?:\/\/|www\.)|\.\w+\//.test(word) ? word.toLowerCase().normalize("NFKC").replace(/[’ʼ]/g, "'").replace(/[\u2010\u2011]/g, "-") : "";
    found.push({ text: word, key, spaced: match.index > end });
    end = match.index + word.length;
  }
  return found;
}

const small =
  "a an the of to in on at by for from with and or nor but as that which who whom whose this these those it its they their them he his him she her is are was were be been being has have had do does did not no " +
  "also than then there so such if into during under over about some any all each other more most one will would may might can could should must including included include includes according";
const smallWords: ReadonlySet<string> = new Set(small.split(" "));

/** Whether a word carries no subject by itself, such as "the" and "according". */
export function isSmall(key: string): boolean {
  return smallWords.has(key);
}

const months: ReadonlySet<string> = new Set("january february march april may june july august september october november december".split(" "));

/** Whether a word is the name of a month. */
export function isMonth(key: string): boolean {
  return months.has(key);
}
