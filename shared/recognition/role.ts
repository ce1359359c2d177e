import type { Compiled, CompiledRule } from "./compile.ts";
import type { Candidate } from "./conditions.ts";
import { inWindow } from "./edition.ts";
import type { Role } from "./match.ts";
import type { Reading } from "./reading.ts";

/** The first companion word outside the words by which the rule itself was met ("statement" in a statement's name). */
function companion(compiled: Compiled, reading: Reading, rule: CompiledRule, words: ReadonlySet<number>): string | undefined {
  const covered = reading.hits.filter(({ phrase }) => rule.title.some((group) => group.has(phrase)));
  const hit = reading.hits.find(
    ({ phrase, from, to }) => words.has(phrase) && !covered.some((cover) => cover.from <= from && to <= cover.to),
  );
  return hit && compiled.phrases.shown(hit.phrase);
}

/** A role, whether it is the publisher's word that the edition is out, and the sentences that led there. */
export interface Decided {
  readonly role: Role;
  readonly saysOut: boolean;
  readonly why: readonly string[];
}

/** The reason of a match whose role is null. It goes when the body was read. */
export const titleCannotTell = "the title cannot tell: the body of the linked page must be read";

/** The role after companion words and the publisher were weighed, and the sentences that say so. */
export function decideRole(compiled: Compiled, reading: Reading, { rule, own }: Candidate): Decided {
  const reasons: string[] = [];
  let { role }: { role: Role } = rule.rule;
  const notice = companion(compiled, reading, rule, compiled.companions.notice);
  const coverage = companion(compiled, reading, rule, compiled.companions.coverage);
  // What the publisher says of an edition to come is a notice, also where a rule knows the speaker ("Secretary … to Release").
  if ((role === "release" || (role === "coverage" && own)) && notice) {
    role = "notice";
    reasons.push(`"${notice}" says that it will come`);
  } else if (role === "release" && coverage) {
    role = "coverage";
    reasons.push(`"${coverage}" makes it a companion, not the thing itself`);
  }
  if (!own && role !== "coverage") {
    reasons.push(role === "notice" ? "somebody else announces it" : "somebody else than its publisher reports it");
    role = role === "notice" ? "notice" : "coverage";
  }
  const out = companion(compiled, reading, rule, compiled.companions.out);
  const inSeason = !rule.series.window || !reading.item.published || inWindow(reading.item.published, rule.series.window);
  const saysOut = role === "coverage" && own && out !== undefined && inSeason;
  if (saysOut) reasons.push(`the publisher says "${out}", inside its window: it is out`);
  if (rule.rule.body && role === "release") {
    role = null;
    reasons.push(titleCannotTell);
  }
  return { role, saysOut, why: reasons };
}
