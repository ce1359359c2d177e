import type { Reason } from "../intake/health.ts";
import type { EditionRecord } from "./editions.ts";
import { placedAt } from "./history.ts";
import { editionKey, type RecordKey } from "./keys.ts";
import type { Content } from "./records.ts";
import type { Table } from "./table.ts";

/** An edition's document as it was found once, and kept as evidence. */
export interface Version {
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** When it was found, ISO 8601. */
  readonly at: string;
  /** Where it was found; null where a person gave it as a file. */
  readonly url: string | null;
  readonly type: string | null;
  readonly bytes: number;
  /** Where the bytes are kept, in the data folder or the bucket. */
  readonly key: string;
  /** Follows from what it says on the theme alone: a page whose frame changes is no new version. */
  readonly text: string;
  /** How many words it says on the theme; absent where an earlier version of the program kept it. */
  readonly words?: number;
}

/** What came of looking for an edition's document. */
export interface DocumentState {
  /** Looks in a row that gave no answer. */
  readonly failures: number;
  /** When it was last answered, ISO 8601; null before the first time. */
  readonly lookedAt: string | null;
  /** Where it was asked for, and with what to ask again. */
  readonly url?: string;
  readonly validators?: { readonly etag?: string; readonly lastModified?: string };
  /** Why the last look gave no document. */
  readonly reason?: Reason;
  /** Since when it has not been at its address, ISO 8601: we looked, and it was not there. */
  readonly notThereSince?: string;
}

/** What is different in an edition's document, against the edition before it or an earlier version of itself. */
export interface EditionChanges {
  /** The id of the alert that tells it. */
  readonly alert: string;
  readonly at: string;
  /** The SHA-256 of the document that it is told of, and of the one before. */
  readonly sha256: string;
  readonly before: { readonly year: number | null; readonly sha256: string; readonly at: string };
  /** Sentences, the most important first. */
  readonly summary: readonly string[];
  /** Where all differences are kept, in the data folder or the bucket, with .html, .md or .json at the end. */
  readonly key: string;
}

type Edition = Content<EditionRecord>;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A look that fails is tried again after so long, each time longer; the first is longer than a look may take. */
const waitsMs = [10 * minuteMs, 30 * minuteMs, 2 * 60 * minuteMs, 6 * 60 * minuteMs];
/** Within so many days of its release a document is looked at daily, and what changes in it is told. */
export const freshDays = 30;
const watchedDays = 366;
/** A record has an end. */
const mostVersions = 30;
const mostChanges = 5;

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** How many days ago an edition came out. */
export function ageDays({ published, firstSeen }: Pick<EditionRecord, "published" | "firstSeen">, at: string): number {
  return (Date.parse(at) - Date.parse(published ?? firstSeen)) / dayMs;
}

/** When an edition's document is looked at next: daily for 30 days, then weekly for a year; undefined where it was for the last time. */
function nextLook(edition: Edition, at: string): string | undefined {
  const age = ageDays(edition, at);
  if (age > watchedDays || (edition.versions ?? []).length >= mostVersions) return undefined;
  return later(at, (age < freshDays ? 1 : 7) * dayMs);
}

/** Whether an edition's document is to be looked at by now. */
export function isDue({ nextAt }: Pick<EditionRecord, "nextAt">, at: string): boolean {
  return nextAt !== undefined && nextAt <= at;
}

/**
 * The edition, with a look at its document begun: the next is put off before anything is fetched, so that two never
 * look at once, and a document that ends the program is not tried again at once, nor before all others.
 */
export function begun(edition: Edition, at: string): Edition {
  const { failures = 0, lookedAt = null } = edition.document ?? {};
  const patient = ageDays(edition, at) <= watchedDays;
  const nextAt = patient ? later(at, waitsMs[failures] ?? dayMs) : undefined;
  return { ...edition, nextAt, document: { ...edition.document, lookedAt, failures: failures + 1 } };
}

/** The edition, after a look that gave no document. `waitSeconds` is what the publisher asked for. */
export function failed(edition: Edition, at: string, reason: Reason, waitSeconds = 0): Edition {
  const asked = later(at, waitSeconds * 1000);
  const nextAt = edition.nextAt !== undefined && edition.nextAt < asked ? asked : edition.nextAt;
  const isGone = reason === "http-404" || reason === "http-410";
  const { failures = 1, lookedAt = null, notThereSince, ...document } = edition.document ?? {};
  const since = isGone ? { notThereSince: notThereSince ?? at } : notThereSince === undefined ? {} : { notThereSince };
  return { ...edition, nextAt, document: { ...document, failures, lookedAt, reason, ...since } };
}

/** What a look found: where, and the version where it is a new one. */
export interface Look extends Pick<DocumentState, "url" | "validators"> {
  readonly version?: Version | undefined;
}

/** The edition, after a look that found its document. */
export function looked(edition: Edition, at: string, { url, validators, version }: Look): Edition {
  const after = version ? withVersion(edition, version) : edition;
  return { ...after, nextAt: nextLook(after, at), document: { failures: 0, lookedAt: at, url, validators } };
}

/** The edition with one more version; the same where it has it already. Nothing is overwritten. */
export function withVersion(edition: Edition, version: Version): Edition {
  const versions = edition.versions ?? [];
  return versions.some(({ sha256 }) => sha256 === version.sha256) ? edition : { ...edition, versions: [...versions, version] };
}

/** The edition with what is different in it; the same where that was told already. */
export function withChanges(edition: Edition, told: EditionChanges): Edition {
  const changes = edition.changes ?? [];
  return changes.some(({ alert }) => alert === told.alert) ? edition : { ...edition, changes: [...changes, told].slice(-mostChanges) };
}

/** What a version's `text` is where it says nothing on the theme. */
export const saysNothing = "nothing";

/** What says less than this share of the most that was ever at an address only stands in for the document there: a listing, or a word that it is gone. */
const standInShare = 0.1;

/** The newest version of an edition's document: a page that stood in its place for a while is none, unless there is no other. */
export function newestVersion({ versions = [] }: Pick<EditionRecord, "versions">): Version | undefined {
  const most = Math.max(0, ...versions.map(({ words = 0 }) => words));
  return versions.findLast(({ text, words = most }) => text !== saysNothing && words >= standInShare * most) ?? versions.at(-1);
}

/** An edition that came out before, of which nothing is on record: nobody is told of it. `published` is a day, or null. */
export function quietEdition(known: Pick<Edition, "series" | "key" | "year" | "title" | "url" | "published">, at: string): Edition {
  return { ...placedAt(known.published ?? at), ...known, status: "out", basis: "release", symbol: null, firstSeen: at, sightings: [], sightingCount: 0, silent: true, rings: [] };
}

/** The keys of the editions whose documents are to be looked at by then, ISO 8601, the longest waiting first. */
export async function* dueDocuments(table: Table, at: string): AsyncGenerator<RecordKey<"edition">> {
  for await (const { pk, sk, kind } of table.query({ name: "deviating" }, { to: at })) if (kind === "edition") yield { ...editionKey("", ""), pk, sk };
}
