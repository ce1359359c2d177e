import type { Wishes } from "../records/subscriptions.ts";
import type { AlertFacts, AlertKind } from "./alert.ts";

/** Everything that is not for operators. */
export const allWishes: Wishes = { series: [], publishers: [], kinds: [], languages: [] };

/** Kinds that come only to those who name them: health is for operators. A correction comes as the kind that it corrects. */
export const askedKinds: readonly AlertKind[] = ["health", "digest", "correction"];

/** BCP 47 for a language that is not known. An alert in it is sent whatever the languages asked for: better one too many. */
export const unknownLanguage = "und";
/** The language of an alert as subscribers write it, or that it is not known. */
export function languageOf(facts: AlertFacts): string {
  const primary = facts.language?.toLowerCase().split("-")[0] ?? "";
  return /^[a-z]{2,3}$/.test(primary) ? primary : unknownLanguage;
}

/** The kind by which an alert is wished for: that of what it corrects, so that a correction goes to whoever was told wrongly. */
export const kindWished = ({ kind, corrects }: Pick<AlertFacts, "kind" | "corrects">): AlertKind => corrects?.kind ?? kind;

const allows = (asked: readonly string[], value: string | undefined): boolean =>
  asked.length === 0 || (value !== undefined && asked.includes(value));

/** Whether a subscription with these wishes gets this alert. */
export function wanted(wishes: Wishes, facts: AlertFacts): boolean {
  const language = languageOf(facts);
  const kind = kindWished(facts);
  return (
    (wishes.kinds.length === 0 ? !askedKinds.includes(kind) : wishes.kinds.includes(kind)) &&
    allows(wishes.series, facts.series?.id) &&
    allows(wishes.publishers, facts.publisher.id) &&
    (language === unknownLanguage || allows(wishes.languages, language))
  );
}
