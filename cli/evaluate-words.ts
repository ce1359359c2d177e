import { safeText } from "../shared/alerts/safe-text.ts";
import { isEdition } from "../shared/catalogue/labelled.ts";
import { type Figures, figures, figuresBySeries, type Judged, type Share } from "../shared/recognition/evaluate.ts";
import { grid } from "./grid.ts";
import { verdictWords } from "./explain-words.ts";
import type { Output } from "./output.ts";

/** A share in hundredths, such as "99.5%"; a dash of nothing. Never rounded up to 100%. */
function percent({ of, got }: Share): string {
  return of === 0 ? "-" : `${(Math.floor((got / of) * 1000) / 10).toFixed(1)}%`;
}

const counted = (share: Share): string => `${share.got}/${share.of}`;

function row(name: string, found: Figures): string[] {
  return [name, counted(found.items), counted(found.editions), percent(found.precision), counted(found.years), String(found.companions), String(found.unrelated), String(found.readForNothing)];
}

const head = ["series", "items", "editions", "precision", "years", "companions", "unrelated", "read for nothing"];

function faultLines(judged: readonly Judged[]): string[] {
  const faulty = judged.filter(({ outcome, year }) => (outcome !== "found" && outcome !== "right") || year === "wrong");
  const names = { missed: "missed", undecided: "undecided, its page was not given", companion: "a companion taken for a release", unrelated: "none of ours, taken for a release", found: "the wrong year", right: "right" } as const;
  return faulty.flatMap(({ item, verdict, outcome }) => [
    `${names[outcome]}: ${safeText(item.title, 300)}`,
    `    ${item.source ?? "no source"}, ${item.published?.slice(0, 10) ?? "no date"}; it is ${item.label}${item.edition === null ? "" : ` ${item.edition}`}, taken for ${verdictWords(verdict)}`,
    ...verdict.why.map((reason) => `    - ${safeText(reason, 300)}`),
  ]);
}

function ratio({ of, got }: Share): number | null {
  return of === 0 ? null : got / of;
}

/** The figures by name, shares as numbers from 0 to 1; null where there is nothing to share. */
export function figuresJson(found: Figures): Record<string, number | null> {
  const { items, editions, precision, years, ...counts } = found;
  return { items: ratio(items), editions: ratio(editions), precision: ratio(precision), years: ratio(years), ...counts };
}

function yearCells({ items, editions, precision, years }: Figures): string[] {
  return [counted(items), counted(editions), percent(precision), counted(years)];
}

/** Each year beside the same year left out of the catalogue, in lines. */
export function yearLines(years: readonly { readonly year: number; readonly whole: readonly Judged[]; readonly hidden: readonly Judged[] }[]): string[] {
  if (years.length === 0) return [];
  const changed = years.filter(({ whole, hidden }) => whole.some(({ outcome, year }, index) => outcome !== hidden[index]?.outcome || year !== hidden[index]?.year));
  return [
    ...grid([["year left out", "items", "editions", "precision", "years", "as with it"], ...years.map((one) => [String(one.year), ...yearCells(figures(one.hidden)), changed.includes(one) ? "no" : "yes"])]),
    changed.length === 0 ? "No item comes out otherwise when its year is left out of the catalogue." : `Items come out otherwise in ${changed.length} years.`,
    "",
  ];
}

/** What the figures would be if each page that nobody gave decided rightly. */
function atBest(judged: readonly Judged[]): Figures {
  return figures(judged.map((one) => (one.outcome === "undecided" ? { ...one, outcome: "found" } : one)));
}

/** What evaluation found, in lines for people; the last is the figure. */
export function evaluationLines(judged: readonly Judged[], hidden: number | undefined, output: Pick<Output, "style">): string[] {
  const all = figures(judged);
  const faults = faultLines(judged);
  const best = all.undecided > 0 ? ` (${percent(atBest(judged).items)} and ${percent(atBest(judged).editions)} if the pages that nobody gave decide rightly)` : "";
  const byPage = judged.filter(({ item, asked, outcome }) => asked !== null && outcome === "found" && isEdition(item)).length;
  return [
    ...grid([head, ...[...figuresBySeries(judged)].map(([series, found]) => row(series, found)), row("in all", all)]),
    "",
    ...(faults.length > 0 ? [output.style("bold", "Misses and false ones"), ...faults, ""] : []),
    `${judged.length} labelled items${hidden === undefined ? "" : ` of ${hidden}, with ${hidden} left out of the catalogue`}. ${byPage} of the releases were found by their page, since no title could tell; ${all.undecided} wait for a page that nobody gave, and count as not found.`,
    `Companions taken for releases: ${all.companions}; unrelated items taken for releases: ${all.unrelated}; pages read for nothing: ${all.readForNothing}.`,
    `items found ${percent(all.items)}, editions found ${percent(all.editions)}${best}, release precision ${percent(all.precision)}, right year ${percent(all.years)}`,
  ];
}
