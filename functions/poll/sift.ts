import { maxEntries } from "../../shared/intake/draft.ts";
import { fingerprint } from "../../shared/intake/identity.ts";
import type { Item } from "../../shared/intake/item.ts";

/** An item that this source did not show before, or shows with other words now. */
export interface Fresh {
  readonly item: Item;
  /** What the state remembers of it. */
  readonly mark: string;
  /** It was there at the last reading, with other words. */
  readonly edited: boolean;
  /** It was there at the last reading, and its page could not be read yet. */
  readonly waits: boolean;
  /** A list that was replaced whole had the same words at another address: a new layout, and no news. */
  readonly moved: boolean;
}

/** What a reading brought that the reading before did not have. */
export interface Sifted {
  readonly fresh: readonly Fresh[];
  /** Marks of everything that was read, in order. */
  readonly marks: readonly string[];
  /** None of the items read before is there any more, so some may have come and gone in between. */
  readonly overflow: boolean;
  /** Marks to be kept of lists before this one, newest first: an error's page that nobody took for one may stand here, and the list come back. */
  readonly earlier: readonly string[];
}

/** In place of an item's content, so that it is fresh again at the next reading and does not count as new. */
const unread = "--------";

/** The mark of an item whose page could not be read yet. */
export function unreadMark(mark: string): string {
  return mark.slice(0, 8) + unread;
}

/** Whether the item was not there at the last reading. */
export function isNew({ edited, waits, moved }: Fresh): boolean {
  return !edited && !waits && !moved;
}

/** Whether nothing is known of the source, or so little that a full change proves nothing. */
const leastForOverflow = 3;
const nearlyAll = 0.8;

/** Of lists before the last one, so that a state stays small. The last one is kept whole. */
const mostEarlier = 200;

/** The marks of `seen` that are not shown now, where most of them went at once, and of `earlier` what there is room for. */
function kept(ids: ReadonlySet<string>, seen: readonly string[], earlier: readonly string[]): string[] {
  const gone = (marks: readonly string[]): string[] => marks.filter((mark) => !ids.has(mark.slice(0, 8)));
  const left = gone(seen);
  const replaced = 2 * left.length > seen.length ? left : [];
  return [...new Set([...replaced, ...gone(earlier)])].slice(0, Math.max(mostEarlier, replaced.length));
}

const marksIn = (text: string): string[] => text.split(" ").filter(Boolean);

/** Marks are an id and a content of eight characters each; `seen` holds those of the last reading and `before` of those before it, joined by spaces. */
export function sift(items: readonly Item[], seen: string, source: { readonly id: string; readonly url: string }, before = ""): Sifted {
  const [last, earlier] = [marksIn(seen), marksIn(before)];
  const known = new Map([...earlier, ...last].map((mark) => [mark.slice(0, 8), mark.slice(8)]));
  const contents = new Set(known.values());
  const fresh: Fresh[] = [];
  const marks = new Map<string, string>();
  for (const item of items) {
    const { id, content } = fingerprint(item, source);
    const mark = id + content;
    if (marks.has(mark)) continue;
    marks.set(mark, id);
    const was = known.get(id);
    if (was === content) continue;
    const waits = was === unread;
    fresh.push({ item, mark, edited: was !== undefined && !waits, waits, moved: false });
  }
  const ids = [...marks.values()];
  const overlap = ids.some((id) => known.has(id));
  // A pinned item stays while all others go: then the oldest shown is new, and nearly all of them are.
  const pinned = ids.length > leastForOverflow && !known.has(ids.at(-1) ?? "") && fresh.filter(isNew).length >= ids.length * nearlyAll;
  const isReplaced = known.size >= leastForOverflow && marks.size > 0 && (!overlap || pinned);
  // Most of a list with the words of the one before is that list at other addresses, so nothing was lost and the rest is news.
  const stays = ({ mark }: Fresh): boolean => contents.has(mark.slice(8));
  const isMoved = isReplaced && 2 * fresh.filter(stays).length >= fresh.length;
  return {
    fresh: isMoved ? fresh.map((one) => ({ ...one, moved: stays(one) })) : fresh,
    marks: [...marks.keys()].slice(0, maxEntries),
    overflow: isReplaced && !isMoved,
    earlier: kept(new Set(ids), last, earlier),
  };
}
