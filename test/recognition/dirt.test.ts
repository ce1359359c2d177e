import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";
import { dirtyTitles } from "./dirty-titles.ts";
import { noises } from "./noise.ts";
import { type Known, titles } from "./titles.ts";

const compiled = compile(await readCatalogue());
const known: readonly Known[] = [...titles, ...dirtyTitles];

function verdict({ source, url = null, published, symbol }: Known, title: string): string {
  const { relevance, series, edition, role } = match(compiled, { source, title, url, published, symbol });
  return relevance === "series" ? `${series} ${edition} ${role ?? "body"}` : relevance;
}

test("there are at least sixty titles of every verdict", () => {
  expect(known.length).toBeGreaterThanOrEqual(60);
  expect(new Set(known.map(({ is }) => (/release|notice|coverage|body|about|none/.exec(is) ?? [])[0])).size).toBe(6);
});

describe("a title as it was published", () => {
  test.each(dirtyTitles)("is $is: $title", (item) => expect(verdict(item, item.title)).toBe(item.is));
});

describe("the verdict does not change", () => {
  test.each(Object.entries(noises))("by %s", (_name, noise) => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.infiniteStream(fc.nat()), (item, draws) => {
        const dirty = noise(item, draws);
        expect(`${verdict(item, dirty)}: ${dirty}`).toBe(`${item.is}: ${dirty}`);
      }),
      { numRuns: 600 },
    );
  });

  test("by two of them, one after the other", () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.shuffledSubarray(Object.keys(noises), { minLength: 2, maxLength: 2 }), fc.infiniteStream(fc.nat()), (item, names, draws) => {
        // What encodes comes last, and what changes letters into others first, as it happens on the way to us.
        const order = Object.keys(noises);
        const dirty = names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).reduce((title, name) => noises[name]?.({ ...item, title }, draws) ?? title, item.title);
        expect(`${verdict(item, dirty)}: ${dirty} (${names.join(", ")})`).toBe(`${item.is}: ${dirty} (${names.join(", ")})`);
      }),
      { numRuns: 3000 },
    );
  });
});
