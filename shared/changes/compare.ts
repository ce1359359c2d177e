import { align, type Group } from "./align.ts";
import { alignSections, type SectionPairs } from "./align-sections.ts";
import type { Change, Changes, Edition, Place, SectionChanges, Shares } from "./changes.ts";
import type { Document } from "./document.ts";
import { factsOf } from "./facts.ts";
import { figureChanges } from "./figures.ts";
import { listChange } from "./lists.ts";
import type { Sides } from "./links.ts";
import type { Pair } from "./sequence.ts";
import { termsOnlyIn } from "./terms.ts";
import { type Unit, unitsOf } from "./units.ts";
import { deniesOtherwise, isWordingOnly } from "./weight.ts";
import { hunks, pieces } from "./word-diff.ts";

interface Compared {
  /** For each section of the earlier edition, the one that it is in the later. */
  readonly sections: ReadonlyMap<number, number>;
  readonly before: Document;
  readonly after: Document;
  readonly sides: Sides;
}

function unitsAt(units: readonly Unit[], places: readonly number[]): Unit[] {
  return places.flatMap((at) => units[at] ?? []);
}

const textOf = (units: readonly Unit[]): string => units.map(({ text }) => text).join(" ");
const countWords = (units: readonly Unit[]): number => units.reduce((sum, { words }) => sum + words.length, 0);

function placeOf({ sections }: Document, units: readonly Unit[]): Place {
  const { section = 0, label = null } = units[0] ?? {};
  return { section, heading: sections[section]?.heading ?? "", label };
}

/** What a group of sentences says of the difference; nothing where they are the same in the same place. */
function changeOf({ before, after, sides, sections }: Compared, group: Group): Change | null {
  const [these, those] = [unitsAt(sides.before, group.before), unitsAt(sides.after, group.after)];
  const [old, text] = [textOf(these), textOf(those)];
  if (these.length === 0) return { kind: "added", to: placeOf(after, those), text };
  if (those.length === 0) return { kind: "removed", from: placeOf(before, these), section: sections.get(these[0]?.section ?? -1) ?? null, text: old };
  const [from, to] = [placeOf(before, these), placeOf(after, those)];
  const places = { from, to, elsewhere: sections.get(from.section) !== to.section };
  if (group.same) return group.moved ? { kind: "moved", ...places, text } : null;
  const differing = hunks(old, text);
  return {
    kind: "changed",
    ...places,
    before: old,
    after: text,
    pieces: pieces(differing),
    moved: group.moved,
    wordingOnly: isWordingOnly(differing),
    denies: deniesOtherwise(differing),
    figures: figureChanges(differing),
    list: listChange(old, text),
  };
}

/** Groups in the order of the later text; what is gone stands behind what it stood behind. */
function inOrder(groups: readonly Group[]): Group[] {
  let behind = -1;
  const keyed = groups.map((group, index) => {
    const own = group.after[0];
    if (own !== undefined && group.before.length > 0 && !group.moved) behind = own;
    return { group, index, at: own ?? behind + 0.5 };
  });
  return keyed.sort((x, y) => x.at - y.at || x.index - y.index).map(({ group }) => group);
}

function editionOf(document: Document, units: readonly Unit[]): Edition {
  const { title, scope, sections } = document;
  return { title, scope, headings: sections.map(({ heading }) => heading), words: countWords(units), sentences: units.length, facts: factsOf(document) };
}

const paired = ([before, after]: Pair): { before: number; after: number } => ({ before, after });

function sectionChanges({ before, after }: Compared, { pairs, moved, renamed }: SectionPairs): SectionChanges {
  const lone = ({ sections }: Document, side: 0 | 1): number[] => {
    const known = new Set(pairs.map((pair) => pair[side]));
    return [...sections.keys()].filter((at) => !known.has(at) && sections[at]?.heading !== "");
  };
  return { added: lone(after, 1), removed: lone(before, 0), renamed: renamed.map(paired), moved: moved.map(paired) };
}

const share = (sum: number, of: number): number => (of === 0 ? 0 : Math.round((1000 * sum) / of) / 1000);

function sharesOf({ before, after }: Sides, groups: readonly Group[]): Shares {
  const sums = { unchanged: 0, moved: 0, changed: 0, added: 0, removed: 0 };
  for (const group of groups) {
    const kind = group.before.length === 0 ? "added" : group.after.length === 0 ? "removed" : !group.same ? "changed" : group.moved ? "moved" : "unchanged";
    sums[kind] += kind === "removed" ? countWords(unitsAt(before, group.before)) : countWords(unitsAt(after, group.after));
  }
  const [all, old] = [countWords(after), countWords(before)];
  return { unchanged: share(sums.unchanged, all), moved: share(sums.moved, all), changed: share(sums.changed, all), added: share(sums.added, all), removed: share(sums.removed, old) };
}

/**
 * What changed from one edition to a later one. Sentences are compared by their words, so that capitals, quotation
 * marks and commas alone are no change.
 */
export function compare(before: Document, after: Document): Changes {
  const sides = { before: unitsOf(before), after: unitsOf(after) };
  const sections = alignSections({ sections: before.sections, units: sides.before }, { sections: after.sections, units: sides.after });
  const compared = { before, after, sides, sections: new Map(sections.pairs) };
  const groups = align(sides, sections.pairs);
  const changes = inOrder(groups).flatMap((group) => changeOf(compared, group) ?? []);
  return {
    before: editionOf(before, sides.before),
    after: editionOf(after, sides.after),
    shares: sharesOf(sides, groups),
    sections: sectionChanges(compared, sections),
    changes,
    unchanged: groups.length - changes.length,
    terms: { added: termsOnlyIn(sides.after, sides.before), removed: termsOnlyIn(sides.before, sides.after) },
  };
}
