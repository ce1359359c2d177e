import { polledOf } from "../infra/cost/reckoning.ts";
import type { Catalogue, Publisher, Rule, Series, Source } from "../shared/catalogue/schema.ts";

const syllables = ["ka", "lo", "mi", "ne", "pu", "ra", "si", "te", "vo", "zu"];
const hangulSyllables = ["가", "노", "디", "루", "매", "보", "서", "주", "초", "터"];

/** A word of nobody's, for each number another, in the syllables' script. */
function invented(number: number, from: readonly string[]): string {
  return Array.from(String(number), (figure) => from[Number(figure)] ?? "").join("");
}

/** Phrases that go on where the catalogue's end: in Hangul glued to them, else as a further word. */
function longer(number: number): (phrase: string) => string {
  return (phrase) => (/[\uac00-\ud7a3]/.test(phrase) ? `${phrase}${invented(number, hangulSyllables)}` : `${phrase} ${invented(number, syllables)}`);
}

type Groups = Rule["title"];

function copyRule(rule: Rule, copy: number, change: (phrase: string) => string): Rule {
  const changed = (groups: Groups): Groups => groups.map((group) => (typeof group === "string" ? change(group) : group.map(change)));
  return {
    ...rule,
    title: changed(rule.title),
    text: changed(rule.text),
    not: rule.not.map(change),
    ...(rule.from && { from: rule.from.map((id) => `${id}-${copy}`) }),
    ...(rule.url && { url: rule.url.map((pattern) => hostOf(pattern, copy)) }),
  };
}

function hostOf(host: string, copy: number): string {
  return `${invented(copy, syllables)}-${host}`;
}

function copySeries(series: Series, copy: number, number: number): Series {
  const change = longer(number);
  return { ...series, id: `${series.id}-${copy}`, publisher: `${series.publisher}-${copy}`, never: series.never.map(change), recognise: series.recognise.map((rule) => copyRule(rule, copy, change)) };
}

function copyPublisher({ id, name, short, hosts, names, official }: Publisher, copy: number): Publisher {
  const word = invented(copy, syllables);
  return { id: `${id}-${copy}`, name: `${name} ${word}`, short: `${short} ${word}`, hosts: hosts.map((host) => hostOf(host, copy)), names: names.map((one) => `${one} ${word}`), official };
}

/**
 * A catalogue of so many times the series. Each copy of a series has a publisher of its own and phrases that share
 * all their words but the last with those of the catalogue and of the other copies, as reports of one kind do that
 * come on many countries.
 */
export function grown(catalogue: Catalogue, times: number): Catalogue {
  const copies = Array.from({ length: times - 1 }, (_, index) => index + 1);
  const { series, publishers, sources } = catalogue;
  return {
    ...catalogue,
    series: [...series, ...copies.flatMap((copy) => series.map((one, index) => copySeries(one, copy, copy * series.length + index)))],
    publishers: [...publishers, ...copies.flatMap((copy) => publishers.map((one) => copyPublisher(one, copy)))],
    sources: [...sources, ...copies.flatMap((copy) => sources.map((source) => ({ ...source, id: `${source.id}-${copy}`, publisher: `${source.publisher}-${copy}` })))],
  };
}

/** The address of a source on a host of its own kind: each copy of the catalogue's hosts is another host. */
function copiedAddress(url: string, copy: number): string {
  const address = new URL(url);
  address.hostname = `h${copy}.${address.hostname}`;
  return address.href;
}

/**
 * So many sources: those that are given, and as often as it takes copies of them on hosts of their own. So what is
 * polled how often, and how many sources a host has, stays as it is.
 */
export function sourcesTo(sources: readonly Source[], count: number): Source[] {
  return Array.from({ length: sources.length === 0 ? 0 : count }, (_, index) => {
    const copy = Math.floor(index / sources.length);
    return sources.slice(index % sources.length, (index % sources.length) + 1).map((source) => (copy === 0 ? source : { ...source, id: `${source.id}-${copy}`, url: copiedAddress(source.url, copy) }));
  }).flat();
}

/** A catalogue of so many sources that are polled, with as many times the series and publishers. */
export function grownTo(catalogue: Catalogue, count: number): Catalogue {
  const polled = polledOf(catalogue.sources);
  return { ...grown(catalogue, Math.ceil(count / polled.length)), sources: sourcesTo(polled, count) };
}
