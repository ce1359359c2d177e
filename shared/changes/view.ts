import type { Change, Changes } from "./changes.ts";
import { contextWords, excerpt, quotedPieces, quotingLimit } from "./quoting.ts";
import { type Names, summarise } from "./summary.ts";
import type { Piece } from "./word-diff.ts";

/** One edition, as readers are told of it. */
export interface Told {
  /** "2020". */
  readonly year: string;
  readonly url: string | null;
  /** Of the document that was compared, in hexadecimal; null where it is not known. */
  readonly sha256: string | null;
}

/** What a comparison is on. */
export interface Subject {
  /** The series' id and name. */
  readonly series: { readonly id: string; readonly name: string };
  readonly before: Told;
  readonly after: Told;
}

/** One difference, as it is shown: shortened, so that neither edition is given as a whole. */
export interface Row {
  readonly kind: Change["kind"];
  /** Empty where the sentence is new. */
  readonly before: readonly Piece[];
  /** Empty where the sentence is gone. */
  readonly after: readonly Piece[];
  /** The number of its paragraph, where paragraphs have one. */
  readonly label: string | null;
  /** The heading that it stood under, where that is another section. */
  readonly movedFrom: string | null;
  readonly moved: boolean;
  readonly wordingOnly: boolean;
}

/** What a difference is called. */
export const rowNames = { added: "New", removed: "Gone", moved: "Moved", changed: "Changed" } as const satisfies Record<Row["kind"], string>;

/** A section of the later edition, or one that is gone, and its differences. */
export interface Part {
  readonly heading: string;
  /** What the section was called, where that differs. */
  readonly formerly: string | null;
  readonly state: "kept" | "new" | "gone";
  readonly rows: readonly Row[];
}

/** A comparison, ready to be shown in whichever form. */
export interface View {
  readonly subject: Subject;
  readonly changes: Changes;
  readonly summary: readonly string[];
  readonly parts: readonly Part[];
  /** How many words of one passage are quoted at most. */
  readonly limit: number;
}

/** How the two editions are called in sentences. */
function namesOf({ before, after }: Subject): Names {
  return { before: `the ${before.year} edition`, after: `the ${after.year} edition` };
}

const earlier = (pieces: readonly Piece[]): Piece[] => pieces.filter(({ kind }) => kind !== "new").map(({ kind, text, old }) => ({ kind, text: old ?? text }));
const later = (pieces: readonly Piece[]): Piece[] => pieces.filter(({ kind }) => kind !== "gone").map(({ kind, text }) => ({ kind, text }));

function rowOf(change: Change, limit: number): Row {
  const plain = { before: [], after: [], movedFrom: null, moved: false, wordingOnly: false };
  if (change.kind === "added") return { ...plain, kind: "added", after: [{ kind: "new", text: excerpt(change.text, limit) }], label: change.to.label };
  if (change.kind === "removed") return { ...plain, kind: "removed", before: [{ kind: "gone", text: excerpt(change.text, limit) }], label: change.from.label };
  if (change.kind === "moved") {
    const text: Piece = { kind: "same", text: excerpt(change.text, Math.min(limit, 2 * contextWords)) };
    return { ...plain, kind: "moved", before: [text], after: [text], label: change.to.label, moved: true, movedFrom: elsewhere(change) };
  }
  const pieces = quotedPieces(change.pieces, limit);
  return { kind: "changed", before: earlier(pieces), after: later(pieces), label: change.to.label, moved: change.moved, movedFrom: change.moved ? elsewhere(change) : null, wordingOnly: change.wordingOnly };
}

function elsewhere({ from, elsewhere: other }: Extract<Change, { kind: "moved" | "changed" }>): string | null {
  return other ? from.heading : null;
}

/** Sections are told apart by their place in the later edition, and those that are gone by their place in the earlier. */
function keyOf(change: Change): string {
  if (change.kind !== "removed") return `after ${change.to.section}`;
  return change.section === null ? `before ${change.from.section}` : `after ${change.section}`;
}

function partsOf({ changes, before, after, sections }: Changes, limit: number): Part[] {
  const rows = new Map([...Map.groupBy(changes, keyOf)].map(([key, list]): [string, Row[]] => [key, list.map((change) => rowOf(change, limit))]));
  const formerly = new Map(sections.renamed.map((pair) => [pair.after, before.headings[pair.before] ?? null]));
  const [added, removed] = [new Set(sections.added), new Set(sections.removed)];
  // A renamed, new or gone section is told even where no sentence stands in it.
  for (const at of [...formerly.keys(), ...added]) if (!rows.has(`after ${at}`)) rows.set(`after ${at}`, []);
  for (const at of removed) if (!rows.has(`before ${at}`)) rows.set(`before ${at}`, []);
  const kept = after.headings.flatMap((heading, at): Part[] => {
    const found = rows.get(`after ${at}`);
    return found ? [{ heading, formerly: formerly.get(at) ?? null, state: added.has(at) ? "new" : "kept", rows: found }] : [];
  });
  const gone = before.headings.flatMap((heading, at): Part[] => {
    const found = rows.get(`before ${at}`);
    return found ? [{ heading, formerly: null, state: "gone", rows: found }] : [];
  });
  return [...kept, ...gone];
}

/** What is shown of a comparison: its summary, and its differences by section, each shortened. */
export function viewOf(subject: Subject, changes: Changes): View {
  const limit = quotingLimit(changes);
  return { subject, changes, summary: summarise(changes, namesOf(subject)), parts: partsOf(changes, limit), limit };
}

/** What readers must know to read the differences rightly, a sentence each. */
export function notes({ changes: { before, after }, limit, subject }: View): string[] {
  const scopes = { whole: "", chapter: "the chapter on our subject", mentions: "what names our subject" } as const;
  const parts = [
    { year: subject.before.year, said: scopes[before.scope] },
    { year: subject.after.year, said: scopes[after.scope] },
  ].filter(({ said }) => said !== "");
  return [
    ...parts.map(({ year, said }) => `Of the ${year} edition, only ${said} was compared.`),
    "Sentences and the items of long lists are compared by their words: capitals, quotation marks and punctuation alone are no change.",
    `What is the same is left out, and no passage is quoted beyond ${limit} words. The documents themselves are at their publisher's.`,
    "Made by rules, without a person or a language model: what matters should be read in the documents.",
  ];
}
