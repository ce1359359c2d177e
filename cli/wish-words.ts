import { type AlertKind, alertKinds } from "../shared/alerts/alert.ts";
import { askedKinds } from "../shared/alerts/filter.ts";
import { digestPace, isRead, paceOf, type Subscriber } from "../shared/alerts/pace.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

/** How an alert reaches an address, as in "gets an email". */
const ways: Readonly<Record<string, string>> = { email: "an email", sms: "an SMS", https: "a POST of JSON", sqs: "a message of JSON", lambda: "an event of JSON" };

/** The kinds of alert that a subscriber gets. */
const kindsOf = ({ wishes: { kinds } }: Subscriber): readonly AlertKind[] => alertKinds.filter((kind) => (kinds.length === 0 ? !askedKinds.includes(kind) : kinds.includes(kind)));

const atOnce = (subscriber: Subscriber): boolean => kindsOf(subscriber).some((kind) => paceOf(subscriber, kind) === "at-once");

/** When kinds that the subscriber wishes for come: at once where any does. */
function whenWords(subscriber: Subscriber): string {
  const { zone = "UTC" } = subscriber;
  return atOnce(subscriber) ? "at once" : `every ${digestPace(subscriber) === "daily" ? "day" : "Monday"} at 08:00 (${zone})`;
}

/** What is said beside of what is of no series, where only that is kept for a digest; and of quiet hours. */
function besides(subscriber: Subscriber): string {
  const { wishes, quiet, zone = "UTC" } = subscriber;
  const kept = atOnce(subscriber) && wishes.series.length === 0 && kindsOf(subscriber).includes("about") && paceOf(subscriber, "about") === "weekly";
  const words = [kept ? `what is of no series every Monday at 08:00 (${zone})` : "", quiet ? `nothing from ${quiet.from} to ${quiet.to} (${zone})` : ""];
  return words.filter((word) => word !== "").map((word) => `; ${word}`).join("");
}

/** What a subscription gets, in a sentence without its first words: "an email at once for …", with the language that it is written in where that is not English. */
export function wishWords(subscriber: Subscriber & { readonly language: string }, catalogue: Pick<Catalogue, "series" | "publishers">): string {
  const { wishes, protocol, language } = subscriber;
  const written = !isRead(subscriber) || language === "en" ? "" : ` in ${languageNames.of(language) ?? language}`;
  const named = (known: readonly { readonly id: string; readonly name: string }[], ids: readonly string[]): string => list.format(ids.map((id) => known.find((one) => one.id === id)?.name ?? id));
  const parts = [
    wishes.kinds.length > 0 ? `alerts of the kind ${new Intl.ListFormat("en", { type: "disjunction" }).format(wishes.kinds)}` : "every alert that is not for operators",
    wishes.series.length > 0 ? `on ${named(catalogue.series, wishes.series)}` : "",
    wishes.publishers.length > 0 ? `from ${named(catalogue.publishers, wishes.publishers)}` : "",
    wishes.languages.length > 0 ? `on items in ${list.format(wishes.languages.map((code) => languageNames.of(code) ?? code))}` : "",
  ];
  return `${ways[protocol] ?? "a message"}${written} ${whenWords(subscriber)} for ${parts.filter((part) => part !== "").join(", ")}${besides(subscriber)}`;
}
