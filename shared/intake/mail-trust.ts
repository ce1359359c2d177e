import type { Source } from "../catalogue/schema.ts";
import { mostMailBytes } from "./guard-mail.ts";
import { type Field, partsOf, readFields, senderIn, withFields } from "./mail-head.ts";
import type { Findings } from "./mail-results.ts";
import { leftOut } from "./mail-signature.ts";

/** Why a mail is refused: a closed list. */
export type Refusal = "too-large" | "header" | "sender" | "receiver" | "dkim" | "unreadable";

/**
 * Whose a mail is: a source's, nobody's that we listen to, or not to be told now. Of a source's mail `signed` is the
 * message that was signed, without the fields that others may have added. `why` is a sentence's end.
 */
export type Judged =
  | { readonly kind: "trusted"; readonly source: Source; readonly signed: Uint8Array }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly why: string }
  | { readonly kind: "later"; readonly why: string };

/** Finds out who signed a message. */
export type Examine = (head: readonly Field[], bytes: Uint8Array) => Findings | Promise<Findings>;

function mailboxOf(sources: readonly Source[], sender: string): { readonly source: Source; readonly dkim: readonly string[] } | undefined {
  for (const source of sources) {
    const { read, disabled } = source;
    if (disabled === undefined && read.as === "mail" && read.dkim && read.senders?.some((one) => one.toLowerCase() === sender)) return { source, dkim: read.dkim };
  }
  return undefined;
}

const refused = (refusal: Refusal, why: string): Judged => ({ kind: "refused", refusal, why });

/**
 * Whose a mail is. Only a source's that lists its sender, and only where a domain that the source names has signed it
 * as our own receiver found, over all that is read of it: what a message says of itself proves nothing. Nobody is asked
 * about mail of strangers.
 */
export async function judge(sources: readonly Source[], bytes: Uint8Array, examine: Examine): Promise<Judged> {
  if (bytes.length > mostMailBytes) return refused("too-large", `it has more than ${mostMailBytes} bytes`);
  const message = partsOf(bytes);
  if ("why" in message) return refused("header", message.why);
  const { head } = message;
  const from = senderIn(head);
  if ("why" in from) return refused("header", from.why);
  const mailbox = mailboxOf(sources, from.sender);
  if (!mailbox) return refused("sender", `no enabled source of the catalogue has the sender ${from.sender}`);
  const { source, dkim } = mailbox;
  const { signedBy, unanswered = [], against } = await examine(head, bytes);
  if (against !== undefined) return refused("receiver", against);
  const signatures = signedBy.filter(({ domain }) => dkim.includes(domain));
  const whole = signatures.find((signature) => leftOut(signature, head).length === 0);
  if (whole) return { kind: "trusted", source, signed: withFields(message, readFields.filter((name) => whole.fields.includes(name))) };
  const open = dkim.find((domain) => unanswered.includes(domain));
  if (open !== undefined) return { kind: "later", why: `the key of ${open} cannot be asked for now` };
  const [partly] = signatures;
  if (partly) return refused("dkim", `the signature of ${partly.domain} is not over ${leftOut(partly, head).join(", ")}, so anybody could have written that`);
  const signers = signedBy.length === 0 ? "nobody's signature holds" : `it is signed by ${signedBy.map(({ domain }) => domain).join(", ")}`;
  return refused("dkim", `it says that it is ${from.sender}'s, but ${signers}, and "${source.id}" wants that of ${dkim.join(" or ")}`);
}
