import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../shared/changes/changes.ts";
import { compare } from "../../shared/changes/compare.ts";
import type { Document } from "../../shared/changes/document.ts";
import { sentences } from "../../shared/changes/sentences.ts";
import { chapter, chapterYears, haveCaptures } from "./captures.ts";
import { anyDocument, anySentence, made, shuffled, withSections } from "./made.ts";

/** A change in a line. */
function said(change: Change): string {
  if (change.kind === "added") return `+ ${change.text}`;
  if (change.kind === "removed") return `- ${change.text}`;
  if (change.kind === "moved") return `~ ${change.text}`;
  return `${change.moved ? "~" : ""}* ${change.pieces.map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}-]` : `[+${text}+]`)).join("")}`;
}

const changesOf = (before: string, after: string): string[] => compare(made(before), made(after)).changes.map(said);
const kinds = (document: Document, other: Document): string[] => [...new Set(compare(document, other).changes.map(({ kind }) => kind))];
const paragraphsOf = ({ sections }: Document): number => sections.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0);

/** The document with a sentence put behind the first of a paragraph that ends as sentences do. */
function inserted(document: Document, sentence: string, at: number): Document {
  const places = document.sections.flatMap(({ paragraphs }, section) => paragraphs.flatMap(({ text }, paragraph) => (/[.!?]["”’]?$/.test(sentences(text)[0] ?? "") ? [{ section, paragraph }] : [])));
  const place = places[at % places.length];
  return withSections(
    document,
    document.sections.map((section, x) => ({
      ...section,
      paragraphs: section.paragraphs.map((paragraph, y) => {
        if (x !== place?.section || y !== place.paragraph) return paragraph;
        const [first = "", ...rest] = sentences(paragraph.text);
        return { ...paragraph, text: [first, sentence, ...rest].join(" ") };
      }),
    })),
  );
}

const count = (text: string): number => sentences(text).length;

describe("what is always so", () => {
  test("a document against itself gives nothing", () => {
    fc.assert(fc.property(anyDocument, (document) => { expect(compare(document, document)).toMatchObject({ changes: [], sections: { added: [], removed: [], renamed: [], moved: [] }, shares: { unchanged: 1 } }); }));
  });

  test("with its paragraphs shuffled, it gives moves alone", () => {
    const dealt = anyDocument.chain((document) => fc.record({ document: fc.constant(document), order: fc.shuffledSubarray([...Array.from({ length: paragraphsOf(document) }).keys()], { minLength: paragraphsOf(document) }) }));
    fc.assert(fc.property(dealt, ({ document, order }) => { expect(["", "moved"]).toContain(kinds(document, shuffled(document, order)).join()); }));
  });

  test("one sentence inserted gives just that sentence, however like others it is", () => {
    fc.assert(fc.property(anyDocument, anySentence, fc.nat(), (document, sentence, at) => { expect(compare(document, inserted(document, sentence, at)).changes.map(said)).toEqual([`+ ${sentence}`]); }));
  });

  test("one sentence taken out gives just that sentence", () => {
    fc.assert(fc.property(anyDocument, anySentence, fc.nat(), (document, sentence, at) => { expect(compare(inserted(document, sentence, at), document).changes.map(said)).toEqual([`- ${sentence}`]); }));
  });

  test("every sentence is told of once, and the shares make a whole", () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (before, after) => {
        const { changes, unchanged, shares, ...editions } = compare(before, after);
        const [old, fresh] = [changes.reduce((sum, change) => sum + (change.kind === "removed" || change.kind === "moved" ? count(change.text) : change.kind === "changed" ? count(change.before) : 0), 0), changes.reduce((sum, change) => sum + (change.kind === "added" || change.kind === "moved" ? count(change.text) : change.kind === "changed" ? count(change.after) : 0), 0)];
        expect([old + unchanged, fresh + unchanged]).toEqual([editions.before.sentences, editions.after.sentences]);
        expect(shares.unchanged + shares.moved + shares.changed + shares.added).toBeCloseTo(1, 2);
      }),
    );
  });
});

describe.skipIf(!haveCaptures)("on the State Department's chapters", () => {
  test.each(chapterYears)("%i against itself gives nothing", (year) => expect(compare(chapter(year), chapter(year)).changes).toEqual([]));

  test.each(chapterYears)("%i with its paragraphs shuffled gives moves alone", (year) => {
    const document = chapter(year);
    const order = [...Array.from({ length: paragraphsOf(document) }).keys()].toSorted((x, y) => ((x * 7919) % 997) - ((y * 7919) % 997));
    expect(kinds(document, shuffled(document, order))).toEqual(["moved"]);
  });

  test("one sentence inserted gives just that sentence", () => {
    fc.assert(
      fc.property(fc.constantFrom(...chapterYears), anySentence, fc.nat(), (year, sentence, at) => {
        const document = chapter(year);
        expect(compare(document, inserted(document, sentence, at)).changes.map(said)).toEqual([`+ ${sentence}`]);
      }),
      { numRuns: 30 },
    );
  });
});

const list = (item: string): string => `# Summary\n\nIssues included: killings by the government; ${item}; political prisoners; and forced labor of all kinds.`;

describe("sentences", () => {
  const one = "# Trials\n\nCourts are not independent. The number of camps is four. Guards beat prisoners with sticks.";

  test("capitals, quotation marks and commas alone are no change", () => {
    expect(changesOf("# A\n\nThe “State” held, in 2019, a trial.", "# a\n\nthe 'state' held in 2019 a trial.")).toEqual([]);
  });

  test("an edited one is changed, not gone and new", () => {
    expect(changesOf(one, one.replace("four", "five"))).toEqual(["* The number of camps is[- four-][+ five+]."]);
  });

  test("one that moved to another section and was edited is both", () => {
    const before = "# Prisons\n\nGuards at the northern camps routinely beat prisoners with wooden sticks. Food is short.\n\n# Borders\n\nThe border is closed to all.";
    const after = "# Prisons\n\nFood is short.\n\n# Borders\n\nThe border is closed to all. Guards at the northern camps regularly beat prisoners with wooden sticks.";
    expect(changesOf(before, after)).toEqual(["~* Guards at the northern camps[- routinely-][+ regularly+] beat prisoners with wooden sticks."]);
  });

  test("one that was parted in two is one change", () => {
    const before = "# Law\n\nThe law provides for a right to rest and for paid holidays; however, the ability of the state to provide these services was unknown.";
    const after = "# Law\n\nThe law provides for a right to rest and for paid holidays. The ability of the state to provide these services was unknown, however.";
    expect(compare(made(before), made(after)).changes).toEqual([expect.objectContaining({ kind: "changed" })]);
  });

  test("an item of a long list is told by itself", () => {
    expect(changesOf(list("restrictions on movement"), list("serious restrictions on movement"))).toEqual(["* [+serious +]restrictions on movement;".replace("+serious +", "+serious+").replace("]restrictions", "] restrictions")]);
  });

  test("what replaces a sentence of another subject is new, and the other gone", () => {
    expect(changesOf("# A\n\nThe harvest failed in the north.", "# A\n\nEleven musicians stood trial last spring.")).toEqual(["- The harvest failed in the north.", "+ Eleven musicians stood trial last spring."]);
  });

  test("Korean is compared by its words", () => {
    expect(changesOf("# 인권\n\n북한은 식량이 부족하다. 국경은 닫혀 있다.", "# 인권\n\n북한은 식량이 매우 부족하다. 국경은 닫혀 있다.")).toEqual(["* 북한은 식량이[+ 매우+] 부족하다."]);
  });

  test("a change of names alone is told as wording", () => {
    const pair = compare(made("# A\n\nThe DPRK reports that it holds no prisoners."), made("# A\n\nThe government reported it holds no prisoners."));
    expect(pair.changes).toEqual([expect.objectContaining({ wordingOnly: true, denies: false })]);
  });

  test("a denial that came is not wording", () => {
    const pair = compare(made("# A\n\nJournalists had little freedom to report."), made("# A\n\nJournalists had no freedom to report."));
    expect(pair.changes).toEqual([expect.objectContaining({ wordingOnly: false, denies: true })]);
  });
});

const headings = (before: string, after: string): object => {
  const { sections, before: old, after: fresh } = compare(made(before), made(after));
  const pair = (found: { before: number; after: number }): string[] => [old.headings[found.before] ?? "", fresh.headings[found.after] ?? ""];
  return { added: sections.added.map((at) => fresh.headings[at]), removed: sections.removed.map((at) => old.headings[at]), renamed: sections.renamed.map(pair), moved: sections.moved.map(pair) };
};

describe("sections", () => {
  const text = "Guards beat prisoners with sticks in every camp of the north.";

  test("new, gone, and renamed by what stands in them", () => {
    const before = `# Prisons\n\n${text}\n\n# Exile\n\nFamilies were sent to the mountains.`;
    const after = `# Places of Detention\n\n${text}\n\n# Internet\n\nFew may use it.`;
    expect(headings(before, after)).toEqual({ added: ["Internet"], removed: ["Exile"], renamed: [["Prisons", "Places of Detention"]], moved: [] });
  });

  test("numbers and capitals of a heading are no change", () => {
    expect(headings(`# Section 1. A. PRISONS\n\n${text}`, `# Section 2. Prisons\n\n${text}`)).toMatchObject({ added: [], removed: [], renamed: [] });
  });

  test("one that moved among the others is told once, and not its sentences", () => {
    const [a, b, c] = ["# One\n\nFirst things are said here.", "# Two\n\nSecond things are said here.", "# Three\n\nThird things are said here."];
    expect(headings(`${a}\n\n${b}\n\n${c}`, `${c}\n\n${a}\n\n${b}`)).toMatchObject({ moved: [["Three", "Three"]] });
    expect(changesOf(`${a}\n\n${b}\n\n${c}`, `${c}\n\n${a}\n\n${b}`)).toEqual([]);
  });

  test("two of one name are told apart by what they lie under", () => {
    const before = "# Women\n\n## Discrimination\n\nWomen may not drive cars.\n\n# Workers\n\n## Discrimination\n\nWorkers may not strike.";
    const after = "# Workers\n\n## Discrimination\n\nWorkers may not strike.\n\n# Women\n\n## Discrimination\n\nWomen may not drive cars.";
    expect(changesOf(before, after)).toEqual([]);
  });
});
