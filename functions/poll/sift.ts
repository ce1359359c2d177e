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
}

/** What a reading brought that the reading before did not have. */
export interface Sifted {
  readonly fresh: readonly Fresh[];
  /** Marks of everything that was read, in order. */
  readonly marks: readonly string[];
  /** None of the items read before is there any more, so some may have come and gone in between. */
  readonly overflow: boolean;
}

/** In place of an item's content, so that it is fresh again at the next reading and does not count as new. */
const unread = "--------";

/** The mark of an item whose page could not be read yet. */
export function unreadMark(mark: string): string {
  return mark.slice(0, 8) + unread;
}

/** Whether the item was not there at the last reading. */
export function isNew({ edited, waits }: Fresh): boolean {
  return !edited && !waits;
}

/** Whether nothing is known of the source, or so little that a full change proves nothing. */
const leastForOverflow = 3;
const nearlyAll = 0.8;

/** Marks are an id and a content of eight characters each; `seen` holds those of the last reading, joined by spaces. */
export function sift(items: readonly Item[], seen: string, source: { readonly id: string; readonly url: string }): Sifted {
  const known = new Map<string, string>();
  for (const mark of seen.split(" ")) if (mark) known.set(mark.slice(0, 8), mark.slice(8));
  const fresh: Fresh[] = [];
  const marks = new Map<string, string>();
  for (const item of items) {
    const { id, content } = fingerprint(item, source);
    const mark = id + content;
    if (marks.has(mark)) continue;
    marks.set(mark, id);
    const before = known.get(id);
    if (before === content) continue;
    const waits = before === unread;
    fresh.push({ item, mark, edited: before !== undefined && !waits, waits });
  }
  const ids = [...marks.values()];
  const overlap = ids.some((id) => known.has(id));
  // A pinned item stays while all others go: then the oldest shown is new, and nearly all of them are.
  const pinned = ids.length > leastForOverflow && !known.has(ids.at(-1) ?? "") && fresh.filter(isNew).length >= ids.length * nearlyAll;
  return { fresh, marks: [...marks.keys()].slice(0, maxEntries), overflow: known.size >= leastForOverflow && marks.size > 0 && (!overlap || pinned) };
}
