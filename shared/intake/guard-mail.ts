import { SourceError } from "./health.ts";

/** What is read of a mail, or of a file of them. */
export const mostMailBytes = 10_000_000;
/** As many as almost three million bytes of attachments have. Of text so many take 130 MB (2026-11). */
const mostLines = 50_000;
/** Lines that may divide parts. */
const mostDivisions = 1000;
const newline = 10;
const hyphen = 45;

/**
 * Refuses a message that the parser would be slow over: it keeps each line, and looks through all parts for each (2026-11:
 * ten million empty lines took 4 GB, and 100,000 parts eight seconds). Takes time in proportion to the length.
 * @throws SourceError with reason too-large.
 */
export function guardMail(bytes: Uint8Array): void {
  let [lines, divisions] = [0, 0];
  for (let start = 0; ; lines++) {
    if (bytes[start] === hyphen && bytes[start + 1] === hyphen) divisions++;
    const end = bytes.indexOf(newline, start);
    if (end === -1) break;
    start = end + 1;
  }
  if (lines > mostLines) throw new SourceError("too-large", `The mail has ${lines} lines; at most ${mostLines} are read.`);
  if (divisions > mostDivisions) throw new SourceError("too-large", `The mail has ${divisions} lines that may divide its parts; at most ${mostDivisions} are read.`);
}
