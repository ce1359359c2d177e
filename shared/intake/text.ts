import { decodeEntities } from "./entities.ts";
import { tagEnd } from "./markup.ts";

const maxTitle = 500;
const maxSummary = 2000;

// Tags that stand inside a word or phrase; every other tag parts words.
const inline = new Set(
  "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q rp rt ruby s samp small span strike strong sub sup tt u var wbr".split(" "),
);
// A name that is not here is text: Korean and wire headlines begin with such as <Interview>.
const block = new Set(
  (
    "address applet area article aside audio base basefont blink blockquote body br button canvas caption center col colgroup dd details dir div dl dt embed " +
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input label legend li " +
    "link main map marquee menu meta nav noscript object ol optgroup option output p param picture pre progress script section select source " +
    "style summary svg table tbody td template textarea tfoot th thead time title tr track ul video"
  ).split(" "),
);

// 0x80 to 0x9F, as people who write &#146; mean them.
const windows1252 = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/** A title as plain text of at most 500 characters: tags out, references decoded even if twice, white space collapsed. */
export function plainTitle(markup: string): string {
  return cut(plain(markup.slice(0, 20 * maxTitle), maxTitle), maxTitle);
}

/** Markup as plain text of at most 2,000 characters, without scripts and styles; null when nothing is left. Linear. */
export function plainSummary(markup: string): string | null {
  return cut(plain(markup, maxSummary), maxSummary) || null;
}

/** The first words of a text, for an item that has no title of its own. */
export function firstWords(text: string): string {
  if (text.length <= 100) return text;
  const end = text.lastIndexOf(" ", 100);
  return `${cut(text, end > 40 ? end : 100)}…`;
}

/** White space collapsed and trimmed. */
export function collapse(text: string): string {
  // A space that stands alone stays: to replace each by itself takes five times as long.
  return text.replace(/\s{2,}|[^\S ]/g, " ").trim();
}

// Control characters but white space, and characters that only tell where a word may break.
const unseen = /[^\P{Cc}\t\n\v\f\r]|[\u00ad\u200b\u2060\ufeff]/u;
const everyUnseen = new RegExp(unseen, "gu");

function plain(markup: string, wanted: number): string {
  let text = decodeEntities(strip(markup, wanted));
  // What was encoded twice shows its markup only now.
  if (/[<&]/.test(text)) text = decodeEntities(strip(text, wanted));
  // Half of a pair of UTF-16, which JSON can hold, is no text that a table or a mail could keep.
  return collapse(withoutControls(text)).toWellFormed();
}

function withoutControls(text: string): string {
  if (!unseen.test(text)) return text;
  return text.replace(/[\u0080-\u009f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80] ?? "").replace(everyUnseen, "");
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.charCodeAt(length - 1);
  return text.slice(0, end >= 0xd8_00 && end <= 0xdb_ff ? length - 1 : length).trimEnd();
}

/** Takes the tags out, and stops when there is surely enough text for `wanted` characters of result. */
function strip(markup: string, wanted: number): string {
  // White space is still to be collapsed, so more is kept than is wanted.
  const enough = 20 * wanted;
  let at = markup.indexOf("<");
  let text = "";
  let from = 0;
  while (at !== -1 && text.length < enough) {
    const tag = tagAt(markup, at);
    if (tag) {
      text += markup.slice(from, at) + (tag.parts ? " " : "");
      from = tag.end;
    }
    at = markup.indexOf("<", tag ? tag.end : at + 1);
  }
  return at === -1 ? text + markup.slice(from, from + enough) : text;
}

const tagName = /<(\/?)([A-Za-z][\w:.-]*)/y;
const rawEnds: Record<string, RegExp> = { script: /<\/script/gi, style: /<\/style/gi };

/** The tag, comment or CDATA mark that begins at `at`, with a script's or style's content; undefined where it is mere text. */
function tagAt(markup: string, at: number): { end: number; parts: boolean } | undefined {
  if (markup.startsWith("<!--", at)) return { end: past(markup, "-->", at + 4), parts: false };
  if (markup.startsWith("<![CDATA[", at)) return { end: at + 9, parts: false };
  if (/[!?]/.test(markup[at + 1] ?? "")) return { end: past(markup, ">", at + 2), parts: true };
  tagName.lastIndex = at;
  const found = tagName.exec(markup);
  const name = found?.[2]?.toLowerCase() ?? "";
  if (!found || !(inline.has(name) || block.has(name) || /[:-]/.test(name))) return undefined;
  const end = endOf(markup, at + found[0].length);
  const raw = found[1] === "" ? rawEnds[name] : undefined;
  if (!raw) return { end, parts: !inline.has(name) };
  raw.lastIndex = end;
  return { end: raw.exec(markup) ? past(markup, ">", raw.lastIndex) : markup.length, parts: true };
}

function endOf(markup: string, from: number): number {
  const { at } = tagEnd(markup, from);
  if (at < markup.length) return at + 1;
  // A quote that is never closed must not swallow the text behind the tag.
  return past(markup, ">", from);
}

function past(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}
