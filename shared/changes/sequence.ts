/** A place in the one sequence and the place in the other that it goes with. */
export type Pair = readonly [before: number, after: number];

/** Up to this many cells, the longest common subsequence is found exactly. */
const mostCells = 1_000_000;

interface Range {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

/**
 * What two sequences have in common in the same order, as pairs of places that rise on both sides. Words or sentences
 * that are unique on both sides are anchors; between anchors the longest common subsequence is taken. Two sequences
 * of thousands that repeat themselves are paired by occurrence instead, so that the time stays near-linear.
 */
export function common(before: readonly string[], after: readonly string[]): Pair[] {
  const found: Pair[] = [];
  const open: Range[] = [{ a0: 0, a1: before.length, b0: 0, b1: after.length }];
  for (let range = open.pop(); range; range = open.pop()) {
    const inner = trimmed(before, after, range, found);
    if (inner.a0 === inner.a1 || inner.b0 === inner.b1) continue;
    const anchors = rising(uniquePairs(before, after, inner));
    if (anchors.length === 0) for (const pair of withoutAnchors(before, after, inner)) found.push(pair);
    else for (const rest of between(anchors, inner, found)) open.push(rest);
  }
  return found.sort((x, y) => x[0] - y[0]);
}

/** Takes off what both sides begin and end with. */
function trimmed(before: readonly string[], after: readonly string[], { a0, a1, b0, b1 }: Range, found: Pair[]): Range {
  let [from, to, start, end] = [a0, a1, b0, b1];
  while (from < to && start < end && before[from] === after[start]) found.push([from++, start++]);
  while (from < to && start < end && before[to - 1] === after[end - 1]) found.push([--to, --end]);
  return { a0: from, a1: to, b0: start, b1: end };
}

/** The places of each thing that occurs once in the range; those that occur more often have -1. */
function singles(sequence: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = from; at < to; at++) {
    const key = sequence[at] ?? "";
    places.set(key, places.has(key) ? -1 : at);
  }
  return places;
}

function uniquePairs(before: readonly string[], after: readonly string[], { a0, a1, b0, b1 }: Range): Pair[] {
  const inAfter = singles(after, b0, b1);
  return [...singles(before, a0, a1)].flatMap(([key, at]): Pair[] => {
    const other = inAfter.get(key) ?? -1;
    return at < 0 || other < 0 ? [] : [[at, other]];
  });
}

/** The ranges between the anchors. */
function between(anchors: readonly Pair[], { a0, a1, b0, b1 }: Range, found: Pair[]): Range[] {
  const ranges: Range[] = [];
  let [from, start] = [a0, b0];
  for (const [at, other] of anchors) {
    ranges.push({ a0: from, a1: at, b0: start, b1: other });
    found.push([at, other]);
    [from, start] = [at + 1, other + 1];
  }
  return [...ranges, { a0: from, a1, b0: start, b1 }];
}

function withoutAnchors(before: readonly string[], after: readonly string[], range: Range): Pair[] {
  const { a0, a1, b0, b1 } = range;
  if ((a1 - a0) * (b1 - b0) <= mostCells) return longest(before, after, range);
  return rising(byOccurrence(before.slice(a0, a1), after.slice(b0, b1))).map(([at, other]): Pair => [a0 + at, b0 + other]);
}

/** The longest common subsequence by the table of all pairs. */
function longest(before: readonly string[], after: readonly string[], { a0, a1, b0, b1 }: Range): Pair[] {
  const [rows, columns] = [a1 - a0, b1 - b0];
  const lengths = new Uint16Array((rows + 1) * (columns + 1));
  const at = (row: number, column: number): number => lengths[row * (columns + 1) + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * (columns + 1) + column] = before[a0 + row] === after[b0 + column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[a0 + row] === after[b0 + column]) pairs.push([a0 + row++, b0 + column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

/** The first with the first of its kind, the second with the second. */
export function byOccurrence(before: readonly string[], after: readonly string[]): Pair[] {
  const places = Map.groupBy(after.keys(), (other) => after[other] ?? "");
  const turns = new Map<string, number>();
  return before.flatMap((key, at): Pair[] => {
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const other = places.get(key)?.[turn];
    return other === undefined ? [] : [[at, other]];
  });
}

/**
 * Of pairs in the order of their first place, those with the most weight whose second place rises as well. What is left
 * out has moved. Takes n log n steps.
 */
export function rising(pairs: readonly Pair[], weight: (index: number) => number = () => 1): Pair[] {
  const order = [...new Set(pairs.map(([, other]) => other))].sort((x, y) => x - y);
  const rank = new Map(order.map((other, index) => [other, index + 1]));
  // A Fenwick tree: the heaviest chain that ends at or below a rank, as the index of its last pair.
  const tree = new Int32Array(order.length + 1).fill(-1);
  const sums: number[] = [];
  const previous: number[] = [];
  const heavier = (x: number, y: number): number => ((sums[y] ?? -1) > (sums[x] ?? -1) ? y : x);
  let best = -1;
  for (const [index, [, other]] of pairs.entries()) {
    const at = rank.get(other) ?? 0;
    let last = -1;
    for (let node = at - 1; node > 0; node -= node & -node) last = heavier(last, tree[node] ?? -1);
    previous.push(last);
    sums.push((sums[last] ?? 0) + weight(index));
    for (let node = at; node < tree.length; node += node & -node) tree[node] = heavier(tree[node] ?? -1, index);
    best = heavier(best, index);
  }
  const chain: Pair[] = [];
  for (let index = best; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) chain.push(pair);
  }
  return chain.toReversed();
}
