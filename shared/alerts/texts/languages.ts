import { en } from "./en.ts";
import { ko } from "./ko.ts";
import type { Texts } from "./texts.ts";

/** The languages in which messages are written: one more is a file beside these, and a line here. */
const texts = { en, ko } as const satisfies Readonly<Record<string, Texts>>;
export type TextLanguage = keyof typeof texts;
export const textLanguages: readonly TextLanguage[] = ["en", "ko"];

/** How messages are written: the language, and the site where an edition has a page, if there is one. */
export interface Style {
  readonly language: TextLanguage;
  /** Its address without a path, such as https://almanac.example; null where there is no site. */
  readonly site: string | null;
  /** The email address of whoever runs this almanac, to whom readers write to end their messages; null where none is set. */
  readonly contact?: string | null;
  /** The time zone of the one reader whom the message is for (IANA); absent, moments are said in UTC. */
  readonly zone?: string;
  /** Whether the message may have been sent before, and says so. */
  readonly repeat?: boolean;
  /** False where the reader's phone is in a country from which a reply to an SMS may not come back; absent where nobody knows. */
  readonly replies?: boolean;
}

/** As messages are written unless somebody asks otherwise. */
export const plainStyle: Style = { language: "en", site: null };

/** How messages to one subscription are written. */
export function styleFor({ language, protocol, address, zone }: { readonly language: string; readonly protocol: string; readonly address: string; readonly zone?: string }, common: Pick<Style, "site" | "contact">): Style {
  // The United States, Puerto Rico and Canada, where AWS takes replies for certain, all have the code +1; so have others, of which nothing is promised.
  const noReply = protocol === "sms" && !address.startsWith("+1");
  return { ...common, language: textLanguage(language), ...(noReply ? { replies: false } : {}), ...(zone === undefined ? {} : { zone }) };
}

/** Everything that messages say in the language of a style, and in its zone. */
export function textsOf({ language, zone }: Pick<Style, "language" | "zone">): Texts {
  const said = texts[language];
  return zone === undefined ? said : { ...said, days: { ...said.days, zone } };
}

/** The language of the texts by its name; English where this version has none in it. */
export function textLanguage(name: string): TextLanguage {
  return textLanguages.find((known) => known === name) ?? "en";
}
