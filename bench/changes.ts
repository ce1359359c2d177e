import { compare } from "../shared/changes/compare.ts";
import type { Document } from "../shared/changes/document.ts";

/** Words of a printed page of a report. */
const pageWords = 450;
const pages = 50;
const sentenceWords = 22;
const paragraphSentences = 5;
const sectionParagraphs = 8;

/** How long one comparison took. */
export interface ComparisonTime {
  readonly name: string;
  readonly sentences: number;
  /** The median of the runs, of CPU. */
  readonly seconds: number;
}

const words = Array.from({ length: 3000 }, (_, at) => `${"bcdfghjklmnprstvw"[at % 17] ?? ""}${"aeiou"[at % 5] ?? ""}${"lmnrst"[at % 6] ?? ""}${at.toString(36).replace(/\d/g, "e")}`);

/** Numbers that look as if by chance, and are the same each time. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
}

/** Some words come often and most seldom, as in any text. */
function sentence(next: () => number): string {
  const chosen = Array.from({ length: sentenceWords }, () => words[Math.floor(words.length * (next() / 2_147_483_648) ** 3)] ?? "");
  return `The ${chosen.join(" ")}.`;
}

function laidOut(sentences: readonly string[]): Document {
  const paragraphs = Array.from({ length: Math.ceil(sentences.length / paragraphSentences) }, (_, at) => ({ label: null, text: sentences.slice(at * paragraphSentences, (at + 1) * paragraphSentences).join(" ") }));
  const sections = Array.from({ length: Math.ceil(paragraphs.length / sectionParagraphs) }, (_, at) => ({ heading: `Heading ${at}`, within: [], paragraphs: paragraphs.slice(at * sectionParagraphs, (at + 1) * sectionParagraphs) }));
  return { title: "Report on North Korea", scope: "whole", sections, pages };
}

/** A sentence as a later edition has it: one in three with a word changed. */
function edited(text: string, at: number): string {
  return at % 3 === 0 ? text.replace(/ \S+ /, ` changed${at % 7} `) : text;
}

/** A report of 50 pages, and the next: a third of its sentences edited, a tenth new, a tenth gone, one in ten moved. */
function reports(): readonly [Document, Document] {
  const next = sequence(1);
  const before = Array.from({ length: Math.round((pages * pageWords) / sentenceWords) }, () => sentence(next));
  const kept = before.filter((_, at) => at % 10 !== 4);
  const moved = kept.filter((_, at) => at % 10 === 7);
  const after = [...kept.filter((_, at) => at % 10 !== 7), ...moved].flatMap((text, at) => (at % 10 === 2 ? [edited(text, at), sentence(next)] : [edited(text, at)]));
  return [laidOut(before), laidOut(after)];
}

function repeated(): readonly [Document, Document] {
  const one = "No information was available on whether the government investigated credible allegations of abuse.";
  return [laidOut(Array.from({ length: 1000 }, () => one)), laidOut(Array.from({ length: 1100 }, (_, at) => (at % 100 === 50 ? `${one.slice(0, -1)} in ${at}.` : one)))];
}

const like = (at: number): string => `According to defectors, the government held ${at} prisoners in camp ${at % 50} and did not investigate allegations of abuse.`;

function alike(): readonly [Document, Document] {
  return [laidOut(Array.from({ length: 3000 }, (_, at) => like(at))), laidOut(Array.from({ length: 3000 }, (_, at) => like(3000 + ((at * 7) % 3000))))];
}

function timed(name: string, [before, after]: readonly [Document, Document], runs: number): ComparisonTime {
  const seconds: number[] = [];
  let sentences = 0;
  // The first run warms the compiler up, and does not count.
  for (let run = 0; run <= runs; run++) {
    const from = process.cpuUsage();
    sentences = compare(before, after).after.sentences;
    const { user, system } = process.cpuUsage(from);
    if (run > 0) seconds.push((user + system) / 1_000_000);
  }
  return { name, sentences, seconds: seconds.toSorted((x, y) => x - y)[runs >> 1] ?? 0 };
}

/** Times comparisons of long reports, and of what would be the worst for a comparison. */
export function comparisonTimes(runs = 5): ComparisonTime[] {
  return [timed("two reports of 50 pages", reports(), runs), timed("one sentence 1,000 times", repeated(), runs), timed("3,000 sentences that differ in two numbers", alike(), runs)];
}

/** The times, a line each. */
export function comparisonLines(times: readonly ComparisonTime[]): string[] {
  return times.map(({ name, sentences, seconds }) => `${name}: ${sentences.toLocaleString("en")} sentences in ${seconds.toFixed(2)} s of CPU`);
}

if (import.meta.main) for (const line of comparisonLines(comparisonTimes())) process.stdout.write(`${line}\n`);
