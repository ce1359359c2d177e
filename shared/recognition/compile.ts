import type { Catalogue, Publisher, Rule, Series } from "../catalogue/schema.ts";
import { foldHost } from "./canonical.ts";
import { fold } from "./fold.ts";
import { createPhrases, type Phrases } from "./phrases.ts";

/** A condition of which one phrase is enough. */
type AnyOf = readonly number[];

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
  readonly url: readonly RegExp[] | undefined;
  readonly symbol: readonly RegExp[] | undefined;
}

/** The catalogue made ready for matching. */
export interface Compiled {
  readonly phrases: Phrases;
  readonly rulesByPhrase: ReadonlyMap<number, readonly CompiledRule[]>;
  /** Rules without words in the title: an address or a symbol leads to them. */
  readonly wordless: readonly CompiledRule[];
  readonly companions: { readonly notice: ReadonlySet<number>; readonly coverage: ReadonlySet<number>; readonly out: ReadonlySet<number>; readonly routine: ReadonlySet<number> };
  readonly about: Readonly<Record<"rights" | "country" | "always" | "unless" | "never", ReadonlySet<number>>> & { readonly publishers: ReadonlySet<string> };
  readonly sources: ReadonlyMap<string, { readonly publisher: string; readonly aboutCountry: boolean }>;
  publisherOfHost(host: string, path: string): string | undefined;
  publisherOfName(name: string): string | undefined;
  /** Whether folded words are a name of a publisher. */
  isPublisher(folded: string): boolean;
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
  return (typeof group === "string" ? [group] : group).map((phrase) => phrases.add(phrase));
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
    url: rule.url?.map((pattern) => wildcard(pattern, false)),
    symbol: rule.symbol?.map((pattern) => wildcard(pattern, true)),
  };
}

/** A rule is looked up by the title condition with the fewest and longest phrases: the one that is hit least. */
function anchorOf(phrases: Phrases, rule: CompiledRule): AnyOf | undefined {
  const rarity = (group: AnyOf) => Math.min(...group.map((phrase) => phrases.text(phrase).length));
  return rule.title.toSorted((a, b) => rarity(b) - rarity(a))[0];
}

function publisherIndex(publishers: readonly Publisher[]): Pick<Compiled, "publisherOfHost" | "publisherOfName" | "isPublisher"> {
  const hosts = publishers
    .flatMap(({ id, hosts: list }) => list.map((host) => ({ id, host: foldHost(host.split("/")[0] ?? ""), path: host.includes("/") ? host.slice(host.indexOf("/")) : "" })))
    .toSorted((a, b) => b.path.length - a.path.length || b.host.length - a.host.length);
  const names = new Map(publishers.flatMap(({ id, name, short, names: others }) => [id, name, short, ...others].map((known) => [fold(known), id])));
  return {
    publisherOfHost: (host, path) => hosts.find((known) => (host === known.host || host.endsWith(`.${known.host}`)) && path.startsWith(known.path))?.id,
    publisherOfName: (name) => names.get(fold(name)),
    isPublisher: (folded) => names.has(folded),
  };
}

/** Compiles a catalogue for matching. Costs some milliseconds, so it is done once. */
export function compile(catalogue: Catalogue): Compiled {
  const phrases = createPhrases();
  const numbers = (list: readonly string[]): ReadonlySet<number> => new Set(list.map((phrase) => phrases.add(phrase)));
  const rulesByPhrase = new Map<number, CompiledRule[]>();
  const wordless: CompiledRule[] = [];
  for (const series of catalogue.series) {
    for (const rule of series.recognise) {
      const compiled = compileRule(phrases, series, rule);
      const anchor = anchorOf(phrases, compiled);
      if (!anchor) wordless.push(compiled);
      for (const phrase of anchor ?? []) rulesByPhrase.set(phrase, [...(rulesByPhrase.get(phrase) ?? []), compiled]);
    }
  }
  const { companions, about } = catalogue;
  return {
    phrases,
    rulesByPhrase,
    wordless,
    companions: { notice: numbers(companions.notice), coverage: numbers(companions.coverage), out: numbers(companions.out), routine: numbers(companions.routine) },
    about: {
      rights: numbers(about.rights),
      country: numbers(about.country),
      always: numbers(about.always),
      unless: numbers(about.unless),
      never: numbers(about.never),
      publishers: new Set(about.publishers),
    },
    sources: new Map(catalogue.sources.map((source) => [source.id, source])),
    ...publisherIndex(catalogue.publishers),
  };
}
