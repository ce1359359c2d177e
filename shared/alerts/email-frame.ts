import { safeText, wrap } from "./safe-text.ts";
import type { Texts } from "./texts/texts.ts";

/** SNS takes fewer than 100 characters. */
export const subjectMost = 99;
const unsubscribe = "almanac unsubscribe ADDRESS";

/** The foot of every email: which alert it is, and how to end them. Mail programs know "-- " as the start of what need not be read. */
export function emailFoot(id: string, { email }: Texts, source: string | null = null): string {
  const lines = [source, wrap(email.alert(safeText(id, 150))), wrap(email.stop), unsubscribe];
  return `-- \n${lines.filter((line) => line !== null).join("\n")}`;
}

/** The text of a composed email with the reader's own address in the last line, ready to be copied. */
export function forAddress(text: string, address: string): string {
  const at = text.lastIndexOf(unsubscribe);
  return at === -1 ? text : `${text.slice(0, at)}${unsubscribe.replace("ADDRESS", () => address)}${text.slice(at + unsubscribe.length)}`;
}
