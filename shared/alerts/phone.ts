import { WishError } from "./subscriptions.ts";

/** A phone number that exists by the rules of its country. */
export interface Phone {
  /** E.164: + and digits. */
  readonly number: string;
  /** ISO 3166, such as KR; absent for numbers of no country. */
  readonly country: string | undefined;
}

const lengths: Readonly<Record<string, string>> = { TOO_SHORT: "it is too short", TOO_LONG: "it is too long", INVALID_COUNTRY: "no country has that code", INVALID_LENGTH: "no number there is of that length", NOT_A_NUMBER: "it is no number" };

/** Numbers at which nobody reads an SMS, or whose owner is paid for each, by their kind. */
const notSentTo: Readonly<Record<string, string>> = { PREMIUM_RATE: "it is a premium-rate number", SHARED_COST: "it is a shared-cost number", TOLL_FREE: "it is a toll-free number", UAN: "it is a company's number", VOICEMAIL: "it is a voicemail number" };

/** "Unable to send" (https://docs.aws.amazon.com/pinpoint/latest/userguide/channels-sms-country-capabilities.html, read 2026-11). */
const unsentCountries = new Set(["CU", "IR", "KP", "SY", "SD"]);

/** What keeps SMS from a number that exists, as part of a sentence. */
function unsendable(country: string | undefined, kind: string | undefined): string | undefined {
  if (country !== undefined && unsentCountries.has(country)) return `AWS sends no SMS to ${countryName(country)}`;
  return kind && notSentTo[kind];
}

/** The phone number, checked against the numbering plan of its country. Throws WishError with what is wrong with it. */
export async function checkPhone(text: string): Promise<Phone> {
  // It takes longer to load than a command takes that needs none. Only its largest data tell the kinds of numbers apart.
  const { parsePhoneNumberFromString, validatePhoneNumberLength } = await import("libphonenumber-js/max");
  const parsed = parsePhoneNumberFromString(text);
  const length = validatePhoneNumberLength(text);
  if (parsed?.isValid()) {
    const why = unsendable(parsed.country, parsed.getType());
    if (why !== undefined) throw new WishError(`${JSON.stringify(text)} cannot get alerts: ${why}. Give a number of a mobile phone.`);
    return { number: parsed.number, country: parsed.country };
  }
  const country = parsed?.country ? ` in ${countryName(parsed.country)}` : "";
  const fault = (length !== undefined && lengths[length]) || `there is no such number${country}`;
  throw new WishError(`${JSON.stringify(text)} cannot be a phone number: ${fault}. Write it with + and the country's code, such as +82 10 1234 5678.`);
}

function countryName(country: string): string {
  return new Intl.DisplayNames(["en"], { type: "region" }).of(country) ?? country;
}

/**
 * Countries where a sender's name or the text has to be registered, or can be, before messages arrive or arrive under a
 * name: those with a form in https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-country.html, and
 * those that https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-supported-countries-asia.html marks
 * "Registration required", Bangladesh and Cambodia among them (both read 2026-11). Neither says more of South Korea.
 */
const registering = new Set("AE AT AU BD BY CN EG ES FI GB ID IE IN JO KE KH KW KZ LK PH QA RU SA SG TH TR VN ZM".split(" "));
const countryList = "https://docs.aws.amazon.com/sms-voice/latest/userguide/phone-numbers-sms-by-country.html";

/** https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations.html, read 2026-11. */
const resourcePolicy = "Add a resource policy to that number which lets SNS use it, or SNS does not.";

/** What has to be done at AWS before SMS come to numbers of this country, and how people there end them, in sentences; all else is for every country. */
export function countryNeeds(country: string | undefined): string {
  if (country === undefined) return "AWS lists no country for this number: try it with `almanac test-alert`.";
  return `${registration(country)} ${howTheyEnd(country)}`;
}

function registration(country: string): string {
  const name = countryName(country);
  if (country === "US" || country === "PR") return `SMS to ${name} need a number of your own to send from, registered with the carriers (toll-free or 10DLC): that takes up to some weeks, and without it nothing arrives. ${resourcePolicy}`;
  if (country === "CA") return `SMS to ${name} need a number of your own to send from: senders' names are not taken there. ${resourcePolicy}`;
  if (registering.has(country)) return `For ${name}, AWS asks for a registration (End User Messaging SMS, "Registrations"): without it messages may be refused, or come from another sender.`;
  return `For ${name}, AWS has no registration form; whether a sender's name is taken there says its list of countries: ${countryList}.`;
}

/** AWS takes replies for certain where the law asks for it (AWS End User Messaging SMS, "Required opt-out list keywords", read 2026-11). */
function howTheyEnd(country: string): string {
  if (["US", "PR", "CA"].includes(country)) return "A reply of STOP ends them.";
  return "A reply of STOP may not come back from there: end them with `almanac unsubscribe`.";
}
