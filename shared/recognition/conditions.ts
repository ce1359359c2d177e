import type { Series } from "../catalogue/schema.ts";
import type { Compiled, CompiledRule } from "./compile.ts";
import { isCountry } from "./country.ts";
import { inWindow } from "./edition.ts";
import { fold, foldMarked } from "./fold.ts";
import { isAboutCountry, type Reading } from "./reading.ts";

/** How one condition of a rule came out on an item. */
export interface Finding {
  readonly held: boolean;
  /** What it adds to the evidence: a symbol weighs more than an address, an address more than words. */
  readonly weight: number;
  /** Puts it into words; of a condition that failed, what was asked for. Few findings are ever told. */
  readonly says: () => string;
  /** Whether a match says it among its reasons, and not only an explanation. */
  readonly telling: boolean;
}

type Condition = (compiled: Compiled, reading: Reading, rule: CompiledRule) => readonly Finding[];

const nothing: readonly Finding[] = [];
const telling = (weight: number, says: () => string): Finding => ({ held: true, weight, says, telling: true });
const silent = (weight: number, says: () => string): Finding => ({ held: true, weight, says, telling: false });
const failed = (says: () => string): Finding => ({ held: false, weight: 0, says, telling: false });

function quoted(compiled: Compiled, phrases: Iterable<number>): string {
  return Array.from(phrases, (phrase) => `"${compiled.phrases.shown(phrase)}"`).join(" or ");
}

/** The longest phrase of a group that is in the title. */
function longestIn({ phrases }: Compiled, { found }: Reading, group: ReadonlySet<number>): number | undefined {
  let longest: number | undefined;
  for (const phrase of group) if (found.has(phrase) && (longest === undefined || phrases.text(phrase).length > phrases.text(longest).length)) longest = phrase;
  return longest;
}

const inTitle: Condition = (compiled, reading, { title }) =>
  title.map((group) => {
    const hit = longestIn(compiled, reading, group);
    if (hit === undefined) return failed(() => `the title needs ${quoted(compiled, group)}`);
    return telling(compiled.phrases.text(hit).split(" ").length, () => `the title has ${quoted(compiled, [hit])}`);
  });

const notInTitle: Condition = (compiled, reading, { not }) => {
  const hit = not.find((phrase) => reading.found.has(phrase));
  return hit === undefined ? nothing : [failed(() => `the title must not have ${quoted(compiled, [hit])}`)];
};

const ofForm: Condition = (_, { item, folded }, { form, rule }) => {
  if (!form) return nothing;
  const met = form.findIndex(({ marked, pattern }) => pattern.test(marked ? foldMarked(item.title) : folded));
  return [met < 0 ? failed(() => `the title needs the form ${rule.form?.map((one) => `"${one}"`).join(" or ")}`) : telling(2, () => `the title has the form "${rule.form?.[met]}"`)];
};

const ofSymbol: Condition = (_, { symbols }, { symbol, rule }) => {
  if (!symbol) return nothing;
  const shown = symbols.find((one) => symbol.some((pattern) => pattern.test(one)));
  return [shown ? telling(50, () => `its symbol is ${shown}`) : failed(() => `its symbol must be ${rule.symbol?.join(" or ")}`)];
};

const atAddress: Condition = (_, { address }, { url, rule }) => {
  if (!url) return nothing;
  if (!address || !url.some((pattern) => pattern.test(address))) return [failed(() => `its address must hold ${rule.url?.join(" or ")}`)];
  return [telling(20, () => `its address is ${address}`)];
};

const inDays: Condition = (_, { item }, { within }) => {
  if (!within || !item.published) return nothing;
  const days = `between ${within.opens} and ${within.closes}`;
  return [inWindow(item.published, within) ? telling(3, () => `its date lies ${days}`) : failed(() => `its date must lie ${days}`)];
};

const onCountry: Condition = (compiled, reading, { country }) => {
  if (!country) return nothing;
  const { names } = compiled;
  if (names.in(reading.folded)) return [silent(1, () => `the title names ${names.said}`)];
  if (isAboutCountry(compiled, reading.item)) return [silent(1, () => `everything in its source is on ${names.said}`)];
  if (country === "text" && reading.text().country) return [silent(1, () => `the summary names ${names.said}`)];
  return [failed(() => `${country === "text" ? "title or summary" : "the title"} must name ${names.said}`)];
};

const inText: Condition = (compiled, reading, { text }) =>
  text.map((group) => {
    const hit = [...group].find((phrase) => reading.text().found.has(phrase));
    return hit === undefined ? failed(() => `title or summary needs ${quoted(compiled, group)}`) : telling(1, () => `title or summary has ${quoted(compiled, [hit])}`);
  });

/** Whether the item is its publisher's own, by a rule's lights. */
function isOwn({ publishers }: Reading, { from }: CompiledRule): boolean {
  return publishers.some((publisher) => from.has(publisher));
}

const fromPublisher: Condition = (_, reading, compiled) => {
  if (isOwn(reading, compiled)) return [silent(10, () => `it is of ${reading.publishers.join(" and ")}`)];
  const { from } = compiled;
  if (compiled.readsOwnAlone) return [failed(() => `it must be of ${[...from].join(" or ")}`)];
  return [silent(0, () => `it is of somebody else than ${[...from].join(" or ")}, whom the rule reads too`)];
};

/** A chapter on another country: the words after the report's name, or before it, are a country that is not ours. */
function otherChapter({ names: ours }: Compiled, reading: Reading, series: Series): string | undefined {
  if (!series.chapters || ours.in(reading.folded)) return undefined;
  const { title } = reading;
  const ends = [/[:–—-]\s*([^:–—]{3,60})$/.exec(title)?.[1], /^\s*([^:–—]{3,60}?)\s*(?:[:–—]| - )/.exec(title)?.[1]];
  // "Korea, Republic of" and "Israel, West Bank and Gaza" are told by the whole or by what stands before the comma.
  const names = ends
    // Brackets that an encoding could not hold stand as question marks, and a cut title ends in dots.
    .flatMap((end) => (end === undefined ? [] : [end.replace(/[?.…[\]\s]+/g, " ").replace(/ ?\(.*\) ?$/, "")]))
    .flatMap((whole) => [whole, whole.split(",").toReversed().join(" "), whole.split(",")[0] ?? ""])
    .map((name) => fold(name).replace(/^the /, ""));
  return names.find((name) => isCountry(name) && !ours.in(name));
}

const noOtherChapter: Condition = (compiled, reading, { series }) => {
  const country = otherChapter(compiled, reading, series);
  return country === undefined ? nothing : [failed(() => `it must not be another country's chapter ("${country}")`)];
};

/** In this order: what costs most comes last. */
const conditions: readonly Condition[] = [inTitle, notInTitle, ofForm, ofSymbol, atAddress, inDays, onCountry, inText, fromPublisher, noOtherChapter];

/** The evidence that an item meets a rule. */
export interface Candidate {
  readonly rule: CompiledRule;
  readonly own: boolean;
  readonly findings: readonly Finding[];
  readonly weight: number;
}

/** The evidence for a rule, or nothing when one of its conditions fails. */
export function tryRule(compiled: Compiled, reading: Reading, rule: CompiledRule): Candidate | undefined {
  // Many rules fail by this, so it comes before anything is put into words.
  if (rule.readsOwnAlone && !isOwn(reading, rule)) return undefined;
  const findings: Finding[] = [];
  for (const condition of conditions) {
    for (const finding of condition(compiled, reading, rule)) {
      if (!finding.held) return undefined;
      findings.push(finding);
    }
  }
  return { rule, own: isOwn(reading, rule), findings, weight: findings.reduce((sum, { weight }) => sum + weight, 0) };
}

/** What a match says of its candidate. */
export function tellingOf({ findings }: Candidate): string[] {
  return findings.filter(({ telling: told }) => told).map(({ says }) => says());
}

/** How every condition of a rule came out, also those after the first that failed. */
export function findingsOf(compiled: Compiled, reading: Reading, rule: CompiledRule): Finding[] {
  return conditions.flatMap((condition) => condition(compiled, reading, rule));
}
