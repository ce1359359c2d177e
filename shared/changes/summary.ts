import type { Change, Changed, Changes, Place } from "./changes.ts";
import { gravest, isMain } from "./gravity.ts";
import { operative } from "./outline.ts";
import { excerpt, quotedPieces } from "./quoting.ts";
import { tokens } from "./words.ts";

/** How the two editions are called in a sentence: "the 2019 edition", "the 2020 edition". */
export interface Names {
  readonly before: string;
  readonly after: string;
}

/** So many words can be read in a minute. */
const mostWords = 230;
const quoteWords = 28;
const pieceWords = 14;
const headingWords = 12;
const mostListed = 3;
const mostSponsors = 8;
const mostTerms = 5;
/** A text is called longer or shorter from this share on. */
const lengthShare = 0.15;

/** A sentence of the summary. Of those that do not fit into a minute, the ones with the highest rank are left out. */
interface Line {
  readonly rank: number;
  readonly text: string;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const inner = (text: string): string => text.replace(/\s*[.;,:]$/, "").replaceAll("“", "‘").replaceAll("”", "’");
const quote = (text: string): string => `“${inner(excerpt(text, quoteWords))}”`;
const countWords = (text: string): number => tokens(text).filter(({ key }) => key !== "").length;

/** A heading without its letter or number; what stands before the first one has none. */
const named = (heading: string): string => (heading === "" ? "the beginning" : `“${inner(excerpt(heading.replace(/^(?:section \d+\.|\(?[a-z]\)?\.)\s+/i, ""), headingWords))}”`);

function ofKind<K extends Change["kind"]>(changes: readonly Change[], kind: K): Extract<Change, { kind: K }>[] {
  return changes.filter((change): change is Extract<Change, { kind: K }> => change.kind === kind);
}

function overview({ shares, changes, before, after }: Changes, names: Names): string[] {
  const changed = ofKind(changes, "changed");
  const reworded = changed.filter(({ wordingOnly }) => wordingOnly).length;
  const moved = ofKind(changes, "moved").length;
  if (changes.length === 0) return [`No sentence of ${names.after} is new, gone or changed against ${names.before}.`];
  const counts = [
    [ofKind(changes, "added").length, "new"],
    [ofKind(changes, "removed").length, "gone"],
    [changed.length - reworded, "changed"],
    [reworded, "only reworded"],
    [moved, "only moved"],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what], at) => (at === 0 ? counted(count, `sentence is ${what}`, `sentences are ${what}`) : `${count} ${what}`));
  const share = Math.round(100 * shares.unchanged);
  const same = `${share === 100 ? "More than 99" : share}% of ${names.after} stands in the same words and place in ${names.before}. ${parts.join(", ")}.`;
  const differs = Math.abs(after.words - before.words) > lengthShare * before.words;
  return differs ? [same, `It is ${after.words >= before.words ? "longer" : "shorter"}: ${after.words.toLocaleString("en")} words, before ${before.words.toLocaleString("en")}.`] : [same];
}

const saidVote = (vote: string): string => (vote.startsWith("without") ? vote : `by ${vote}`);

/** What the documents say of themselves: how they were adopted, by whom sponsored, how long they are. */
function facts({ before: { facts: old }, after: { facts: fresh } }: Changes, names: Names): string[] {
  const lines: string[] = [];
  if (old.vote !== null && fresh.vote !== null && old.vote !== fresh.vote) lines.push(`Adopted ${saidVote(fresh.vote)}; ${names.before} was adopted ${saidVote(old.vote)}.`);
  if (old.sponsors && fresh.sponsors) lines.push(...sponsors(old.sponsors, fresh.sponsors));
  const numbers = [
    ["page", old.pages, fresh.pages],
    ["paragraph in its preamble", old.preambular, fresh.preambular],
    ["operative paragraph", old.operative, fresh.operative],
  ] as const;
  for (const [what, x, y] of numbers) if (x !== null && y !== null && x !== y) lines.push(`It has ${counted(y, what, what.replace(/^(page|paragraph|operative paragraph)/, "$1s"))}, before ${x}.`);
  return lines;
}

function membersOf(members: readonly string[]): string {
  return members.slice(0, mostSponsors).join(", ") + (members.length > mostSponsors ? ` and ${members.length - mostSponsors} more` : "");
}

function sponsors(old: readonly string[], fresh: readonly string[]): string[] {
  const [joined, left] = [fresh.filter((name) => !old.includes(name)), old.filter((name) => !fresh.includes(name))];
  const who = [...(joined.length > 0 ? [`new: ${membersOf(joined)}`] : []), ...(left.length > 0 ? [`no longer: ${membersOf(left)}`] : [])];
  return who.length === 0 ? [] : [`Sponsors: ${fresh.length}, before ${old.length} (${who.join("; ")}).`];
}

function listed(lead: string, names: readonly string[], most = mostListed): string[] {
  if (names.length === 0) return [];
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return [`${lead}: ${names.slice(0, most).join("; ")}${more}.`];
}

function sections({ sections: { added, removed }, before, after }: Changes): string[] {
  return [
    ...listed(added.length === 1 ? "New section" : "New sections", added.map((at) => named(after.headings[at] ?? ""))),
    ...listed(removed.length === 1 ? "Section that is gone" : "Sections that are gone", removed.map((at) => named(before.headings[at] ?? ""))),
  ];
}

function headings({ sections: { renamed, moved }, before, after }: Changes): string[] {
  const pairs = renamed.map((pair) => `${named(before.headings[pair.before] ?? "")} is now ${named(after.headings[pair.after] ?? "")}`);
  return [...listed(counted(renamed.length, "section has another heading", "sections have another heading"), pairs, 1), ...listed("Moved among the sections", moved.map((pair) => named(after.headings[pair.after] ?? "")))];
}

function lists(changed: readonly Changed[]): string[] {
  return changed.flatMap(({ list, to }) => {
    if (!list) return [];
    const who = [...(list.added.length > 0 ? [`new: ${membersOf(list.added)}`] : []), ...(list.removed.length > 0 ? [`no longer: ${membersOf(list.removed)}`] : [])];
    return [`A list changed, in ${named(to.heading)}: ${who.join("; ")}.`];
  });
}

function figures(changed: readonly Changed[]): string[] {
  const found = changed.flatMap(({ figures: list, to }) => list.map((figure) => ({ figure, to })));
  return found.map(({ figure: { before, after, lead, tail }, to }) => `A number changed from ${before} to ${after}, in ${named(to.heading)}: “… ${inner(`${lead} ${after} ${tail}`.trim())} …”.`);
}

/** A changed sentence on one line: [old → new], [new: …], [gone: …]. */
function inline({ pieces }: Changed): string {
  const shown = quotedPieces(pieces, pieceWords);
  const parts = shown.map(({ kind, text }, at) => {
    if (kind === "same") return text;
    const space = text.startsWith(" ") ? " " : "";
    if (kind === "gone") return shown[at + 1]?.kind === "new" ? `${space}[${text.trim()} → ` : `${space}[gone: ${text.trim()}]`;
    return shown[at - 1]?.kind === "gone" ? `${text.trim()}]` : `${space}[new: ${text.trim()}]`;
  });
  return `“${inner(parts.join("").trim())}”`;
}

const placed = ({ to }: Changed): string => `${named(to.heading)}${to.label === null ? "" : ` ${to.label}`}`;

/** Changes at the beginning of an operative paragraph: what the body does there, such as "Condemns". */
const beginsOtherwise = ({ to, pieces }: Changed): boolean => to.heading === operative && to.label !== null && pieces[0]?.kind !== "same";

const differing = ({ pieces }: Changed): string => pieces.filter(({ kind }) => kind !== "same").map(({ text }) => text).join(" ");

const termList = (found: Changes["terms"]["added"]): string => found.slice(0, mostTerms).map(({ word, times }) => `${word} (${times} times)`).join(", ");

function terms({ terms: { added, removed } }: Changes, names: Names): string[] {
  return [...(added.length > 0 ? [`Words that ${names.before} never used: ${termList(added)}.`] : []), ...(removed.length > 0 ? [`Words no longer used: ${termList(removed)}.`] : [])];
}

/** Lines of one subject: the first has `rank`, each further one `step` more. */
const ranked = (rank: number, step: number, lines: readonly string[]): Line[] => lines.map((text, at) => ({ rank: rank + step * at, text }));

function withinAMinute(lines: readonly Line[]): string[] {
  const kept = new Set<Line>();
  let words = 0;
  for (const line of lines.toSorted((x, y) => x.rank - y.rank)) {
    const own = countWords(line.text);
    if (words + own > mostWords) continue;
    words += own;
    kept.add(line);
  }
  return lines.filter((line) => kept.has(line)).map(({ text }) => text);
}

/** Whether a place is in the text, and not in what stands before its first heading, such as symbol and date. */
const isText = ({ headings: all }: Changes["after"], { heading }: Place): boolean => heading !== "" || all.length === 1;

/**
 * What changed in plain sentences, the most important first, to be read in a minute. Made by rules from the comparison
 * alone: it counts, quotes and names places, and judges nothing.
 */
export function summarise(changes: Changes, names: Names): string[] {
  const changed = ofKind(changes.changes, "changed").filter(({ wordingOnly }) => !wordingOnly);
  // Where little changed, all of it can be told.
  const isLittle = changed.length <= 3;
  const main = gravest(changed.filter((change) => (isLittle ? !beginsOtherwise(change) && !change.denies && change.list === null && change.figures.length === 0 : isMain(change.to.heading))), (change) => ({ text: differing(change), heading: "" }), 4);
  const [added, removed] = [ofKind(changes.changes, "added").filter(({ to }) => isText(changes.after, to)), ofKind(changes.changes, "removed").filter(({ from }) => isText(changes.before, from))];
  const fresh = gravest(added, ({ to, text }) => ({ text, heading: to.heading }), 5);
  const gone = gravest(removed, ({ from, text }) => ({ text, heading: from.heading }), 4);
  return withinAMinute([
    ...ranked(0, 0, [...overview(changes, names), ...facts(changes, names)]),
    ...ranked(1, 0, sections(changes)),
    ...ranked(2, 1, changed.filter(beginsOtherwise).map((change) => `Begins otherwise, in ${placed(change)}: ${inline(change)}.`)),
    ...ranked(2, 1, figures(changed)),
    ...ranked(2.8, 1, lists(changed)),
    ...ranked(3, 1.5, changed.filter(({ denies }) => denies).map((change) => `A “no” or “not” came or went, in ${placed(change)}: ${inline(change)}.`)),
    ...ranked(2.2, 1, fresh.map(({ to, text }) => `New, in ${named(to.heading)}: ${quote(text)}.`)),
    ...ranked(2.4, 1, gone.map(({ from, text }) => `Gone, from ${named(from.heading)}: ${quote(text)}.`)),
    ...ranked(2.6, 1, main.map((change) => `Changed, in ${placed(change)}: ${inline(change)}.`)),
    ...ranked(4, 0, terms(changes, names)),
    ...ranked(5, 0, headings(changes)),
  ]);
}
