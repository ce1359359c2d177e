import { createHash } from "node:crypto";
import { isKnown, type Kind, type Records } from "./records.ts";
import { hasKey, isStored } from "./stored.ts";
import type { Stored } from "./table.ts";

/** The first line of an export: what it is, and the version of its form. */
export const head = { almanac: "records", format: 1 } as const;

/** The last line of an export, by which one that was cut off or changed is known. */
export interface Foot {
  readonly almanac: "end";
  readonly records: number;
  /** Of the lines of the records, each with the line feed at its end. */
  readonly sha256: string;
}

/** Counts the lines of an export and hashes them as they come. */
export function footing(): { add(line: string): void; foot(): Foot } {
  const hash = createHash("sha256");
  let records = 0;
  return {
    add(line) {
      hash.update(`${line}\n`);
      records++;
    },
    foot: () => ({ almanac: "end", records, sha256: hash.digest("hex") }),
  };
}

/** A line of an export cannot be taken. The message says why and what to do, and begins without naming the line. */
export class LineError extends Error {
  override readonly name = "LineError";
}

const first = ["pk", "sk", "kind", "format", "revision"];

/**
 * A record as one line of JSON, the same for the same record whichever table it was in: fields in order, members of
 * sets too. A set is `{"$set": […]}`; a map that looks like one is kept apart as `{"$map": {…}}`.
 */
export function toLine(record: Stored): string {
  const names = Object.keys(record).toSorted((a, b) => rank(a) - rank(b) || compare(a, b));
  const fields = Object.fromEntries(Object.entries(record));
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, plain(fields[name])])));
}

/** The order of texts by their code units, which is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(name: string): number {
  const at = first.indexOf(name);
  return at < 0 ? first.length : at;
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return { $set: [...value].map(String).toSorted(compare) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => compare(a, b));
  const map = Object.fromEntries(entries.map(([name, member]) => [name, plain(member)]));
  return isMarked(entries.map(([name]) => name)) ? { $map: map } : map;
}

function isMarked(names: readonly string[]): boolean {
  return names.length === 1 && (names[0] === "$set" || names[0] === "$map");
}

/** The record that a line holds, with its sets. Throws LineError where it holds none that this program reads. */
export function fromLine(line: string): Records[Kind] {
  const fields = parse(line);
  if (fields === undefined) throw new LineError("is not JSON, or not an object. It was changed or damaged: take the export again.");
  const record = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, whole(value)]));
  if (!hasKey(record) || record.pk === "" || record.sk === "" || !isStored(record)) throw new LineError("is no record: it lacks pk, sk, kind, format or revision. It was changed or damaged: take the export again.");
  if (!isKnown(record)) throw new LineError(`holds a record of kind "${record.kind}", format ${record.format}, which this program does not know. A newer version wrote it: update this one.`);
  return record;
}

/** The object that a line of JSON holds; nothing where it holds none. */
export function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [name, member] = entries[0] ?? [];
  if (entries.length === 1 && name === "$set" && Array.isArray(member)) return new Set(member.map(String));
  if (entries.length === 1 && name === "$map" && typeof member === "object" && member !== null) return members(member);
  return members(value);
}

function members(map: object): object {
  return Object.fromEntries(Object.entries(map).map(([name, member]) => [name, whole(member)]));
}
