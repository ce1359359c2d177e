import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { grown } from "../../bench/grown.ts";
import { labelledFiles, readCatalogue } from "../../cli/paths.ts";
import { parseLabelled } from "../../shared/catalogue/labelled.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { type Compiled, compile } from "../../shared/recognition/compile.ts";
import { explainMatch } from "../../shared/recognition/explain.ts";
import { match, type Matchable, matchReading, type Recognised } from "../../shared/recognition/match.ts";
import { readItem } from "../../shared/recognition/reading.ts";
import { matcher } from "./catalogue.ts";
import { dirtyTitles } from "./dirty-titles.ts";
import { titles } from "./titles.ts";

const catalogue = await readCatalogue();
const compiled = compile(catalogue);
const about: Pick<Matchable, "title">[] = readFileSync(new URL("about/items.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const items: readonly Matchable[] = [...(await labelledFiles()).flatMap(({ name, text }) => parseLabelled(name, text)), ...titles, ...dirtyTitles, ...about].map((item) => ({ source: null, url: null, published: null, ...item }));

/** What an item is, without the words that say why: of phrases that begin alike any may be told. */
function verdict({ relevance, series, edition, role, own, saysOut }: Recognised): string {
  return [relevance, series, edition, role, own, saysOut].join(" ");
}

const read = (item: Matchable): Recognised => matchReading(compiled, readItem(compiled, item));
const named = (id: string, phrase: string) => ({ id, recognise: [{ role: "release" as const, title: [phrase] }] });
const verdicts = (by: Compiled): string[] => items.map((item) => `${verdict(match(by, item))}: ${item.title}`);


describe("an item that is not read because nothing in it leads anywhere", () => {
  test("would be nothing if it were", () => {
    expect(items.length).toBeGreaterThan(1500);
    for (const item of items) expect({ item, ...match(compiled, item) }).toEqual({ item, ...read(item) });
  });

  test("would be nothing whoever published it, and wherever", () => {
    const { publishers } = catalogue;
    for (const [index, item] of items.entries()) {
      const publisher = publishers[index % publishers.length];
      const elsewhere: Matchable = { ...item, source: publisher?.id ?? null, url: items[(index * 7) % items.length]?.url ?? null, published: `20${10 + (index % 15)}-${index % 2 ? "12-15" : "01-20"}` };
      expect({ elsewhere, ...match(compiled, elsewhere) }).toEqual({ elsewhere, ...read(elsewhere) });
    }
  });

  test.each(["http:/hrw.org/report/2021/01/02/x", "https://HRW.org/report/2021/01/02/x", "https://user@hrw.org/report/2021/01/02/x", "https://hrw.org:443/report/2021/01/02/x", " https://www.hrw.org/report/2021/01/02/x", "https:\\\\hrw.org\\report\\2021"])("may have its address written as %s", (url) => {
    const item: Matchable = { source: null, title: "“Here, We Are Walking on a Clothesline”", url, published: "2021-01-02" };
    expect(match(compiled, item)).toEqual(read(item));
  });
});

describe("the order of the series", () => {
  const ordered = (series: Catalogue["series"]): Compiled => compile({ ...catalogue, series });

  test.each([
    ["turned round", catalogue.series.toReversed()],
    ["cut like cards", [...catalogue.series.slice(30), ...catalogue.series.slice(0, 30)]],
    ["by the end of their ids", catalogue.series.toSorted((a, b) => (a.id.split("").toReversed().join("") < b.id.split("").toReversed().join("") ? -1 : 1))],
  ])("decides nothing but between series for which the evidence is the same: %s", (_how, series) => {
    const other = ordered(series);
    for (const item of items) {
      const [one, two] = [match(compiled, item), match(other, item)];
      if (verdict(one) === verdict(two)) continue;
      const { rules } = explainMatch(compiled, item);
      const best = rules.filter(({ held, weight }) => held && weight === rules[0]?.weight).map(({ series: id }) => id);
      expect({ title: item.title, best }).toEqual({ title: item.title, best: expect.arrayContaining([one.series, two.series]) });
    }
  });

  const [first, second] = [named("first", "world report"), named("second", "country report")];

  test("does not matter where one is named before the other in the title", () => {
    for (const series of [[first, second], [second, first]]) {
      const find = matcher({ series });
      expect(find({ title: "World Report and Country Report" })).toMatchObject({ series: "first" });
      expect(find({ title: "Country Report and World Report" })).toMatchObject({ series: "second" });
    }
  });

  test("does not matter where the words of one go on after the other's, though the evidence is the same", () => {
    const [longer, shorter] = [named("longer", "세계 보고서"), named("shorter", "세계 보고")];
    for (const series of [[longer, shorter], [shorter, longer]]) expect(matcher({ series })({ title: "세계 보고서 2021" })).toMatchObject({ series: "longer" });
  });

  test("decides between series with the same words", () => {
    const same = named("same", "world report");
    expect(matcher({ series: [first, same] })({ title: "World Report" })).toMatchObject({ series: "first" });
    expect(matcher({ series: [same, first] })({ title: "World Report" })).toMatchObject({ series: "same" });
  });
});

describe("a hundred times the series", () => {
  const large = grown(catalogue, 100);

  test("are as many, each with an id and phrases of its own", () => {
    expect(large.series.length).toBe(100 * catalogue.series.length);
    expect(new Set(large.series.map(({ id }) => id)).size).toBe(large.series.length);
    const phrases = (series: typeof large.series): Set<string> => new Set(series.flatMap(({ recognise }) => recognise.flatMap(({ title }) => title.flat())));
    const [known, added] = [phrases(catalogue.series), phrases(large.series.slice(catalogue.series.length))];
    expect([...known].filter((phrase) => added.has(phrase))).toEqual([]);
  });

  test("change no verdict", { timeout: 120_000 }, () => expect(verdicts(compile(large))).toEqual(verdicts(compiled)));

  test("are recognised too", { timeout: 120_000 }, () => {
    const copies = grown(catalogue, 3);
    const copy = copies.series.find(({ id }) => id === "us-state-tip-report-2");
    const phrase = copy?.recognise[0]?.title.flat()[0];
    expect(match(compile(copies), { source: "us-state-2", title: `2021 ${phrase}`, url: null, published: "2021-07-01" })).toMatchObject({ series: "us-state-tip-report-2" });
  });
});
