import type { Compiled } from "./compile.ts";
import { fold } from "./fold.ts";
import { namesCountry } from "./country.ts";
import type { Hit } from "./phrases.ts";

function first(compiled: Compiled, hits: readonly Hit[], wanted: ReadonlySet<number>): string | undefined {
  const hit = hits.find(({ phrase }) => wanted.has(phrase));
  return hit && compiled.phrases.shown(hit.phrase);
}

/** The sentence of a summary that names both the DPRK and a right, if one does. */
function tellingSentence(compiled: Compiled, summary: string): string | undefined {
  for (const sentence of summary.slice(0, 1500).split(/(?<=[.!?。])\s+/)) {
    if (!/kor|dprk|북|北|cor[eé]/i.test(sentence)) continue;
    const folded = fold(sentence);
    if (namesCountry(folded) && first(compiled, compiled.phrases.find(folded), compiled.about.rights)) return sentence.trim();
  }
  return undefined;
}

/**
 * Whether an item of no series is on human rights in the DPRK, and the words that say so. The title decides
 * where it names the country and a right; one of the two may come from the summary, but then from one
 * sentence that holds both, so that a long press text does not count for a word in passing.
 */
export function aboutRights(
  compiled: Compiled,
  title: { readonly folded: string; readonly hits: readonly Hit[] },
  summary: string | null,
  countryIsGiven: boolean,
): string | undefined {
  const inTitle = first(compiled, title.hits, compiled.about.rights);
  const always = first(compiled, title.hits, compiled.about.always);
  const other = first(compiled, title.hits, compiled.about.unless);
  if (other && !always) return undefined;
  const country = namesCountry(title.folded);
  if (inTitle && country) return `the title names the DPRK and "${inTitle}"`;
  if (inTitle && countryIsGiven) return `everything in this source is on the DPRK, and the title has "${inTitle}"`;
  if (!summary || (!inTitle && !country)) return undefined;
  const sentence = tellingSentence(compiled, summary);
  return sentence && `the summary says: “${sentence.length > 200 ? `${sentence.slice(0, 200)}…` : sentence}”`;
}
