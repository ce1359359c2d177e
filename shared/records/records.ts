import type { AlertRecord } from "./alerts.ts";
import type { EditionRecord } from "./editions.ts";
import type { Install } from "./install.ts";
import type { ItemRecord } from "./items.ts";
import type { RecordKey } from "./keys.ts";
import type { Plan } from "./plan.ts";
import type { SourceState } from "./sources.ts";
import type { StandingRecord } from "./standing.ts";
import type { SubscriptionRecord } from "./subscriptions.ts";
import type { Stored, Table } from "./table.ts";
import type { Watch } from "./watch.ts";

/** What the table keeps, by kind. */
export interface Records {
  readonly item: ItemRecord;
  readonly edition: EditionRecord;
  readonly source: SourceState;
  readonly subscription: SubscriptionRecord;
  readonly alert: AlertRecord;
  readonly install: Install;
  readonly plan: Plan;
  readonly standing: StandingRecord;
  readonly watch: Watch;
}
export type Kind = keyof Records;

/** A record without what the table adds: place, kind, format and revision. */
export type Content<R extends Stored> = Omit<R, keyof Stored>;

/** The format that each kind is written in. Raise it when a reader of the old shape would misread the new. */
const formats: Readonly<Record<Kind, number>> = { item: 1, edition: 1, source: 1, subscription: 1, alert: 1, install: 1, plan: 1, standing: 1, watch: 1 };

/** A record ready to be stored: after `before` if there is one, otherwise as the first at its key. */
export function toRecord<K extends Kind>(key: RecordKey<K>, content: Content<Records[K]>, before?: Stored): Records[K] {
  const revision = (before?.revision ?? 0) + 1;
  return asKind({ ...content, pk: key.pk, sk: key.sk, kind: key.kind, format: formats[key.kind], revision }, key.kind);
}

/** The record at this key, if it is there. */
export async function read<K extends Kind>(table: Table, key: RecordKey<K>): Promise<Records[K] | undefined> {
  const stored = await table.get(key);
  return stored && asKind(stored, key.kind);
}

/** The records that exist among keys of one kind, in any order. */
export async function readMany<K extends Kind>(table: Table, keys: readonly RecordKey<K>[]): Promise<Records[K][]> {
  const [first] = keys;
  if (!first) return [];
  return (await table.getMany(keys)).map((stored) => asKind(stored, first.kind));
}

const mostTries = 20;

/**
 * The one way in which a record is changed. `next` is given the record as it is now (undefined where there is none)
 * and answers what it should be; undefined or the same record writes nothing. When another write came between,
 * `next` is asked again, so it must only compute. Answers the record as it then is.
 */
export async function change<K extends Kind>(
  table: Table,
  key: RecordKey<K>,
  next: (record: Records[K] | undefined) => Content<Records[K]>,
): Promise<Records[K]>;
export async function change<K extends Kind>(
  table: Table,
  key: RecordKey<K>,
  next: (record: Records[K] | undefined) => Content<Records[K]> | undefined,
): Promise<Records[K] | undefined>;
export async function change<K extends Kind>(
  table: Table,
  key: RecordKey<K>,
  next: (record: Records[K] | undefined) => Content<Records[K]> | undefined,
): Promise<Records[K] | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await read(table, key);
    const content = next(before);
    if (content === undefined || content === before) return before;
    const after = toRecord(key, content, before);
    if (await (before ? table.replace(after) : table.putNew(after))) return after;
  }
  throw new Error(
    `The record ${key.pk} ${key.sk} was changed by others ${mostTries} times while it was being written. Nothing was lost; try again, and see what else writes it.`,
  );
}

/** The stored record, known to be of this kind and in a format that this program reads; throws otherwise. */
export function asKind<K extends Kind>(stored: Stored, kind: K): Records[K] {
  if (isKind(stored, kind)) return stored;
  throw new Error(
    stored.kind === kind
      ? `The record ${stored.pk} ${stored.sk} has format ${stored.format}, and this program reads ${formats[kind]}. A newer version wrote it: update this one.`
      : `The record ${stored.pk} ${stored.sk} is of kind "${stored.kind}" where "${kind}" belongs. Remove it by hand, or restore the table.`,
  );
}

/** Whether the record is of a kind and in a format that this program reads. */
export function isKnown(stored: Stored): stored is Records[Kind] {
  return Object.entries(formats).some(([kind, format]) => stored.kind === kind && stored.format <= format);
}

function isKind<K extends Kind>(stored: Stored, kind: K): stored is Records[K] {
  return stored.kind === kind && stored.format <= formats[kind];
}
