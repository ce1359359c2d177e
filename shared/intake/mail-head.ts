import { addressParser } from "postal-mime";

/** A field of a message's header: its name in small letters, its value on one line, each byte of it a character. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** A message taken apart where every reader takes it apart: its fields from the top, and what stands behind them. */
export interface Message {
  readonly head: readonly Field[];
  readonly body: Uint8Array;
}

const mostHeadBytes = 200_000;
/** Readers and verifiers differ over where a line with one of these ends. */
const control = /[[\p{Cc}&&\p{ASCII}]--\t]/v;

function fieldsOf(lines: readonly string[]): Field[] | { readonly why: string } {
  const fields: { readonly name: string; readonly parts: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    if (control.test(line)) return { why: `line ${index + 1} of its head holds a control character, or ends otherwise than the others` };
    const [, name, value = ""] = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.push({ name: name.toLowerCase(), parts: [value] });
    else if (/^[ \t]+[^ \t]/.test(line) && fields.length > 0) fields.at(-1)?.parts.push(line);
    else return { why: `line ${index + 1} of its head is no field, and continues none` };
  }
  return fields.map(({ name, parts }) => ({ name, value: parts.join("") }));
}

/**
 * Takes a message apart; or says why not, as a sentence's end: where two readers could see two heads. So a line ends as
 * the first one does, with LF or with CR and LF; each is a field or continues one; and an empty one stands at the end.
 */
export function partsOf(bytes: Uint8Array): Message | { readonly why: string } {
  const text = Buffer.from(bytes.subarray(0, mostHeadBytes)).toString("latin1");
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n";
  const end = text.indexOf(lineEnd + lineEnd);
  if (end === -1) return { why: `no empty line ends its head within ${mostHeadBytes} bytes` };
  const head = fieldsOf(text.slice(0, end).split(lineEnd));
  return "why" in head ? head : { head, body: bytes.subarray(end + 2 * lineEnd.length) };
}

/** A message with these fields alone, of those that stand in it, and the same text. */
export function withFields({ head, body }: Message, names: readonly string[]): Uint8Array {
  const lines = head.flatMap(({ name, value }) => (names.includes(name) ? [`${name}: ${value}\r\n`] : []));
  return Buffer.concat([Buffer.from(`${lines.join("")}\r\n`, "latin1"), body]);
}

/** What a reader goes by. A message has each once (RFC 5322): a second one may be seen in place of the one that was signed. */
export const readFields: readonly string[] = ["from", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding"];

/** The address that a message is from, its domain in small letters; or why that cannot be told, as a sentence's end. */
export function senderIn(head: readonly Field[]): { readonly sender: string } | { readonly why: string } {
  for (const name of readFields) {
    const count = head.filter((field) => field.name === name).length;
    if (count > 1) return { why: `it has the field ${name} ${count} times` };
  }
  const from = head.find(({ name }) => name === "from")?.value;
  if (from === undefined) return { why: "it has no field from" };
  const [first, ...more] = addressParser(from, { flatten: true });
  if (first?.address === undefined || !/^[^@\s]+@[^@\s]+$/.test(first.address)) return { why: "its field from holds no address" };
  return more.length > 0 ? { why: "its field from holds more than one address" } : { sender: first.address.toLowerCase() };
}
