import { type AlertFacts, type AlertKind, alertKinds } from "./alert.ts";
import type { Wishes } from "../records/subscriptions.ts";
import { askedKinds, unknownLanguage, wishedBy, wishesOf } from "./filter.ts";
import { isKindDirect, isRead, type Subscriber } from "./pace.ts";

/** What SNS takes of one filter policy. */
const keysMost = 5;
const combinationsMost = 150;
const bytesMost = 256 * 1024;

type Condition = string | { readonly "anything-but": readonly string[] };
type Conditions = Readonly<Record<string, readonly Condition[]>>;

/** An SNS subscription's filter policy over message attributes: what is sent to it alone, or that and what it wants as it comes. */
export type FilterPolicy = Conditions | { readonly $or: readonly Conditions[] };

/** A message attribute as SNS takes it. */
export interface StringAttribute {
  /** An array matches a policy where one of its values does. */
  readonly DataType: "String" | "String.Array";
  readonly StringValue: string;
}

/** Whom a message is for: all who want it as it comes, only the programs among them, or one subscription. */
export type Audience = "everyone" | "programs" | { readonly id: string };

const isBranches = (policy: FilterPolicy): policy is { readonly $or: readonly Conditions[] } => "$or" in policy && !policy.$or.some((one) => typeof one === "string");

const branchesOf = (policy: FilterPolicy): readonly Conditions[] => (isBranches(policy) ? policy.$or : [policy]);

const countValues = (conditions: readonly Condition[]): number =>
  conditions.reduce((sum, condition) => sum + (typeof condition === "string" ? 1 : condition["anything-but"].length), 0);

/**
 * How many combinations SNS counts: the product of the lists of a branch, and the sum of the branches. Its guide tells
 * of the product alone; that branches add up others saw at AWS (docs/decisions/0032-several-wishes.md). The values of a
 * nested list are counted as well, to be on the safe side.
 */
function combinations(policy: FilterPolicy): number {
  return branchesOf(policy).reduce((sum, branch) => sum + Object.values(branch).reduce((product, conditions) => product * countValues(conditions), 1), 0);
}

/** Why SNS would not take the policy, as the end of a sentence on what was asked for; nothing where it would. */
export function policyFault(policy: FilterPolicy): string | undefined {
  // SNS counts all keys of a policy on attributes, and its guide does not except $or.
  const keys = new Set(branchesOf(policy).flatMap((branch) => Object.keys(branch))).size + (isBranches(policy) ? 1 : 0);
  const [count, bytes] = [combinations(policy), Buffer.byteLength(JSON.stringify(policy))];
  if (keys > keysMost) return `filter by series, publisher and language together, which makes ${keys} keys and SNS takes at most ${keysMost}: leave out the languages, or name series in place of publishers, or ask for a digest (--pace daily), which needs none`;
  if (count > combinationsMost) return `make ${count} combinations and SNS takes at most ${combinationsMost} a subscription: name fewer series, or ask for their publishers, or for a digest (--pace daily), which needs none`;
  return bytes > bytesMost ? `make a filter of ${bytes} bytes and SNS takes at most ${bytesMost}: name fewer series` : undefined;
}

/** The kinds that are sent to many at once: a digest is for one alone, and a correction goes by the kinds that it corrects. */
const sharedKinds = alertKinds.filter((kind) => kind !== "digest" && kind !== "correction");
/** Those that ring for people: they get what is of no series gathered. */
const ringingKinds = sharedKinds.filter((kind) => kind !== "about");

/**
 * The kinds that go to a subscriber as they come by one wish. SNS multiplies the number of values by that of the series and
 * languages, so only kinds that the attribute can have are named.
 */
function directKinds(subscriber: Subscriber, { kinds }: Wishes): readonly Condition[] {
  const known = isRead(subscriber) ? ringingKinds : sharedKinds;
  if (kinds.length > 0) return known.filter((kind) => kinds.includes(kind) && isKindDirect(subscriber, kind));
  const others = known.filter((kind) => askedKinds.includes(kind) || !isKindDirect(subscriber, kind));
  return others.length < known.length ? [{ "anything-but": others }] : [];
}

/** What comes by one wish as it comes; nothing where all of that is put off. */
function branchFor(subscriber: Subscriber, wishes: Wishes): readonly Conditions[] {
  const kinds = directKinds(subscriber, wishes);
  if (kinds.length === 0) return [];
  const branch: Record<string, readonly Condition[]> = { [isRead(subscriber) ? "ring" : "kind"]: kinds };
  if (wishes.series.length > 0) branch["series"] = wishes.series;
  if (wishes.publishers.length > 0) branch["publisher"] = wishes.publishers;
  if (wishes.languages.length > 0) branch["language"] = [...wishes.languages, unknownLanguage];
  return [branch];
}

/**
 * The filter policy with which SNS sends to a subscription just what goes to it as it comes, and what is addressed to
 * it alone: digests, and what waited. Throws a sentence when SNS would not take it.
 */
export function filterPolicy(subscriber: Subscriber & { readonly id: string }): FilterPolicy {
  const direct = wishesOf(subscriber).flatMap((wishes) => branchFor(subscriber, wishes));
  const alone = { to: [subscriber.id] };
  const policy: FilterPolicy = direct.length > 0 ? { $or: [...direct, alone] } : alone;
  const fault = policyFault(policy);
  if (fault !== undefined) throw new Error(`these wishes ${fault}`);
  return policy;
}

const among = (kinds: readonly AlertKind[], others: readonly AlertKind[]): AlertKind[] => kinds.filter((kind) => others.includes(kind));

function attributeOf(values: readonly string[]): StringAttribute {
  const [only = ""] = values;
  return values.length > 1 ? { DataType: "String.Array", StringValue: JSON.stringify(values) } : { DataType: "String", StringValue: only };
}

/**
 * The attributes by which SNS filters an alert: its kind (a correction has those of what it corrects), again as `ring`
 * where people get it by itself, and none but the address where it is for one subscription. One that would be empty is
 * left out: SNS refuses empty values.
 */
export function messageAttributes(facts: AlertFacts, audience: Audience = "everyone"): Record<string, StringAttribute> {
  const { kinds, languages } = wishedBy(facts);
  const ring = audience === "everyone" ? among(kinds, ringingKinds) : [];
  const broad = { kind: among(kinds, sharedKinds), ring, series: [facts.series?.id ?? ""], publisher: [facts.publisher.id], language: languages };
  const all: Readonly<Record<string, readonly string[]>> = typeof audience === "string" ? broad : { to: [audience.id] };
  const filled = Object.entries(all).filter(([, values]) => values.some((value) => value !== ""));
  return Object.fromEntries(filled.map(([name, values]) => [name, attributeOf(values)]));
}
