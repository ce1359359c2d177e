import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { differences, reconcile } from "../../functions/watch/reconcile.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { type AlertRecord, toldAt } from "../../shared/records/alerts.ts";
import type { Correction, EditionRecord, Ring, Sighting } from "../../shared/records/editions.ts";
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
async function rung(name: string, minutes: number, over: Partial<Content<EditionRecord>> = {}): Promise<void> {
  const edition: Content<EditionRecord> = { series: "tip", key: name, year: 2021, status: "out", basis: "release", title: name, url: null, symbol: null, published: null, firstSeen: ago(minutes), sightings: [], sightingCount: 0, silent: false, rings: [{ ...ring(minutes), alert: `edition:tip:${name}` }], month: "2021-07", at: ago(minutes), ...over };
  await change(around.table, editionKey("tip", name), () => edition);
}

function sent(alert: string): Promise<unknown> {
  const record: Content<AlertRecord> = { id: alert, facts: { ...tip, id: alert }, composed: { email: { subject: "", text: "" }, sms: "", json: "" }, sent: ago(1), messageIds: [] };
  return change(around.table, alertKey(alert), () => record);
}

async function saysOut(alert: string, minutes: number, id = "tip"): Promise<void> {
  const facts = { ...tip, id: alert, series: { id, name: id, short: id, kind: "report" as const } };
  await change(around.table, alertKey(alert), (): Content<AlertRecord> => ({ id: alert, facts, composed: { email: { subject: "", text: "" }, sms: "", json: "" }, sent: ago(minutes), messageIds: [], ...toldAt(ago(minutes)) }));
}

const world = () => ({ table: around.table, clock });
const unsentAlerts = async (...args: Parameters<typeof differences>) => (await differences(...args)).unsent;
const watching = () => ({ ...world(), queue: around.box.queue, log: around.kept.log, meter: around.meters.meter });

test("an alert that rang and was never sent is found, although its record owes nothing", async () => {
  await rung("lost", 90);
  await rung("told", 80);
  await sent("edition:tip:told");
  expect(await unsentAlerts(world(), series)).toEqual([{ alert: "edition:tip:lost", at: ago(90) }]);
});

test("so are changes, corrections of what was told, and what the calendar told", async () => {
  await rung("told", 80);
  await sent("edition:tip:told");
  await rung("silent", 8 * 24 * 60);
  const correction = (alert: string, wrong: string): Correction => ({ alert, at: ago(70), kind: "edition", rings: [{ ...ring(80), alert: wrong }], to: null, why: null });
  await change(around.table, editionKey("tip", "told"), (edition) => edition && { ...edition, status: "mentioned" as const, changes: [{ alert: "changed", at: ago(60), sha256: "", before: { year: 2020, sha256: "", at: "" }, summary: [], key: "" }], corrections: [correction("corrected", "edition:tip:told")] });
  await change(around.table, editionKey("tip", "silent"), (edition) => edition && { ...edition, corrections: [correction("corrected in silence", "silent")] });
  const late: StandingRing = { alert: "late", kind: "late", at: ago(50), update: false, edition: 2021, window: null, why: [] };
  await change(around.table, standingKey("other"), () => ({ series: "other", edition: 2021, standing: "late" as const, since: "2021-07-01", rings: [late] }));
  expect((await unsentAlerts(world(), series)).map(({ alert }) => alert)).toEqual(["corrected", "changed", "late"]);
});

test("one that waits for a few recipients was told all others, and is not lost", async () => {
  await rung("waiting", 90);
  await sent("edition:tip:waiting");
  await change(around.table, alertKey("edition:tip:waiting"), (alert) => alert && { ...alert, sent: null, ...toldAt(ago(80)) });
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
  expect(around.kept.said()).toEqual([expect.objectContaining({ level: "error", particulars: { alerts: ["edition:tip:lost"], oldest: ago(90) } })]);
});

test("where all that rang was sent nothing is measured or said", async () => {
  await rung("told", 80);
  await sent("edition:tip:told");
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

describe("an edition that is out", () => {
  test("and lost what it rang for is found by its name, since something showed it last", async () => {
    const shown = (minutes: number): Sighting => ({ item: `${minutes}`, role: "release", source: "press", at: ago(minutes), title: "", url: null });
    await rung("2020", 20 * 24 * 60, { rings: [], sightings: [shown(20 * 24 * 60), shown(70)] });
    await rung("2021", 60, { rings: [] });
    await rung("2022", 50, { rings: [], corrections: [{ alert: "correction:tip:2022:1", at: ago(8 * 24 * 60), kind: "edition", rings: [], to: null, why: null }] });
    expect(await unsentAlerts(world(), series)).toEqual([{ alert: "edition:tip:2020", at: ago(70) }, { alert: "edition:tip:2021", at: ago(60) }, { alert: "edition:tip:2022:again-1", at: ago(50) }]);
  });

  test("is not asked for where it is older than the install, came by a person's word on another, is only announced, or was shown just now or long ago", async () => {
    await rung("silent", 60, { rings: [], silent: true });
    await rung("moved", 60, { rings: [], moved: true });
    await rung("announced", 60, { rings: [], status: "announced" });
    await rung("young", 9, { rings: [] });
    await rung("old", 8 * 24 * 60, { rings: [] });
    expect(await unsentAlerts(world(), series)).toEqual([]);
  });
});

describe("an alert that says that an edition is out", () => {
  test("is found where its edition is not on record, or is not out, and is measured and said", async () => {
    await rung("2020", 60, { rings: [], status: "mentioned" });
    await saysOut("edition:tip:2020", 50);
    await saysOut("edition:tip:2021:document", 40);
    await reconcile(watching(), series, 0);
    expect(around.meters.counted()).toEqual({ OldestOwedSeconds: 50 * 60 });
    expect(around.kept.said()).toEqual([expect.objectContaining({ level: "error", sentence: "Alerts were sent for editions that are not out.", particulars: { alerts: ["edition:tip:2020", "edition:tip:2021:document"], oldest: ago(50) } })]);
  });

  test("is founded where it is out, in silence too, or was corrected; and of series that the catalogue has no more nobody asks", async () => {
    const correction: Correction = { alert: "correction:tip:2021:1", at: ago(20), kind: "edition", rings: [], to: null, why: null };
    await rung("2020", 60);
    await rung("2019", 60, { silent: true });
    await rung("2021", 60, { rings: [], status: "mentioned", corrections: [correction] });
    for (const alert of ["edition:tip:2020", "edition:tip:2020:document", "edition:tip:2019", "edition:tip:2021"]) await saysOut(alert, 50);
    await saysOut("edition:gone:2021", 50, "gone");
    await saysOut("edition:tip:2018", 5);
    await saysOut("edition:tip:2017", 25 * 60);
    await saysOut("correction:tip:2021:1", 15);
    await change(around.table, alertKey("correction:tip:2021:1"), (alert) => alert && { ...alert, facts: { ...alert.facts, kind: "correction" as const } });
    expect(await differences(world(), series)).toEqual({ unsent: [], unfounded: [] });
    await change(around.table, editionKey("tip", "2021"), (edition) => edition && { ...edition, corrections: [] });
    expect((await differences(world(), series)).unfounded).toEqual([{ alert: "edition:tip:2021", at: ago(50) }]);
  });
});
