import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "../../shared/recognition/fold.ts";
import { createPhrases } from "../../shared/recognition/phrases.ts";

/** Which of the phrases stand in a title, as their words and where. */
function found(phrases: readonly string[], title: string): [phrase: string, from: number, to: number][] {
  const index = createPhrases();
  for (const phrase of phrases) index.add(phrase);
  return index.find(fold(title)).map(({ phrase, from, to }) => [index.text(phrase), from, to]);
}

test("a phrase stands between word borders", () => {
  expect(found(["press"], "Press briefing")).toEqual([["press", 0, 1]]);
  expect(found(["press"], "Pressing on with expression")).toEqual([]);
  expect(found(["human rights"], "On Human-Rights, human right and humane rights")).toEqual([["human rights", 1, 3]]);
});

test("a phrase does not run over the end of a title", () => expect(found(["rights report 2021"], "Human Rights Report")).toEqual([]));

test("phrases that begin alike are all found, and where they stand", () =>
  expect(found(["world report", "world report 2021", "report"], "HRW World Report 2021")).toEqual([
    ["world report 2021", 1, 4],
    ["world report", 1, 3],
    ["report", 2, 3],
  ]));

test("a phrase that stands twice is found twice", () => expect(found(["report"], "Report on the report")).toHaveLength(2));

test("Hangul is found inside words, since particles are glued to nouns", () => {
  expect(found(["인권백서"], "2020 북한인권백서를 발간")).toEqual([["인권백서", 2, 3]]);
  expect(found(["종교자유 백서"], "북한 종교자유 백서")).toEqual([["종교자유 백서", 1, 3]]);
  expect(found(["백서"], "인권 보고서")).toEqual([]);
});

test("names of the country are one, in phrases as in titles", () => {
  const titles = ["Human Rights in North Korea", "Human rights in the DPRK", "Human rights in the Democratic People’s Republic of Korea", "Human rights in N. Korea"];
  for (const phrase of titles) for (const title of titles) expect(found([phrase], title)).toEqual([["human rights in dprk", 0, 4]]);
  expect(found(["북한인권"], "北인권 토론")).toEqual([["dprk 인권", 0, 2]]);
});

test("the same words have the same number however they are written", () => {
  const index = createPhrases();
  expect(index.add("Human-Rights")).toBe(index.add("human rights"));
  expect(index.add("human right")).not.toBe(index.add("human rights"));
});

test("what is found is what a search with spaces around would find", () => {
  const word = fc.constantFrom("a", "b", "c", "ab", "rights", "report");
  const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(" "));
  fc.assert(
    fc.property(fc.array(words, { maxLength: 8 }), fc.array(word, { maxLength: 12 }).map((list) => list.join(" ")), (phrases, title) => {
      const hits = new Set(found(phrases, title).map(([phrase]) => phrase));
      expect(hits).toEqual(new Set(phrases.filter((phrase) => ` ${title} `.includes(` ${phrase} `))));
    }),
  );
});
