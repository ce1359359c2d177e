import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../shared/catalogue/load.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { explainMatch } from "../../shared/recognition/explain.ts";
import { match, type Matchable } from "../../shared/recognition/match.ts";

const file = (name: string) => ({ name, text: readFileSync(new URL(`../../${name}`, import.meta.url), "utf8") });
const catalogue = loadCatalogue(file("events.json"), file("sources.json"));
const compiled = compile(catalogue);
const item = (title: string, over: Partial<Matchable> = {}): Matchable => ({ source: "us-state-press", title, url: null, published: "2021-07-01", ...over });

test("the verdict is what match gives, for an item of each edition of the catalogue", () => {
  for (const series of catalogue.series) {
    for (const { title = series.name, url = null, released } of series.editions) {
      const one = item(title, { url, source: null, published: released === "unknown" ? null : released });
      expect(explainMatch(compiled, one).verdict).toEqual(match(compiled, one));
    }
  }
});

describe("the briefing on the release of the TIP report", () => {
  const explained = explainMatch(compiled, item("On the Release of the 2021 Trafficking in Persons Report"));

  test("is read before any rule is tried", () => {
    expect(explained).toMatchObject({ folded: "on the release of the 2021 trafficking in persons report", countries: [], publishers: ["us-state"], address: null });
    expect(explained.phrases).toContain("trafficking in persons report");
    expect(explained.companions.out).toContain("on the release of");
  });

  test("rests on the rule that stands first, and says of the others what failed", () => {
    const [chosen, ...others] = explained.rules;
    expect(chosen).toMatchObject({ series: "us-state-tip-report", chosen: true, held: true });
    expect(others.every(({ chosen: also }) => !also)).toBe(true);
    const heroes = others.find(({ series, findings }) => series === "us-state-tip-report" && findings.some(({ says }) => says.includes("Heroes")));
    expect(heroes).toMatchObject({ held: false });
    expect(heroes?.findings.filter(({ held }) => !held)).toEqual([expect.objectContaining({ says: expect.stringContaining('the title needs "Heroes"') })]);
  });

  test("says how role and edition came about", () => {
    expect(explained.role).toEqual([expect.stringContaining("it is out")]);
    expect(explainMatch(compiled, item("2021 Trafficking in Persons Report Launch Ceremony")).role).toEqual([expect.stringContaining("companion"), expect.stringContaining("it is out")]);
    expect(explained.edition).toContain("2021");
  });
});

test("another country's chapter fails by that, and a routine title rests on no rule", () => {
  const burma = explainMatch(compiled, item("2021 Trafficking in Persons Report: Burma"));
  const unmet = burma.rules.map(({ findings }) => findings.filter(({ held }) => !held));
  expect(unmet).toContainEqual([expect.objectContaining({ says: expect.stringContaining('another country\'s chapter ("burma")') })]);
  const [phrase = ""] = catalogue.companions.routine;
  const routine = explainMatch(compiled, item(`${phrase}: Trafficking in Persons Report`));
  expect(routine.companions.routine).not.toEqual([]);
  expect(routine.rules.some(({ chosen }) => chosen)).toBe(false);
});
