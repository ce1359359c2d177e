import { fromAttributes, sizeBytes, toAttributes } from "../../shared/records/attributes.ts";
import { indexes } from "../../shared/records/definition.ts";
import type { Found } from "../../shared/records/stored.ts";
import type { Index, Key, Stored, Table } from "../../shared/records/table.ts";

const mostBytes = 400 * 1024;

/** A record as the table keeps it: what was undefined or an empty set is gone, and nobody can change it any more. */
function kept(record: Stored): Stored {
  const attributes = toAttributes(record);
  const bytes = sizeBytes(attributes);
  if (bytes > mostBytes) throw new Error(`The record ${record.pk} ${record.sk} has ${Math.ceil(bytes / 1024)} KB; the table takes at most 400 KB.`);
  const whole: object = frozen(fromAttributes(attributes));
  if (!isRecord(whole)) throw new Error(`The record ${record.pk} ${record.sk} lost its key.`);
  return whole;
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

/** What an index shows of a record; undefined where the record is not in it. */
function shown(record: Stored, index: Index): { readonly sort: string; readonly found: Found } | undefined {
  const { partition, sort, mark } = indexes[index.name];
  const at = textOf(record, sort);
  if (at === undefined) return undefined;
  if (mark) return { sort: at, found: { pk: record.pk, sk: record.sk, kind: record.kind, [sort]: at } };
  const wanted = index.name === "month" ? index.month : index.name === "series" ? index.series : "";
  return textOf(record, partition) === wanted ? { sort: at, found: record } : undefined;
}

/** A table that is a Map: it keeps every promise of the port, at once and without a fault. */
export interface MemoryTable extends Table {
  /** The record at a place, at once. */
  peek(key: Key): Stored | undefined;
  /** All records, at once. */
  all(): Iterable<Stored>;
  /** Whether any record owes an alert, at once. */
  owes(): boolean;
}

/** Opens a table in memory, which is empty. */
export function memoryTable(): MemoryTable {
  const records = new Map<string, Stored>();
  /** What is in an index of few, so that nobody need look through all. */
  const lean = { owed: new Map<string, Stored>(), deviating: new Map<string, Stored>() };
  const put = (record: Stored): void => {
    const whole = kept(record);
    const place = placeOf(whole);
    records.set(place, whole);
    for (const name of ["owed", "deviating"] as const) {
      if (textOf(whole, indexes[name].sort) === undefined) lean[name].delete(place);
      else lean[name].set(place, whole);
    }
  };
  const indexed = ({ name }: Index): Iterable<Stored> => (name === "owed" || name === "deviating" ? lean[name] : records).values();
  const inOrder = (wanted: (record: Stored) => boolean): Stored[] => [...records.values()].filter(wanted).toSorted((a, b) => byBytes(a.sk, b.sk));

  return {
    peek: (key) => records.get(placeOf(key)),
    all: () => records.values(),
    owes: () => lean.owed.size > 0,
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
      for (const map of [records, lean.owed, lean.deviating]) map.delete(placeOf(key));
    },
    async *list(pk, prefix = "") {
      yield* inOrder((record) => record.pk === pk && record.sk.startsWith(prefix));
    },
    async *scan() {
      // Of those that are there now: others may be written meanwhile.
      const all = [...records.values()];
      yield* all;
    },
    async *query(index, { from, to, newestFirst = false } = {}) {
      const found = [...indexed(index)].flatMap((record) => shown(record, index) ?? []);
      const within = found.filter(({ sort }) => (from === undefined || byBytes(sort, from) >= 0) && (to === undefined || byBytes(sort, to) <= 0));
      const inTime = within.toSorted((a, b) => byBytes(a.sort, b.sort));
      for (const one of newestFirst ? inTime.toReversed() : inTime) yield one.found;
    },
  };
}
