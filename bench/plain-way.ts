import type { Catalogue, Rule } from "../shared/catalogue/schema.ts";
import { fold } from "../shared/recognition/fold.ts";

function groupPattern(group: Rule["title"][number]): string {
  const phrases = (typeof group === "string" ? [group] : group).map(fold);
  return `(?=.*(?:${phrases.map((phrase) => (/[\uac00-\ud7a3]/.test(phrase) ? phrase : `(?<![^ ])${phrase}(?![^ ])`)).join("|")}))`;
}

/**
 * The plain way to find the rules that have all their words in a title: fold it, and try one regular expression a
 * rule, one after another. Gives how many were met.
 */
export function plainWay(catalogue: Catalogue): (title: string) => number {
  const rules = catalogue.series.flatMap(({ recognise }) => recognise).filter(({ title }) => title.length > 0);
  const patterns = rules.map(({ title }) => new RegExp(`^${title.map(groupPattern).join("")}`));
  return (title) => {
    const folded = fold(title);
    return patterns.filter((pattern) => pattern.test(folded)).length;
  };
}
