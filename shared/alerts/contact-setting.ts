import { parseAddress, WishError } from "./subscriptions.ts";

/** The email address of whoever runs this almanac, by the setting ALMANAC_CONTACT; null where none is set, or what is set is none and only for publishers. */
export function contactSetting(env: Readonly<Record<string, string | undefined>>): string | null {
  try {
    const { protocol, address } = parseAddress(env["ALMANAC_CONTACT"] ?? "");
    return protocol === "email" ? address : null;
  } catch (error) {
    if (error instanceof WishError) return null;
    throw error;
  }
}
