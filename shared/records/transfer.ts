import type { Clock } from "../clock.ts";
import type { EditionRecord } from "./editions.ts";
import { alertKey } from "./keys.ts";
import { compare, toLine } from "./lines.ts";
import type { Owing } from "./owed.ts";
import { asKind, isKnown, type Kind, type Records } from "./records.ts";
import { sideBySide } from "./side-by-side.ts";
import type { SourceState } from "./sources.ts";
import type { Stored, Table } from "./table.ts";

/** Every record of the table, in the order of its key, so that equal tables give equal exports. */
export async function exportedRecords(table: Table): Promise<Stored[]> {
  const records: Stored[] = [];
  for await (const record of table.scan()) records.push(record);
  return records.toSorted((a, b) => compare(a.pk, b.pk) || compare(a.sk, b.sk));
}

/** How an import goes about it. */
export interface ImportSettings {
  /** Records that the table has in a newer form are overwritten too. */
  readonly replace: boolean;
  /** The alerts that the records owed are owed from now on by this table, but for those that were sent already. */
  readonly takeOwed: boolean;
  /** Writes a second, on average; Infinity for as fast as it goes. */
  readonly perSecond: number;
  readonly clock: Clock;
  /** Told how many records are done. */
  readonly onProgress?: (done: number) => void;
}

/** What an import did. */
export interface Imported {
  readonly added: number;
  readonly changed: number;
  /** They were there as they are in the file. */
  readonly same: number;
  /** The table had them in a newer form, or they are the table's own; they stay as they are. */
  readonly kept: number;
  /** Alerts that were owed when the file was written, and that this table does not owe. */
  readonly owedElsewhere: number;
}

type Outcome = "added" | "changed" | "same" | "kept";

const readAtOnce = 100;
const writesAtOnce = 8;
const mostTries = 20;

/**
 * Brings exported records into a table, each by a write on condition, so that it may be in use meanwhile; doing it
 * again changes nothing. A record that the table has in a newer form (by the count of its writes) stays. What the
 * table owes it goes on owing; what the file's records owed it owes only with `takeOwed`, so that nothing rings twice.
 * Whatever is owed keeps what it is to say.
 */
export async function importRecords(table: Table, records: readonly Records[Kind][], settings: ImportSettings): Promise<Imported> {
  const { perSecond, clock, onProgress } = settings;
  const take = settings.takeOwed ? await untold(table, records) : new Set<string>();
  const counts: Record<Outcome, number> = { added: 0, changed: 0, same: 0, kept: 0 };
  const size = Math.max(1, Math.min(readAtOnce, Math.floor(perSecond)));
  for (let start = 0; start < records.length; start += size) {
    const began = clock.now();
    const batch = records.slice(start, start + size);
    const stored = new Map((await table.getMany(batch)).map((record) => [place(record), record]));
    let written = 0;
    await sideBySide(batch, writesAtOnce, async (record) => {
      const outcome = await bringIn(table, record, stored.get(place(record)), { ...settings, take });
      counts[outcome]++;
      if (outcome === "added" || outcome === "changed") written++;
    });
    onProgress?.(start + batch.length);
    const early = (written / perSecond) * 1000 - (clock.now() - began);
    if (early > 0) await clock.sleep(early);
  }
  const owedElsewhere = records.flatMap(owedBy).filter((alert) => !take.has(alert)).length;
  return { ...counts, owedElsewhere };
}

function place({ pk, sk }: Stored): string {
  return `${pk}\n${sk}`;
}

function owedBy({ owed }: Stored & Owing): readonly string[] {
  return [...(owed ?? [])];
}

/** The alerts that the records owe and that nobody is known to have sent, as far as file and table know. */
async function untold(table: Table, records: readonly Records[Kind][]): Promise<ReadonlySet<string>> {
  const owed = records.flatMap(owedBy);
  const told = new Set([...records, ...(await table.getMany(owed.map(alertKey)))].flatMap((record) => (record.kind === "alert" && asKind(record, "alert").sent !== null ? [record.pk] : [])));
  return new Set(owed.filter((alert) => !told.has(alertKey(alert).pk)));
}

interface Rule extends ImportSettings {
  readonly take: ReadonlySet<string>;
}

async function bringIn(table: Table, record: Records[Kind], found: Stored | undefined, rule: Rule): Promise<Outcome> {
  let before = found;
  for (let tries = 0; tries < mostTries; tries++) {
    const after = merged(before, record, rule);
    if (typeof after === "string") return after;
    if (await (before ? table.replace(after, before.revision) : table.putNew(after))) return before ? "changed" : "added";
    before = await table.get(record);
  }
  throw new Error(`The record ${record.pk} ${record.sk} was changed by others ${mostTries} times while it was imported. Nothing was lost; import the file again.`);
}

/** What the table should have in place of what it has, or why nothing changes. */
function merged(before: (Stored & Owing) | undefined, record: Records[Kind], { replace, take }: Rule): Stored | "same" | "kept" {
  const { owedSince }: Stored & Owing = record;
  const since = before?.owedSince ?? owedSince;
  const taken = owedBy(record).filter((alert) => take.has(alert) && !before?.owed?.has(alert));
  if (!before) return owing(record, taken, since);
  const isSame = content(before) === content(record);
  const keeps = isSame || isOwn(before, record) || (before.revision >= record.revision && !replace);
  const [base, other] = keeps ? [before, record] : [record, before];
  const after = knowing(owing(base, [...owedBy(before), ...taken], since), other);
  if (taken.length === 0 && content(after) === content(before)) return isSame ? "same" : "kept";
  return { ...after, revision: keeps ? before.revision + 1 : Math.max(before.revision + 1, record.revision) };
}

/** The record, also knowing what the alerts that it owes are to say where only the other side's record of it knows that. */
function knowing(record: Stored & Owing, other: Stored): Stored & Owing {
  const { owed } = record;
  if (!owed || !isKnown(record) || !isKnown(other)) return record;
  if (record.kind === "edition" && other.kind === "edition") {
    const has = new Set(record.rings.map(({ alert }) => alert));
    const missing = other.rings.filter(({ alert }) => owed.has(alert) && !has.has(alert));
    const edition: EditionRecord = { ...record, rings: [...record.rings, ...missing].toSorted((a, b) => compare(a.at, b.at)) };
    return missing.length === 0 ? record : edition;
  }
  if (record.kind !== "source" || other.kind !== "source") return record;
  const { told } = other;
  const state: SourceState = { ...record, told };
  return told && owed.has(told.alert) && !owed.has(record.told?.alert ?? "") ? state : record;
}

/** The record, owing these alerts and no others. */
function owing(record: Stored & Owing, alerts: readonly string[], owedSince: string | undefined): Stored & Owing {
  const { owed: _owed, owedSince: _since, ...rest } = record;
  return alerts.length === 0 ? rest : { ...rest, owed: new Set(alerts), owedSince };
}

/** What a record says, whatever it owes and however often it was written. */
function content(record: Stored): string {
  return toLine({ ...owing(record, [], undefined), revision: 0 });
}

/**
 * The install and how far planning has come belong to the table that has them. And no subscription that was ended or
 * suspended goes on by a file that was written before.
 */
function isOwn(before: Stored & { readonly since?: unknown; readonly state?: unknown }, record: Records[Kind]): boolean {
  if (record.kind === "install" || record.kind === "plan") return true;
  return record.kind === "subscription" && record.state === "active" && before.state !== "active" && String(before.since) > record.since;
}
