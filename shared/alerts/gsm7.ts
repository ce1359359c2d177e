import { cut } from "./safe-text.ts";

// The basic alphabet of 3GPP TS 23.038 without its line breaks, and what costs an escape besides.
const basic = new Set(
  "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("^{}\\[~]|€");

const each = (characters: string, standIn: string): [string, string][] => Array.from(characters, (one) => [one, standIn]);

const standIns: ReadonlyMap<string, string> = new Map([
  ...each("‘’‚‛′`´ʼʻ", "'"),
  ...each("“”„‟″«»", '"'),
  ...each("‐‑‒–—―−•·", "-"),
  ["⁄", "/"],
  ["×", "x"],
  ["Œ", "OE"],
  ["œ", "oe"],
  ["Ł", "L"],
  ["ł", "l"],
  ["Đ", "D"],
  ["đ", "d"],
  ["Ð", "D"],
  ["ð", "d"],
  ["Þ", "Th"],
  ["þ", "th"],
  ["ı", "i"],
  ["™", ""],
  ["®", ""],
  ["©", "(c)"],
]);

const known = (character: string): boolean => basic.has(character) || extended.has(character);

/** The nearest that GSM-7 has for one character, accents and ligatures taken apart; empty if it has nothing like it. */
function nearest(character: string): string {
  if (known(character)) return character;
  const standIn = standIns.get(character);
  if (standIn !== undefined) return standIn;
  return Array.from(character.normalize("NFKD"), (part) => (known(part) ? part : (standIns.get(part) ?? ""))).join("");
}

/**
 * The text in GSM-7's characters: quotes and dashes made plain, accents that it lacks taken off.
 * Empty where more than half of the letters and digits have no counterpart, as in Korean: what is left would mislead.
 */
export function toGsm7(text: string): string {
  let letters = 0;
  let lost = 0;
  let plain = "";
  for (const character of text.normalize("NFC")) {
    const near = nearest(character);
    plain += near;
    if (!/[\p{L}\p{N}]/u.test(character)) continue;
    letters += 1;
    if (near === "") lost += 1;
  }
  if (letters === 0 || lost * 2 > letters) return "";
  return plain.replace(/\(\s*\)|\[\s*\]/g, "").replace(/ {2,}/g, " ").trim();
}

/** How many septets a text of GSM-7 characters takes: characters of the extension table count two. */
export function septets(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0);
}

/** As much of a GSM-7 text as fits into so many septets, with three dots where something is cut. */
export const cutSeptets = (text: string, room: number): string => cut(text, room, septets, "...");
