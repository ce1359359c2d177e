import { describe, expect, test } from "vitest";
import { compare } from "../../shared/changes/compare.ts";
import { documentOf } from "../../shared/changes/read-layout.ts";
import { readPage } from "../../shared/changes/section.ts";
import { summarise } from "../../shared/changes/summary.ts";
import { names } from "../recognition/catalogue.ts";

const about = (country: string): string => `<p>The government of ${country} held some persons in its prisons and let nobody visit them.</p><p>It published no figures on how many they were, nor on how many died.</p>`;
const chapterOf = (level: number, country: string): string => `<h${level}>${country}</h${level}>${about(country)}<h${level + 1}>Recommendations</h${level + 1}><p>Recommendations to the government of this country are to open all of its prisons.</p>`;
const document = (title: string, main: string): ReturnType<typeof documentOf> => documentOf(readPage(`<!doctype html><html><body><h1>${title}</h1>${main}</body></html>`), names);
const text = ({ sections }: ReturnType<typeof documentOf>): string => sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map((paragraph) => paragraph.text)]).join("\n");

describe("the part on the DPRK", () => {
  test.each(["North Korea", "KOREA, NORTH", "Democratic People’s Republic of Korea (Tier 3)", "DPRK"])("of a report on the world is the chapter “%s”, to the next country", (heading) => {
    const world = document("Report on Everything 2020", ["Nigeria", heading, "Norway", "Republic of Korea"].map((country) => chapterOf(2, country)).join(""));
    expect(world.scope).toBe("chapter");
    expect(world.sections.map((section) => section.heading)).toEqual([heading, "Recommendations"]);
    expect(text(world)).not.toMatch(/Nigeria|Norway|Republic of Korea$/m);
  });

  test("of a chapter is all of it", () => {
    expect(document("2020 Report: North Korea", chapterOf(2, "China")).scope).toBe("whole");
  });

  test("of a text whose title does not name it is all of it where much of it does", () => {
    const main = ["North Korea", "the DPRK", "Kim Jong Un", "North Korea", "the DPRK"].map(about).join("");
    expect(document("No safe place", main).scope).toBe("whole");
  });

  test("of a round-up is the paragraphs that name it", () => {
    const main = `<p>The Council adopted twenty texts today, and then its members went home to rest.</p>${Array.from({ length: 12 }, (_, at) => `<p>On country ${at} it adopted a text with many paragraphs and some votes against.</p>`).join("")}<h2>Action</h2><p>On the DPRK it adopted a text without a vote, as it did in the year before.</p>`;
    const found = document("Human Rights Council adopts 20 resolutions", main);
    expect(found).toMatchObject({ scope: "mentions", sections: [{ heading: "Action", paragraphs: [{ text: "On the DPRK it adopted a text without a vote, as it did in the year before." }] }] });
  });
});

const ranking = (rows: readonly (readonly [rank: number, country: string, score: string])[]): ReturnType<typeof documentOf> =>
  document("World Press Freedom Index", `<table><tr><th>Rank</th><th>Country</th><th>Score</th></tr>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`);

describe("a ranking", () => {

  test("is the row of the country, and its rank and score are the numbers that changed", () => {
    const before = ranking([[1, "Norway", "92.65"], [179, "Eritrea", "19.62"], [180, "North Korea", "13.92"]]);
    const after = ranking([[1, "Norway", "95.18"], [177, "North Korea", "21.72"], [179, "Eritrea", "22.86"]]);
    const changes = compare(before, after);
    expect(changes.changes).toEqual([expect.objectContaining({ kind: "changed", before: "Rank: 180 | Country: North Korea | Score: 13.92", after: "Rank: 177 | Country: North Korea | Score: 21.72" })]);
    const summary = summarise(changes, { before: "the 2022 edition", after: "the 2023 edition" }).join("\n");
    expect(summary).toContain("from 180 to 177");
    expect(summary).toContain("from 13.92 to 21.72");
  });
});
