import type { AlertFacts, Composed } from "./alert.ts";
import { composeEmail } from "./compose-email.ts";
import { composeJson } from "./compose-json.ts";
import { composeSms } from "./compose-sms.ts";
import { markedEmail } from "./repeated.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";

/** The alert for every way in which it may be sent. The same facts give the same messages; it never throws. */
export function compose(facts: AlertFacts, style: Style = plainStyle): Composed {
  return { facts, email: markedEmail(composeEmail(facts, textsOf(style)), style), sms: composeSms(facts, style), json: composeJson(facts, style.repeat) };
}
