import { safeText, wrap } from "./safe-text.ts";
import { type Style, textsOf } from "./texts/languages.ts";

/** SNS takes fewer than 100 characters. */
export const subjectMost = 99;
const unsubscribe = "almanac unsubscribe ADDRESS";

/**
 * The foot of every email: which alert it is, and how to end them. Mail programs know "-- " as the start of what need
 * not be read. A reader can write to the contact, and has no use for a command of the operator's machine.
 */
export function emailFoot(id: string, style: Style, source: string | null = null): string {
  const { email } = textsOf(style);
  const how = style.contact ? [wrap(email.stopByMail), style.contact] : [wrap(email.stop), unsubscribe];
  const lines = [source, wrap(email.alert(safeText(id, 150))), ...how];
  return `-- \n${lines.filter((line) => line !== null).join("\n")}`;
}

/** The text of a composed email with the reader's own address in the last line, ready to be copied. */
export function forAddress(text: string, address: string): string {
  const at = text.lastIndexOf(unsubscribe);
  return at === -1 ? text : `${text.slice(0, at)}${unsubscribe.replace("ADDRESS", () => address)}${text.slice(at + unsubscribe.length)}`;
}
