import { addressParser } from "postal-mime";

/** A field of a message's header: its name in small letters, its value on one line. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

const mostHeadBytes = 200_000;

/** The header of a message, field by field from the top. */
export function headOf(bytes: Uint8Array): readonly Field[] {
  const text = Buffer.from(bytes.subarray(0, mostHeadBytes)).toString("latin1");
  const [head = ""] = text.split(/\r?\n\r?\n/, 1);
  return head
    .replaceAll(/\r?\n[ \t]/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value = ""] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name: name.toLowerCase(), value: value.trim() }];
    });
}

/** A message has each of these once (RFC 5322). A second one is what a reader may see in place of the one that was signed. */
const once = ["from", "subject", "date", "message-id", "content-type", "content-transfer-encoding"] as const;

/** The address that a message is from, its domain in small letters; or why that cannot be told, as a sentence's end. */
export function senderIn(head: readonly Field[]): { readonly sender: string } | { readonly why: string } {
  for (const name of once) {
    const count = head.filter((field) => field.name === name).length;
    if (count > 1) return { why: `it has the field ${name} ${count} times` };
  }
  const from = head.find(({ name }) => name === "from")?.value;
  if (from === undefined) return { why: "it has no field from" };
  const [first, ...more] = addressParser(from, { flatten: true });
  if (first?.address === undefined || !/^[^@\s]+@[^@\s]+$/.test(first.address)) return { why: "its field from holds no address" };
  return more.length > 0 ? { why: "its field from holds more than one address" } : { sender: first.address.toLowerCase() };
}
