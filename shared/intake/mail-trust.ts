import type { Source } from "../catalogue/schema.ts";
import { mostMailBytes } from "./guard-mail.ts";
import { type Field, headOf, senderIn } from "./mail-head.ts";
import type { Findings } from "./mail-results.ts";

/** Why a mail is refused: a closed list. */
export type Refusal = "too-large" | "header" | "sender" | "receiver" | "dkim" | "unreadable";

/** Whose a mail is: a source's, nobody's that we listen to, or not to be told now. `why` is a sentence's end. */
export type Judged =
  | { readonly kind: "trusted"; readonly source: Source }
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
 * as our own receiver found: what a message says of itself proves nothing. Nobody is asked about mail of strangers.
 */
export async function judge(sources: readonly Source[], bytes: Uint8Array, examine: Examine): Promise<Judged> {
  if (bytes.length > mostMailBytes) return refused("too-large", `it has more than ${mostMailBytes} bytes`);
  const head = headOf(bytes);
  // What begins like this is read as many, and a signature is over one.
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "From ") return refused("header", "it begins as a file of messages does");
  const from = senderIn(head);
  if ("why" in from) return refused("header", from.why);
  const mailbox = mailboxOf(sources, from.sender);
  if (!mailbox) return refused("sender", `no enabled source of the catalogue has the sender ${from.sender}`);
  const { source, dkim } = mailbox;
  const { signedBy, unanswered = [], against } = await examine(head, bytes);
  if (against !== undefined) return refused("receiver", against);
  if (dkim.some((domain) => signedBy.includes(domain))) return { kind: "trusted", source };
  const open = dkim.find((domain) => unanswered.includes(domain));
  if (open !== undefined) return { kind: "later", why: `the key of ${open} cannot be asked for now` };
  const signers = signedBy.length === 0 ? "nobody's signature holds" : `it is signed by ${signedBy.join(", ")}`;
  return refused("dkim", `it says that it is ${from.sender}'s, but ${signers}, and "${source.id}" wants that of ${dkim.join(" or ")}`);
}
