import { type EditionRecord, editionsOf, type Ring, wrongIn } from "../../shared/records/editions.ts";
import { alertKey, standingKey } from "../../shared/records/keys.ts";
import { readMany } from "../../shared/records/records.ts";
import { sideBySide } from "../../shared/records/side-by-side.ts";
import { subscriptions } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import type { Watching } from "./sweep.ts";

/** An alert that nobody noted as sent, and when it rang or was planned. */
export type Unsent = Pick<Ring, "alert" | "at">;

/** An alert of this age has had two ways to be sent. */
const graceMs = 10 * 60_000;
/** What nobody mended in a week stays in the log, and rings no alarm for ever. */
const backMs = 7 * 24 * 60 * 60_000;
const queriesAtOnce = 16;

/** Messages to one subscription that were planned and have not come off its record: while one is there, no other is planned. */
async function unsentToOne(table: Table, before: number): Promise<Unsent[]> {
  return (await subscriptions(table)).flatMap(({ state, due }) => (state === "active" && due && Date.parse(due.at) < before ? [{ alert: due.alert, at: due.at }] : []));
}

/** What rang, and for a correction the alerts that it takes back. */
interface Rung extends Unsent {
  readonly takesBack?: readonly string[];
}

function rungBy({ rings, changes = [], corrections = [] }: EditionRecord): Rung[] {
  return [...rings, ...changes, ...corrections.map((correction) => ({ alert: correction.alert, at: correction.at, takesBack: wrongIn(correction) }))];
}

/**
 * Compares what editions, and where they stand, rang for with what was noted as sent, whatever they still owe, and gives
 * the alerts that were never sent, and the messages to one subscription that were planned and never sent, oldest first.
 * A record that lost what it owes, by a fault of ours or of a hand in the table, is found by that.
 */
export async function unsentAlerts({ table, clock }: Pick<Watching, "table" | "clock">, series: readonly { readonly id: string }[]): Promise<Unsent[]> {
  const now = clock.now();
  const isOpen = ({ at }: Unsent): boolean => Date.parse(at) < now - graceMs && Date.parse(at) > now - backMs;
  const rung: Rung[] = [];
  await sideBySide(series, queriesAtOnce, async ({ id }) => {
    for (const edition of await editionsOf(table, id)) rung.push(...rungBy(edition).filter(isOpen));
  });
  for (const { rings } of await readMany(table, series.map(({ id }) => standingKey(id)))) rung.push(...rings.filter(isOpen));
  const ids = new Set(rung.flatMap(({ alert, takesBack = [] }) => [alert, ...takesBack]));
  const noted = new Map((await readMany(table, [...ids].map(alertKey))).map((record) => [record.id, record]));
  // One that waits for a few recipients, as whoever sends it says, was told all others.
  const isTold = (id: string): boolean => Boolean(noted.get(id)?.sent ?? noted.get(id)?.at);
  // Nobody is sent a correction of what nobody was told.
  const isLost = ({ alert, takesBack }: Rung): boolean => !isTold(alert) && (takesBack?.some((wrong) => noted.has(wrong)) ?? true);
  const unsent = rung.filter(isLost).map(({ alert, at }) => ({ alert, at }));
  return [...unsent, ...(await unsentToOne(table, now - graceMs))].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Measures and says the alerts that were never sent: they count as owed since they rang, by the metric of what is owed, which has `owedSeconds` already. */
export async function reconcile(watching: Watching, series: readonly { readonly id: string }[], owedSeconds: number): Promise<void> {
  const { clock, log, meter } = watching;
  const unsent = await unsentAlerts(watching, series);
  const [oldest] = unsent;
  if (!oldest) return;
  // Of the two the longer is what is measured, and `owedSeconds` of it stand there already.
  meter.add("OldestOwedSeconds", Math.max(0, Math.round((clock.now() - Date.parse(oldest.at)) / 1000) - owedSeconds));
  log.error("Alerts rang and were never sent.", { alerts: unsent.map(({ alert }) => alert), oldest: oldest.at });
}
