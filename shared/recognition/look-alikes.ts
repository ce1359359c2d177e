const cyrillic = { from: "аеорсухіјѕԁһԛԝӏАВЕКМНОРСТУХІЈЅ", to: "aeopcyxijsdhqwlABEKMHOPCTYXIJS" };
const greek = { from: "οναιρυκηχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", to: "ovaipuknxABEZHIKMNOPTYX" };
const latinOf: ReadonlyMap<string, string> = new Map([cyrillic, greek].flatMap(({ from, to }) => from.split("").map((letter, at) => [letter, to[at] ?? letter] as const)));

const foreign = /[\u0370-\u03ff\u0400-\u052f]/;
const mixedWord = /[\p{L}\p{M}\d/.]*[\u0370-\u03ff\u0400-\u052f][\p{L}\p{M}\d/.]*/gu;

/**
 * Cyrillic and Greek letters that look like Latin ones, made Latin in words that have Latin letters besides:
 * they slip in by scanning and by people who dodge filters. Russian and Greek words stay as they are.
 */
export function foldLookAlikes(text: string): string {
  if (!foreign.test(text)) return text;
  return text.replace(mixedWord, (word) => (/[a-z]/i.test(word) ? Array.from(word, (letter) => latinOf.get(letter) ?? letter).join("") : word));
}
