import type { Field } from "./mail-head.ts";
import { type Signature, signedFor } from "./mail-signature.ts";

/** What a receiver found out about a message that it took. */
export interface Findings {
  /** The DKIM signatures that hold, each over the whole of its text. */
  readonly signedBy: readonly Signature[];
  /** Domains that may have signed it: their key could not be asked for. Tried again later, that may be told. */
  readonly unanswered?: readonly string[];
  /** Why it is not taken whoever signed it, as a sentence's end. */
  readonly against?: string;
}

/** A value without its comments, which may stand in one another, and its quoted texts; nothing where one has no end. */
function bare(value: string): string | undefined {
  let [text, depth, isQuoted] = ["", 0, false];
  for (let index = 0; index < value.length; index++) {
    const character = value[index];
    if (character === "\\" && (isQuoted || depth > 0)) index++;
    else if (isQuoted) isQuoted = character !== '"';
    else if (character === "(") depth++;
    else if (depth > 0) depth -= character === ")" ? 1 : 0;
    else if (character === '"') isQuoted = true;
    else text += character;
  }
  return isQuoted || depth > 0 ? undefined : text;
}

/**
 * The field Authentication-Results that our receiver wrote (RFC 8601): the topmost one of all, above the second
 * Received, since a receiver writes at the top and below that stands what the sender wrote.
 */
function ours(head: readonly Field[], receiver: string): readonly string[] | undefined {
  const [, second] = head.flatMap(({ name }, index) => (name === "received" ? [index] : []));
  const field = head.slice(0, second).find(({ name }) => name === "authentication-results");
  const [id = "", ...results] = bare(field?.value ?? "")?.split(";").map((part) => part.trim()) ?? [];
  return id.split(/\s/)[0]?.toLowerCase() === receiver.toLowerCase() ? results : undefined;
}

/** The domain that signed, of a result such as "dkim=pass header.d=example.org", or "… header.i=@example.org". */
function signer(result: string): string[] {
  if (!/^dkim\s*=\s*pass(?![\w-])/i.test(result)) return [];
  const domain = /\sheader\.d\s*=\s*([\w.-]+)/i.exec(result)?.[1] ?? /\sheader\.i\s*=\s*[^\s@]*@([\w.-]+)/i.exec(result)?.[1];
  return domain === undefined ? [] : [domain.toLowerCase()];
}

/** What the receiver with this authserv-id found, as it wrote into the message. What others wrote there is not read. */
export function findingsBy(head: readonly Field[], receiver: string): Findings {
  const results = ours(head, receiver);
  if (!results) return { signedBy: [], against: `the topmost Authentication-Results is not ${receiver}'s, so its receiver did not look who signed it` };
  const dmarc = results.map((result) => /^dmarc\s*=\s*(\w+)/i.exec(result)?.[1]?.toLowerCase()).find((found) => found !== undefined);
  const signedBy = results.flatMap(signer).map((domain) => ({ domain, fields: signedFor(domain, head) }));
  return { signedBy, ...(dmarc === "fail" ? { against: `${receiver} says dmarc=fail` } : {}) };
}
