import { type AlertFacts, byHand } from "./alert.ts";
import { safeText } from "./safe-text.ts";
import type { Texts, Wording } from "./texts/texts.ts";

/** The publisher's name without its abbreviation in brackets, as it stands in brackets itself; short where the full one would fill a line. */
export function publisherName({ publisher }: AlertFacts): string {
  const name = safeText(publisher.name.replace(/ ?\([^()]*\)$/, ""), 100);
  return (name.length > 0 && name.length <= 32 ? name : safeText(publisher.short, 32)) || safeText(publisher.id, 32);
}

/** What the alert is on: "Trafficking in Persons Report 2021", or the item's title where it is of no series. */
export function thing(facts: AlertFacts, texts: Texts): string {
  const name = facts.series && !namedByTitle(facts) ? safeText(facts.series.name, 200) || safeText(facts.series.id, 200) : "";
  if (name === "") return safeText(facts.title) || texts.untitled;
  return facts.edition === null ? name : `${name} ${facts.edition}`;
}

/** Whether the thing is named by the item's own title: an item alone is, even one of a series that has no editions. */
export const namedByTitle = (facts: AlertFacts): boolean => facts.series === null || facts.kind === "about";

/** Whether a person entered what it tells, and no source has shown it: whoever reads only a subject must see that, too. */
export const isByHand = ({ kind, source }: AlertFacts): boolean => source.id === byHand && kind !== "correction";

/** The words for an alert, by its kind. */
export const wording = (facts: AlertFacts, texts: Texts): Wording => texts.words[facts.kind]({ facts, what: thing(facts, texts), by: publisherName(facts) });
