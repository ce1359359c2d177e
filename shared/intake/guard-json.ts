import { SourceError } from "./health.ts";

const maxChars = 10_000_000;
const maxDepth = 256;
// A list of 1,000 documents with 40 members each has 41,000.
const maxValues = 200_000;

/**
 * Parses JSON once it is sure that what it makes fits into memory: three million empty objects take 10 MB as text and
 * a gigabyte as objects. Linear.
 * @throws SourceError with reason too-large (over 10,000,000 characters or 200,000 values) or too-deep (over 256), and
 * SyntaxError where it is no JSON.
 */
export function parseJson(text: string): unknown {
  if (text.length > maxChars) throw new SourceError("too-large", `The answer has ${text.length} characters; at most ${maxChars} are read.`);
  guardJson(text);
  return JSON.parse(text.replace(/^\ufeff/, ""));
}

function guardJson(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfString(text, at + 1);
    else if (code === 93 || code === 125) depth -= 1;
    else if (code === 91 || code === 123) depth += 1;
    if (code === 44 || code === 91 || code === 123) values += 1;
    if (depth > maxDepth) throw new SourceError("too-deep", `The JSON is nested deeper than ${maxDepth}.`);
    if (values > maxValues) throw new SourceError("too-large", `The JSON has more than ${maxValues} values.`);
  }
}

/** The index of the quotation mark that ends a string, or the length of the text. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
