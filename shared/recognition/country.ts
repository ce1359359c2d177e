/**
 * The names of three countries that share words, in the order in which they must be tried: the Congo's
 * before Korea's, the DPRK's before the Republic of Korea's. They run over lower-case words without marks.
 * Names and the misnomers ("Democratic Republic of Korea", printed by the UN itself) are from public texts.
 */
const latin: readonly (readonly [token: string, pattern: RegExp])[] = [
  ["drc", /\b(?:democratic republic of (?:the )?congo|dr congo|republique democratique du congo|republica democratica del congo)\b/g],
  [
    "dprk",
    new RegExp(
      `\\b(?:${[
        "(?:the )?democratic people(?: ?s)? republic of korea",
        "korea (?:the )?democratic people(?: ?s)? republic of(?: the)?",
        "democratic republic of korea",
        "(?:the )?dpr (?:of )?korea",
        "(?:the )?dprk",
        "dprkorea",
        "(?:the )?d p r k",
        "north korea(?:ns?)?",
        "n korea(?:ns?)?",
        "northkorea",
        "nkorea(?:ns?)?",
        "n k",
        "nk",
        "(?:la )?republique populaire democratique de coree",
        "(?:la )?coree du nord",
        "nord coreen(?:ne)?s?",
        "(?:la )?republica popular democratica de corea",
        "corea del norte",
        "norcorean[oa]s?",
        "rpdc",
        "nordkoreas?",
        "demokratischen? volksrepublik korea",
        "dvrk",
      ].join("|")})\\b`,
      "g",
    ),
  ],
  ["rok", /\b(?:(?:the )?republic of korea|south korea(?:ns?)?|s korea(?:ns?)?|coree du sud|corea del sur)\b/g],
];

/** Hangul and Hanja have no word borders to lean on. Bukhansan and the Bukhan river are places in Seoul. */
const hangulNorth = /조선민주주의인민공화국|북한(?![산강](?:[^가-힣]|$))|(?<=^|\s)북(?= ?(?:인권|주민|정권|김정은|수용소|억류|당국|해외노동자))/g;
const hanjaNorth = /北朝鮮|北韓|朝鲜民主主义人民共和国|朝鮮民主主義人民共和國|朝鲜|(?<!\p{Script=Han})北한?(?!\p{Script=Han})/gu;
const cyrillicNorth = /(?<!\p{L})(?:кндр|северн(?:ая|ой|ую) коре[яию])(?!\p{L})/gu;

/** Of each Latin name above, a word that must stand in it. */
export const wordsOfNames: readonly string[] =
  "congo korea korean koreans dprk dprkorea northkorea nkorea nkorean nkoreans nk k nordkorea nordkoreas dvrk rpdc coree coreen coreens coreenne coreennes corea norcoreano norcoreana norcoreanos norcoreanas".split(" ");
const mayName = new RegExp(`\\b(?:${wordsOfNames.join("|")})\\b|[^\\x20-\\x7e]`);

/** Lower-case words with the three countries' names folded to `dprk`, `rok` and `drc`. */
export function foldCountries(words: string): string {
  if (!mayName.test(words)) return words;
  let folded = words;
  for (const [token, pattern] of latin) folded = folded.replace(pattern, token);
  if (/[^\x20-\x7e]/.test(folded)) {
    for (const pattern of [hangulNorth, hanjaNorth, cyrillicNorth]) folded = folded.replace(pattern, " dprk ");
    folded = folded.replace(/ {2,}/g, " ").trim();
  }
  return folded;
}

/** What each of the three is called in a sentence. */
export const countriesSaid: Readonly<Record<string, string>> = { dprk: "the DPRK", rok: "the Republic of Korea", drc: "the DR Congo" };

/** What is left of their names in a text of which only some words were folded. */
export const wordsForCountries: readonly string[] = "dprk rok north south korean korean's koreans korea korea's".split(" ");

/** What every name of each has in it, and much else. */
export const rawHints: Readonly<Record<string, string>> = { dprk: "kor|dprk|rpdc|cor[eé]", rok: "kor|cor[eé]", drc: "congo" };

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

/** The names of all countries, from ISO 3166 by way of ICU, and those that reports give them besides. */
function countryNames(): string[] {
  const english = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  return letters
    .flatMap((first) => letters.map((second) => english.of(first + second)))
    .filter((name): name is string => name !== undefined)
    .flatMap((name) => [name, name.replace(/ \(.*\)$/, ""), name.replaceAll("&", "and"), name.replace(/^St\. /, "Saint ")])
    .concat([
      "Burma", "Turkey", "The Gambia", "The Bahamas", "Macau", "Tibet", "Crimea", "Republic of Korea", "Czech Republic", "Cabo Verde",
      "Cote d'Ivoire", "Swaziland", "Republic of the Congo", "Democratic Republic of the Congo", "West Bank and Gaza", "Kosovo", "Holy See",
    ]);
}

function foldName(name: string): string {
  const words = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’]/g, "");
  return foldCountries(words.replace(/[^\p{L}\p{N}]+/gu, " ").trim());
}

// Made when it is first asked, which few polls do: it takes 50 ms.
let folded: ReadonlySet<string> | undefined;

/** Whether folded words are the name of a country, for telling one country's chapter from another's. */
export function isCountry(words: string): boolean {
  folded ??= new Set(countryNames().map(foldName));
  return folded.has(words);
}
