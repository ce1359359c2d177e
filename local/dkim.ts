import type { DNSResolver } from "mailauth";
import type { Signature } from "../shared/intake/mail-signature.ts";
import type { Examine } from "../shared/intake/mail-trust.ts";

/**
 * Looks itself at the signatures of a message (DKIM, RFC 6376), asking the name service for the signers' keys. One that
 * leaves a part of the text out, or rests on SHA-1 or a key below 1,024 bits, does not count.
 */
export function dkimExaminer(resolver?: DNSResolver): Examine {
  return async (_, bytes) => {
    // It takes as long to load as the rest of the monitor.
    const { dkimVerify } = await import("mailauth");
    const { results } = await dkimVerify(Buffer.from(bytes), { resolver, rejectRsaSha1: true });
    const signatures = (result: string): Signature[] =>
      results.flatMap(({ status, signingDomain, canonBodyLengthLimited, signingHeaders }) =>
        status.result === result && canonBodyLengthLimited !== true && signingDomain ? [{ domain: signingDomain.toLowerCase(), fields: (signingHeaders?.keys ?? "").toLowerCase().split(": ") }] : []);
    return { signedBy: signatures("pass"), unanswered: signatures("temperror").map(({ domain }) => domain) };
  };
}
