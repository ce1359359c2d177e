import { mayNameInSummary } from "./about.ts";
import { canonicalAddress } from "./canonical.ts";
import type { Compiled, CompiledRule } from "./compile.ts";
import { inWindow } from "./edition.ts";
import { fold, plain } from "./fold.ts";
import type { Matchable } from "./match.ts";
import { isAboutCountry } from "./reading.ts";
import { symbolsOf } from "./symbols.ts";

/** What is told of an item without reading it. */
interface Glance {
  readonly item: Matchable;
  /** The phrases in its title, and perhaps some that are not. */
  readonly phrases: readonly number[];
  readonly aboutCountry: boolean;
  /** Those whose it may be. */
  readonly publishers: readonly string[];
}

/** The phrases in a title, told without reading it. Undefined where it must be read, as where it names the theme. */
export function phrasesIn({ skim, names }: Compiled, title: string): readonly number[] | undefined {
  const skimmed = skim.find(title);
  if (skimmed && !skimmed.country) return skimmed.phrases;
  const folded = fold(title);
  return names.in(folded) ? undefined : skim.find(folded)?.phrases;
}

/** Those to one or two of whom an item belongs, by its source and the host of its address; undefined where it may be anybody's. */
function possiblePublishers({ publisherOfSource, publishersOn }: Compiled, { source, url }: Matchable): readonly string[] | undefined {
  const named = publisherOfSource(source ?? "");
  const there = url ? publishersOn(url) : [];
  return there && named !== undefined ? [named, ...there] : there;
}

/** Whether a rule may hold on an item whose title does not name the theme. */
function mayHold(rule: CompiledRule, { item, phrases, aboutCountry, publishers }: Glance): boolean {
  const { country, within } = rule;
  if (country === "title" && !aboutCountry) return false;
  if (!rule.title.every((group) => phrases.some((phrase) => group.has(phrase)))) return false;
  if (within && item.published && !inWindow(item.published, within)) return false;
  return !rule.readsOwnAlone || publishers.some((publisher) => rule.from.has(publisher));
}

/** Whether a rule without words in the title may hold. */
function mayHoldWithoutWords(rule: CompiledRule, glance: Glance): boolean {
  if (!mayHold(rule, glance)) return false;
  const { item } = glance;
  if (rule.symbol && symbolsOf({ ...item, title: plain(item.title) }).length === 0) return false;
  const address = rule.url && item.url ? canonicalAddress(item.url) : undefined;
  return !rule.url || (address !== undefined && rule.url.some((pattern) => pattern.test(address)));
}

/** No title has so many; a whole page taken for one would take long to glance at. */
const manyPhrases = 100;

/**
 * Whether an item must be read to tell what it is, by the phrases in its title, which does not name the theme.
 * Where this says no, no series and no right would be found in it. That is most items, and it costs a small part
 * of reading them. It may say yes for nothing.
 */
export function mayConcern(compiled: Compiled, item: Matchable, phrases: readonly number[]): boolean {
  const { companions, about, rulesByPhrase, wordless } = compiled;
  const publishers = possiblePublishers(compiled, item);
  if (!publishers || phrases.length > manyPhrases) return true;
  const glance: Glance = { item, phrases, aboutCountry: isAboutCountry(compiled, item), publishers };
  for (const phrase of phrases) {
    if (companions.routine.has(phrase) || about.country.has(phrase)) return true;
    if (about.rights.has(phrase) && (glance.aboutCountry || mayNameInSummary(compiled, item))) return true;
    if (rulesByPhrase.get(phrase)?.some((rule) => mayHold(rule, glance))) return true;
  }
  return publishers.some((publisher) => wordless.get(publisher)?.some((rule) => mayHoldWithoutWords(rule, glance)));
}
