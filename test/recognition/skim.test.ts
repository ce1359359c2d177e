import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../../shared/recognition/fold.ts";
import { createSkim } from "../../shared/recognition/skim.ts";

/** Looks a title over for phrases, whose numbers are their places; undefined where it takes folding. */
function skim(title: string, phrases: readonly string[]): readonly number[] | undefined {
  const index = createSkim();
  for (const [number, phrase] of phrases.entries()) index.add(number, fold(phrase));
  return index.find(title)?.phrases.filter((phrase) => phrase >= 0);
}

test("phrases are found where folding would find them, and nowhere else", () => {
  expect(skim("Annual Human Rights Report", ["human rights", "human rights report", "rights", "report annual", "human"])).toEqual([4, 0, 1, 2]);
  expect(skim("Humane Rights-Reports", ["human rights", "rights report"])).toEqual([]);
});

test.each([
  ["a capital, an apostrophe, a mark", "SECRETARY’S Réport", ["secretary report"]],
  ["an abbreviation", "The U.S. Statement", ["us statement"]],
  ["a possessive before a full stop, which stays", "of the People's.", ["peoples"]],
  ["figures, dashes and brackets", "Report (2021) — “Volume 2”", ["report 2021 volume 2"]],
  ["a question mark at the end", "Why now?", ["why now"]],
])("folding is foreseen of %s", (_what, title, phrases) => expect(skim(title, phrases)).toEqual([0]));

test.each(["북한 인권", "A&nbsp;B", "Q&A", "l?homme", "people?s", "ﬁnd", "caf\u0065\u0301", "Â Report", "Отчёт", "re\u00adport", "a_b"])("%s takes folding", (title) => expect(skim(title, [])).toBeUndefined());

test.each(["North Korea", "N. Korea", "the D.P.R.K.", "Corée du Nord", "COREA DEL NORTE", "North Korea’s", "N.K. News", "RPDC", "Republic of Korea", "DR Congo"])("%s may name a country, so that folding changes more", (title) =>
  expect(createSkim().find(title)).toMatchObject({ country: true }));

test.each(["Record Corps in Core Corona", "Norwegian Kroner", "A Monk and a Bank", "Ankara"])("%s names none", (title) => expect(createSkim().find(title)).toMatchObject({ country: false }));

describe("the words of any title that can be looked over", () => {
  const piece = fc.constantFrom("a", "b", "s", "n", "S", "U.S.", "u.s", "s.", "'s", "’s", "’S ", "'", "? ", " ", "  ", " - ", "–", "“", "\u00a0", "é", "Ç", "1", "19", "a.b.", "a.b.c", "A.B.C.", "x", "the", "human", "'s.", "'sx", "'s2", "s's", "l’homme", ":", "«", "·", "É.U.", ".", "..", "a.", ".b");

  test("are those of the folded one", () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const title = pieces.join("");
        const folded = fold(title);
        if (folded === "") return;
        expect({ title, found: skim(title, [folded]) ?? [0] }).toEqual({ title, found: [0] });
      }),
      { numRuns: 5000 },
    );
  });
});
