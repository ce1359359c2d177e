/** One form of an English sentence of ours, and how another language says it: what the form's groups caught is given in their order. */
export type Form = readonly [english: RegExp, said: (...caught: string[]) => string];

/**
 * A sentence that was written and kept in English, said in another language by the first form that it has.
 * What has none stays as it is: it is then somebody's own words, or of a newer version.
 */
export function sayBy(forms: readonly Form[], sentence: string): string {
  for (const [english, said] of forms) {
    const found = english.exec(sentence);
    if (found) return said(...found.slice(1).map((caught) => caught ?? ""));
  }
  return sentence;
}
