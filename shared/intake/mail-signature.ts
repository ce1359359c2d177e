import type { Field } from "./mail-head.ts";

/** A DKIM signature that holds: whose it is, and the fields of the head that it is over, all in small letters. */
export interface Signature {
  readonly domain: string;
  readonly fields: readonly string[];
}

/** What people read of a head. Whoever leaves one of these unsigned lets others write it. */
const always: readonly string[] = ["from", "subject", "date"];
/** By these the text is read. */
const ifPresent: readonly string[] = ["mime-version", "content-type", "content-transfer-encoding"];

/** The fields of this head that a signature must be over, and is not. */
export function leftOut({ fields }: Signature, head: readonly Field[]): readonly string[] {
  const present = new Set(head.map(({ name }) => name));
  return [...always.filter((name) => !present.has(name) || !fields.includes(name)), ...ifPresent.filter((name) => present.has(name) && !fields.includes(name))];
}

/** The tags of a field DKIM-Signature, without white space (RFC 6376, 3.2); nothing where it has one twice, or is no list of tags. */
function tagsOf(value: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  for (const part of value.split(";").map((text) => text.replaceAll(/\s/g, ""))) {
    const [, name, tag = ""] = /^([a-z]\w*)=(.*)$/i.exec(part) ?? [];
    if (name === undefined && part === "") continue;
    if (name === undefined || tags.has(name.toLowerCase())) return undefined;
    tags.set(name.toLowerCase(), tag);
  }
  return tags;
}

/** Whether a signature is surely not this domain's: a receiver may name a part of the domain that signed (i=). */
function isOthers(signer: string, domain: string): boolean {
  return /^[a-z0-9_.-]+$/.test(signer) && signer !== domain && !domain.endsWith(`.${signer}`);
}

/**
 * The fields that every signature of a domain in a head is over. A receiver says that one holds, not which: so what one
 * of them leaves out counts as unsigned, and nothing is signed where one leaves out a part of the text (l=).
 */
export function signedFor(domain: string, head: readonly Field[]): readonly string[] {
  const signatures = head.filter(({ name }) => name === "dkim-signature").map(({ value }) => tagsOf(value));
  const own = signatures.filter((tags) => tags === undefined || !isOthers((tags.get("d") ?? "").toLowerCase().replace(/\.$/, ""), domain));
  const [first = [], ...others] = own.map((tags) => (tags === undefined || tags.has("l") ? [] : (tags.get("h") ?? "").toLowerCase().split(":")));
  return first.filter((name) => others.every((fields) => fields.includes(name)));
}
