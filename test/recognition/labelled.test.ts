import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match, type Recognised } from "../../shared/recognition/match.ts";
import { titles } from "./titles.ts";

const compiled = compile(await readCatalogue());

function words({ relevance, series, edition, role }: Recognised): string {
  return relevance === "series" ? `${series} ${edition} ${role ?? "body"}` : relevance;
}

describe("the product's own catalogue", () => {
  test.each(titles)("gives $is for $title ($source, $published)", ({ is, ...item }) => {
    const recognised = match(compiled, { url: null, ...item });
    expect({ is: words(recognised), why: recognised.why }).toEqual({ is, why: recognised.why });
  });
});

const path = resolve(import.meta.dirname, "../../../shared/facts/labelled-items.jsonl");
const absent = !existsSync(path);
if (absent) console.warn(`Labelled items are not tried: there is no ${path}.`);

const Item = z.object({
  source: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  published: z.string().nullable(),
  symbol: z.string().nullable(),
  label: z.string(),
  edition: z.number().nullable(),
});

/** The labelled items, each with what it is recognised as. */
function labelled(): (z.infer<typeof Item> & { readonly found: Recognised })[] {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => {
    const item = Item.parse(JSON.parse(line));
    return { ...item, found: match(compiled, item) };
  });
}

describe.skipIf(absent)("on labelled items", () => {
  const items = absent ? [] : labelled();
  const editions = items.filter(({ label }) => label !== "related" && label !== "none");
  const shown = (list: typeof items): string[] => list.map(({ label, edition, source, title, found }) => `${label} ${edition}, not ${words(found)}: ${title} (${source})`);

  test("there are some of each kind", () => {
    expect(editions.length).toBeGreaterThan(200);
    expect(items.length - editions.length).toBeGreaterThan(100);
  });

  test("at least 98 in a hundred editions have their series, and are releases or wait for their body", () => {
    const wrong = editions.filter(({ label, found }) => found.series !== label || (found.role !== "release" && found.role !== null));
    expect(wrong.length <= editions.length * 0.02 ? [] : shown(wrong)).toEqual([]);
  });

  test("at least 98 in a hundred dated editions that are counted by years have their year", () => {
    const dated = editions.filter(({ edition, published, found, label }) => edition !== null && published !== null && found.series === label);
    const wrong = dated.filter(({ edition, found }) => found.edition !== edition);
    expect(wrong.length <= dated.length * 0.02 ? [] : shown(wrong)).toEqual([]);
  });

  test("no companion is taken for a release", () => expect(shown(items.filter(({ label, found }) => label === "related" && found.role === "release"))).toEqual([]));
  test("nothing else is taken for a release", () => expect(shown(items.filter(({ label, found }) => label === "none" && found.role === "release"))).toEqual([]));
});
