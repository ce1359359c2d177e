import type { Wishes } from "../records/subscriptions.ts";
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

/** Whether a subscription with these wishes gets this alert. */
export function wanted(wishes: Wishes, facts: AlertFacts): boolean {
  const { kinds, languages } = wishedBy(facts);
  return (
    kinds.some((kind) => (wishes.kinds.length === 0 ? !askedKinds.includes(kind) : wishes.kinds.includes(kind))) &&
    allows(wishes.series, [facts.series?.id]) &&
    allows(wishes.publishers, [facts.publisher.id]) &&
    (languages.includes(unknownLanguage) || allows(wishes.languages, languages))
  );
}
