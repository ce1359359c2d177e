import { describe, expect, test } from "vitest";
import { compare } from "../../shared/changes/compare.ts";
import { summarise } from "../../shared/changes/summary.ts";
import { tokens } from "../../shared/changes/words.ts";
import { chapter, type ChapterYear, chapterYears, haveCaptures } from "./captures.ts";
import { made } from "./made.ts";

const names = { before: "the 2019 edition", after: "the 2020 edition" };
const summary = (before: string, after: string): string[] => summarise(compare(made(before), made(after)), names);
const report = (extra: string): string => `# Executive Summary\n\nKillings went on in the camps of the north. Nobody was punished for anything.\n\n# Prisons\n\nGuards held 517 prisoners in four camps. Food was short all year.${extra}`;

describe("a summary", () => {
  test("of the same text says so in one sentence", () => {
    expect(summary(report(""), report(""))).toEqual(["No sentence of the 2020 edition is new, gone or changed against the 2019 edition."]);
  });

  test("names a place before the first heading", () =>
    expect(summary("Guards held prisoners in four camps of the north.", "Guards held prisoners in four camps of the north. Six people were executed in public.")).toContainEqual("New, in the beginning: “Six people were executed in public”."));

  test("says first how much changed, then sections, numbers, and what is new and gone", () => {
    const after = `${report(" Several prisoners died of torture in October, according to defectors.").replace("517", "612").replace(" Nobody was punished for anything.", "")}\n\n# Borders\n\nSoldiers shot at whoever crossed the border to the north.`;
    expect(summary(report(""), after)).toEqual([
      "34% of the 2020 edition stands in the same words and place in the 2019 edition. 2 sentences are new, 1 gone, 1 changed.",
      "It is longer: 41 words, before 26.",
      "New section: “Borders”.",
      "A number changed from 517 to 612, in “Prisons”: “… Guards held 612 prisoners in four camps …”.",
      "New, in “Prisons”: “Several prisoners died of torture in October, according to defectors”.",
      "New, in “Borders”: “Soldiers shot at whoever crossed the border to the north”.",
      "Gone, from “Executive Summary”: “Nobody was punished for anything”.",
    ]);
  });

  test("tells a changed sentence of the report's own summary with the words that changed", () => {
    expect(summary(report(""), report("").replace("Killings went on", "Public killings went on"))).toContain("Changed, in “Executive Summary”: “[new: Public] killings went on in the camps of the …”.");
  });

  test("names the words that only one of the two has", () => {
    const covid = " COVID-19 closed the border. COVID-19 kept food out. COVID-19 ended visits.";
    expect(summary(report(""), report(covid))).toContain("Words that the 2019 edition never used: COVID-19 (3 times).");
    expect(summary(report(covid), report(""))).toContain("Words no longer used: COVID-19 (3 times).");
  });

  test("does not tell of what is only reworded", () => {
    const lines = summary(report(""), report("").replace("Nobody was", "Nobody had been"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("1 sentence is only reworded.");
  });
});

const text = (year: ChapterYear): string => chapter(year).sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map((paragraph) => paragraph.text)]).join(" ").replaceAll("“", "‘").replaceAll("”", "’");

describe.skipIf(!haveCaptures)("on the State Department's chapters", () => {
  const pairs = chapterYears.slice(1).map((year, at) => [chapterYears[at] ?? year, year] as const);

  test.each(pairs)("that of %i to %i can be read in a minute", (before, after) => {
    const lines = summarise(compare(chapter(before), chapter(after)), names);
    expect(tokens(lines.join(" ")).filter(({ key }) => key !== "").length).toBeLessThanOrEqual(230);
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) expect(line).toMatch(/^[A-Z\d].*\.$/);
  });

  test.each(pairs)("every quotation of %i to %i stands in the edition that it is said to be from", (before, after) => {
    const told = summarise(compare(chapter(before), chapter(after)), names).flatMap((line) => /^(New|Gone), (?:in|from) “[^”]*”: “([^”]*?)(?: …)?”\.$/.exec(line) ?? []);
    for (let at = 0; at < told.length; at += 3) expect(text(told[at + 1] === "New" ? after : before)).toContain(told[at + 2]);
    expect(told.length).toBeGreaterThan(3);
  });

  test("the edition of 2018 no longer says “egregious”, and that is told", () => {
    const lines = summarise(compare(chapter(2017), chapter(2018)), { before: "2017", after: "2018" });
    expect(lines.filter((line) => line.startsWith("Gone")).join()).toContain("egregious human rights violations");
  });
});
