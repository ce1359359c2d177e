import type { AlertFacts, Composed } from "./alert.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";

/** A message that only shows that an address is reached. `at` is ISO 8601; the id names the subscription. */
export function composeTestAlert(id: string, at: string, style: Style = plainStyle): Composed {
  const almanac = { id: "rights-almanac", name: "Rights Almanac" };
  const facts: AlertFacts = {
    id,
    kind: "health",
    at,
    publisher: { ...almanac, short: "Almanac" },
    series: null,
    edition: null,
    title: "A test",
    url: null,
    published: null,
    symbol: null,
    language: null,
    basis: null,
    update: false,
    why: [],
    source: almanac,
    earlier: [],
    window: null,
    due: null,
  };
  const { test, email } = textsOf(style);
  const foot = `${email.alert(id)}\n${email.stop}\nalmanac unsubscribe ADDRESS`;
  return {
    facts,
    email: { subject: test.subject, text: `${test.said}\n${test.calm}\n\n-- \n${foot}\n` },
    sms: test.sms,
    json: JSON.stringify({ schema: "rights-almanac/test/1", alert: id, kind: "test", at }),
  };
}
