// Made when it is first needed, since it takes 15 ms.
let graphemes: Intl.Segmenter | undefined;
const ascii = /^[\x20-\x7e]*$/;
/** A word that is longer is cut rather than lost. */
const wordMost = 24;
/** What takes two columns in a fixed-width font. */
const wide = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60]/u;

/** What a reader sees as one character each, found one by one, as often only the first are needed. */
function* characters(text: string): Generator<string> {
  if (ascii.test(text)) yield* text;
  else {
    graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
    for (const { segment } of graphemes.segment(text)) yield segment;
  }
}

/** How many columns the text takes in a fixed-width font; Korean takes two a character. */
export function columns(text: string): number {
  if (ascii.test(text)) return text.length;
  let sum = 0;
  for (const character of characters(text)) sum += wide.test(character) ? 2 : 1;
  return sum;
}

/**
 * Text of others made fit for one line of a message: no line breaks, control characters or direction marks,
 * white space collapsed, at most `most` UTF-16 units. Empty where nothing visible is left.
 */
export function safeText(text: string, most = 300): string {
  const line = text
    // Only the start of a very long text can be shown, and the rest would cost time.
    .slice(0, most * 4)
    .toWellFormed()
    .normalize("NFC")
    // Joiners stay, because emoji and Persian need them; every other format character can only mislead.
    .replace(/(?![\u200c\u200d])\p{Cf}|\p{Noncharacter_Code_Point}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? cut(line, most) : "";
}

/**
 * The text, or as much of it as fits into `room` with an ellipsis, between two characters and, where that
 * does not cost much, between two words. `size` measures; by default it counts UTF-16 units.
 */
export function cut(text: string, room: number, size = (part: string) => part.length, ellipsis = "…"): string {
  if (size(text) <= room) return text;
  let kept = "";
  let left = room - size(ellipsis);
  for (const character of characters(text)) {
    left -= size(character);
    if (left < 0) break;
    kept += character;
  }
  const border = text.startsWith(" ", kept.length) ? kept.length : kept.lastIndexOf(" ");
  const whole = border > 0 && (border > kept.length * 0.6 || kept.length - border <= wordMost) ? kept.slice(0, border) : kept;
  return `${withoutOpenQuote(whole.replace(/[\s,;:([{"'…-]+$/u, ""))}${ellipsis}`;
}

/** The text without a quote whose end was cut off. */
function withoutOpenQuote(text: string): string {
  const curly = text.lastIndexOf("“");
  const straight = text.split('"').length % 2 === 0 ? text.lastIndexOf('"') : -1;
  const open = curly > text.lastIndexOf("”") ? curly : straight;
  return open === -1 ? text : text.slice(0, open) + text.slice(open + 1);
}

/** An address in running text, with or without its scheme: in pieces it could not be followed. A line of mail has 998 bytes at most (RFC 5322, 2.1.1). */
const address = /^[(["]?[\w.-]+[:/][\x21-\x7e]{1,300}$/;

/** Pieces of a word, none wider than `width`; an address whole. */
function pieces(word: string, width: number): string[] {
  if (columns(word) <= width || address.test(word)) return [word];
  const found: string[] = [];
  let piece = "";
  let taken = 0;
  for (const character of characters(word)) {
    const needed = columns(character);
    if (taken + needed > width) {
      found.push(piece);
      piece = "";
      taken = 0;
    }
    piece += character;
    taken += needed;
  }
  return [...found, piece];
}

/** The text in lines of at most `width` columns, or of one address that is wider. Lines after the first begin with `indent`. */
export function wrap(text: string, width = 72, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((part) => pieces(part, width - indent.length))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && columns(longer) > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line].join("\n");
}

/**
 * The address as it may be shown: http or https, without a name or password in front of the host (which would
 * pass for the host), percent-encoded and so in one piece. Null for any other.
 */
export function safeLink(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) return null;
  const link = parsed.href.replaceAll("`", "%60");
  return link.length <= 2000 ? link : null;
}
