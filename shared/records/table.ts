/** A record's place in the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What every record has. `revision` counts its writes: a change is refused when another came between. */
export interface Stored extends Key {
  readonly kind: string;
  readonly format: number;
  readonly revision: number;
}

/** The indexes that a reader may ask, each with the attribute that it is sorted by. */
export type Index =
  | { readonly name: "month"; readonly month: string }
  | { readonly name: "series"; readonly series: string }
  | { readonly name: "owed" }
  | { readonly name: "deviating" };

/** The one table. The same promises hold on dynalite, DynamoDB Local and DynamoDB (test/records/conformance.test.ts). */
export interface Table {
  get(key: Key): Promise<Stored | undefined>;
  /** The records that exist among the keys, in any order; reads are strongly consistent. */
  getMany(keys: readonly Key[]): Promise<Stored[]>;
  /** Stores the record unless its key is taken; false when it was. */
  putNew(record: Stored): Promise<boolean>;
  /**
   * Stores the record if the stored one still has the revision `previous`, which is `record.revision - 1` unless it is
   * given; false when another write came between.
   */
  replace(record: Stored, previous?: number): Promise<boolean>;
  /** Stores records without conditions, in batches: so tests and benches fill a table. The product writes on conditions alone. */
  putAll(records: readonly Stored[]): Promise<void>;
  remove(key: Key): Promise<void>;
  /** Every record of one partition whose sort key begins with `prefix`, in order. */
  list(pk: string, prefix?: string): AsyncIterable<Stored>;
  /** Every record that is there all the while, once each, in no order. It reads the whole table: for moving it alone. */
  scan(): AsyncIterable<Stored>;
  /** Whole records for `month` and `series` (by `at`, newest last); keys, kind and sort attribute for `owed` and `deviating`. */
  query(index: Index, range?: Range): AsyncIterable<Partial<Stored> & Key>;
}

/** What part of an index is asked for, and how. Both ends are included; they are compared as text. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
  /** The other way round: the newest comes first. */
  readonly newestFirst?: boolean;
  /** How many records are read at a time, for a reader who stops early. Absent: as many as the table gives, about a megabyte. */
  readonly pageSize?: number;
}
