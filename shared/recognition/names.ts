import type { Theme } from "../catalogue/schema.ts";
import { rawHints } from "./country.ts";
import { fold } from "./fold.ts";

/** How texts name what a catalogue is about. */
export interface Names {
  /** As it stands in a sentence. */
  readonly said: string;
  /** The names, folded. */
  readonly folded: readonly string[];
  /** Whether folded text names it. */
  in(folded: string): boolean;
  /** Whether text that was not folded may name it. Where this says no, it does not. */
  mayBeIn(text: string): boolean;
  /** Whether a folded heading is that of its chapter. */
  head(folded: string): boolean;
}

const glued = /[\u3130-\u318f\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]/;

/** What text has in it that folds to a name: its first word, of which each letter may bear a mark. */
function hintOf(name: string): string {
  const [first = ""] = name.split(" ");
  return rawHints[name] ?? first.replace(/[a-z]/g, "[$&\\u00c0-\\u024f]");
}

/** The names of a theme. Korean glues particles to them, so its names are found inside words. */
export function createNames({ name, names, headings }: Theme): Names {
  const folded = names.map(fold);
  const inside = folded.filter((one) => glued.test(one));
  const words = folded.filter((one) => !glued.test(one));
  const standing = words.length > 0 ? new RegExp(`(?:^| )(?:${words.join("|")})(?: |$)`) : undefined;
  const hints = new RegExp([...words.map(hintOf), String.raw`\p{Lo}`].join("|"), "iu");
  const heads = headings.map(fold);
  const isIn = (text: string): boolean => standing?.test(text) === true || inside.some((one) => text.includes(one));
  return {
    said: name.en,
    folded,
    in: isIn,
    mayBeIn: (text) => hints.test(text),
    head: (text) => isIn(text) || heads.some((one) => text === one || text.startsWith(`${one} `)),
  };
}
