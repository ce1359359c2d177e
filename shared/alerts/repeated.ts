import type { Composed } from "./alert.ts";
import { subjectMost } from "./email-frame.ts";
import { cut, wrap } from "./safe-text.ts";
import { type Style, textsOf } from "./texts/languages.ts";

/** The year and the publisher, which a subject ends with, and by which a reader knows what it is on. */
const known = /(?: \d{4})?(?: \([^()]{1,60}\))?$/u;

/** The email, marked as one that may have come before where the style says so. Its subject keeps its limit. */
export function markedEmail(email: Composed["email"], style: Style): Composed["email"] {
  if (!style.repeat) return email;
  const { mark, said } = textsOf(style).repeat;
  const end = known.exec(email.subject)?.[0] ?? "";
  const begin = email.subject.slice(0, email.subject.length - end.length);
  return { subject: `${cut(begin, subjectMost - end.length - mark.length - 1)}${end} ${mark}`, text: `${wrap(said)}\n\n${email.text}` };
}
