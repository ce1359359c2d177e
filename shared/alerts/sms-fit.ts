import { cutSeptets, septets, toGsm7 } from "./gsm7.ts";
import { cut, safeText } from "./safe-text.ts";
import type { Texts } from "./texts/texts.ts";

/** The display name of a topic, up to 10 characters, stands in front of each SMS with "> ". */
const displayName = 12;

/** How a text is made fit for one part of an SMS. */
export interface SmsFit {
  /** How much one part holds, after the topic's display name. */
  readonly most: number;
  size(text: string): number;
  /** The text in characters that the part may have; empty where they cannot say it. */
  fold(text: string): string;
  cut(text: string, room: number): string;
}

const gsm7: SmsFit = { most: 160 - displayName, size: septets, fold: toGsm7, cut: cutSeptets };
const ucs2: SmsFit = { most: 70 - displayName, size: (text) => text.length, fold: (text) => safeText(text), cut };

/** The same, with room kept for what is put behind the text, and a space. */
export function withRoomFor(fit: SmsFit, behind: string): SmsFit {
  return { ...fit, most: fit.most - fit.size(` ${behind}`) };
}

/** A part of 160 GSM-7 septets, or of 70 UCS-2 units where the language needs them. */
export const smsFit = ({ gsm7: isGsm7 }: Pick<Texts, "gsm7">): SmsFit => (isGsm7 ? gsm7 : ucs2);
