import type { Wishes } from "../shared/alerts/filter.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

/** How an alert reaches an address, as in "gets an email". */
const ways: Readonly<Record<string, string>> = { email: "an email", sms: "an SMS", https: "a POST of JSON" };

/** What a subscription gets, in a sentence without its first words: "an email at once for …". */
export function wishWords(protocol: string, wishes: Wishes, catalogue: Pick<Catalogue, "series" | "publishers">): string {
  const named = (known: readonly { readonly id: string; readonly name: string }[], ids: readonly string[]): string => list.format(ids.map((id) => known.find((one) => one.id === id)?.name ?? id));
  const parts = [
    wishes.kinds.length > 0 ? `alerts of the kind ${new Intl.ListFormat("en", { type: "disjunction" }).format(wishes.kinds)}` : "every alert that is not for operators",
    wishes.series.length > 0 ? `on ${named(catalogue.series, wishes.series)}` : "",
    wishes.publishers.length > 0 ? `from ${named(catalogue.publishers, wishes.publishers)}` : "",
    wishes.languages.length > 0 ? `on items in ${list.format(wishes.languages.map((code) => languageNames.of(code) ?? code))}` : "",
  ];
  return `${ways[protocol] ?? "a message"} at once for ${parts.filter((part) => part !== "").join(", ")}`;
}
