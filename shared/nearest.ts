/** How many letters must be put in, taken out or changed to make one word of the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.split("").entries()) {
    const next = [i + 1];
    for (const [j, other] of to.split("").entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const namesMost = 3;

/**
 * The ids that were probably meant, best first: those that hold every word that was typed, the shortest first;
 * otherwise those that are nearly spelt so.
 */
export function nearestIds(typed: string, known: readonly string[]): string[] {
  const asked = typed.slice(0, 60).split(/[\s_-]+/).filter((word) => word !== "");
  const holding = known.filter((id) => asked.length > 0 && asked.every((word) => id.split("-").includes(word)));
  if (holding.length > 0) return holding.sort((a, b) => a.length - b.length || a.localeCompare(b)).slice(0, namesMost);
  const text = asked.join("-");
  return known
    .map((id) => ({ id, far: distance(text, id) }))
    .filter(({ far }) => far <= Math.max(2, text.length / 3) && far < text.length)
    .sort((a, b) => a.far - b.far || a.id.localeCompare(b.id))
    .map(({ id }) => id)
    .slice(0, 1);
}
