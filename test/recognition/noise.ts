import type { Known } from "./titles.ts";

/** Numbers that decide where noise falls; without end. */
type Draws = Iterator<number>;
type Noise = (item: Known, draws: Draws) => string;

function draw(draws: Draws, below: number): number {
  const { value } = draws.next();
  return typeof value === "number" ? value % below : 0;
}

function oneOf(draws: Draws, choices: readonly string[]): string {
  return choices[draw(draws, choices.length)] ?? "";
}

/** Every character that the pattern finds, changed or left as it is. */
function some(title: string, pattern: RegExp, draws: Draws, change: (found: string) => string): string {
  return title.replace(pattern, (found) => (draw(draws, 3) === 0 ? found : change(found)));
}

const alike: Readonly<Record<string, string>> = {
  a: "а", e: "е", o: "оο", p: "рρ", c: "с", y: "у", x: "х", i: "іι", s: "ѕ", v: "ν", k: "κ", u: "υ",
  A: "АΑ", B: "ВΒ", C: "С", E: "ЕΕ", H: "НΗ", I: "ІΙ", K: "КΚ", M: "МΜ", N: "Ν", O: "ОΟ", P: "РΡ", S: "Ѕ", T: "ТΤ", X: "ХΧ", Y: "УΥ", Z: "Ζ",
};

const sites = ["United States Department of State", "OHCHR", "Human Rights Watch", "UN News", "Amnesty International", "The Korea Herald", "Yonhap News Agency", "HRNK", "연합뉴스", "Reuters", "VOA", "Freedom House", "GOV.UK", "NK News"];

/** Cuts the title where its telling words have ended: `ends` of them must stay. */
function truncated({ title, ends }: Known, draws: Draws): string {
  const words = title.split(" ");
  const least = ends === undefined ? words.length : title.slice(0, title.indexOf(ends) + ends.length).split(" ").length;
  return words.slice(0, least + draw(draws, words.length - least + 1)).join(" ").replace(/[,;:]$/, "") + oneOf(draws, ["…", "...", " …", " ...", "[...]", " […]"]);
}

/** What happens to titles on their way, in the order in which it does. */
export const noises: Readonly<Record<string, Noise>> = {
  "truncation after the telling words": truncated,
  "all capitals": ({ title }) => title.toUpperCase(),
  "Hanja for the North": ({ title }, draws) => title.replace(/북한/g, () => oneOf(draws, ["北韓", "北", "北한", "북한"])),
  "the name of a site at the end": ({ title }, draws) => `${title}${oneOf(draws, [" - ", " | ", " – ", " — ", " · ", " » "])}${oneOf(draws, sites)}`,
  "two names of a site at the end": ({ title }, draws) => `${title} | ${oneOf(draws, sites)} - ${oneOf(draws, sites)}`,
  "brackets lost to EUC-KR": ({ title }, draws) => some(title.replace(/[「」『』〈〉《》【】]/g, "?"), /^|$| /g, draws, (space) => `${space}${oneOf(draws, ["??", "????", "?"])}${space}`),
  "curly and straight quotes": ({ title }, draws) => title.replace(/['’‘]/g, () => oneOf(draws, ["'", "’", "‘", "ʼ", "`", "´", "′"])).replace(/["“”]/g, () => oneOf(draws, ['"', "“", "”", "„", "«", "»", "＂"])),
  "kinds of dashes": ({ title }, draws) => title.replace(/ [-–—] /g, () => ` ${oneOf(draws, ["-", "–", "—", "--"])} `),
  homoglyphs: ({ title }, draws) =>
    title.replace(/[A-Za-z]{2,}/g, (word) => {
      // One letter at least stays Latin, or nothing tells that the word is.
      const kept = draw(draws, word.length);
      return word.replace(/./g, (letter, at: number) => (at === kept || draw(draws, 3) > 0 ? letter : oneOf(draws, (alike[letter] ?? letter).split(""))));
    }),
  "full-width characters": ({ title }, draws) => some(title, /[!-~]/g, draws, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  "decomposed letters": ({ title }) => title.normalize("NFD"),
  "soft hyphens and zero-width characters": ({ title }, draws) => some(title, /(?<=\p{L})(?=\p{L})/gu, draws, () => oneOf(draws, ["\u00ad", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "&shy;", "&#8203;"])),
  "double spaces": ({ title }, draws) => ` ${some(title, / /g, draws, () => oneOf(draws, ["  ", "\t", "\n", " \n ", "\u3000"]))} `,
  "kinds of NBSP": ({ title }, draws) => some(title, / /g, draws, () => oneOf(draws, ["\u00a0", "\u202f", "\u2009", "\u00c2\u00a0", "&nbsp;", "&amp;nbsp;", "&#160;"])),
  "NBSP mangled to a question mark": ({ title }, draws) => some(title, /(?<=\p{L}{2}|\d) (?=\p{L}{2}|\d)/gu, draws, () => "?"),
  "apostrophes mangled to a question mark": ({ title }) => title.replace(/(?<=\p{L})['’](?=\p{L})/gu, "?"),
  "entities encoded once": ({ title }, draws) => some(title, /[^A-Za-z0-9 &;#]/gu, draws, (char) => `&#${char.codePointAt(0)};`),
  "entities encoded twice": ({ title }, draws) => some(title, /[^A-Za-z0-9 &;#]/gu, draws, (char) => oneOf(draws, [`&amp;#${char.codePointAt(0)};`, `&amp;#x${char.codePointAt(0)?.toString(16)};`])),
};
