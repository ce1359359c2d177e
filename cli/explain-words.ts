import { safeText } from "../shared/alerts/safe-text.ts";
import { countriesSaid } from "../shared/recognition/country.ts";
import type { Explanation, TriedRule } from "../shared/recognition/explain.ts";
import type { Matchable, Recognised } from "../shared/recognition/match.ts";
import type { OnRecord } from "./on-record.ts";

const mostRules = 12;
const mostSightings = 10;

const orNone = (list: readonly string[]): string => (list.length > 0 ? list.join(", ") : "none");
const labelled = (label: string, text: string): string => `${`${label}:`.padEnd(13)}${safeText(text, 1000)}`;

function ruleLines({ series, rule, role, held, chosen, weight, findings }: TriedRule): string[] {
  const verdict = chosen ? `holds, and is chosen (weight ${weight})` : held ? `holds (weight ${weight})` : "fails";
  return [`${series}, recognise[${rule}], ${role}: ${verdict}`, ...findings.map(({ held: ok, says }) => `  ${ok ? "✓" : "✗"} ${says}`)];
}

/** The verdict in a line: of which series and edition, in which role. */
export function verdictWords({ relevance, series, edition, role }: Pick<Recognised, "relevance" | "series" | "edition" | "role">): string {
  if (series === null) return relevance === "about" ? "on our subject, of no series" : "none of ours";
  return `${series}${edition === null ? "" : ` ${edition}`}, ${role ?? "undecided: the body of its page must be read"}`;
}

function readingLines(item: Matchable, { folded, countries, symbols, address, publishers, phrases, companions }: Explanation): string[] {
  const others = Object.entries(companions).filter(([, words]) => words.length > 0);
  return [
    labelled("title", item.title),
    labelled("folded", folded),
    labelled("countries", orNone(countries.map((name) => countriesSaid[name] ?? name))),
    labelled("symbols", orNone(symbols)),
    labelled("address", address ?? "none"),
    labelled("publishers", publishers.length > 0 ? orNone(publishers) : `none: neither ${item.source === null ? "an address" : `"${item.source}"`} nor its host is a publisher's in the catalogue`),
    labelled("phrases", orNone(phrases)),
    ...others.map(([kind, words]) => labelled(kind === "routine" ? "routine" : `says ${kind}`, words.join(", "))),
  ];
}

/** How an item was read, step by step, in lines for people. */
export function explanationLines(item: Matchable, explanation: Explanation, verdict: Recognised): string[] {
  const { rules, role, edition, about } = explanation;
  const tried = rules.length === 0 ? ["no phrase of a rule is in the title, and no rule goes by an address or symbol of this publisher"] : rules.slice(0, mostRules).flatMap(ruleLines);
  const more = rules.length > mostRules ? [`and ${rules.length - mostRules} more that failed; --json has them all`] : [];
  const after = [...role.map((sentence) => labelled("role", sentence)), ...(edition === null ? [] : [labelled("edition", edition)]), labelled("about", about ?? "no word of a right with our subject's name")];
  return [...readingLines(item, explanation), "", `rules tried (${rules.length}):`, ...[...tried, ...more].map((line) => `  ${line}`), "", ...after, labelled("verdict", verdictWords(verdict)), ...verdict.why.map((sentence) => `  - ${safeText(sentence, 500)}`)];
}

const minuteOf = (at: string): string => at.slice(0, 16).replace("T", " ");

/** What is on record of an item, in lines for people. */
export function recordLines({ item, edition }: OnRecord): string[] {
  const lines = [
    labelled("on record", item.title),
    ...item.earlierTitles.map((title) => labelled("was titled", title)),
    labelled("first seen", `${minuteOf(item.seen)} at ${item.source}; ${item.published === null ? "without a date" : `dated ${minuteOf(item.published)}`}`),
    labelled("recorded as", verdictWords({ relevance: item.relevance, series: item.series ?? null, edition: item.edition === null ? null : Number(item.edition.slice(0, 4)), role: item.role })),
    ...item.why.map((sentence) => `  - ${safeText(sentence, 500)}`),
  ];
  if (!edition) return lines;
  const shown = edition.sightings.slice(0, mostSightings).map(({ at, role, source, title }) => `  ${minuteOf(at)}  ${(role ?? "undecided").padEnd(9)} ${source}  ${safeText(title)}`);
  const rings = edition.rings.map(({ kind, at, update, basis }) => `${kind}${update ? " (update)" : ""} at ${minuteOf(at)}${basis ? `, basis ${basis}` : ""}`);
  return [
    ...lines,
    labelled("its edition", `${edition.series} ${edition.key}: ${edition.status}${edition.basis ? `, by ${edition.basis}` : ""}; ${edition.sightingCount} sighting${edition.sightingCount === 1 ? "" : "s"}`),
    ...shown,
    labelled("alerts", rings.length > 0 ? rings.join("; ") : edition.silent ? "none: it is older than the install, or nobody was to be told" : "none"),
  ];
}
