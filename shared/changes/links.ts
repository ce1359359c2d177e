import { byOccurrence, common, type Pair } from "./sequence.ts";
import { type Least, likePairs, type Subject } from "./similar.ts";
import type { Unit } from "./units.ts";

/** The sentences of two editions. */
export interface Sides {
  readonly before: readonly Unit[];
  readonly after: readonly Unit[];
}

/** Which sentence of the other edition each sentence is; -1 for none. */
export interface Links {
  readonly forth: Int32Array;
  readonly back: Int32Array;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Stretch extends Span {
  readonly key: string;
}

/** Sentences of one section may differ more than those of two, and still be one sentence that was edited. */
const leastSentence: Least = { near: 0.3, far: 0.5, farWords: 6 };
/** What stands right behind the same sentence in both editions may be rewritten further. */
const leastBehind: Least = { near: 0.2, far: Infinity, farWords: 0 };

function link({ forth, back }: Links, at: number | undefined, other: number | undefined): void {
  if (at === undefined || other === undefined) return;
  forth[at] = other;
  back[other] = at;
}

/** Where each section, or each paragraph, begins and ends among the sentences. */
function spans(units: readonly Unit[], of: "section" | "paragraph"): Map<number, Span> {
  const found = new Map<number, Span>();
  for (const [at, unit] of units.entries()) found.set(unit[of], { from: found.get(unit[of])?.from ?? at, to: at + 1 });
  return found;
}

/** The places that are not linked yet, in a part of one side. */
function free(linked: Int32Array, { from, to }: Span = { from: 0, to: linked.length }): number[] {
  const places: number[] = [];
  for (let at = from; at < to; at++) if ((linked[at] ?? -1) < 0) places.push(at);
  return places;
}

/** Paragraphs of which no sentence is linked yet, by section. */
function freeParagraphs(units: readonly Unit[], linked: Int32Array): Map<number, Stretch[]> {
  const found = new Map<number, Stretch[]>();
  for (const span of spans(units, "paragraph").values()) {
    const section = units[span.from]?.section ?? 0;
    if (free(linked, span).length < span.to - span.from) continue;
    const key = units.slice(span.from, span.to).map((unit) => unit.key);
    const list = found.get(section) ?? [];
    list.push({ ...span, key: key.join("\n") });
    found.set(section, list);
  }
  return found;
}

type Matching = (before: readonly string[], after: readonly string[]) => Pair[];

function linkParagraphs(links: Links, before: readonly Stretch[], after: readonly Stretch[], matching: Matching): void {
  for (const [at, other] of matching(before.map(({ key }) => key), after.map(({ key }) => key))) {
    const [these, those] = [before[at], after[other]];
    if (these && those) for (let step = 0; step < these.to - these.from; step++) link(links, these.from + step, those.from + step);
  }
}

const keysAt = (units: readonly Unit[], places: readonly number[]): string[] => places.map((at) => units[at]?.key ?? "");

function linkSentences({ before, after }: Sides, links: Links, these: readonly number[], those: readonly number[], matching: Matching): void {
  for (const [at, other] of matching(keysAt(before, these), keysAt(after, those))) link(links, these[at], those[other]);
}

/** Links what is word for word the same: paragraphs first and then sentences, within a section before anywhere else. */
function linkSame(sides: Sides, sections: readonly Pair[], links: Links): void {
  const { before, after } = sides;
  const [these, those] = [freeParagraphs(before, links.forth), freeParagraphs(after, links.back)];
  for (const [at, other] of sections) linkParagraphs(links, these.get(at) ?? [], those.get(other) ?? [], common);
  const left = [freeParagraphs(before, links.forth), freeParagraphs(after, links.back)].map((found) => [...found.values()].flat());
  linkParagraphs(links, left[0] ?? [], left[1] ?? [], byOccurrence);
  const [ofBefore, ofAfter] = [spans(before, "section"), spans(after, "section")];
  for (const [at, other] of sections) {
    const [x, y] = [ofBefore.get(at), ofAfter.get(other)];
    if (x && y) linkSentences(sides, links, free(links.forth, x), free(links.back, y), common);
  }
  linkSentences(sides, links, free(links.forth), free(links.back), byOccurrence);
}

function subjectsAt(units: readonly Unit[], places: readonly number[], group: (at: number) => number): Subject[] {
  return places.map((at) => ({ words: units[at]?.words ?? [], group: group(at) }));
}

/** Links sentences that were edited. Those of one group are likelier to be one. */
function linkLike({ before, after }: Sides, links: Links, groups: { readonly before: (at: number) => number; readonly after: (at: number) => number }, least: Least): void {
  const [these, those] = [free(links.forth), free(links.back)];
  for (const [at, other] of likePairs(subjectsAt(before, these, groups.before), subjectsAt(after, those, groups.after), least)) link(links, these[at], those[other]);
}

/** For each place, the last one before it that is linked, in the same section; -1 where there is none. */
function lastLinked(units: readonly Unit[], linked: Int32Array): number[] {
  let last = -1;
  return units.map((unit, at) => {
    if (units[at - 1]?.section !== unit.section) last = -1;
    const found = last;
    if ((linked[at] ?? -1) >= 0) last = at;
    return found;
  });
}

/** Finds for each sentence of two editions the one that it is in the other: the same one, or one that was edited. */
export function linkUnits(sides: Sides, sections: readonly Pair[]): Links {
  const links = { forth: new Int32Array(sides.before.length).fill(-1), back: new Int32Array(sides.after.length).fill(-1) };
  linkSame(sides, sections, links);
  const sectionOf = new Map(sections.map(([at, other]) => [other, at]));
  linkLike(sides, links, { before: (at) => sides.before[at]?.section ?? -1, after: (at) => sectionOf.get(sides.after[at]?.section ?? -1) ?? -1 }, leastSentence);
  const [behind, behindAfter] = [lastLinked(sides.before, links.forth), lastLinked(sides.after, links.back)];
  linkLike(sides, links, { before: (at) => links.forth[behind[at] ?? -1] ?? -1, after: (at) => behindAfter[at] ?? -1 }, leastBehind);
  return links;
}
