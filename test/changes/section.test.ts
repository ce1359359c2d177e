import { describe, expect, test } from "vitest";
import { documentOf } from "../../shared/changes/read-layout.ts";
import { readPage } from "../../shared/changes/section.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { capture, chapter, chapterYears, haveCaptures } from "./captures.ts";
import { names } from "../recognition/catalogue.ts";

const long = "This sentence is long enough to be the text of a page and not an entry of a menu.";
const page = (main: string): string => `<!doctype html><html><head><title>North Korea | Site</title></head><body><header><a href="/">Home</a></header><nav><ul><li>Menu that goes on for a long time and has more than sixty characters in it</li></ul></nav><div class="wrap"><main><article>${main}</article></main></div><footer><p>Contact</p></footer><script>let text = "${long}";</script></body></html>`;
const shape = (html: string): string[] => readPage(html).blocks.map((block) => (block.kind === "heading" ? `h${block.level} ${block.text}` : block.kind === "row" ? `row ${block.text}` : `p ${block.lead === null ? "" : `[${block.lead}] `}${block.text}`));

describe("a page", () => {
  test("is its main part, without what stands around it", () => {
    expect(shape(page(`<h1>North Korea</h1><p>${long}</p><p>${long}</p>`))).toEqual(["h1 North Korea", `p ${long}`, `p ${long}`]);
  });

  test("has headings, items, quotations and rows", () => {
    expect(shape(page(`<h2>A<br>b</h2><ul><li>${long}</li><li><p>${long}</p></li></ul><blockquote>${long}</blockquote><table><tr><th>Rank</th><th>Country</th></tr><tr><td>180</td><td>North Korea</td></tr></table>`))).toEqual(["h2 A b", `p ${long}`, `p ${long}`, `p ${long}`, "row Rank | Country", "row Rank: 180 | Country: North Korea"]);
  });

  test("a table that only lays the page out is read as the page is", () => {
    expect(shape(page(`<table><tr><td><h3>Left</h3><p>${long}</p></td><td><p>${long}</p></td></tr></table>`))).toEqual(["h3 Left", `p ${long}`, `p ${long}`]);
  });

  test("two line breaks part paragraphs, and one does not", () => {
    expect(shape(page(`<p>${long}<br>More of it.<br><br>${long}</p>`))).toEqual([`p ${long} More of it.`, `p ${long}`]);
  });

  test("the number of a note is no part of the text, and a raised letter is", () => {
    expect(shape(page(`<p>${long}<sup>12</sup> The 5<sup>th</sup> year.<sup><a href="#n3">[3]</a></sup></p>`))).toEqual([`p ${long} The 5th year.`]);
  });

  test("what is set apart at the beginning of a paragraph is told", () => {
    expect(shape(page(`<p><u>Foreign Travel</u>: ${long}</p><p>${long} <b>Not here</b>.</p>`))).toEqual([`p [Foreign Travel] Foreign Travel: ${long}`, `p ${long} Not here.`]);
  });

  test("that would stall a parser is refused", () => {
    expect(() => readPage(page("<div>".repeat(5000)))).toThrow(SourceError);
  });
});

const outlineOf = (main: string): string[] => documentOf(readPage(page(`<h1>North Korea</h1>${main}`)), names).sections.map(({ heading, within }) => [...within, heading].join(" > "));

describe("the outline of a page", () => {

  test("a label joins the heading below it, letters stand above no letters, and lead-ins below all", () => {
    const main = `<h2>Executive Summary</h2><p>${long}</p><h4>Section 1.</h4><h3>Integrity of the Person</h3><h3>a. Killings</h3><p>${long}</p><h3>Prison Conditions</h3><p><u>Physical Conditions</u>: ${long}</p><h3>b. Disappearance</h3><p>${long}</p><h4>Section 2.</h4><h3>Civil Liberties</h3><p>${long}</p>`;
    expect(outlineOf(main)).toEqual(["Executive Summary", "Section 1. Integrity of the Person", "Section 1. Integrity of the Person > a. Killings", "Section 1. Integrity of the Person > a. Killings > Prison Conditions", "Section 1. Integrity of the Person > a. Killings > Prison Conditions > Physical Conditions", "Section 1. Integrity of the Person > b. Disappearance", "Section 2. Civil Liberties"]);
  });

  test("a paragraph that is set apart as a whole is a heading", () => {
    expect(outlineOf(`<p>${long}</p><p><b>Endnote: Note on Sourcing</b></p><p><i>${long}</i></p>`)).toEqual(["", "Endnote: Note on Sourcing"]);
  });

  test("a title that is cited is no lead-in", () => {
    expect(outlineOf(`<p>Hidden Gulag IV: Gender Repression reported that the state demolished the zone.</p><p>${long}</p>`)).toEqual([""]);
  });
});

describe.skipIf(!haveCaptures)("the State Department's chapters", () => {
  test.each(chapterYears)("%i has its summary, seven sections and the note on sourcing, whatever its title", (year) => {
    const { title, scope, sections } = chapter(year);
    expect(title).toMatch(new RegExp(`^${year} Country Reports on Human Rights Practices: (North Korea|Democratic People’s Republic of Korea)$`));
    expect(scope).toBe("whole");
    const headings = sections.map(({ heading }) => heading);
    expect(headings[0]).toMatch(/^executive summary$/i);
    expect(headings.at(-1)).toBe("Endnote: Note on Sourcing");
    expect(headings.filter((heading) => /^Section [1-7]\. \S/.test(heading))).toHaveLength(7);
    expect(headings).toEqual(expect.arrayContaining(["b. Disappearance", "Foreign Travel", "Physical Conditions", "Anti-Semitism"]));
    const text = JSON.stringify(sections);
    for (const noise of ["View report by", "On This Page", "Download Report", "Lessons of 1989", "jQuery"]) expect(text).not.toContain(noise);
  });
});

describe.skipIf(!haveCaptures)("a press release", () => {
  test.each(["press-release_20190712IPR56948.html", "press-release_20201217IPR94207.html"])("%s is its text alone", (name) => {
    const { title, blocks } = readPage(capture(`europarl/${name}`).toString("utf8"));
    expect(title).toMatch(/^(Venezuela|EU-UK relations): /);
    const text = blocks.map((block) => block.text).join("\n");
    expect(text).not.toMatch(/Facebook|LinkedIn|cookie/i);
    expect(blocks.length).toBeGreaterThan(4);
  });
});
