import type { Compiled, CompiledRule } from "./compile.ts";
import { type Candidate, tryRule } from "./conditions.ts";
import type { Reading } from "./reading.ts";

/**
 * The rules that have all their words in a title: in the order in which the words that lead to them stand there,
 * the longer before the shorter, and then in the catalogue's.
 */
function rulesByWords(compiled: Compiled, { found }: Reading): CompiledRule[] {
  const phrases = [...found];
  const reached = new Set(phrases.flatMap((phrase) => compiled.rulesByPhrase.get(phrase) ?? []));
  return [...reached].filter(({ title }) => title.every((group) => phrases.some((phrase) => group.has(phrase))));
}

/** The evidence for the rules that hold: those by words in their order, then those of the publishers without words. */
export function candidatesOf(compiled: Compiled, reading: Reading): Candidate[] {
  const wordless = reading.publishers.flatMap((publisher) => compiled.wordless.get(publisher) ?? []);
  return [...rulesByWords(compiled, reading), ...wordless].flatMap((rule) => tryRule(compiled, reading, rule) ?? []);
}

const strength = { release: 3, coverage: 2, notice: 2 } as const;

/**
 * The candidate with the best evidence. Of two with the same it is the first: the one whose words come first in
 * the title, else whose are longer, else which comes first in the catalogue.
 */
export function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted(
    (a, b) => Number(b.own) - Number(a.own) || Number(!b.rule.rule.body) - Number(!a.rule.rule.body) || b.weight - a.weight || strength[b.rule.rule.role] - strength[a.rule.rule.role],
  )[0];
}
