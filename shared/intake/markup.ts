const greater = 62;
const slash = 47;
const equals = 61;

/** HTML elements that have no content and no closing tag. */
export const voidElements: ReadonlySet<string> = new Set(
  "area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr".split(" "),
);

/** Where a tag ends. */
export interface TagEnd {
  /** The index of its `>`, or the length of the text when it never ends. */
  readonly at: number;
  readonly selfClosed: boolean;
  /** Characters of the tag that are not quoted values: a picture inlined in a value is long and harmless, a million attributes are not. */
  readonly bare: number;
}

/** Finds the end of the tag whose name ends at `from`, reading quotes as htmlparser2 does. Linear. */
export function tagEnd(text: string, from: number): TagEnd {
  let at = from;
  let selfClosed = false;
  let quoted = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === greater) return { at, selfClosed, bare: at - from - quoted };
    if (code === slash) selfClosed = true;
    if (code === slash || isSpace(code)) {
      at += 1;
      continue;
    }
    selfClosed = false;
    const value = valueStart(text, nameEnd(text, at + 1));
    if (value.at === -1) at = value.after;
    else {
      const end = valueEnd(text, value.at);
      if (isQuote(text.charCodeAt(value.at))) quoted += end - value.at;
      at = end;
    }
  }
  return { at: text.length, selfClosed: false, bare: text.length - from - quoted };
}

/** White space as HTML and XML know it. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11);
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function nameEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === equals || code === slash || code === greater || isSpace(code)) break;
    at += 1;
  }
  return at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the value begins, or -1 when the name has none; `after` is where to read on in that case. */
function valueStart(text: string, from: number): { at: number; after: number } {
  const sign = skipSpace(text, from);
  if (text.charCodeAt(sign) !== equals) return { at: -1, after: from };
  return { at: skipSpace(text, sign + 1), after: from };
}

function valueEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (isQuote(code)) {
    const end = text.indexOf(code === 34 ? '"' : "'", from + 1);
    return end === -1 ? text.length : end + 1;
  }
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== greater && !isSpace(text.charCodeAt(at))) at += 1;
  return at;
}
