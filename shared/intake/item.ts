/** One thing that a source published, as it was read. */
export interface Item {
  /** Plain text, entities decoded, white space collapsed. */
  readonly title: string;
  /** Absolute http(s) address as published, if it has one. */
  readonly url: string | null;
  /** ISO 8601 in UTC; a day alone (YYYY-MM-DD) where no time was given; null where the date is missing or unreadable. */
  readonly published: string | null;
  /** Plain text, at most 2,000 characters. */
  readonly summary: string | null;
  /** The publisher's own identifier, such as an RSS guid. */
  readonly guid: string | null;
  /** A document symbol that the source gave as data, such as A/HRC/RES/46/17. */
  readonly symbol: string | null;
  readonly language: string | null;
}

/** An entry that could not become an item, and why; the rest of the source is still read. */
export interface Skipped {
  readonly title: string | null;
  readonly why: string;
}

/** What one reading of a source's content gave. */
export interface Reading {
  readonly items: readonly Item[];
  readonly skipped: readonly Skipped[];
}
