import type { AlertFacts, AlertKind } from "./alert.ts";

/** What one address asked for. An empty list means all; of kinds, all but those that have to be asked for. */
export interface Wishes {
  readonly series: readonly string[];
  readonly publishers: readonly string[];
  readonly kinds: readonly string[];
  /** Two or three letters, such as en and ko. */
  readonly languages: readonly string[];
}

/** Everything that is not for operators. */
export const allWishes: Wishes = { series: [], publishers: [], kinds: [], languages: [] };

/** Kinds that come only to those who name them: health is for operators. */
const askedKinds: readonly AlertKind[] = ["health", "digest", "correction"];

/** BCP 47 for a language that is not known. An alert in it is sent whatever the languages asked for: better one too many. */
const unknownLanguage = "und";
/** What SNS takes of one filter policy. */
const keysMost = 5;
const combinationsMost = 150;
const bytesMost = 256 * 1024;

type Condition = string | { readonly "anything-but": readonly string[] };

/** An SNS subscription's filter policy over message attributes. */
export type FilterPolicy = Readonly<Record<string, readonly Condition[]>>;

/** A message attribute as SNS takes it. */
export interface StringAttribute {
  readonly DataType: "String";
  readonly StringValue: string;
}

function languageOf(facts: AlertFacts): string {
  const primary = facts.language?.toLowerCase().split("-")[0] ?? "";
  return /^[a-z]{2,3}$/.test(primary) ? primary : unknownLanguage;
}

const allows = (asked: readonly string[], value: string | undefined): boolean =>
  asked.length === 0 || (value !== undefined && asked.includes(value));

/** Whether a subscription with these wishes gets this alert. */
export function wanted(wishes: Wishes, facts: AlertFacts): boolean {
  const language = languageOf(facts);
  return (
    (wishes.kinds.length === 0 ? !askedKinds.includes(facts.kind) : wishes.kinds.includes(facts.kind)) &&
    allows(wishes.series, facts.series?.id) &&
    allows(wishes.publishers, facts.publisher.id) &&
    (language === unknownLanguage || allows(wishes.languages, language))
  );
}

const countValues = (conditions: readonly Condition[]): number =>
  conditions.reduce((sum, condition) => sum + (typeof condition === "string" ? 1 : condition["anything-but"].length), 0);

/** How many combinations SNS counts; the values of a nested list are counted as well, to be on the safe side. */
function combinations(policy: FilterPolicy): number {
  return Object.values(policy).reduce((product, conditions) => product * countValues(conditions), 1);
}

/** Why SNS would not take the policy, as the end of a sentence on what was asked for; nothing where it would. */
export function policyFault(policy: FilterPolicy): string | undefined {
  const [keys, count, bytes] = [Object.keys(policy).length, combinations(policy), Buffer.byteLength(JSON.stringify(policy))];
  if (keys > keysMost) return `filter by ${keys} attributes and SNS takes at most ${keysMost}`;
  if (count > combinationsMost) return `make ${count} combinations and SNS takes at most ${combinationsMost} a subscription: name fewer series, or ask for their publishers instead`;
  return bytes > bytesMost ? `make a filter of ${bytes} bytes and SNS takes at most ${bytesMost}: name fewer series` : undefined;
}

/** The filter policy with which SNS sends just what `wanted` says. Throws a sentence when SNS would not take it. */
export function filterPolicy(wishes: Wishes): FilterPolicy {
  const policy: Record<string, readonly Condition[]> = {
    kind: wishes.kinds.length > 0 ? wishes.kinds : [{ "anything-but": askedKinds }],
  };
  if (wishes.series.length > 0) policy["series"] = wishes.series;
  if (wishes.publishers.length > 0) policy["publisher"] = wishes.publishers;
  if (wishes.languages.length > 0) policy["language"] = [...wishes.languages, unknownLanguage];
  const fault = policyFault(policy);
  if (fault !== undefined) throw new Error(`these wishes ${fault}`);
  return policy;
}

/** The attributes by which SNS filters an alert. One that would be empty is left out: SNS refuses empty values. */
export function messageAttributes(facts: AlertFacts): Record<string, StringAttribute> {
  const values = { kind: facts.kind, series: facts.series?.id, publisher: facts.publisher.id, language: languageOf(facts) };
  const attributes: Record<string, StringAttribute> = {};
  for (const [name, value] of Object.entries(values)) if (value) attributes[name] = { DataType: "String", StringValue: value };
  return attributes;
}
