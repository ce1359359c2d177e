import type { Document } from "./document.ts";
import { sentences } from "./sentences.ts";
import { tokens } from "./words.ts";

/** A sentence, or an item of a list in one, and where it stands. */
export interface Unit {
  readonly text: string;
  readonly words: readonly string[];
  /** Its words in one string: two units with the same key are the same sentence. */
  readonly key: string;
  /** The place of its section in the document. */
  readonly section: number;
  /** The place of its paragraph in the document, counted over all sections. */
  readonly paragraph: number;
  readonly label: string | null;
}

/** The sentences of a document in order. Those without a word, such as a line of stars, are left out. */
export function unitsOf(document: Document): Unit[] {
  const units: Unit[] = [];
  let paragraph = 0;
  for (const [section, { paragraphs }] of document.sections.entries()) {
    for (const { text, label } of paragraphs) {
      for (const sentence of sentences(text)) {
        const words = tokens(sentence).flatMap(({ key }) => (key === "" ? [] : [key]));
        if (words.length > 0) units.push({ text: sentence, words, key: words.join(" "), section, paragraph, label });
      }
      paragraph++;
    }
  }
  return units;
}
