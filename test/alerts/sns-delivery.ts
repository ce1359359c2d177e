import type { PublishCommandInput } from "@aws-sdk/client-sns";

/** By which protocols SNS delivers what we publish. */
export type Protocol = "email" | "sms" | "sqs" | "https" | "lambda";

/** The basic and extension tables of GSM 03.38, the characters of an SMS of 160. */
const basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const extended = "\f^{}\\[~]|€";

/**
 * What SNS delivers of one publish by a protocol. With `MessageStructure` json the message holds a body a protocol, and
 * `default` is for those that have none (Amazon SNS API Reference, "Publish"). A text message begins with the topic's
 * display name and ">" (Developer Guide, "Creating a topic": display name).
 */
export function delivered({ Message = "", MessageStructure }: PublishCommandInput, protocol: Protocol, displayName = ""): string {
  if (MessageStructure !== "json") throw new Error("Without MessageStructure json every protocol gets the same text, JSON and all.");
  const bodies: Readonly<Record<string, string>> = JSON.parse(Message);
  const { default: fallback } = bodies;
  if (fallback === undefined) throw new Error("InvalidParameter: Message Structure - No default entry in JSON message body");
  const body = bodies[protocol] ?? fallback;
  return protocol === "sms" ? `${displayName}> ${body}` : body;
}

/** How many SMS a text is sent and billed as: 160 characters of GSM or 70 of UCS-2 in one, 153 or 67 in each of several (Developer Guide, "Publishing SMS messages"). */
export function smsParts(text: string): number {
  // All characters of GSM are one unit of UTF-16 each.
  const units = text.split("");
  const isGsm = units.every((one) => basic.includes(one) || extended.includes(one));
  const length = text.length + (isGsm ? units.filter((one) => extended.includes(one)).length : 0);
  const [one, each] = isGsm ? [160, 153] : [70, 67];
  return length <= one ? 1 : Math.ceil(length / each);
}
