import type { Health, Reason } from "../intake/health.ts";
import { sourceKey } from "./keys.ts";
import { owe, type Owing } from "./owed.ts";
import { change, type Content, readMany, toRecord } from "./records.ts";
import { sideBySide } from "./side-by-side.ts";
import type { Stored, Table } from "./table.ts";

/** How reading a source stands. */
export interface SourceState extends Stored, Owing {
  readonly kind: "source";
  readonly id: string;
  /** The address that works: the catalogue's, or one of its fallbacks. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** SHA-256 of the answer as it was last read, so that the same answer costs nothing. */
  readonly contentHash: string | null;
  /** Fingerprints of the entries last read, joined by spaces: one text, because a list of them costs more to store. */
  readonly seen: string;
  /** Fingerprints of lists before that one, which it replaced; absent where there were none. */
  readonly earlier?: string;
  readonly firstRead: string | null;
  /** When it was last read; brought up to date at most once a day while nothing changes. */
  readonly lastRead: string | null;
  readonly lastChange: string | null;
  /** The reading that ended the last gap, in which something may have come and gone unseen; absent while there was none since the first, and where an earlier version wrote the state. */
  readonly gapUntil?: string;
  readonly health: Health;
  readonly reason?: Reason;
  /** Since when the health is what it is. */
  readonly since: string;
  /** Failed readings in a row. */
  readonly failures: number;
  /** When the first of these failures was, ISO 8601; absent while it does not fail, and where an earlier version noted the failure. */
  readonly failingSince?: string;
  /** What was last told of its health, so that the alert can be composed again. */
  readonly told?: { readonly alert: string; readonly at: string; readonly title: string; readonly why: readonly string[]; readonly health: Health };
  /** When to read it next, where that is not what its pace says. This puts it into the index of those that deviate. */
  readonly nextAt?: string;
  /** Until when the publisher asked not to be read (Retry-After), whoever wants to. */
  readonly askedUntil?: string;
}

/** When it was told that a source cannot be read, ISO 8601; nothing where that never was, or where it came back since. */
export function lossTold({ told }: Pick<SourceState, "told">): string | undefined {
  return told && told.health !== "well" && told.health !== "quiet" ? told.at : undefined;
}

/** The states that are on record, by source id. */
export async function readStates(table: Table, ids: readonly string[]): Promise<Map<string, SourceState>> {
  const states = await readMany(table, ids.map(sourceKey));
  return new Map(states.map((state) => [state.id, state]));
}

/** A source's state as it was read from the table, and as it is now. */
export interface StateChange {
  readonly before: SourceState | undefined;
  readonly after: Content<SourceState>;
}

const writesAtOnce = 16;

/**
 * Stores the states that a round of reading changed. What notify settled meanwhile stays settled: each write is on
 * the condition that none came between, which costs no more than a batch (2026-11: 500 in 95 ms, and 75 in batches).
 */
export async function writeStates(table: Table, changes: readonly StateChange[]): Promise<void> {
  await sideBySide(changes, writesAtOnce, async (changed) => {
    const { before, after } = changed;
    const record = toRecord(sourceKey(after.id), after, before);
    const isStored = await (before ? table.replace(record) : table.putNew(record));
    if (!isStored) await change(table, sourceKey(after.id), (stored) => withWhatIsOwed(stored, changed));
  });
}

/**
 * The state as it was read now, owing what the stored one owes by now and what this reading added; but not what
 * another reading told meanwhile, which may be sent by now and stays told: that the source came back is news then.
 */
function withWhatIsOwed(stored: SourceState | undefined, { before, after }: StateChange): Content<SourceState> {
  const added = [...(after.owed ?? [])].filter((alertId) => !before?.owed?.has(alertId) && alertId !== stored?.told?.alert);
  const { owed, owedSince } = stored ?? {};
  const told = after.told?.alert === before?.told?.alert ? stored?.told : after.told;
  return added.reduce((state, alertId) => owe(state, alertId, after.owedSince ?? after.since), { ...after, told, owed, owedSince });
}
