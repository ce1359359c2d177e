import type { Composed } from "./alert.ts";
import { emailFoot } from "./email-frame.ts";
import { ownFacts } from "./own-facts.ts";
import { frameSms } from "./sms-frame.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";

/** A message that only shows that an address is reached. `at` is ISO 8601; the id names the subscription. */
export function composeTestAlert(id: string, at: string, style: Style = plainStyle): Composed {
  const { test } = textsOf(style);
  const email = { subject: test.subject, text: `${test.said}\n${test.calm}\n\n${emailFoot(id, style)}\n` };
  return {
    facts: ownFacts({ id, kind: "health", at, title: "A test" }),
    email,
    sms: frameSms(style, () => test.sms),
    json: JSON.stringify({ schema: "rights-almanac/test/1", alert: id, kind: "test", at, ...email }),
  };
}
