import { foldCountries } from "./country.ts";
import { foldLookAlikes } from "./look-alikes.ts";

/** But for the backtick, which stands for an apostrophe. */
const plainAscii = /^[\x20-\x25\x27-\x5f\x61-\x7e]*$/;
/** ASCII, and the dashes and quotation marks that part words as a hyphen does. */
const asciiAndMarks = /^[\x20-\x25\x27-\x7e\u2013\u2014\u201c\u201d]*$/;
/** Text that is clean but for what typesetters put in, and the letters of Latin-1. Not with Â, by which mangled text shows. */
const typeset = /^[\x20-\x25\x27-\x5f\x61-\x7e\u00a0\u00c0\u00c1\u00c3-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d]*$/;
const named: Record<string, string> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "", ndash: "-", mdash: "-",
  lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', hellip: " ", laquo: '"', raquo: '"',
  middot: " ", bull: " ", ensp: " ", emsp: " ", thinsp: " ", zwnj: "", zwj: "", szlig: "ss", oelig: "oe", aelig: "ae",
};

/** Entities become characters. Publishers encode them once or twice, so this runs until nothing changes, at most twice. */
function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < 2 && decoded.includes("&"); round++) {
    decoded = decoded.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
      if (name.startsWith("#")) {
        const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
      }
      // Marks go anyway, so the letter is enough.
      return named[name.toLowerCase()] ?? /^([a-z])(?:acute|grave|circ|tilde|uml|cedil|ring|caron)$/i.exec(name)?.[1] ?? whole;
    });
  }
  return decoded;
}

/**
 * A text with its entities decoded, without what cannot be seen, and with characters that look alike made the
 * same one; marks on Latin letters go, Hangul stays whole. An ASCII text without entities is plain as it is,
 * and a typeset one nearly.
 */
export function plain(text: string): string {
  if (plainAscii.test(text)) return text;
  if (typeset.test(text)) return text.replace(/[\u00a0\u00c0-\u00ff\u2018\u2019]/g, ofTypesetter);
  return foldLookAlikes(visible(text)).replace(/[\u00c0-\u024f]/g, withoutMarks);
}

function ofTypesetter(character: string): string {
  return character === "\u2018" || character === "\u2019" ? "'" : character === "\u00a0" ? " " : withoutMarks(character);
}

function withoutMarks(letter: string): string {
  return letter.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

function visible(text: string): string {
  return decodeEntities(text)
    // A NBSP in UTF-8 that was read as Latin-1.
    .replace(/\u00c2(?=[\u00a0 ])/g, "")
    // Before NFKC, which makes a space of the acute accent that stands for an apostrophe.
    .replace(/[\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032`\u00b4\uff07\uff40]/g, "'")
    // What cannot be seen may stand inside a syllable, so it goes before its parts are joined.
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .normalize("NFKC");
}

// An apostrophe that an encoding could not hold stands as a question mark: "People?s", "l?homme".
const possessive = /['?]s(?![a-z.])/g;
const elision = /\b(d|l|qu)\?(?=[a-z])/g;

/** Lower case, without dots in abbreviations, possessives and apostrophes. */
function bare(text: string): string {
  let lower = text.toLowerCase();
  if (lower.includes(".")) lower = lower.replace(/\b(?:[a-z]\.){2,}/g, (dotted) => `${dotted.replaceAll(".", "")} `);
  return /['?]/.test(lower) ? lower.replace(possessive, "").replace(elision, "$1").replaceAll("'", "") : lower;
}

function words(text: string): string {
  return bare(text).replaceAll("&", " and ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function asciiWords(text: string): string {
  // A single space is one already, so only what is more than that is replaced.
  return bare(text).replace(/(?: ?[^a-z0-9 ]| {2})[^a-z0-9]*/g, " ").trim();
}

/**
 * A text as matching reads it: lower-case words with one space between, entities decoded, quotes and
 * punctuation gone, possessives cut, and every name of three countries that share words folded to one each
 * (country.ts). An ASCII title takes a shorter way to the same words.
 */
export function fold(text: string): string {
  return foldPlain(plain(text));
}

/** As fold, of a text that is plain already. */
export function foldPlain(text: string): string {
  return foldCountries(spelledPlain(text));
}

function spelledPlain(text: string): string {
  return asciiAndMarks.test(text) ? asciiWords(text) : words(text);
}

/** As fold, but the names of countries stay as they are spelled. */
export function spelled(text: string): string {
  return spelledPlain(plain(text));
}

/** As `fold`, but double quotation marks, of whatever kind, and colons stay as `"` and `:`, with a space on either side. */
export function foldMarked(text: string): string {
  return decodeEntities(text)
    .split(/(["\u201c-\u201f\u00ab\u00bb\u300c-\u300f\uff02:\uff1a])/)
    .map((part, index) => (index % 2 === 0 ? fold(part) : /[:\uff1a]/.test(part) ? ":" : '"'))
    .filter((part) => part !== "")
    .join(" ");
}
