import { SourceError } from "./health.ts";
import { isSpace, tagEnd } from "./markup.ts";
import { OpenElements } from "./open-elements.ts";

const maxChars = 10_000_000;
const maxTagChars = 64 * 1024;
// Each is a step of its own to the parsers, and a bare one grows fivefold.
const maxReferences = 200_000;

const rawEnds: Record<string, RegExp> = {
  script: /<\/script[ \t\n\f\r>]/gi,
  style: /<\/style[ \t\n\f\r>]/gi,
  title: /<\/title[ \t\n\f\r>]/gi,
  textarea: /<\/textarea[ \t\n\f\r>]/gi,
  xmp: /<\/xmp[ \t\n\f\r>]/gi,
};

/**
 * Refuses in one linear pass what would stall a parser: htmlparser2 and parse5 are quadratic on depth, every parser on
 * attributes (measured 2026-11-24: 100,000 nested tags take cheerio 9 s). Reads markup as htmlparser2 does, so that
 * nothing nests deeper in the parser than it did here: `html` says which of its two modes will be used.
 * @throws SourceError with reason too-large (over 10,000,000 characters, 200,000 references, 200,000 elements or in HTML
 * 50,000, or a tag over 64 KB) or too-deep (over 256 levels, not counting what authors of HTML leave open).
 */
export function guard(text: string, html = isHtml(text)): void {
  if (text.length > maxChars) {
    throw tooLarge(`The content has ${text.length} characters; at most ${maxChars} are read.`);
  }
  countReferences(text);
  const open = new OpenElements(html);
  let at = text.indexOf("<");
  while (at !== -1) {
    at = text.indexOf("<", pass(text, at, html, open));
  }
}

function countReferences(text: string): void {
  let references = 0;
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    references += 1;
    if (references > maxReferences) throw tooLarge(`The content has more than ${maxReferences} references such as &amp;.`);
  }
}

/** Whether the content is a web page by its beginning. */
export function isHtml(text: string): boolean {
  return /^[^<]*(?:<\?xml[^>]*>\s*|<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, 2000));
}

/** Reads one piece of markup and gives the index behind it. */
function pass(text: string, at: number, html: boolean, open: OpenElements): number {
  const next = text.charCodeAt(at + 1);
  if (next === 33) return skipDeclaration(text, at);
  if (next === 63) return skipPast(text, ">", at + 2);
  if (next === 47) return passClosing(text, at, html, open);
  if (!startsName(next, html)) return at + 1;
  const nameEnds = endOfName(text, at + 1);
  const name = nameOf(text, at + 1, nameEnds, html);
  const end = tagEnd(text, nameEnds);
  if (end.bare > maxTagChars) throw tooLarge(`A tag <${name.slice(0, 40)}> is longer than ${maxTagChars} characters.`);
  open.open(name, end.selfClosed);
  const raw = html && !end.selfClosed ? rawEnds[name] : undefined;
  return raw ? skipRaw(text, raw, end.at) : end.at + 1;
}

function passClosing(text: string, at: number, html: boolean, open: OpenElements): number {
  let start = at + 2;
  while (isSpace(text.charCodeAt(start))) start += 1;
  if (!startsName(text.charCodeAt(start), html)) return skipPast(text, ">", start);
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 62 && !isSpace(text.charCodeAt(end))) end += 1;
  open.close(nameOf(text, start, end, html));
  return skipPast(text, ">", end);
}

function skipDeclaration(text: string, at: number): number {
  if (text.startsWith("<![CDATA[", at)) return skipPast(text, "]]>", at + 9);
  // A short comment such as <!--> is one, too.
  if (text.startsWith("<!--", at)) return skipPast(text, "-->", at + 2);
  const end = skipPast(text, ">", at + 2);
  if (end - at > maxTagChars) throw tooLarge(`A declaration is longer than ${maxTagChars} characters.`);
  return end;
}

function skipPast(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

function skipRaw(text: string, end: RegExp, from: number): number {
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

/** HTML starts a name with a letter; XML, as htmlparser2 reads it, with anything that does not end a tag. */
function startsName(code: number, html: boolean): boolean {
  if (html) return (code | 32) >= 97 && (code | 32) <= 122;
  return !(Number.isNaN(code) || code === 62 || code === 47 || isSpace(code));
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 62 || code === 47 || isSpace(code)) break;
    at += 1;
  }
  return at;
}

function nameOf(text: string, from: number, to: number, html: boolean): string {
  const name = text.slice(from, Math.min(to, from + maxTagChars));
  return html ? name.toLowerCase() : name;
}

function tooLarge(message: string): SourceError {
  return new SourceError("too-large", message);
}
