import type { Scope } from "./document.ts";
import type { Facts } from "./facts.ts";
import type { FigureChange } from "./figures.ts";
import type { ListChange } from "./lists.ts";
import type { Term } from "./terms.ts";
import type { Piece } from "./word-diff.ts";

/** Where a sentence stands. */
export interface Place {
  /** The place of its section in the outline of its edition. */
  readonly section: number;
  readonly heading: string;
  /** The number of its paragraph, where paragraphs have one. */
  readonly label: string | null;
}

/** A sentence that is new in the later edition. */
interface Added {
  readonly kind: "added";
  readonly to: Place;
  readonly text: string;
}

/** A sentence that the later edition no longer has. */
interface Removed {
  readonly kind: "removed";
  readonly from: Place;
  /** The place of its section among the later edition's headings; null where that is gone as well. */
  readonly section: number | null;
  readonly text: string;
}

/** A sentence that stands elsewhere, word for word. */
interface Moved {
  readonly kind: "moved";
  readonly from: Place;
  readonly to: Place;
  /** Whether it stands in another section than it did. */
  readonly elsewhere: boolean;
  readonly text: string;
}

/** A sentence that was edited; parted in two, or joined with another, it is one change. */
export interface Changed {
  readonly kind: "changed";
  readonly from: Place;
  readonly to: Place;
  readonly elsewhere: boolean;
  readonly before: string;
  readonly after: string;
  readonly pieces: readonly Piece[];
  readonly moved: boolean;
  /** It differs in wording alone: small words, forms of words, names of the country and its government. */
  readonly wordingOnly: boolean;
  /** A denial, such as "not", came or went. */
  readonly denies: boolean;
  readonly figures: readonly FigureChange[];
  /** What came into a list of names in the sentence, and what left it; null without such a list. */
  readonly list: ListChange | null;
}

export type Change = Added | Removed | Moved | Changed;

/** One edition, as it was compared. */
export interface Edition {
  readonly title: string;
  readonly scope: Scope;
  /** The headings of its sections, in order. */
  readonly headings: readonly string[];
  readonly words: number;
  readonly sentences: number;
  readonly facts: Facts;
}

export interface SectionChanges {
  /** Places in the later edition's headings. */
  readonly added: readonly number[];
  /** Places in the earlier edition's headings. */
  readonly removed: readonly number[];
  readonly renamed: readonly { readonly before: number; readonly after: number }[];
  readonly moved: readonly { readonly before: number; readonly after: number }[];
}

/** How the words of the later edition came to be there, as shares that make 1 but for rounding; `removed` is of the earlier one's words. */
export interface Shares {
  readonly unchanged: number;
  readonly moved: number;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
}

/** What is different in an edition against an earlier one. */
export interface Changes {
  readonly before: Edition;
  readonly after: Edition;
  readonly shares: Shares;
  readonly sections: SectionChanges;
  /** In the order of the text. */
  readonly changes: readonly Change[];
  /** Sentences that are the same in the same place. */
  readonly unchanged: number;
  /** Words of one edition that the other never uses. */
  readonly terms: { readonly added: readonly Term[]; readonly removed: readonly Term[] };
}
