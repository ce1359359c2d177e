import * as fc from "fast-check";
import { documentOf } from "../../shared/changes/read-layout.ts";
import type { Document, Paragraph, Section } from "../../shared/changes/document.ts";
import { readText } from "../../shared/changes/text-blocks.ts";
import { names } from "../recognition/catalogue.ts";

/** A document on the DPRK from text in which # begins a heading and an empty line parts paragraphs. */
export function made(text: string, title = "Report on North Korea"): Document {
  return documentOf({ ...readText(text), title }, names);
}

/** The same document with other sections. */
export function withSections(document: Document, sections: readonly Section[]): Document {
  return { ...document, sections };
}

const word = fc.constantFrom(
  ..."the of government reported authorities prisoners camp guards border China defectors media law state detained executed food labor year number percent according rights persons women children not no free trial Pyongyang Hyesan 12 64 1,200 2019 COVID-19 white paper".split(" "),
);

/** A sentence of few and common words, so that many are alike. */
export const anySentence: fc.Arbitrary<string> = fc.array(word, { minLength: 3, maxLength: 14 }).map((words) => `It ${words.join(" ")}.`);

const anyParagraph: fc.Arbitrary<Paragraph> = fc.array(anySentence, { minLength: 1, maxLength: 5 }).map((list) => ({ label: null, text: list.join(" ") }));

/** A document whose headings are all different. */
export const anyDocument: fc.Arbitrary<Document> = fc
  .array(fc.array(anyParagraph, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  .map((parts): Document => ({ title: "Report on North Korea", scope: "whole", pages: null, sections: parts.map((paragraphs, at) => ({ heading: `Heading ${"ABCDE"[at] ?? ""}${at}`, within: [], paragraphs })) }));

/** The document with its paragraphs dealt out anew: every section keeps its heading and its number of paragraphs. */
export function shuffled(document: Document, order: readonly number[]): Document {
  const all = document.sections.flatMap(({ paragraphs }) => paragraphs);
  let next = 0;
  const sections = document.sections.map((section) => ({ ...section, paragraphs: section.paragraphs.map(() => all[order[next++] ?? 0] ?? { label: null, text: "" }) }));
  return withSections(document, sections);
}
