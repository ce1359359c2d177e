import { type Links, linkUnits, type Sides } from "./links.ts";
import { type Pair, rising } from "./sequence.ts";
import type { Unit } from "./units.ts";
import { isSmall } from "./words.ts";

/** Sentences of the one edition and what became of them in the other. One may be parted in two, and two joined. */
export interface Group {
  /** Places in the order of the text; empty where it is new. */
  readonly before: readonly number[];
  /** Empty where it is gone. */
  readonly after: readonly number[];
  /** Whether every word is the same. */
  readonly same: boolean;
  /** Whether it stands elsewhere among the others than it did. */
  readonly moved: boolean;
}

interface Draft {
  readonly before: number[];
  readonly after: number[];
}

/** A sentence belongs to a neighbour's change when this share of its words went in or out there. */
const parted = 0.6;
const partedWords = 3;

type Name = "before" | "after";
const opposite = { before: "after", after: "before" } as const satisfies Record<Name, Name>;

/** The words of some sentences that carry a subject. */
function subjects(units: readonly Unit[], places: readonly number[]): string[] {
  return places.flatMap((at) => units[at]?.words ?? []).filter((word) => !isSmall(word));
}

/** The share of a sentence's words that the other side of a change has and this side of it lacks. */
function shareFrom(sides: Sides, draft: Draft, side: Name, at: number): number {
  const other = opposite[side];
  const left = new Map<string, number>();
  for (const word of subjects(sides[other], draft[other])) left.set(word, (left.get(word) ?? 0) + 1);
  for (const word of subjects(sides[side], draft[side])) left.set(word, (left.get(word) ?? 0) - 1);
  const words = subjects(sides[side], [at]);
  let found = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count > 0) found++;
    left.set(word, count - 1);
  }
  return words.length < partedWords ? 0 : found / words.length;
}

/** A sentence without a counterpart joins the change beside it that it was parted from, or that took it in. */
function join(sides: Sides, drafts: Map<number, Draft>, side: Name, linked: Int32Array): Set<number> {
  const joined = new Set<number>();
  const draftAt = (at: number): Draft | undefined => drafts.get(side === "before" ? at : (linked[at] ?? -1));
  for (const [at, unit] of sides[side].entries()) {
    if ((linked[at] ?? -1) >= 0) continue;
    const beside = [at - 1, at + 1].flatMap((place) => {
      const draft = sides[side][place]?.paragraph === unit.paragraph && (linked[place] ?? -1) >= 0 ? draftAt(place) : undefined;
      return draft ? [{ draft, share: shareFrom(sides, draft, side, at) }] : [];
    });
    const best = beside.sort((x, y) => y.share - x.share)[0];
    if (!best || best.share < parted) continue;
    best.draft[side].push(at);
    best.draft[side].sort((x, y) => x - y);
    joined.add(at);
  }
  return joined;
}

const keyOf = (units: readonly Unit[], places: readonly number[]): string => places.map((at) => units[at]?.key).join(" ");

function isSame({ before, after }: Sides, draft: Draft): boolean {
  return keyOf(before, draft.before) === keyOf(after, draft.after);
}

/** The drafts that left the order of the others: in their section, or in the whole where their section has no counterpart. */
function movedOf(sides: Sides, sections: readonly Pair[], drafts: readonly Draft[]): Set<Draft> {
  const moved = new Set<Draft>();
  const forth = new Map(sections);
  const paired = new Set(sections.map(([, other]) => other));
  const inSection = new Map<Draft, number>();
  const whole = outOfOrder(sides, drafts);
  for (const draft of drafts) {
    const [from, to] = [sides.before[draft.before[0] ?? -1]?.section ?? -1, sides.after[draft.after[0] ?? -1]?.section ?? -1];
    if (forth.get(from) === to) inSection.set(draft, from);
    else if ((forth.has(from) && paired.has(to)) || whole.has(draft)) moved.add(draft);
  }
  for (const list of Map.groupBy(inSection.keys(), (draft) => inSection.get(draft) ?? -1).values()) for (const draft of outOfOrder(sides, list)) moved.add(draft);
  return moved;
}

function outOfOrder({ before }: Sides, drafts: readonly Draft[]): Set<Draft> {
  const sorted = drafts.toSorted((x, y) => (x.before[0] ?? 0) - (y.before[0] ?? 0));
  const pairs = sorted.map((draft): Pair => [draft.before[0] ?? 0, draft.after[0] ?? 0]);
  const kept = new Set(rising(pairs, (index) => sorted[index]?.before.reduce((sum, at) => sum + (before[at]?.words.length ?? 0), 0) ?? 1).map(([at]) => at));
  return new Set(sorted.filter((draft) => !kept.has(draft.before[0] ?? 0)));
}

function draftsOf({ forth }: Links): Map<number, Draft> {
  const drafts = new Map<number, Draft>();
  for (const [at, other] of forth.entries()) if (other >= 0) drafts.set(at, { before: [at], after: [other] });
  return drafts;
}

/**
 * What became of every sentence of two editions, given the sections that are the same: first those that stood in the
 * earlier one, in its order, then the new ones.
 */
export function align(sides: Sides, sections: readonly Pair[]): Group[] {
  const links = linkUnits(sides, sections);
  const drafts = draftsOf(links);
  const joined = { after: join(sides, drafts, "after", links.back), before: join(sides, drafts, "before", links.forth) };
  const moved = movedOf(sides, sections, [...drafts.values()]);
  const linkedGroups = [...drafts.values()].map((draft) => ({ ...draft, same: isSame(sides, draft), moved: moved.has(draft) }));
  const alone = (side: Name, linked: Int32Array): Group[] =>
    [...linked.keys()].filter((at) => (linked[at] ?? -1) < 0 && !joined[side].has(at)).map((at) => ({ before: [], after: [], [side]: [at], same: false, moved: false }));
  const groups = [...linkedGroups, ...alone("before", links.forth)].sort((x, y) => (x.before[0] ?? 0) - (y.before[0] ?? 0));
  return [...groups, ...alone("after", links.back)];
}
