import type { AlertFacts, Composed } from "./alert.ts";
import { composeEmail } from "./compose-email.ts";
import { composeJson } from "./compose-json.ts";
import { composeSms } from "./compose-sms.ts";
import { inLanguage } from "./in-language.ts";
import { markedEmail } from "./repeated.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";

/** The alert for every way in which it may be sent: people get it in the language of the style, programs as it is kept, beside the email's words. The same facts give the same messages; it never throws. */
export function compose(facts: AlertFacts, style: Style = plainStyle): Composed {
  const told = inLanguage(facts, textsOf(style));
  const email = markedEmail(composeEmail(told, style), style);
  return { facts, email, sms: composeSms(told, style), json: composeJson(facts, email, style) };
}
