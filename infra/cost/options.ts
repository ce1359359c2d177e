import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../../shared/fault.ts";
import { smsPrices } from "./prices.ts";
import type { Wants } from "./settings.ts";

/** What the command says of itself. */
export const usage = `usage: npm run -s cost -- [--month YYYY-MM] [--count N] [--sources FILE] [--events FILE]
                          [--subscribers N] [--https N] [--sms N] [--sms-country CODE] [--keys N]
                          [--json | --markdown]

What a month on AWS costs, reckoned from the catalogue. The last line is the figure.

  --month YYYY-MM     that month (default: the mean of the year of the prices)
  --count N           only N of the sources, picked evenly from the most polled to the least; where there
                      are fewer, as many times the catalogue, its hosts and its series as it takes
  --sources, --events files in place of the project's own
  --subscribers N     addresses that get every alert by email (default: 10)
  --https N           addresses that get every alert by HTTPS (default: 0)
  --sms N             numbers that get an SMS on every edition (default: 0)
  --sms-country CODE  where they are: ${Object.keys(smsPrices).join(", ")} (default: US)
  --keys N            keys of your own, at a dollar each (default: 0)
  --json              one line of JSON, each line of the bill with its formula
  --markdown          docs/costs.md`;

const options = {
  month: { type: "string" },
  count: { type: "string" },
  sources: { type: "string" },
  events: { type: "string" },
  subscribers: { type: "string", default: "10" },
  https: { type: "string", default: "0" },
  sms: { type: "string", default: "0" },
  "sms-country": { type: "string", default: "US" },
  keys: { type: "string", default: "0" },
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parse(words: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options }>>["values"] {
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    const message = messageOf(error);
    const [, option = ""] = /^Option '(?:-\w, )?(--[\w-]+).* argument (?:missing|is ambiguous)/s.exec(message) ?? [];
    throw new UsageError(option === "" ? `${message.split(". To specify")[0]}.` : `${option} needs a value after it, which does not begin with a hyphen.`);
  }
}

function whole(name: string, text: string, least = 0): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw new UsageError(`--${name} takes a whole number from ${least} on, and not "${text}".`);
  return value;
}

function monthGiven(text: string | undefined): string | undefined {
  if (text !== undefined && !/^20\d\d-(0[1-9]|1[0-2])$/.test(text)) throw new UsageError(`--month takes a month such as 2026-11, and not "${text}".`);
  return text;
}

function countryGiven(text: string): string {
  const country = text.toUpperCase();
  if (!Object.hasOwn(smsPrices, country)) throw new UsageError(`infra/prices.json has no SMS price for "${text}". It has: ${Object.keys(smsPrices).join(", ")}. Add it there, with its page.`);
  return country;
}

/** What was asked of the command. */
export interface Options {
  readonly wants: Wants;
  readonly month: string | undefined;
  readonly count: number | undefined;
  /** Files in place of the project's own, as they were given. */
  readonly sources: string | undefined;
  readonly events: string | undefined;
  readonly as: "text" | "json" | "markdown" | "help";
}

/** Reads the words after the command's name. Throws UsageError with a sentence where they cannot be meant. */
export function optionsOf(words: readonly string[]): Options {
  const { json, markdown, help, ...values } = parse(words);
  const month = monthGiven(values.month);
  const count = values.count === undefined ? undefined : whole("count", values.count, 1);
  if (json && markdown) throw new UsageError("It is either --json or --markdown.");
  if (markdown && (month !== undefined || count !== undefined)) throw new UsageError("--markdown shows the whole catalogue through the year: leave out --month and --count.");
  const wants = {
    subscribers: whole("subscribers", values.subscribers),
    https: whole("https", values.https),
    sms: whole("sms", values.sms),
    smsCountry: countryGiven(values["sms-country"]),
    keys: whole("keys", values.keys),
  };
  return { wants, month, count, sources: values.sources, events: values.events, as: help ? "help" : json ? "json" : markdown ? "markdown" : "text" };
}
