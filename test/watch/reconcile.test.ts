import { afterEach, beforeEach, expect, test } from "vitest";
import { reconcile, unsentRings } from "../../functions/watch/reconcile.ts";
import type { AlertRecord } from "../../shared/records/alerts.ts";
import type { EditionRecord, Ring } from "../../shared/records/editions.ts";
import { alertKey, editionKey } from "../../shared/records/keys.ts";
import { change, type Content } from "../../shared/records/records.ts";
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

/** An edition that rang so many minutes ago and owes nothing. */
async function rung(alert: string, minutes: number): Promise<void> {
  const ring: Ring = { alert, kind: "edition", at: ago(minutes), update: false, basis: "release", title: alert, url: null, published: null, symbol: null, language: null, source: "press", why: [] };
  const edition: Content<EditionRecord> = { series: "tip", key: alert, year: 2021, status: "out", basis: "release", title: alert, url: null, symbol: null, published: null, firstSeen: ago(minutes), sightings: [], sightingCount: 0, silent: false, rings: [ring], month: "2021-07", at: ago(minutes) };
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
  expect(await unsentRings(world(), series)).toEqual([{ alert: "lost", at: ago(90) }]);
});

test("what rang just now, and what nobody mended in a week, is not news", async () => {
  await rung("young", 9);
  await rung("old", 8 * 24 * 60);
  expect(await unsentRings(world(), series)).toEqual([]);
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
