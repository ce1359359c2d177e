import { html } from "hono/html";
import type { Html } from "./html.ts";
import type { Visit } from "./visit.ts";

/** The language that a text's letters tell: Korean, Japanese or English. Undefined where they tell none, as of 北朝鮮, and of figures. */
function tongueOf(text: string): "ko" | "ja" | "en" | undefined {
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  return /^[^\p{L}]*\p{Script=Latin}/u.test(text) ? "en" : undefined;
}

/**
 * A text that people wrote in the catalogue, or that a publisher did: marked where it is not in the language of the
 * page, so that it is read aloud in its own (WCAG 3.1.2). A text that has Hangul in it counts as Korean.
 */
export function inTongue({ language }: Pick<Visit, "language">, text: string): Html {
  const tongue = tongueOf(text);
  return tongue === undefined || tongue === language ? html`${text}` : html`<span lang="${tongue}">${text}</span>`;
}
