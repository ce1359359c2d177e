import { type AlertKind, alertKinds } from "../shared/alerts/alert.ts";
import { askedKinds, wishesOf } from "../shared/alerts/filter.ts";
import { digestPace, isRead, paceOf, type Subscriber } from "../shared/alerts/pace.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import type { SubscriptionRecord, Wishes } from "../shared/records/subscriptions.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

/** How an alert reaches an address, as in "gets an email". */
const ways: Readonly<Record<string, string>> = { email: "an email", sms: "an SMS", https: "a POST of JSON", sqs: "a message of JSON", lambda: "an event of JSON" };

/** The kinds of alert that come by one wish. */
const kindsOf = ({ kinds }: Wishes): readonly AlertKind[] => alertKinds.filter((kind) => (kinds.length === 0 ? !askedKinds.includes(kind) : kinds.includes(kind)));

const atOnce = (subscriber: Subscriber): boolean => wishesOf(subscriber).flatMap(kindsOf).some((kind) => paceOf(subscriber, kind) === "at-once");

/** When kinds that the subscriber wishes for come: at once where any does. */
function whenWords(subscriber: Subscriber): string {
  const { zone = "UTC" } = subscriber;
  return atOnce(subscriber) ? "at once" : `every ${digestPace(subscriber) === "daily" ? "day" : "Monday"} at 08:00 (${zone})`;
}

/** What is said beside of what is of no series, where only that is kept for a digest; and of quiet hours. */
function besides(subscriber: Subscriber): string {
  const { quiet, zone = "UTC" } = subscriber;
  const isAbout = wishesOf(subscriber).some((wishes) => wishes.series.length === 0 && kindsOf(wishes).includes("about"));
  const kept = isAbout && atOnce(subscriber) && paceOf(subscriber, "about") === "weekly";
  const words = [kept ? `what is of no series every Monday at 08:00 (${zone})` : "", quiet ? `nothing from ${quiet.from} to ${quiet.to} (${zone})` : ""];
  return words.filter((word) => word !== "").map((word) => `; ${word}`).join("");
}

type Names = Pick<Catalogue, "series" | "publishers">;

/** What comes by one wish, such as "every alert that is not for operators, on …". */
function oneWish(wishes: Wishes, catalogue: Names): string {
  const named = (known: readonly { readonly id: string; readonly name: string }[], ids: readonly string[]): string => list.format(ids.map((id) => known.find((one) => one.id === id)?.name ?? id));
  const parts = [
    wishes.kinds.length > 0 ? `alerts of the kind ${new Intl.ListFormat("en", { type: "disjunction" }).format(wishes.kinds)}` : "every alert that is not for operators",
    wishes.series.length > 0 ? `on ${named(catalogue.series, wishes.series)}` : "",
    wishes.publishers.length > 0 ? `from ${named(catalogue.publishers, wishes.publishers)}` : "",
    wishes.languages.length > 0 ? `on items in ${list.format(wishes.languages.map((code) => languageNames.of(code) ?? code))}` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** What a subscription gets, in a sentence without its first words: "an email at once for …", with the language that it is written in where that is not English. */
export function wishWords(subscriber: Subscriber & { readonly language: string }, catalogue: Names): string {
  const { protocol, language } = subscriber;
  const written = !isRead(subscriber) || language === "en" ? "" : ` in ${languageNames.of(language) ?? language}`;
  const wanted = wishesOf(subscriber).map((wishes) => oneWish(wishes, catalogue));
  return `${ways[protocol] ?? "a message"}${written} ${whenWords(subscriber)} for ${wanted.join("; and for ")}${besides(subscriber)}`;
}

/** A subscription as a line of JSON has it. `wishes` is the first wish; any of those in `also` lets an alert through as well. */
export function shownFields({ address, protocol, wishes, also, language, pace, quiet, zone, state, since }: SubscriptionRecord): object {
  return { address, protocol, wishes, also: also ?? [], texts: language, pace: pace ?? null, quiet: quiet ?? null, zone: zone ?? null, state, since };
}
