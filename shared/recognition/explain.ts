import { aboutRights } from "./about.ts";
import { bestOf, candidatesOf } from "./candidates.ts";
import type { Compiled, CompiledRule } from "./compile.ts";
import { type Finding, findingsOf } from "./conditions.ts";
import { countriesSaid } from "./country.ts";
import { editionBy, type Matchable, matchReading, type Recognised, routineIn } from "./match.ts";
import { readItem, type Reading } from "./reading.ts";
import { decideRole } from "./role.ts";

/** How a condition came out, in words. */
interface ToldFinding extends Omit<Finding, "says"> {
  readonly says: string;
}

/** A rule that an item led to, and how each of its conditions came out. */
export interface TriedRule {
  readonly series: string;
  /** Its place among the series' rules in the catalogue, from 0. */
  readonly rule: number;
  readonly role: CompiledRule["rule"]["role"];
  readonly held: boolean;
  /** Of the rules that held, the one that the match rests on. */
  readonly chosen: boolean;
  readonly weight: number;
  readonly findings: readonly ToldFinding[];
}

/** How an item is read, step by step. */
export interface Explanation {
  /** The title as phrases are compared with it. */
  readonly folded: string;
  /** Which of the countries whose names folding knows the title was found to hold. */
  readonly countries: readonly string[];
  readonly symbols: readonly string[];
  /** The address by which it is told apart; null where it has none. */
  readonly address: string | null;
  /** Whose item it is, by its source and its address. */
  readonly publishers: readonly string[];
  /** The catalogue's phrases in the title, in their order. */
  readonly phrases: readonly string[];
  /** The companion words among them. */
  readonly companions: Readonly<Record<"notice" | "coverage" | "out" | "routine", readonly string[]>>;
  /** The rule that the match rests on first, then the others that held, then those that came nearest. */
  readonly rules: readonly TriedRule[];
  /** What companion words and publisher made of the chosen rule's role; empty where no rule held. */
  readonly role: readonly string[];
  /** How the edition's year was found; null where no rule held. */
  readonly edition: string | null;
  /** The words by which it is on the theme, series or not; null where it is not. */
  readonly about: string | null;
  readonly verdict: Recognised;
}

/** How much of what the rule asks of the item's own words, symbol, address and date is there. */
function nearness({ findings }: TriedRule): number {
  return findings.reduce((sum, { telling, weight }) => sum + (telling ? weight : 0), 0);
}

/** Every rule that a word in the title leads to, and where the item shows anything that they could read, those without words. */
function rulesToTry(compiled: Compiled, { hits, symbols, publishers }: Reading): Set<CompiledRule> {
  const byWords = hits.flatMap(({ phrase }) => compiled.rulesByPhrase.get(phrase) ?? []);
  const wordless = symbols.length > 0 || publishers.length > 0 ? [...compiled.wordless.values()].flat() : [];
  return new Set([...byWords, ...wordless]);
}

function triedRules(compiled: Compiled, reading: Reading, best: CompiledRule | undefined): TriedRule[] {
  const tried = [...rulesToTry(compiled, reading)].map((rule): TriedRule => {
    const findings = findingsOf(compiled, reading, rule).map((finding) => ({ ...finding, says: finding.says() }));
    return {
      series: rule.series.id,
      rule: rule.series.recognise.indexOf(rule.rule),
      role: rule.rule.role,
      held: findings.every(({ held }) => held),
      chosen: rule === best,
      weight: findings.reduce((sum, { weight }) => sum + weight, 0),
      findings,
    };
  });
  return tried.toSorted((a, b) => Number(b.chosen) - Number(a.chosen) || Number(b.held) - Number(a.held) || nearness(b) - nearness(a));
}

/** The reading of one item, step by step, for whoever writes the catalogue; its verdict is what `match` gives. */
export function explainMatch(compiled: Compiled, item: Matchable): Explanation {
  const reading = readItem(compiled, item);
  const words = (wanted: ReadonlySet<number>): string[] => [...reading.found].filter((phrase) => wanted.has(phrase)).map((phrase) => compiled.phrases.text(phrase));
  const { notice, coverage, out, routine } = compiled.companions;
  const isRoutine = routineIn(compiled, reading) !== undefined;
  const candidates = isRoutine ? [] : candidatesOf(compiled, reading);
  const best = bestOf(candidates);
  return {
    folded: reading.folded,
    countries: Object.keys(countriesSaid).filter((name) => reading.folded.split(" ").includes(name)),
    symbols: reading.symbols,
    address: reading.address ?? null,
    publishers: reading.publishers,
    phrases: [...reading.found].map((phrase) => compiled.phrases.text(phrase)),
    companions: { notice: words(notice), coverage: words(coverage), out: words(out), routine: words(routine) },
    rules: triedRules(compiled, reading, best?.rule),
    role: best ? decideRole(compiled, reading, best).why : [],
    edition: best ? editionBy(reading, best).why : null,
    about: aboutRights(compiled, reading) ?? null,
    verdict: matchReading(compiled, reading),
  };
}
