import type { AskedFor, Wishes } from "../records/subscriptions.ts";
import type { AlertFacts, AlertKind } from "./alert.ts";

/** Everything that is not for operators. */
export const allWishes: Wishes = { series: [], publishers: [], kinds: [], languages: [] };

/** Kinds that come only to those who name them: health is for operators. A correction comes as the kinds that it corrects. */
export const askedKinds: readonly AlertKind[] = ["health", "digest", "correction"];

/** BCP 47 for a language that is not known. An alert in it is sent whatever the languages asked for: better one too many. */
export const unknownLanguage = "und";
/** A language as subscribers write it, or that it is not known. */
function asWished(language: string | null): string {
  const primary = language?.toLowerCase().split("-")[0] ?? "";
  return /^[a-z]{2,3}$/.test(primary) ? primary : unknownLanguage;
}

/** What an alert is wished for by. A correction has all kinds and languages of the alerts that it takes back, so that it goes to whoever was told one of them. */
export function wishedBy({ kind, language, corrects }: Pick<AlertFacts, "kind" | "language" | "corrects">): { readonly kinds: readonly AlertKind[]; readonly languages: readonly string[] } {
  const told = corrects?.wrong ?? [{ kind, language }];
  return { kinds: [...new Set(told.map((one) => one.kind))], languages: [...new Set(told.map((one) => asWished(one.language)))] };
}

const allows = (asked: readonly string[], values: readonly (string | undefined)[]): boolean =>
  asked.length === 0 || values.some((value) => value !== undefined && asked.includes(value));

/** Whether this one wish lets an alert through: all that it names must hold. */
function letsThrough(wishes: Wishes, facts: AlertFacts): boolean {
  const { kinds, languages } = wishedBy(facts);
  return (
    kinds.some((kind) => (wishes.kinds.length === 0 ? !askedKinds.includes(kind) : wishes.kinds.includes(kind))) &&
    allows(wishes.series, [facts.series?.id]) &&
    allows(wishes.publishers, [facts.publisher.id]) &&
    (languages.includes(unknownLanguage) || allows(wishes.languages, languages))
  );
}

/** The wishes of a subscription, as they were asked for one after another. */
export const wishesOf = ({ wishes, also = [] }: Pick<AskedFor, "wishes" | "also">): readonly Wishes[] => [wishes, ...also];

/** Whether a subscription gets this alert: any one of its wishes lets it through. */
export function wanted(subscription: Pick<AskedFor, "wishes" | "also">, facts: AlertFacts): boolean {
  return wishesOf(subscription).some((wishes) => letsThrough(wishes, facts));
}

const holdsAll = (wide: readonly string[], narrow: readonly string[]): boolean =>
  wide.length === 0 || (narrow.length > 0 && narrow.every((value) => wide.includes(value)));

/** Whether all that the narrow wish lets through comes by the wide one, as far as their ids show it. */
function covers(wide: Wishes, narrow: Wishes): boolean {
  const asked: readonly string[] = askedKinds;
  const holdsKinds = wide.kinds.length === 0 ? !narrow.kinds.some((kind) => asked.includes(kind)) : holdsAll(wide.kinds, narrow.kinds);
  return holdsKinds && holdsAll(wide.series, narrow.series) && holdsAll(wide.publishers, narrow.publishers) && holdsAll(wide.languages, narrow.languages);
}

/** The wishes of a subscription with one more, leaving out those that add nothing: what SNS takes is counted by the wish. */
export function withWish(subscription: Pick<AskedFor, "wishes" | "also">, wish: Wishes): { readonly wishes: Wishes; readonly also?: readonly Wishes[] | undefined } {
  const before = wishesOf(subscription);
  if (before.some((one) => covers(one, wish))) return { wishes: subscription.wishes, also: subscription.also };
  const [first, ...others] = before.filter((one) => !covers(wish, one));
  return first ? { wishes: first, also: [...others, wish] } : { wishes: wish, also: undefined };
}
