import { afterEach, beforeEach, expect, test } from "vitest";
import { reconcile, unsentAlerts } from "../../functions/watch/reconcile.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { type AlertRecord, toldAt } from "../../shared/records/alerts.ts";
import type { Correction, EditionRecord, Ring } from "../../shared/records/editions.ts";
import { alertKey, editionKey, standingKey, subscriptionKey } from "../../shared/records/keys.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { StandingRing } from "../../shared/records/standing.ts";
import { subscribe, unsubscribe } from "../../shared/records/subscriptions.ts";
import { tip } from "../alerts/facts.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openSurroundings, type Surroundings } from "../lambda-parts/surroundings.ts";

const noon = Date.parse("2021-07-01T12:00:00Z");
const ago = (minutes: number): string => new Date(noon - minutes * 60_000).toISOString();
const series = [{ id: "tip" }, { id: "other" }];
const clock = jumpingClock();
let around: Surroundings;

beforeEach(async () => {
  around = await openSurroundings();
  clock.set(noon);
});
afterEach(() => around.close());

const ring = (minutes: number): Ring => ({ alert: "", kind: "edition", at: ago(minutes), update: false, basis: "release", title: "", url: null, published: null, symbol: null, language: null, source: "press", why: [] });

/** An edition that rang so many minutes ago and owes nothing. */
async function rung(alert: string, minutes: number): Promise<void> {
  const edition: Content<EditionRecord> = { series: "tip", key: alert, year: 2021, status: "out", basis: "release", title: alert, url: null, symbol: null, published: null, firstSeen: ago(minutes), sightings: [], sightingCount: 0, silent: false, rings: [{ ...ring(minutes), alert }], month: "2021-07", at: ago(minutes) };
  await change(around.table, editionKey("tip", alert), () => edition);
}

function sent(alert: string): Promise<unknown> {
  const record: Content<AlertRecord> = { id: alert, facts: { ...tip, id: alert }, composed: { email: { subject: "", text: "" }, sms: "", json: "" }, sent: ago(1), messageIds: [] };
  return change(around.table, alertKey(alert), () => record);
}

const world = () => ({ table: around.table, clock });
const watching = () => ({ ...world(), queue: around.box.queue, log: around.kept.log, meter: around.meters.meter });

test("an alert that rang and was never sent is found, although its record owes nothing", async () => {
  await rung("lost", 90);
  await rung("told", 80);
  await sent("told");
  expect(await unsentAlerts(world(), series)).toEqual([{ alert: "lost", at: ago(90) }]);
});

test("so are changes, corrections of what was told, and what the calendar told", async () => {
  await rung("told", 80);
  await sent("told");
  await rung("silent", 8 * 24 * 60);
  const correction = (alert: string, wrong: string): Correction => ({ alert, at: ago(70), kind: "edition", rings: [{ ...ring(80), alert: wrong }], to: null, why: null });
  await change(around.table, editionKey("tip", "told"), (edition) => edition && { ...edition, changes: [{ alert: "changed", at: ago(60), sha256: "", before: { year: 2020, sha256: "", at: "" }, summary: [], key: "" }], corrections: [correction("corrected", "told")] });
  await change(around.table, editionKey("tip", "silent"), (edition) => edition && { ...edition, corrections: [correction("corrected in silence", "silent")] });
  const late: StandingRing = { alert: "late", kind: "late", at: ago(50), update: false, edition: 2021, window: null, why: [] };
  await change(around.table, standingKey("other"), () => ({ series: "other", edition: 2021, standing: "late" as const, since: "2021-07-01", rings: [late] }));
  expect((await unsentAlerts(world(), series)).map(({ alert }) => alert)).toEqual(["corrected", "changed", "late"]);
});

test("one that waits for a few recipients was told all others, and is not lost", async () => {
  await rung("waiting", 90);
  await sent("waiting");
  await change(around.table, alertKey("waiting"), (alert) => alert && { ...alert, sent: null, ...toldAt(ago(80)) });
  expect(await unsentAlerts(world(), series)).toEqual([]);
});

test("what rang just now, and what nobody mended in a week, is not news", async () => {
  await rung("young", 9);
  await rung("old", 8 * 24 * 60);
  expect(await unsentAlerts(world(), series)).toEqual([]);
});

test("it is measured as owed since it rang, once where it is owed as well, and said", async () => {
  await rung("lost", 90);
  await reconcile(watching(), series, 600);
  expect(around.meters.counted()).toEqual({ OldestOwedSeconds: 90 * 60 - 600 });
  expect(around.kept.said()).toEqual([expect.objectContaining({ level: "error", particulars: { alerts: ["lost"], oldest: ago(90) } })]);
});

test("where all that rang was sent nothing is measured or said", async () => {
  await rung("told", 80);
  await sent("told");
  await reconcile(watching(), series, 0);
  expect([around.meters.counted(), around.kept.said()]).toEqual([{}, []]);
});

test("a message to one subscriber that was planned is found while it is on the record, although nothing is owed", async () => {
  const { id } = await subscribe(around.table, { protocol: "email", address: "kim@example.org", language: "ko", wishes: allWishes, quiet: { from: "22:00", to: "07:00" } }, ago(100));
  const planned = (minutes: number) => change(around.table, subscriptionKey(id), (record) => record && { ...record, due: { alert: `digest:${id}:1`, at: ago(minutes), pace: "at-once" as const, alerts: ["told"], read: { soon: ago(90), digest: ago(90) } } });
  await planned(9);
  expect(await unsentAlerts(world(), series)).toEqual([]);
  await planned(20);
  expect(await unsentAlerts(world(), series)).toEqual([{ alert: `digest:${id}:1`, at: ago(20) }]);
  await unsubscribe(around.table, "email", "kim@example.org", ago(1));
  expect(await unsentAlerts(world(), series)).toEqual([]);
});
