import { foldCountries } from "./country.ts";

const plainAscii = /^[\x20-\x25\x27-\x7e]*$/;
const named: Record<string, string> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "", ndash: "-", mdash: "-",
  lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', hellip: " ", laquo: '"', raquo: '"',
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
      return named[name.toLowerCase()] ?? whole;
    });
  }
  return decoded;
}

/** Characters that look alike become the same one; marks on Latin letters go, Hangul stays whole. */
function plain(text: string): string {
  return decodeEntities(text)
    // Before NFKC, which makes a space of the acute accent that stands for an apostrophe.
    .replace(/[\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032`\u00b4]/g, "'")
    .normalize("NFKC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/\b(?:[a-z]\.){2,}/g, (dotted) => `${dotted.replaceAll(".", "")} `)
    .replace(/'s(?![a-z])/g, "")
    .replaceAll("'", "")
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function asciiWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/\b(?:[a-z]\.){2,}/g, (dotted) => `${dotted.replaceAll(".", "")} `)
    .replace(/'s(?![a-z])/g, "")
    .replaceAll("'", "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/**
 * A text as matching reads it: lower-case words with one space between, entities decoded, quotes and
 * punctuation gone, possessives cut, and every name of the DPRK folded to `dprk`, of the Republic of
 * Korea to `rok`, of the DR Congo to `drc`. An ASCII title takes a shorter way to the same words.
 */
export function fold(text: string): string {
  return foldCountries(plainAscii.test(text) ? asciiWords(text) : words(plain(text)));
}

/** As `fold`, but double quotation marks, of whatever kind, and colons stay as `"` and `:`, with a space on either side. */
export function foldMarked(text: string): string {
  return decodeEntities(text)
    .split(/(["\u201c-\u201f\u00ab\u00bb\u300c-\u300f\uff02:\uff1a])/)
    .map((part, index) => (index % 2 === 0 ? fold(part) : /[:\uff1a]/.test(part) ? ":" : '"'))
    .filter((part) => part !== "")
    .join(" ");
}
