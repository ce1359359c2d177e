import type { Section } from "./document.ts";
import { headingKey } from "./headings.ts";
import { byOccurrence, common, type Pair, rising } from "./sequence.ts";
import { type Least, likePairs, type Subject } from "./similar.ts";
import type { Unit } from "./units.ts";
import { isSmall } from "./words.ts";

/** Sections of two editions that are the same one. */
export interface SectionPairs {
  readonly pairs: readonly Pair[];
  /** Of `pairs`, those that stand elsewhere among the others than they did. */
  readonly moved: readonly Pair[];
  /** Of `pairs`, those with another heading. */
  readonly renamed: readonly Pair[];
}

/** Alike enough to be one section under two names: by text and heading, and by heading with a little of the text. */
const leastText: Least = { near: 0.25, far: 0.25, farWords: 1 };
const leastName: Least = { near: 0.4, far: 0.4, farWords: 1 };
const littleText = 0.08;

const keysOf = (sections: readonly Section[]): string[] => sections.map(({ heading }) => headingKey(heading));
const fullKeysOf = (sections: readonly Section[]): string[] => sections.map(({ heading, within }) => [...within.slice(-1), heading].map(headingKey).join(" > "));

/** Those of one heading that no pair has yet, the first with the first. */
function leftovers(before: readonly string[], after: readonly string[], pairs: readonly Pair[]): Pair[] {
  const free = (keys: readonly string[], side: 0 | 1): number[] => {
    const taken = new Set(pairs.map((pair) => pair[side]));
    return [...keys.keys()].filter((at) => !taken.has(at));
  };
  const [these, those] = [free(before, 0), free(after, 1)];
  const found = byOccurrence(these.map((at) => before[at] ?? ""), those.map((at) => after[at] ?? ""));
  return found.map(([x, y]): Pair => [these[x] ?? 0, those[y] ?? 0]);
}

/** How much of the smaller of two bags of words is in the other. */
function overlap(x: ReadonlyMap<string, number>, y: ReadonlyMap<string, number>): number {
  let [shared, inX, inY] = [0, 0, 0];
  for (const [word, count] of x) {
    inX += count;
    shared += Math.min(count, y.get(word) ?? 0);
  }
  for (const count of y.values()) inY += count;
  return inX === 0 || inY === 0 ? 0 : (2 * shared) / (inX + inY);
}

function bag(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) if (!isSmall(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

interface Side {
  readonly sections: readonly Section[];
  readonly units: readonly Unit[];
}

/** The words of each section. */
function wordsOf({ sections, units }: Side): string[][] {
  const words = sections.map((): string[] => []);
  for (const unit of units) for (const word of unit.words) words[unit.section]?.push(word);
  return words;
}

/** Pairs of sections that no heading matched, by what stands in them. */
function byText(before: Side, after: Side, pairs: readonly Pair[]): Pair[] {
  const [ofBefore, ofAfter] = [wordsOf(before), wordsOf(after)];
  const free = ({ sections }: Side, side: 0 | 1, taken: readonly Pair[]): number[] => {
    const used = new Set(taken.map((pair) => pair[side]));
    return [...sections.keys()].filter((at) => !used.has(at));
  };
  const alike = (taken: readonly Pair[], least: Least, words: (side: Side, texts: readonly string[][], at: number) => string[]): Pair[] => {
    const [these, those] = [free(before, 0, taken), free(after, 1, taken)];
    const subjects = (side: Side, texts: readonly string[][], places: readonly number[]): Subject[] => places.map((at) => ({ words: words(side, texts, at), group: -1 }));
    return likePairs(subjects(before, ofBefore, these), subjects(after, ofAfter, those), least).map(([x, y]): Pair => [these[x] ?? 0, those[y] ?? 0]);
  };
  const name = ({ sections }: Side, _: readonly string[][], at: number): string[] => headingKey(sections[at]?.heading ?? "").split(" ");
  const found = alike(pairs, leastText, (side, texts, at) => [...name(side, texts, at), ...(texts[at] ?? [])]);
  const named = alike([...pairs, ...found], leastName, name).filter(([at, other]) => {
    const [these, those] = [ofBefore[at] ?? [], ofAfter[other] ?? []];
    return these.length + those.length === 0 || overlap(bag(these), bag(those)) >= littleText;
  });
  return [...found, ...named];
}

/** Pairs the sections of two editions: by heading and what it lies under, by heading alone, then by their text. */
export function alignSections(before: Side, after: Side): SectionPairs {
  const full = { before: fullKeysOf(before.sections), after: fullKeysOf(after.sections) };
  const inOrder = common(full.before, full.after);
  const elsewhere = [...inOrder, ...leftovers(full.before, full.after, inOrder)];
  const [keys, others] = [keysOf(before.sections), keysOf(after.sections)];
  const named = [...elsewhere, ...leftovers(keys, others, elsewhere)];
  const pairs = [...named, ...byText(before, after, named)].sort((x, y) => x[0] - y[0]);
  const kept = new Set(rising(pairs).map(([at]) => at));
  return { pairs, moved: pairs.filter(([at]) => !kept.has(at)), renamed: pairs.filter(([at, other]) => keys[at] !== others[other]) };
}
