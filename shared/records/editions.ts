import type { Match } from "../recognition/match.ts";
import type { DocumentState, EditionChanges, Version } from "./documents.ts";
import type { Placed } from "./history.ts";
import { editionPrefix, seriesPartition } from "./keys.ts";
import type { Owing } from "./owed.ts";
import { asKind } from "./records.ts";
import type { Stored, Table } from "./table.ts";

/** One item that shows an edition. */
export interface Sighting {
  /** The item's id. */
  readonly item: string;
  readonly role: Match["role"];
  /** The id of the source that showed it. */
  readonly source: string;
  readonly at: string;
  readonly title: string;
  readonly url: string | null;
}

/** What an edition told people, kept as it was when it rang, so that the alert can be composed again. */
export interface Ring {
  /** The alert's id. */
  readonly alert: string;
  readonly kind: "edition" | "notice";
  readonly at: string;
  /** True where an earlier alert on this edition is completed: the thing itself came after the word of it. */
  readonly update: boolean;
  readonly basis: "release" | "coverage" | null;
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly symbol: string | null;
  readonly language: string | null;
  /** The id of the source that showed it. */
  readonly source: string;
  readonly why: Match["why"];
}

/** A person's word that what an edition told was wrong, kept as it was given, so that the alert can be composed again. */
export interface Correction {
  /** The alert's id. */
  readonly alert: string;
  readonly at: string;
  /** What is taken back: that it is out, or that it was announced. */
  readonly kind: Ring["kind"];
  /** The alerts that were wrong, oldest first; none where it was recorded in silence. */
  readonly rings: readonly Ring[];
  /** Of the alerts that told what was different in it, the last; absent where there were none. */
  readonly changes?: readonly Pick<EditionChanges, "alert" | "at">[];
  /** The edition that it was instead; null where it was none. */
  readonly to: { readonly series: string; readonly key: string; readonly year: number | null } | null;
  /** In the person's words; null where they gave none. */
  readonly why: string | null;
}

/** One occurrence of a series, and what showed it. */
export interface EditionRecord extends Stored, Owing, Placed {
  readonly kind: "edition";
  readonly series: string;
  /** What it is called in its series: the year, and what tells several of a year apart. */
  readonly key: string;
  readonly year: number | null;
  readonly status: "mentioned" | "announced" | "out";
  /** What `out` rests on: the thing itself, or the publisher's own words. */
  readonly basis: "release" | "coverage" | null;
  readonly title: string;
  readonly url: string | null;
  readonly symbol: string | null;
  readonly published: string | null;
  readonly firstSeen: string;
  /** The title of the item that announced it. */
  readonly announcedTitle?: string;
  /** The first of its sightings, oldest first, at most 50. */
  readonly sightings: readonly Sighting[];
  /** How many sightings there were in all. */
  readonly sightingCount: number;
  /** True where it is older than the install, and so rang for nobody. */
  readonly silent: boolean;
  /** True where it is out by a person's word on another edition: the correction of that one tells of it. */
  readonly moved?: true;
  /** Every alert that it ever owed, oldest first: what rang once does not ring again. */
  readonly rings: readonly Ring[];
  /** What was taken back of it, oldest first. */
  readonly corrections?: readonly Correction[];
  /** Its document as it was found each time that what it says had changed, oldest first. */
  readonly versions?: readonly Version[];
  /** What came of looking for its document. */
  readonly document?: DocumentState;
  /** What is different in it, oldest first: the last five times that it was told. */
  readonly changes?: readonly EditionChanges[];
  /** When its document is looked at next, ISO 8601. This puts it into the index of those that deviate. */
  readonly nextAt?: string;
}

const mostSightings = 50;

/** The name of an edition in the ids of its alerts. After a correction it is another, so that the real one rings when it comes. */
export function nameInAlerts({ series, key, corrections = [] }: Pick<EditionRecord, "series" | "key" | "corrections">): string {
  return `${series}:${key}${corrections.length > 0 ? `:again-${corrections.length}` : ""}`;
}

/** The ids of the alerts that a correction takes back. */
export function wrongIn({ rings, changes = [] }: Pick<Correction, "rings" | "changes">): string[] {
  return [...rings, ...changes].map(({ alert }) => alert);
}

/** The sightings with one more; the same where this item is among them already. Beyond 50 they are only counted. */
export function withSighting<R extends Pick<EditionRecord, "sightings" | "sightingCount">>(record: R, sighting: Sighting): R {
  if (record.sightings.some(({ item }) => item === sighting.item)) return record;
  const sightings = record.sightings.length < mostSightings ? [...record.sightings, sighting] : record.sightings;
  return { ...record, sightings, sightingCount: record.sightingCount + 1 };
}

/** All editions of a series that are on record, in the order of their keys. */
export async function editionsOf(table: Table, series: string): Promise<EditionRecord[]> {
  const editions: EditionRecord[] = [];
  for await (const stored of table.list(seriesPartition(series), editionPrefix)) editions.push(asKind(stored, "edition"));
  return editions;
}
