import { describe, expect, test } from "vitest";
import { labelledFiles, readCatalogue } from "../../cli/paths.ts";
import { checkLabelled } from "../../shared/catalogue/check-labelled.ts";
import { hideYear, namesOneYear } from "../../shared/catalogue/hide.ts";
import { LabelError, type LabelledItem, parseLabelled } from "../../shared/catalogue/labelled.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { figures, figuresBySeries, type Judged, judge, type Share, yearOf } from "../../shared/recognition/evaluate.ts";
import { catalogue as made } from "./catalogue.ts";

const catalogue = await readCatalogue();
const compiled = compile(catalogue);
const items = (await labelledFiles()).flatMap(({ name, text }) => parseLabelled(name, text));
const judged = items.map((item) => judge(compiled, item));
const shown = (list: readonly Judged[]): string[] => list.map(({ item, verdict }) => `${item.label} ${item.edition}, not ${verdict.series} ${verdict.edition} ${verdict.role}: ${item.title} (${item.source}). ${verdict.why.join("; ")}`);
const share = ({ got, of }: Share): number => got / of;

describe("the labelled set", () => {
  test("has a thousand items, of nearly every series, and each kind of companion", () => {
    expect(items.length).toBeGreaterThan(1000);
    expect(new Set(items.map(({ label }) => label)).size).toBeGreaterThan(60);
    expect(items.filter(({ label }) => label === "related").length).toBeGreaterThan(200);
    expect(items.filter(({ label }) => label === "none").length).toBeGreaterThan(150);
  });

  test("names only series that there are", () => {
    const known = new Set(["related", "none", ...catalogue.series.map(({ id }) => id)]);
    expect(items.filter(({ label }) => !known.has(label))).toEqual([]);
  });
});

describe("the floor, below which recognition does not fall again", () => {
  const all = figures(judged);
  test("999 editions in 1000 are found", () => expect(share(all.editions) >= 0.999 ? [] : shown(judged.filter(({ outcome }) => outcome === "missed" || outcome === "undecided"))).toEqual([]));
  test("999 releases in 1000 are releases", () => expect(share(all.precision) >= 0.999 ? [] : shown(judged.filter(({ outcome }) => outcome === "companion" || outcome === "unrelated"))).toEqual([]));
  test("every year is right", () => expect(shown(judged.filter(({ year }) => year === "wrong"))).toEqual([]));
  test("at most one page in a hundred items is read for nothing", () => expect(all.readForNothing).toBeLessThanOrEqual(items.length / 100));
});

describe("a year that the catalogue has not seen", () => {
  const years = [...new Set(items.flatMap((item) => yearOf(item) ?? []))].toSorted((a, b) => a - b);

  test.each(years)("%i comes out the same", (year) => {
    const hidden = compile(hideYear(catalogue, year));
    const changed = judged.filter(({ item }) => yearOf(item) === year).filter(({ item, verdict }) => {
      const without = judge(hidden, item).verdict;
      return without.series !== verdict.series || without.edition !== verdict.edition || without.role !== verdict.role;
    });
    expect(shown(changed)).toEqual([]);
  });

  test("leaves no edition of it, nor one that came out in it", () => {
    const { series } = hideYear(catalogue, 2019);
    expect(series.flatMap(({ editions }) => editions).filter(({ year, released }) => year === 2019 || released.startsWith("2019"))).toEqual([]);
    expect(series).toHaveLength(catalogue.series.length);
  });

  test("could not have been learned by a rule, since none names a year", () => {
    expect(namesOneYear(catalogue)).toEqual([]);
    expect(namesOneYear(made({ series: [{ id: "tip", recognise: [{ role: "release", title: ["TIP Report 2021"] }] }] }))).toEqual(['tip: "TIP Report 2021"']);
  });
});

const small = compile(made({ series: [{ id: "tip", year: "release", recognise: [{ role: "release", title: ["tip report"] }, { role: "release", title: ["new texts"], body: { all: ["adopted"] } }] }] }));
const item = (title: string, label: string, edition: number | null = null, over: Partial<LabelledItem> = {}): LabelledItem => ({ source: "state", title, url: null, published: "2021-07-01", symbol: null, label, edition, synthetic: true, ...over });

describe("how an item is judged", () => {
  test.each<[string, LabelledItem, string]>([
    ["a release of its series is found", item("TIP Report", "tip", 2021), "found"],
    ["one that nothing recognises is missed", item("Report", "tip", 2021), "missed"],
    ["a companion may not be a release", item("TIP Report", "related"), "companion"],
    ["nor may anything else", item("TIP Report", "none"), "unrelated"],
    ["what is none and taken for none is right", item("Weather", "none"), "right"],
    ["without its page it is undecided", item("New texts", "tip"), "undecided"],
    ["with its page it is found", item("New texts", "tip", null, { body: ["On the DPRK a text was adopted."] }), "found"],
    ["or missed, where the page says otherwise", item("New texts", "tip", null, { body: ["On the DPRK nothing was said."] }), "missed"],
    ["a page may clear what is none of ours", item("New texts", "none", null, { body: ["Iran: adopted."] }), "right"],
  ])("%s", (_, one, outcome) => expect(judge(small, one).outcome).toBe(outcome));

  test("a year is wrong, right, or not shown", () => {
    expect(judge(small, item("TIP Report", "tip", 2020)).year).toBe("wrong");
    expect(judge(small, item("TIP Report", "tip", 2021)).year).toBe("right");
    expect(judge(small, item("TIP Report", "tip", 2021, { published: null })).year).toBeNull();
  });

  test("an edition is found by one of its items, and every item counts for the releases", () => {
    const list = [item("TIP Report", "tip", 2021), item("Report", "tip", 2021), item("Report", "tip", 2020), item("TIP Report", "related"), item("New texts", "none")].map((one) => judge(small, one));
    expect(figures(list)).toEqual({ items: { of: 3, got: 1 }, editions: { of: 2, got: 1 }, precision: { of: 2, got: 1 }, years: { of: 1, got: 1 }, undecided: 0, companions: 1, unrelated: 0, readForNothing: 1 });
    expect(figuresBySeries(list).get("tip")).toEqual(figures(list));
  });

  test("a line that is no labelled item is named, with what it should be", () => {
    expect(() => parseLabelled("a.jsonl", '{"title":"A","label":"none"}\n\n{"label":"none"}')).toThrow(/^a\.jsonl, line 3: title: .*A line is/);
    expect(() => parseLabelled("a.jsonl", "{")).toThrow(LabelError);
  });
});

describe("almanac catalogue", () => {
  test("finds no rule that rings on what is not its own", () => expect(checkLabelled(catalogue, items)).toEqual([]));
  test("a rule that does is a fault that names the item", () => {
    const greedy = made({ series: [{ id: "greedy", recognise: [{ role: "release", title: ["report"] }] }, { id: "tip", recognise: [{ role: "release", title: ["trafficking"] }] }] });
    expect(checkLabelled(greedy, [item("TIP Report", "tip", 2021), item("Report", "none")]).map(({ level, id, message }) => `${level} ${id} ${message.slice(0, 60)}`)).toEqual([
      'fault greedy would ring for "TIP Report" (state), which is of tip: the ti',
      'fault greedy would ring for "Report" (state), which is none of ours: the ',
    ]);
  });
});
