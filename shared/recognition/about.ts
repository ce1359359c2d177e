import type { Compiled } from "./compile.ts";
import { fold } from "./fold.ts";
import type { Matchable } from "./match.ts";
import type { Hit } from "./phrases.ts";
import { isAboutCountry, type Reading, summaryOf } from "./reading.ts";

function first(compiled: Compiled, hits: readonly Hit[], wanted: ReadonlySet<number>): string | undefined {
  const hit = hits.find(({ phrase }) => wanted.has(phrase));
  return hit && compiled.phrases.shown(hit.phrase);
}

/** How folded words point to the theme: by its name, or by a word that means it. */
function countryIn(compiled: Compiled, { folded, hits }: Reading): string | undefined {
  const { names, about } = compiled;
  if (names.in(folded)) return names.said;
  const meant = first(compiled, hits, about.country);
  return meant && `"${meant}", which means ${names.said},`;
}

/** Whether a summary may name the theme. Where it says no, the summary does not. */
export function mayNameInSummary({ names }: Compiled, { summary }: Matchable): boolean {
  return summary ? names.mayBeIn(summary.slice(0, 2000)) : false;
}

/** The sentence of a summary that names both the theme and a right, if one does. */
function tellingSentence(compiled: Compiled, summary: string): string | undefined {
  for (const sentence of summary.slice(0, 1500).split(/(?<=[.!?。])\s+/)) {
    if (!compiled.names.mayBeIn(sentence)) continue;
    const folded = fold(sentence);
    if (compiled.names.in(folded) && first(compiled, compiled.phrases.find(folded), compiled.about.rights)) return sentence.trim();
  }
  return undefined;
}

/** What the title alone says: that the country and a right are in it, or that its publisher writes of nothing else. */
function byTitle(compiled: Compiled, { item, publishers }: Reading, country: string | undefined, right: string | undefined): string | undefined {
  if (right && country) return `the title names ${country} and "${right}"`;
  if (right && isAboutCountry(compiled, item)) return `everything in this source is on ${compiled.names.said}, and the title has "${right}"`;
  const publisher = country && publishers.map((one) => compiled.about.publishers.get(one)).find((name) => name !== undefined);
  return publisher && `the title names ${country} and ${publisher} writes of rights alone`;
}

/**
 * Whether an item of no series is on the theme, and the words that say so. The title decides
 * where it names the country and a right; one of the two may come from the summary, but then from one
 * sentence that holds both, so that a long press text does not count for a word in passing.
 */
export function aboutRights(compiled: Compiled, reading: Reading): string | undefined {
  const { about } = compiled;
  const { item, hits } = reading;
  const right = first(compiled, hits, about.rights);
  const country = countryIn(compiled, reading);
  if (!right && !country) return undefined;
  if (first(compiled, hits, about.never)) return undefined;
  if (first(compiled, hits, about.unless) && !first(compiled, hits, about.always)) return undefined;
  const told = byTitle(compiled, reading, country, right);
  if (told || !mayNameInSummary(compiled, item)) return told;
  const sentence = tellingSentence(compiled, summaryOf(item));
  return sentence && `the summary says: “${sentence.length > 200 ? `${sentence.slice(0, 200)}…` : sentence}”`;
}
