import { parsePace } from "../shared/alerts/asked-pace.ts";
import { checkPhone } from "../shared/alerts/phone.ts";
import { isLoopback, isPrivate } from "../shared/intake/public-address.ts";
import { type Address, type Known, parseAddress, parseWishes, WishError } from "../shared/alerts/subscriptions.ts";
import { type TextLanguage, textLanguages } from "../shared/alerts/texts/languages.ts";
import type { AskedFor } from "../shared/records/subscriptions.ts";

/** What a person wrote of one subscription. */
export interface Written {
  readonly address: string;
  readonly series: readonly string[];
  readonly publisher: readonly string[];
  readonly kind: readonly string[];
  readonly language: readonly string[];
  readonly pace?: string | undefined;
  readonly quiet?: string | undefined;
  readonly zone?: string | undefined;
  /** The language in which it is written to. */
  readonly texts?: string | undefined;
}

/** A subscription to ask for; of a phone number also the country. */
export interface ToAsk {
  readonly asked: Omit<AskedFor, "sns">;
  readonly country: string | undefined;
}

/** An address at which no alert could ever arrive is refused at once, and not at each alert. */
function checkWebAddress(address: string, allowLoopback: boolean): void {
  const url = new URL(address);
  if (!isPrivate(url) || (allowLoopback && isLoopback(url))) return;
  const hint = isLoopback(url) ? "for a relay on this machine add --allow-loopback, here and at `almanac start`" : "give an address that others can reach";
  throw new WishError(`${JSON.stringify(address)} is not on the public internet, where alerts are sent: ${hint}`);
}

async function checked(address: Address, allowLoopback: boolean): Promise<Address & { readonly country: string | undefined }> {
  if (address.protocol === "https") checkWebAddress(address.address, allowLoopback);
  if (address.protocol !== "sms") return { ...address, country: undefined };
  const { number, country } = await checkPhone(address.address);
  return { protocol: "sms", address: number, country };
}

function parseTexts(given: string | undefined): TextLanguage {
  const found = textLanguages.find((known) => known === (given || "en"));
  if (!found) throw new WishError(`messages are written in ${textLanguages.join(" and ")}, and not in "${given}".`);
  return found;
}

/** The subscription that was written, checked against the catalogue; with `allowLoopback` it may be for this machine. Throws WishError, a sentence a line. */
export async function askedFor(written: Written, known: Known, allowLoopback = false): Promise<ToAsk> {
  const faults: string[] = [];
  const tried = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  const address = await tried(() => checked(parseAddress(written.address, allowLoopback), allowLoopback));
  const wishes = await tried(() => parseWishes({ series: written.series, publishers: written.publisher, kinds: written.kind, languages: written.language }, known));
  const pace = await tried(() => parsePace(written));
  const language = await tried(() => parseTexts(written.texts));
  if (!address || !wishes || !pace || !language) throw new WishError(faults.join("\n"));
  return { asked: { protocol: address.protocol, address: address.address, wishes, language, ...pace }, country: address.country };
}
