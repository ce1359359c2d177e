import { common } from "./sequence.ts";
import { isSmall, type Token, tokens } from "./words.ts";

/** Some words of a changed sentence: in both editions, gone, or new. */
export interface Piece {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
  /** What is the same, as the earlier edition writes it, where capitals or signs differ. */
  readonly old?: string;
}

/** Words side by side: those of both editions, or those of the one in place of those of the other. */
export interface Hunk {
  readonly same: boolean;
  readonly gone: readonly Token[];
  readonly fresh: readonly Token[];
}

/** So many small words and signs between two changes are read as part of them. */
const islandWords = 2;

const signKey = ({ key, text }: Token): string => key || text.replace(/[“”„«»‘’']/g, '"').replace(/[–—]/g, "-");

interface Draft {
  readonly same: boolean;
  readonly gone: Token[];
  readonly fresh: Token[];
}

/** Adds words to the last draft where it is of the same kind, and to a new one where it is not. */
function put(found: Draft[], same: boolean, gone: readonly Token[], fresh: readonly Token[]): void {
  if (gone.length + fresh.length === 0) return;
  let last = found.at(-1);
  if (last?.same !== same) found.push((last = { same, gone: [], fresh: [] }));
  for (const word of gone) last.gone.push(word);
  for (const word of fresh) last.fresh.push(word);
}

function rawHunks(before: readonly Token[], after: readonly Token[]): Draft[] {
  const found: Draft[] = [];
  let [at, other] = [0, 0];
  for (const [to, until] of [...common(before.map(signKey), after.map(signKey)), [before.length, after.length] as const]) {
    put(found, false, before.slice(at, to), after.slice(other, until));
    put(found, true, before.slice(to, to + 1), after.slice(until, until + 1));
    [at, other] = [to + 1, until + 1];
  }
  return found;
}

/** Whether words between two changes only look the same by chance, such as a "the". */
const isIsland = ({ same, fresh }: Hunk): boolean => same && fresh.length <= islandWords && fresh.every(({ key }) => key === "" || isSmall(key));

/** What two sentences share and where they differ, in order. */
export function hunks(before: string, after: string): Hunk[] {
  const found: Draft[] = [];
  const raw = rawHunks(tokens(before), tokens(after));
  for (const [at, hunk] of raw.entries()) {
    const inside = at > 0 && at < raw.length - 1 && isIsland(hunk);
    put(found, hunk.same && !inside, hunk.gone, hunk.fresh);
  }
  return found;
}

/** Words as they stood, with one space where there was white space, also before the first. */
export function spell(words: readonly Token[]): string {
  return words.map(({ text, spaced }) => (spaced ? ` ${text}` : text)).join("");
}

/** A space that one edition has before the words is one in both, unless they come first. */
function sameOf(text: string, old: string, inside: boolean): Piece {
  const space = inside && (text.startsWith(" ") || old.startsWith(" ")) ? " " : "";
  const [now, then] = [space + text.trimStart(), space + old.trimStart()];
  return now === then ? { kind: "same", text: now } : { kind: "same", text: now, old: then };
}

/** A changed sentence as pieces; a piece begins with a space where one stood before it in either edition. */
export function pieces(changes: readonly Hunk[]): Piece[] {
  return changes.flatMap(({ same, gone, fresh }, at): Piece[] => {
    const text = spell(fresh);
    if (same) return [sameOf(text, spell(gone), at > 0)];
    const found: Piece[] = [{ kind: "gone", text: spell(gone) }, { kind: "new", text }];
    return found.filter((piece) => piece.text !== "");
  });
}
