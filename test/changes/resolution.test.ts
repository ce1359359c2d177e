import { describe, expect, test } from "vitest";
import { compare } from "../../shared/changes/compare.ts";
import { readPages } from "../../shared/changes/pdf-blocks.ts";
import { documentOf } from "../../shared/changes/read-layout.ts";
import { summarise } from "../../shared/changes/summary.ts";
import { readPdf } from "../../shared/intake/pdf.ts";
import { made } from "./made.ts";
import { writePdf } from "./pdf-writer.ts";
import { names as theme } from "../recognition/catalogue.ts";

/** A resolution in the form that the United Nations give theirs; the words are ours. */
const earlier = `Human Rights Council, fifty-second session, agenda item 4

Albania*, Bosnia and Herzegovina*, Chile and Japan*: draft resolution

52/… Situation of human rights in the Democratic People’s Republic of Korea

The Human Rights Council,

Guided by the principles that all its members have signed,

Recalling all earlier texts on the matter, including its resolution 49/22 of 1 April 2022,

Deeply concerned at the closing of the borders,

1. Expresses its concern at the lasting and grave abuses that its experts found;

2. Urges the authorities:

(a) To open the camps to visits by independent experts;

(b) To let families that were parted see one another;

3. Decides to extend the mandate of its expert for one year;

4. Decides to stay seized of the matter.

55th meeting

[Adopted by a recorded vote of 22 to 7, with 18 abstentions.]`;

const later = earlier
  .replace("Albania*, Bosnia and Herzegovina*, Chile and Japan*", "Albania*, Bosnia and Herzegovina*, Fiji, Japan* and Ukraine")
  .replace("52/…", "55/…")
  .replace("fifty-second", "fifty-fifth")
  .replace("Deeply concerned at the closing of the borders,", "Deeply concerned at the closing of the borders,\n\nAlarmed at laws that punish young people for songs and films,")
  .replace("1. Expresses its concern", "1. Condemns in the strongest terms")
  .replace("Condemns in the strongest terms at the", "Condemns in the strongest terms the")
  .replace("3. Decides to extend", "3. Calls for the release of all who were abducted from other countries;\n\n4. Decides to extend")
  .replace("4. Decides to stay", "5. Decides to stay")
  .replace("[Adopted by a recorded vote of 22 to 7, with 18 abstentions.]", "[Adopted without a vote.]");

const names = { before: "the 2023 resolution", after: "the 2024 resolution" };
const title = "Situation of human rights in the Democratic People’s Republic of Korea";

describe("a resolution", () => {
  const document = made(earlier, title);

  test("has a preamble and operative paragraphs, each with its number apart", () => {
    expect(document.sections.map(({ heading, paragraphs }) => [heading, paragraphs.length])).toEqual([["", 3], ["Preamble", 3], ["Operative paragraphs", 8]]);
    expect(document.sections[2]?.paragraphs.slice(0, 4)).toEqual([
      { label: "1.", text: "Expresses its concern at the lasting and grave abuses that its experts found;" },
      { label: "2.", text: "Urges the authorities:" },
      { label: "(a)", text: "To open the camps to visits by independent experts;" },
      { label: "(b)", text: "To let families that were parted see one another;" },
    ]);
  });

  test("a number that moved is no change, and what a paragraph begins with is", () => {
    const { changes } = compare(document, made(later, title));
    const body = changes.filter((change) => (change.kind === "removed" ? change.from.heading : change.to.heading) !== "");
    expect(body.map((change) => (change.kind === "changed" ? `${change.to.label} ${change.before} > ${change.after}` : `${change.kind} ${change.text}`))).toEqual([
      "added Alarmed at laws that punish young people for songs and films,",
      "1. Expresses its concern at the lasting and grave abuses that its experts found; > Condemns in the strongest terms the lasting and grave abuses that its experts found;",
      "added Calls for the release of all who were abducted from other countries;",
      "null [Adopted by a recorded vote of 22 to 7, with 18 abstentions.] > [Adopted without a vote.]",
    ]);
  });

  test("its vote, its sponsors and its paragraphs are counted and told first", () => {
    const changes = compare(document, made(later, title));
    expect(changes.before.facts).toEqual({ pages: null, preambular: 3, operative: 4, vote: "22 to 7, with 18 abstentions", sponsors: ["Albania", "Bosnia and Herzegovina", "Chile", "Japan"] });
    expect(changes.after.facts).toMatchObject({ preambular: 4, operative: 5, vote: "without a vote", sponsors: ["Albania", "Bosnia and Herzegovina", "Fiji", "Japan", "Ukraine"] });
    const summary = summarise(changes, names);
    expect(summary.slice(1, 5)).toEqual([
      "Adopted without a vote; the 2023 resolution was adopted by 22 to 7, with 18 abstentions.",
      "Sponsors: 5, before 4 (new: Fiji, Ukraine; no longer: Chile).",
      "It has 4 paragraphs in its preamble, before 3.",
      "It has 5 operative paragraphs, before 4.",
    ]);
    expect(summary).toContain("Begins otherwise, in “Operative paragraphs” 1.: “[Expresses its concern at → Condemns in the strongest terms] the lasting and grave abuses that its experts …”.");
    expect(summary.join()).not.toMatch(/no” or|52\/…/);
  });

  test("as a PDF with numbers at its foot and notes, it is the same resolution", async () => {
    const pieces = earlier.split("\n\n").map((text) => ({ text }));
    const bytes = writePdf([{ heading: true, text: title }, ...pieces], { notes: ["1 A/HRC/25/63.", "2 A/HRC/52/64."], head: "A/HRC/RES/52/28" });
    const pdf = documentOf(readPages(await readPdf(bytes)), theme);
    expect(pdf.sections.map(({ heading }) => heading)).toEqual(["", "Preamble", "Operative paragraphs", "Notes"]);
    expect(compare(document, pdf).changes).toEqual([expect.objectContaining({ kind: "added", text: "1 A/HRC/25/63." }), expect.objectContaining({ kind: "added", text: "2 A/HRC/52/64." })]);
  });
});

test.each([
  ["The Assembly adopted the text by a recorded vote of 116 in favour to 20 against, with 53 abstentions.", "116 to 20, with 53 abstentions"],
  ["It was adopted by 119 votes to 19, with 48 abstentions.", "119 to 19, with 48 abstentions"],
  ["The resolution was adopted with 643 votes in favour, 15 against and 10 abstentions.", "643 to 15, with 10 abstentions"],
  ["The Committee adopted the draft resolution without a vote.", "without a vote"],
  ["The text was adopted by consensus.", "without a vote"],
  ["Nothing was decided.", null],
])("%s", (text, vote) => {
  expect(compare(made(text), made(text)).after.facts.vote).toBe(vote);
});
