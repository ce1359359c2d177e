import { byId } from "../catalogue/by-id.ts";
import type { Catalogue, Rule, Series } from "../catalogue/schema.ts";
import { fold } from "./fold.ts";
import { createPhrases, type Phrases } from "./phrases.ts";
import { indexPublishers, type Publishers } from "./publishers.ts";
import { createNames, type Names } from "./names.ts";
import { createSkim, type Skim } from "./skim.ts";

/** A condition of which one phrase is enough. */
type AnyOf = ReadonlySet<number>;

/** A form of words as a pattern over a folded title, with quotation marks and colons kept where the form has some. */
interface Form {
  readonly marked: boolean;
  readonly pattern: RegExp;
}

/** A rule whose phrases have numbers and whose patterns are ready. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly series: Series;
  readonly title: readonly AnyOf[];
  readonly not: readonly number[];
  readonly form: readonly Form[] | undefined;
  readonly text: readonly AnyOf[];
  /** Whose items are this rule's own. */
  readonly from: ReadonlySet<string>;
  /**
   * Whether it reads no other publisher's items: it names its own, or an address or a symbol alone would count,
   * which proves nothing on other people's pages, or a body must be read, which theirs are not worth.
   */
  readonly readsOwnAlone: boolean;
  readonly country: Rule["country"];
  readonly within: Rule["within"];
  readonly url: readonly RegExp[] | undefined;
  readonly symbol: readonly RegExp[] | undefined;
}

/** The catalogue made ready for matching. */
export interface Compiled extends Publishers {
  readonly phrases: Phrases;
  /** Of what the catalogue is about. */
  readonly names: Names;
  /** Of the phrases that can make a title one of ours. */
  readonly skim: Pick<Skim, "find">;
  readonly rulesByPhrase: ReadonlyMap<number, readonly CompiledRule[]>;
  /** Rules without words in the title, by the publishers whose items they read: an address or a symbol leads to them. */
  readonly wordless: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly companions: { readonly notice: ReadonlySet<number>; readonly coverage: ReadonlySet<number>; readonly out: ReadonlySet<number>; readonly routine: ReadonlySet<number> };
  readonly about: Readonly<Record<"rights" | "country" | "always" | "unless" | "never", ReadonlySet<number>>> & { /** Those that write of rights alone, and what each is called. */ readonly publishers: ReadonlyMap<string, string> };
  readonly sources: ReadonlyMap<string, { readonly publisher: string; readonly aboutCountry: boolean }>;
}

/** `*` stands for any run, `#` for a number; everything else for itself, in either case. */
function wildcard(pattern: string, whole: boolean): RegExp {
  const body = pattern.replace(/[.+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll("*", ".*").replaceAll("#", String.raw`\d+`);
  return new RegExp(whole ? `^${body}$` : body, "i");
}

/** `#` is a number, `*` any run, `^` and `$` the title's ends, `"` and `:` themselves. Words stay whole but where Korean joins them. */
function compileForm(form: string): Form {
  const marks: Record<string, string> = { "#": String.raw`(?<!\d)\d+(?!\d)`, "*": ".*", "^": "^", $: "$", '"': '"', ":": ":" };
  const parts = form.split(/([#*^$":])/).map((part) => part.trim()).filter((part) => part !== "");
  const pattern = parts.map((part) => marks[part] ?? `${/^[a-z]/i.test(part) ? "(?<![a-z0-9])" : ""}${fold(part)}${/[a-z0-9]$/i.test(part) ? "(?![a-z0-9])" : ""}`).join(" ?");
  return { marked: /[":]/.test(form), pattern: new RegExp(pattern) };
}

function anyOf(phrases: Phrases, group: string | readonly string[]): AnyOf {
  return new Set((typeof group === "string" ? [group] : group).map((phrase) => phrases.add(phrase)));
}

function compileRule(phrases: Phrases, series: Series, rule: Rule): CompiledRule {
  return {
    rule,
    series,
    title: rule.title.map((group) => anyOf(phrases, group)),
    not: [...rule.not, ...series.never].map((phrase) => phrases.add(phrase)),
    form: rule.form?.map(compileForm),
    text: rule.text.map((group) => anyOf(phrases, group)),
    from: new Set(rule.from ?? [series.publisher]),
    readsOwnAlone: rule.from !== undefined || rule.title.length === 0 || rule.body !== undefined,
    country: rule.country,
    within: rule.within,
    url: rule.url?.map((pattern) => wildcard(pattern, false)),
    symbol: rule.symbol?.map((pattern) => wildcard(pattern, true)),
  };
}

/** A rule is looked up by the title condition with the fewest and longest phrases: the one that is hit least. */
function anchorOf(phrases: Phrases, rule: CompiledRule): AnyOf | undefined {
  const rarity = (group: AnyOf) => Math.min(...[...group].map((phrase) => phrases.text(phrase).length));
  return rule.title.toSorted((a, b) => rarity(b) - rarity(a))[0];
}

/** Rules by what leads to them: phrases, or where they have none, publishers. Each list has the catalogue's order. */
function indexRules(phrases: Phrases, catalogue: Catalogue): Pick<Compiled, "rulesByPhrase" | "wordless"> {
  const rulesByPhrase = new Map<number, CompiledRule[]>();
  const wordless = new Map<string, CompiledRule[]>();
  const put = <Key>(index: Map<Key, CompiledRule[]>, key: Key, rule: CompiledRule): void => {
    const list = index.get(key);
    if (list) list.push(rule);
    else index.set(key, [rule]);
  };
  for (const series of catalogue.series) {
    for (const rule of series.recognise) {
      const compiled = compileRule(phrases, series, rule);
      const anchor = anchorOf(phrases, compiled);
      if (anchor) for (const phrase of anchor) put(rulesByPhrase, phrase, compiled);
      else for (const publisher of compiled.from) put(wordless, publisher, compiled);
    }
  }
  return { rulesByPhrase, wordless };
}

/** Looks titles over for the phrases that can make them one of ours. */
function skimFor(phrases: Phrases, names: Names, rules: ReadonlySet<CompiledRule>, others: readonly ReadonlySet<number>[]): Skim {
  const skim = createSkim(names.folded);
  const wanted = new Set(others.flatMap((group) => [...group]));
  for (const { title } of rules) for (const group of title) for (const phrase of group) wanted.add(phrase);
  for (const phrase of wanted) skim.add(phrase, phrases.text(phrase));
  return skim;
}

/** Compiles a catalogue for matching. Takes a tenth of a second, so it is done once. */
export function compile(catalogue: Catalogue): Compiled {
  const phrases = createPhrases();
  const numbers = (list: readonly string[]): ReadonlySet<number> => new Set(list.map((phrase) => phrases.add(phrase)));
  const rules = indexRules(phrases, catalogue);
  const { companions, about } = catalogue;
  const names = createNames(catalogue.theme);
  const routine = numbers(companions.routine);
  const rights = numbers(about.rights);
  const country = numbers(about.country);
  return {
    phrases,
    names,
    skim: skimFor(phrases, names, new Set([...rules.rulesByPhrase.values()].flat()), [routine, rights, country]),
    ...rules,
    companions: { notice: numbers(companions.notice), coverage: numbers(companions.coverage), out: numbers(companions.out), routine },
    about: { rights, country, always: numbers(about.always), unless: numbers(about.unless), never: numbers(about.never), publishers: new Map(about.publishers.map((id) => [id, catalogue.publishers.find((one) => one.id === id)?.short ?? id])) },
    sources: byId(catalogue.sources),
    ...indexPublishers(catalogue.publishers, catalogue.sources),
  };
}

/** The compiled catalogue, made when it is first asked for. */
export function compiledWhenAsked(catalogue: Catalogue): () => Compiled {
  let compiled: Compiled | undefined;
  return () => (compiled ??= compile(catalogue));
}
