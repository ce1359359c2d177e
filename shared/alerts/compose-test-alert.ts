import type { AlertFacts, Composed } from "./alert.ts";

/** A message that only shows that an address is reached. `at` is ISO 8601; the id names the subscription. */
export function composeTestAlert(id: string, at: string): Composed {
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
  const said = "This is a test: alerts of Rights Almanac reach this address.";
  const foot = `Alert: ${id}\nTo stop these messages, run this, or ask whoever runs this almanac:\nalmanac unsubscribe ADDRESS`;
  return {
    facts,
    email: { subject: "Test: alerts of Rights Almanac reach you", text: `${said}\nNothing has happened, and there is nothing to do.\n\n-- \n${foot}\n` },
    sms: `Test: ${said.slice("This is a test: ".length)}`,
    json: JSON.stringify({ schema: "rights-almanac/test/1", alert: id, kind: "test", at }),
  };
}
