import { fromAttributes, sizeBytes, toAttributes } from "../../shared/records/attributes.ts";
import { indexes } from "../../shared/records/definition.ts";
import type { Found } from "../../shared/records/stored.ts";
import type { Index, Key, Range, Stored, Table } from "../../shared/records/table.ts";

const mostBytes = 400 * 1024;

/** The bytes of each list and object that the table keeps: what a change leaves as it was is not looked through again. */
const bytesOf = new WeakMap<object, number>();

/** A field as the table keeps it, and its bytes: what was undefined or an empty set is gone, and nobody can change it any more. */
function keptField(name: string, value: unknown): { readonly kept: unknown; readonly bytes: number } {
  // Most fields are text, which needs no copy.
  if (typeof value === "string") return { kept: value, bytes: Buffer.byteLength(name) + Buffer.byteLength(value) };
  const known = typeof value === "object" && value !== null ? bytesOf.get(value) : undefined;
  if (known !== undefined) return { kept: value, bytes: known };
  const attributes = toAttributes({ [name]: value });
  const bytes = sizeBytes(attributes);
  const kept = fromAttributes(attributes)[name];
  if (typeof kept === "object" && kept !== null && !(kept instanceof Set)) bytesOf.set(frozen(kept), bytes);
  return { kept, bytes };
}

/** A record as the table keeps it. */
function keptRecord(record: Stored): Stored {
  const whole: Record<string, unknown> = {};
  let size = 0;
  for (const [name, value] of Object.entries(record)) {
    const { kept, bytes } = keptField(name, value);
    if (kept !== undefined) whole[name] = kept;
    size += bytes;
  }
  if (size > mostBytes) throw new Error(`The record ${record.pk} ${record.sk} has ${Math.ceil(size / 1024)} KB; the table takes at most 400 KB.`);
  if (!isRecord(whole)) throw new Error(`The record ${record.pk} ${record.sk} lost its key.`);
  return Object.freeze(whole);
}

function isRecord(value: object): value is Stored {
  return "pk" in value && "sk" in value && "kind" in value && "revision" in value;
}

function frozen<Value extends object>(value: Value): Value {
  for (const member of Object.values(value)) if (typeof member === "object" && member !== null && !(member instanceof Set)) frozen(member);
  return Object.freeze(value);
}

function textOf(record: object, name: string): string | undefined {
  const value: unknown = Reflect.get(record, name);
  return typeof value === "string" ? value : undefined;
}

// oxlint-disable-next-line no-control-regex
const plain = /^[\u0000-\u007f]*$/;

/** DynamoDB sorts text by its UTF-8. */
function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  const isPlain = plain.test(a) && plain.test(b);
  return isPlain ? (a < b ? -1 : 1) : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const placeOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** The part of an index that a record is in; undefined where it is in none. */
function partOf(record: Stored, name: Index["name"]): string | undefined {
  const { partition, sort, mark } = indexes[name];
  if (textOf(record, sort) === undefined) return undefined;
  const value = mark ? "" : textOf(record, partition);
  return value === undefined ? undefined : `${name} ${value}`;
}

/** All parts of which a record is one: of its partition, and of indexes. */
const partsOf = (record: Stored): string[] => [`all of ${record.pk}`, ...indexNames.flatMap((name) => partOf(record, name) ?? [])];

const partAsked = (index: Index): string => `${index.name} ${index.name === "month" ? index.month : index.name === "series" ? index.series : ""}`;
const indexNames = ["month", "series", "owed", "deviating"] as const;

/** What an index gives of the records of one of its parts. */
function inRange(part: readonly Stored[], name: Index["name"], { from, to, newestFirst = false }: Range = {}): Found[] {
  const { sort, mark } = indexes[name];
  const sorted = part.map((record) => ({ record, at: textOf(record, sort) ?? "" }));
  const within = sorted.filter(({ at }) => (from === undefined || byBytes(at, from) >= 0) && (to === undefined || byBytes(at, to) <= 0));
  const inTime = within.toSorted((a, b) => byBytes(a.at, b.at) || byBytes(placeOf(a.record), placeOf(b.record)));
  const shown = inTime.map(({ record, at }): Found => (mark ? { pk: record.pk, sk: record.sk, kind: record.kind, [sort]: at } : record));
  return newestFirst ? shown.toReversed() : shown;
}

/** A table that is a Map: it keeps every promise of the port, at once and without a fault. */
export interface MemoryTable extends Table {
  /** The record at a place, at once. */
  peek(key: Key): Stored | undefined;
  /** All records, at once. */
  all(): Iterable<Stored>;
  /** What `list` gives, at once. */
  listed(pk: string, prefix?: string): Stored[];
  /** What `query` gives, at once. */
  found(index: Index, range?: Range): Found[];
  /** Whether any record owes an alert, at once. */
  owes(): boolean;
}

/** Opens a table in memory, which is empty. */
export function memoryTable(): MemoryTable {
  const records = new Map<string, Stored>();
  /** The same by the first half of their keys, and by their parts of indexes, so that nobody need look through all. */
  const groups = new Map<string, Map<string, Stored>>();

  function take(place: string): void {
    const before = records.get(place);
    for (const part of before ? partsOf(before) : []) groups.get(part)?.delete(place);
    records.delete(place);
  }
  function put(record: Stored): void {
    const whole = keptRecord(record);
    const place = placeOf(whole);
    take(place);
    records.set(place, whole);
    for (const part of partsOf(whole)) {
      const group = groups.get(part);
      if (group) group.set(place, whole);
      else groups.set(part, new Map([[place, whole]]));
    }
  }
  const grouped = (part: string): Stored[] => [...(groups.get(part)?.values() ?? [])];

  const found = (index: Index, range?: Range): Found[] => inRange(grouped(partAsked(index)), index.name, range);
  const listed = (pk: string, prefix = ""): Stored[] => grouped(`all of ${pk}`).filter(({ sk }) => sk.startsWith(prefix)).toSorted((a, b) => byBytes(a.sk, b.sk));

  return {
    peek: (key) => records.get(placeOf(key)),
    all: () => records.values(),
    owes: () => (groups.get(partAsked({ name: "owed" }))?.size ?? 0) > 0,
    listed,
    found,
    get: async (key) => records.get(placeOf(key)),
    getMany: async (keys) => [...new Set(keys.map(placeOf))].flatMap((place) => records.get(place) ?? []),
    async putNew(record) {
      if (records.has(placeOf(record))) return false;
      put(record);
      return true;
    },
    async replace(record, previous = record.revision - 1) {
      if (records.get(placeOf(record))?.revision !== previous) return false;
      put(record);
      return true;
    },
    async putAll(all) {
      for (const record of all) put(record);
    },
    async remove(key) {
      take(placeOf(key));
    },
    async *list(pk, prefix) {
      yield* listed(pk, prefix);
    },
    async *scan() {
      // Of those that are there now: others may be written meanwhile.
      const all = [...records.values()];
      yield* all;
    },
    async *query(index, range) {
      yield* found(index, range);
    },
  };
}
