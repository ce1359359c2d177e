import type { Change, Changes } from "./changes.ts";
import type { Piece } from "./word-diff.ts";

/** How many words of one passage may be quoted, from the most to the least. */
const limits = [60, 40, 25, 15, 10, 6] as const;
/** Words of what is the same that are shown on either side of a change. */
export const contextWords = 8;
/** All quotations together are at most this share of either edition, where the shortest limit can hold it. */
const quotedShare = 0.5;

const split = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** The first words of a text, with an ellipsis where there are more. */
export function excerpt(text: string, most: number): string {
  const words = split(text);
  return words.length <= most ? words.join(" ") : `${words.slice(0, most).join(" ").replace(/[\s,;:([{“"'-]+$/u, "")} …`;
}

/** The last words of a text, with an ellipsis where there are more. */
function ending(text: string, most: number): string {
  const words = split(text);
  return words.length <= most ? words.join(" ") : `… ${words.slice(-most).join(" ")}`;
}

/** What is the same, shortened to what stands next to a change. */
function shortened(text: string, first: boolean, last: boolean): string {
  const words = split(text);
  const most = contextWords * (first || last ? 1 : 2);
  if (words.length <= most) return text;
  const lead = text.startsWith(" ") ? " " : "";
  if (first) return ending(text, contextWords);
  if (last) return `${lead}${excerpt(text, contextWords)}`;
  return `${lead}${words.slice(0, contextWords).join(" ")} … ${words.slice(-contextWords).join(" ")}`;
}

/** A changed sentence, as it may be quoted: the words that changed, and a few around them. */
export function quotedPieces(pieces: readonly Piece[], limit: number): Piece[] {
  return pieces.map(({ kind, text, old }, at) => {
    const [first, last] = [at === 0, at === pieces.length - 1];
    if (kind === "same") return { kind, text: shortened(text, first, last), ...(old === undefined ? {} : { old: shortened(old, first, last) }) };
    return { kind, text: (text.startsWith(" ") ? " " : "") + excerpt(text, limit) };
  });
}

const countOf = (text: string, limit: number): number => Math.min(split(text).length, limit);

/** How many words of the earlier and of the later edition a change quotes. */
function quoted(change: Change, limit: number): readonly [before: number, after: number] {
  if (change.kind === "added") return [0, countOf(change.text, limit)];
  if (change.kind === "removed") return [countOf(change.text, limit), 0];
  if (change.kind === "moved") return [0, countOf(change.text, Math.min(limit, contextWords * 2))];
  let [same, gone, fresh] = [0, 0, 0];
  for (const { kind, text } of quotedPieces(change.pieces, limit)) {
    const count = split(text).length;
    if (kind === "same") same += count;
    else if (kind === "gone") gone += count;
    else fresh += count;
  }
  return [same + gone, same + fresh];
}

/** How many words of one passage to quote, so that no edition's text is given as a whole. */
export function quotingLimit({ before, after, changes }: Pick<Changes, "before" | "after" | "changes">): number {
  const fits = (limit: number): boolean => {
    let [old, fresh] = [0, 0];
    for (const change of changes) {
      const [ofBefore, ofAfter] = quoted(change, limit);
      old += ofBefore;
      fresh += ofAfter;
    }
    return old <= quotedShare * before.words && fresh <= quotedShare * after.words;
  };
  return limits.find(fits) ?? 6;
}
