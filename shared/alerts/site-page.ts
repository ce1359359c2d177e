import type { AlertFacts } from "./alert.ts";
import type { Style } from "./texts/languages.ts";

/** Whether its edition has a page: what is late may have been overtaken by the next, and what was taken back may be gone. */
const hasEditionPage = ({ kind, edition, corrects }: AlertFacts): boolean => edition !== null && kind !== "late" && kind !== "blind" && kind !== "about" && !corrects;

/**
 * The site's page of an alert's edition, or of its series, in the language of the style; that of the right edition where
 * it was corrected. Null where there is no site, or the alert is on no series.
 */
export function sitePage(facts: AlertFacts, { site, language }: Style): string | null {
  const { series, edition, corrects } = facts;
  if (site === null || series === null) return null;
  const to = corrects?.to ?? null;
  const [id, year] = to ? [to.series, to.edition] : [series.id, hasEditionPage(facts) ? edition : null];
  const path = `/series/${encodeURIComponent(id.toWellFormed())}${year === null ? "" : `/${year}`}`;
  return `${site}${language === "en" ? "" : `/${language}`}${path}`;
}
