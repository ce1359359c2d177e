import { digestPace, paceOf, type Subscriber } from "../shared/alerts/pace.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

/** How an alert reaches an address, as in "gets an email". */
const ways: Readonly<Record<string, string>> = { email: "an email", sms: "an SMS", https: "a POST of JSON" };

/** Whether kinds that the subscriber wishes for come at once, and whether some are kept for a digest. */
function whenWords(subscriber: Subscriber): string {
  const { pace, zone = "UTC", wishes } = subscriber;
  const digest = digestPace(subscriber) === "daily" ? `every day at 08:00 (${zone})` : `every Monday at 08:00 (${zone})`;
  if (pace !== undefined) return pace === "at-once" ? "at once" : digest;
  if (wishes.kinds.length > 0 && !wishes.kinds.includes("about")) return "at once";
  return wishes.kinds.every((kind) => kind === "about") && wishes.kinds.length > 0 ? digest : "at once";
}

/** What is said beside of one with the usual pace, of what is of no series; and of quiet hours. */
function besides(subscriber: Subscriber): string {
  const { wishes, quiet, zone = "UTC", pace } = subscriber;
  const kept = pace === undefined && paceOf(subscriber, "about") === "weekly" && wishes.series.length === 0 && (wishes.kinds.length === 0 || (wishes.kinds.includes("about") && wishes.kinds.length > 1));
  const words = [kept ? `what is of no series every Monday at 08:00 (${zone})` : "", quiet ? `nothing from ${quiet.from} to ${quiet.to} (${zone})` : ""];
  return words.filter((word) => word !== "").map((word) => `; ${word}`).join("");
}

/** What a subscription gets, in a sentence without its first words: "an email at once for …". */
export function wishWords(subscriber: Subscriber, catalogue: Pick<Catalogue, "series" | "publishers">): string {
  const { wishes, protocol } = subscriber;
  const named = (known: readonly { readonly id: string; readonly name: string }[], ids: readonly string[]): string => list.format(ids.map((id) => known.find((one) => one.id === id)?.name ?? id));
  const parts = [
    wishes.kinds.length > 0 ? `alerts of the kind ${new Intl.ListFormat("en", { type: "disjunction" }).format(wishes.kinds)}` : "every alert that is not for operators",
    wishes.series.length > 0 ? `on ${named(catalogue.series, wishes.series)}` : "",
    wishes.publishers.length > 0 ? `from ${named(catalogue.publishers, wishes.publishers)}` : "",
    wishes.languages.length > 0 ? `on items in ${list.format(wishes.languages.map((code) => languageNames.of(code) ?? code))}` : "",
  ];
  return `${ways[protocol] ?? "a message"} ${whenWords(subscriber)} for ${parts.filter((part) => part !== "").join(", ")}${besides(subscriber)}`;
}
