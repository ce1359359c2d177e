import type { Pair } from "./sequence.ts";
import { isSmall } from "./words.ts";

/** A sentence to find a like one for. */
export interface Subject {
  /** Its words, as they are compared. */
  readonly words: readonly string[];
  /** Sentences of one group are likelier to belong together; -1 belongs to none. */
  readonly group: number;
}

/** Of a sentence's rarest features this many look for candidates. */
const lookingFeatures = 14;
/** Of the sentences that share a feature, this many are looked at: those nearest by their place. */
const nearestEach = 24;
/** So many of the best candidates are compared in full. */
const comparedEach = 8;

/** How alike two must be to be one, edited; 1 is the same. */
export interface Least {
  readonly near: number;
  /** Across groups. */
  readonly far: number;
  /** Fewer words than this say too little for a pair across groups. */
  readonly farWords: number;
}

/** Sentences of at most so many words are compared by their words alone: one new word breaks most of their pairs. */
const fewWords = 9;

/** A sentence's words and pairs of words as numbers, rising, each once. */
type Features = Int32Array;

interface Index {
  readonly features: readonly Features[];
  readonly weights: Float64Array;
  /** The features that are pairs of words. */
  readonly paired: ReadonlySet<number>;
}

/** The features of all sentences, and how much each says: the rarer, the more. */
function indexOf(subjects: readonly Subject[]): Index {
  const ids = new Map<string, number>();
  const paired = new Set<number>();
  const idOf = (feature: string): number => {
    const id = ids.get(feature) ?? ids.size;
    ids.set(feature, id);
    return id;
  };
  const features = subjects.map(({ words }) => {
    const singles = words.filter((word) => !isSmall(word)).map(idOf);
    const pairs = words.map((word, at) => idOf(`${word} ${words[at + 1] ?? ""}`));
    for (const id of pairs) paired.add(id);
    return Int32Array.from(new Set([...singles, ...pairs])).sort();
  });
  const counts = new Float64Array(ids.size);
  for (const list of features) for (const id of list) counts[id] = (counts[id] ?? 0) + 1;
  return { features, weights: counts.map((count) => Math.log(1 + subjects.length / count)), paired };
}

/** How alike two sentences are: the weight of what they share over the weight of what they have, 0 to 1. */
function likeness(x: Features, y: Features, weights: Float64Array, counts: (id: number) => boolean): number {
  let [shared, all, i, j] = [0, 0, 0, 0];
  while (i < x.length || j < y.length) {
    const [left, right] = [x[i] ?? Infinity, y[j] ?? Infinity];
    const id = Math.min(left, right);
    const weight = counts(id) ? (weights[id] ?? 0) : 0;
    all += left === right ? 2 * weight : weight;
    if (left === right) shared += 2 * weight;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return all === 0 ? 0 : shared / all;
}

/** The members of a rising list that are nearest to `place`. */
function nearest(list: readonly number[], place: number, most: number): readonly number[] {
  if (list.length <= most) return list;
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  const from = Math.max(0, Math.min(low - (most >> 1), list.length - most));
  return list.slice(from, from + most);
}

/** For each feature, the sentences of the second list that have it. */
function postingsOf(features: readonly Features[]): Map<number, number[]> {
  const postings = new Map<number, number[]>();
  for (const [other, list] of features.entries()) {
    for (const id of list) {
      const holders = postings.get(id);
      if (holders) holders.push(other);
      else postings.set(id, [other]);
    }
  }
  return postings;
}

/** The sentences that share the most with this one, found by its rarest features. */
function candidates(features: Features, place: number, postings: ReadonlyMap<number, readonly number[]>, weights: Float64Array): number[] {
  const looking = [...features].filter((id) => postings.has(id)).sort((x, y) => (weights[y] ?? 0) - (weights[x] ?? 0));
  const shared = new Map<number, number>();
  for (const id of looking.slice(0, lookingFeatures)) {
    for (const other of nearest(postings.get(id) ?? [], place, nearestEach)) shared.set(other, (shared.get(other) ?? 0) + (weights[id] ?? 0));
  }
  const best = [...shared].sort(([x, xWeight], [y, yWeight]) => yWeight - xWeight || Math.abs(x - place) - Math.abs(y - place));
  return best.slice(0, comparedEach).map(([other]) => other);
}

const always = (): boolean => true;

interface Match {
  readonly pair: Pair;
  readonly score: number;
  readonly apart: number;
}

/** Nothing where the two are not alike enough. */
function matchOf(x: Subject, y: Subject, match: Match, least: Least): Match[] {
  const near = x.group === y.group && x.group >= 0;
  if (!near && Math.min(x.words.length, y.words.length) < least.farWords) return [];
  if (match.score < (near ? least.near : least.far)) return [];
  return [near ? { ...match, score: match.score + least.far - least.near } : match];
}

/**
 * The sentences of two lists that are the same sentence, edited: each with at most one other, the likest first. They
 * are found by the rare words and pairs of words that they share, and of those that share only common ones the nearest
 * are tried, so that the time grows with the number of sentences and not with its square.
 */
export function likePairs(before: readonly Subject[], after: readonly Subject[], least: Least): Pair[] {
  const { features, weights, paired } = indexOf([...before, ...after]);
  const singles = (id: number): boolean => !paired.has(id);
  const ofAfter = features.slice(before.length);
  const postings = postingsOf(ofAfter);
  const matches: Match[] = [];
  for (const [at, subject] of before.entries()) {
    const own = features[at] ?? new Int32Array();
    const place = (at / before.length) * after.length;
    for (const other of candidates(own, place, postings, weights)) {
      const second = after[other];
      const few = Math.min(subject.words.length, second?.words.length ?? 0) <= fewWords;
      const score = likeness(own, ofAfter[other] ?? own, weights, few ? singles : always);
      if (second) matches.push(...matchOf(subject, second, { pair: [at, other], score, apart: Math.abs(other - place) }, least));
    }
  }
  return chosen(matches);
}

function chosen(matches: Match[]): Pair[] {
  const taken = { before: new Set<number>(), after: new Set<number>() };
  const pairs: Pair[] = [];
  for (const { pair } of matches.sort((x, y) => y.score - x.score || x.apart - y.apart)) {
    if (taken.before.has(pair[0]) || taken.after.has(pair[1])) continue;
    taken.before.add(pair[0]);
    taken.after.add(pair[1]);
    pairs.push(pair);
  }
  return pairs.sort((x, y) => x[0] - y[0]);
}
