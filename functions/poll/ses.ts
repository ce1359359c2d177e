import type { Findings } from "../../shared/intake/mail-results.ts";
import { findingsBy } from "../../shared/intake/mail-results.ts";
import type { Examine } from "../../shared/intake/mail-trust.ts";

/** A mail that SES took: where it put it, and what it found. */
export interface Delivery {
  readonly bucket: string;
  readonly key: string;
  readonly dkim: string;
  readonly dmarc: string;
}

/** How SES signs what it found, in the field Authentication-Results that it puts at the top of what it keeps (seen in messages of 2016 to 2026). */
const receiver = "amazonses.com";

function inside(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((at, name) => (typeof at === "object" && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined), value);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The delivery that SES tells of by its topic; undefined where the message is another, such as the one by which it tries the topic. */
export function readDelivery(body: string): Delivery | undefined {
  const said = parse(body);
  const [bucket, key] = ["bucketName", "objectKey"].map((name) => inside(said, "receipt", "action", name));
  if (inside(said, "notificationType") !== "Received" || typeof bucket !== "string" || typeof key !== "string") return undefined;
  const [dkim, dmarc] = ["dkimVerdict", "dmarcVerdict"].map((name) => String(inside(said, "receipt", name, "status")));
  return { bucket, key, dkim: dkim ?? "", dmarc: dmarc ?? "" };
}

/**
 * What SES found: its verdicts, which come beside the message, must both be PASS. Which domain signed they do not tell;
 * that stands in the field that SES writes whenever it finds a signature. DMARC is asked for since that field also
 * quotes words of the sender's (its HELO), which nobody should be able to make into a result.
 */
export function examineBySes({ dkim, dmarc }: Delivery): Examine {
  return (head): Findings => {
    if (dkim === "PASS" && dmarc === "PASS") return findingsBy(head, receiver);
    return { signedBy: [], against: `SES says that DKIM is ${dkim} and DMARC is ${dmarc}, and both must be PASS` };
  };
}
