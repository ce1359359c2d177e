import { namedIn } from "../catalogue/named-in.ts";
import type { AlertFacts } from "./alert.ts";
import type { Texts } from "./texts/texts.ts";

/** What stands for a title where nobody gave one: the series' name and the year. */
const titleOf = (name: string, edition: number | null): string => (edition === null ? name : `${name} ${edition}`);

/**
 * The facts as the texts' language says them: names from the catalogue's translations, reasons and changes by the
 * texts. Titles, and what a person wrote, stay as they are.
 */
export function inLanguage(facts: AlertFacts, texts: Texts): AlertFacts {
  const { series, changes, corrects, source, edition } = facts;
  const told = series && namedIn(series, texts.code);
  const ownSource = Object.entries(texts.ownSources).find(([id]) => id === source.id)?.[1];
  const to = corrects?.to ?? null;
  return {
    ...facts,
    publisher: namedIn(facts.publisher, texts.code),
    series: told,
    title: series && told && facts.title === titleOf(series.name, edition) ? titleOf(told.name, edition) : facts.title,
    why: facts.why.map((reason) => texts.reason(reason, facts.theme?.name)),
    source: ownSource === undefined ? source : { ...source, name: ownSource },
    ...(changes ? { changes: { ...changes, summary: changes.summary.map(texts.change) } } : {}),
    ...(corrects ? { corrects: { ...corrects, to: to && { ...to, ...to.translated?.[texts.code] } } } : {}),
  };
}
