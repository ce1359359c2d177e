import type { AlertFacts, Named } from "./alert.ts";
import type { Texts } from "./texts/texts.ts";

function named<One extends Named>(one: One, { code }: Texts): One {
  return { ...one, ...one.translated?.[code] };
}

/** What stands for a title where nobody gave one: the series' name and the year. */
const titleOf = (name: string, edition: number | null): string => (edition === null ? name : `${name} ${edition}`);

/**
 * The facts as the texts' language says them: names from the catalogue's translations, reasons and changes by the
 * texts. Titles, and what a person wrote, stay as they are.
 */
export function inLanguage(facts: AlertFacts, texts: Texts): AlertFacts {
  const { series, changes, corrects, source, edition } = facts;
  const told = series && named(series, texts);
  const ownSource = Object.entries(texts.ownSources).find(([id]) => id === source.id)?.[1];
  const to = corrects?.to ?? null;
  return {
    ...facts,
    publisher: named(facts.publisher, texts),
    series: told,
    title: series && told && facts.title === titleOf(series.name, edition) ? titleOf(told.name, edition) : facts.title,
    why: facts.why.map(texts.reason),
    source: ownSource === undefined ? source : { ...source, name: ownSource },
    ...(changes ? { changes: { ...changes, summary: changes.summary.map(texts.change) } } : {}),
    ...(corrects ? { corrects: { ...corrects, to: to && { ...to, name: to.translated?.[texts.code]?.name ?? to.name } } } : {}),
  };
}
