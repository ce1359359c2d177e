import { type AlertRecord, alertsBetween } from "../../shared/records/alerts.ts";
import { type EditionRecord, editionsOf, nameInAlerts, type Ring, wrongIn } from "../../shared/records/editions.ts";
import { alertKey, standingKey } from "../../shared/records/keys.ts";
import { readMany } from "../../shared/records/records.ts";
import { sideBySide } from "../../shared/records/side-by-side.ts";
import { subscriptions } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import type { Watching } from "./sweep.ts";

/** An alert that nobody noted as sent, and when it rang or was planned. */
type Unsent = Pick<Ring, "alert" | "at">;

/** An alert of this age has had two ways to be sent. */
const graceMs = 10 * 60_000;
/** What nobody mended in a week stays in the log, and rings no alarm for ever. */
const backMs = 7 * 24 * 60 * 60_000;
/** A false alert is read, and rings the alarm, for a day: all that was sent in a week is much to read every ten minutes. */
const sentBackMs = 24 * 60 * 60_000;
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
 * The alert that must have told that an edition is out, by its name alone, since something showed the edition last. What
 * is older than the install rang for nobody, and what a person's word made of another edition is told by the correction.
 */
function mustRing(edition: EditionRecord): Rung[] {
  const { status, silent, moved, firstSeen, sightings, rings } = edition;
  if (status !== "out" || silent || moved) return [];
  const at = [...sightings, ...rings].reduce((last, one) => (one.at > last ? one.at : last), firstSeen);
  return [{ alert: `edition:${nameInAlerts(edition)}`, at }];
}

/** The ids of the alerts that an edition stands behind: it is out, or was by a name that a person took back. */
function standsBehind(edition: EditionRecord): string[] {
  const { status, corrections = [] } = edition;
  const past = corrections.map((_, index) => nameInAlerts({ ...edition, corrections: corrections.slice(0, index) }));
  return [...past, ...(status === "out" ? [nameInAlerts(edition)] : [])].flatMap((name) => [`edition:${name}`, `edition:${name}:document`]);
}

/** The alerts that told lately that an edition of these series is out, and when. */
async function saidOut(table: Table, series: readonly { readonly id: string }[], now: number): Promise<Map<string, Unsent>> {
  const known = new Set(series.map(({ id }) => id));
  const isOne = ({ facts }: AlertRecord): boolean => facts.kind === "edition" && known.has(facts.series?.id ?? "");
  const sent = await alertsBetween(table, new Date(now - sentBackMs).toISOString(), new Date(now - graceMs).toISOString());
  return new Map(sent.filter(isOne).map(({ id, at, sent: when, facts }) => [id, { alert: id, at: at ?? when ?? facts.at }]));
}

/** Where the two sides differ, each oldest first. */
export interface Difference {
  /** Alerts that were never sent, and messages to one subscription that were planned and never sent. */
  readonly unsent: readonly Unsent[];
  /** Alerts that told that an edition is out, which is not on record as out, and of which nobody took that back. */
  readonly unfounded: readonly Unsent[];
}

const oldestFirst = (some: readonly Unsent[]): Unsent[] => some.toSorted((a, b) => (a.at < b.at ? -1 : 1));

/**
 * Compares what editions are, and what they and their standing rang for, with what was noted as sent, whatever they
 * still owe. A record that lost what it owes or rang for, by a fault of ours or of a hand in the table, is found by that,
 * and so is an alert with nothing behind it.
 */
export async function differences({ table, clock }: Pick<Watching, "table" | "clock">, series: readonly { readonly id: string }[]): Promise<Difference> {
  const now = clock.now();
  const unfounded = await saidOut(table, series, now);
  const isOpen = ({ at }: Unsent): boolean => Date.parse(at) < now - graceMs && Date.parse(at) > now - backMs;
  const rung: Rung[] = [];
  await sideBySide(series, queriesAtOnce, async ({ id }) => {
    for (const edition of await editionsOf(table, id)) {
      rung.push(...[...rungBy(edition), ...mustRing(edition)].filter(isOpen));
      for (const alert of standsBehind(edition)) unfounded.delete(alert);
    }
  });
  for (const { rings } of await readMany(table, series.map(({ id }) => standingKey(id)))) rung.push(...rings.filter(isOpen));
  const ids = new Set(rung.flatMap(({ alert, takesBack = [] }) => [alert, ...takesBack]));
  const noted = new Map((await readMany(table, [...ids].map(alertKey))).map((record) => [record.id, record]));
  // One that waits for a few recipients, as whoever sends it says, was told all others.
  const isTold = (id: string): boolean => Boolean(noted.get(id)?.sent ?? noted.get(id)?.at);
  // Nobody is sent a correction of what nobody was told.
  const isLost = ({ alert, takesBack }: Rung): boolean => !isTold(alert) && (takesBack?.some((wrong) => noted.has(wrong)) ?? true);
  // What an edition has a ring of must have rung as well: the earlier moment counts.
  const lost = new Map(oldestFirst(rung.filter(isLost)).toReversed().map(({ alert, at }) => [alert, { alert, at }]));
  return { unsent: oldestFirst([...lost.values(), ...(await unsentToOne(table, now - graceMs))]), unfounded: oldestFirst([...unfounded.values()]) };
}

/** Measures and says the alerts that were never sent, and those with nothing behind them: they count as owed since they rang or were sent, by the metric of what is owed, which has `owedSeconds` already. */
export async function reconcile(watching: Watching, series: readonly { readonly id: string }[], owedSeconds: number): Promise<void> {
  const { clock, log, meter } = watching;
  const { unsent, unfounded } = await differences(watching, series);
  const [oldest] = oldestFirst([...unsent, ...unfounded]);
  if (!oldest) return;
  // Of the two the longer is what is measured, and `owedSeconds` of it stand there already.
  meter.add("OldestOwedSeconds", Math.max(0, Math.round((clock.now() - Date.parse(oldest.at)) / 1000) - owedSeconds));
  if (unsent.length > 0) log.error("Alerts rang and were never sent.", { alerts: unsent.map(({ alert }) => alert), oldest: unsent[0]?.at });
  if (unfounded.length > 0) log.error("Alerts were sent for editions that are not out.", { alerts: unfounded.map(({ alert }) => alert), oldest: unfounded[0]?.at });
}
