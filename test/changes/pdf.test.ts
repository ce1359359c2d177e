import { describe, expect, test } from "vitest";
import { compare } from "../../shared/changes/compare.ts";
import type { Document } from "../../shared/changes/document.ts";
import { readPages } from "../../shared/changes/pdf-blocks.ts";
import { documentOf } from "../../shared/changes/read-layout.ts";
import { readPdf } from "../../shared/intake/pdf.ts";
import { chapter, haveCaptures } from "./captures.ts";
import { type Page, type Piece, writePdf } from "./pdf-writer.ts";
import { names } from "../recognition/catalogue.ts";

async function read(pieces: readonly Piece[], page?: Page): Promise<string[]> {
  return readPages(await readPdf(writePdf(pieces, page))).blocks.map(({ kind, text }) => (kind === "heading" ? `# ${text}` : text));
}

const some = "guards prisoners camps borders food work children women trials media law police soldiers farms mines schools".split(" ");
const did = "beat held freed counted moved fed watched searched named taught praised left found paid built".split(" ");
const word = (list: readonly string[], at: number): string => list[at % list.length] ?? "";

const filler = (count: number): Piece[] =>
  Array.from({ length: count }, (_, at) => ({ text: `In the ${word(did, at)} year the ${word(some, at)} ${word(did, at * 3 + 1)} the ${word(some, at * 5 + 2)} of the north, and the ${word(some, at * 7 + 1)} ${word(did, at + 4)} them for it. Later the ${word(some, at + 9)} ${word(did, at * 2)} all ${word(some, at * 11 + 3)}.` }));

describe("a PDF", () => {
  test("is read as paragraphs, its lines joined", async () => {
    const text = "One paragraph that is long enough to run over two lines of the page, and so is joined. It has a second sentence.";
    expect(await read([{ heading: true, text: "A heading" }, { text }, { text: "Another." }])).toEqual(["# A heading", text, "Another."]);
  });

  test("loses its running heads and page numbers", async () => {
    const pieces = filler(60);
    expect(await read(pieces, { head: "NORTH KOREA 2019 HUMAN RIGHTS REPORT" })).toEqual(pieces.map(({ text }) => text));
  });

  test("in two columns is read one after the other", async () => {
    const pieces = filler(60);
    expect(await read(pieces, { columns: 2, head: "NORTH KOREA" })).toEqual(pieces.map(({ text }) => text));
  });

  test("has its parted words made whole, and those that are written with a hyphen elsewhere keep it", async () => {
    const pieces = Array.from({ length: 40 }, (_, at) => ({ text: `In the ${word(did, at)} year the self-determination of ${word(some, at * 3)} was unsatisfactory, ${word(some, at * 5 + 1)} ${word(did, at + 3)} in re-education camps, and ${word(some, at * 7)} were extraordinarily brutal to ${word(some, at + 5)}.` }));
    expect(await read(pieces, { hyphens: true, columns: 2 })).toEqual(pieces.map(({ text }) => text));
  });

  test("has its notes at the end", async () => {
    expect((await read(filler(40), { notes: ["1 See the report of 2014.", "2 Ibid."] })).slice(-3)).toEqual(["# Notes", "1 See the report of 2014.", "2 Ibid."]);
  });

  test("numbered paragraphs stand apart also where nothing lies between them", async () => {
    const numbered = ["1. Condemns the lasting and grave abuses that its experts have found over the years;", "2. Urges the authorities:", "(a) To open the camps to visits by independent experts from any country;"];
    expect(await read(numbered.map((text) => ({ text })))).toEqual(numbered);
  });

  test("counts its pages", async () => expect(readPages(await readPdf(writePdf(filler(60)))).pages).toBe(3));
});

describe("what is no PDF that can be read", () => {
  test.each([
    ["no PDF", new TextEncoder().encode("<html>")],
    ["one that was cut off", writePdf(filler(3)).slice(0, 60)],
    ["an empty file", new Uint8Array()],
    ["one without text", writePdf([])],
  ])("%s is unreadable, and says so", async (_, bytes) => {
    await expect(readPdf(bytes)).rejects.toMatchObject({ name: "SourceError", reason: "unreadable" });
  });
});

function asPdf({ title, sections }: Document, page: Page): Promise<Document> {
  const pieces = [{ heading: true, text: title }, ...sections.flatMap(({ heading, paragraphs }): Piece[] => [{ heading: true, text: heading }, ...paragraphs.map(({ text }) => ({ text }))])];
  return readPdf(writePdf(pieces, page)).then((pages) => documentOf(readPages(pages), names));
}

describe.skipIf(!haveCaptures)("a chapter of the State Department, printed", () => {
  test.each([
    ["in one column", { head: "NORTH KOREA 2019 HUMAN RIGHTS REPORT" }, 0.995],
    ["in two, with parted words", { head: "NORTH KOREA", columns: 2, hyphens: true }, 0.985],
  ] as const)("%s is the same chapter as the page", async (_, page, share) => {
    const [html, pdf] = [chapter(2019), await asPdf(chapter(2019), page)];
    const { shares, sections } = compare(html, pdf);
    expect(shares.unchanged).toBeGreaterThan(share);
    expect(sections).toEqual({ added: [], removed: [], renamed: [], moved: [] });
  });
});
