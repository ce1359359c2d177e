import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { knownOf } from "../../functions/notify/known.ts";
import type { World } from "../../functions/notify/notify.ts";
import { gather, sweep } from "../../functions/notify/sweep.ts";
import { type OpenTable, openTable } from "../../local/table.ts";
import { singlesAnHour } from "../../shared/alerts/due.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { isDirect, isRead } from "../../shared/alerts/pace.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { editionKey, standingKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { StandingRecord } from "../../shared/records/standing.ts";
import { subscribe, subscriptions } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { catalogue } from "../recognition/catalogue.ts";

const noon = Date.parse("2026-11-23T12:00:00.000Z");
const minute = 60_000;
const count = 30;
const series = Array.from({ length: count }, (_, index) => `series-${String(index).padStart(2, "0")}`);

let folder: string;
let open: OpenTable;
let table: Table;
let world: World;
let now = 0;
/** To whom each message went, and which alerts it told. */
let messages: { readonly to: string; readonly alerts: readonly string[] }[] = [];

function idsIn(json: string): string[] {
  const body: { alert: string; alerts?: { alert: string }[] } = JSON.parse(json);
  return (body.alerts ?? [body]).map(({ alert }) => alert);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-gathering-"));
  open = await openTable(folder);
  ({ table } = open);
  world = {
    table,
    known: knownOf(catalogue({ series: series.map((id) => ({ id, year: "release" as const, recognise: [{ role: "release" as const, title: [id] }] })) })),
    clock: { now: () => now, sleep: async () => undefined },
    // As SNS and the outbox do: what goes to programs alone reaches nobody who reads it.
    async publish(alert, to = "everyone") {
      if (typeof to === "object") messages.push({ to: to.address, alerts: idsIn(alert.json) });
      else for (const one of await subscriptions(table)) if (isDirect(one, alert.facts) && (to === "everyone" || !isRead(one))) messages.push({ to: one.address, alerts: idsIn(alert.json) });
      return ["message"];
    },
  };
});
beforeEach(async () => {
  for await (const record of table.scan()) await table.remove(record);
  [now, messages] = [noon, []];
  const at = new Date(noon).toISOString();
  for (const [protocol, address, more] of [["email", "ada@example.org", {}], ["sms", "+821012345678", {}], ["email", "hana@example.org", { language: "ko" }], ["https", "https://hooks.example.org/a", { pace: "at-once" }]] as const) await subscribe(table, { protocol, address, language: "en", wishes: allWishes, ...more }, at);
});
afterAll(async () => {
  await open.close();
  await rm(folder, { recursive: true });
});

type Ring = (id: string, at: string) => Promise<string>;

const standing = (kind: "late" | "blind"): Ring => async (id, at) => {
  const alert = `${kind}:${id}:2026`;
  const record: Content<StandingRecord> = { series: id, edition: 2026, standing: kind, since: at.slice(0, 10), rings: [{ alert, kind, at, update: false, edition: 2026, window: null, why: [] }] };
  await change(table, standingKey(id), () => owe(record, alert, at));
  return alert;
};

const changed: Ring = async (id, at) => {
  const alert = `changes:${id}:2026:1`;
  const told = { alert, at, sha256: "b".repeat(64), before: { year: 2025, sha256: "a".repeat(64), at }, summary: ["A paragraph is new."], key: "k" };
  const record: Content<EditionRecord> = { ...placedAt(at), series: id, key: "2026", year: 2026, status: "out", basis: "release", title: id, url: null, symbol: null, published: null, firstSeen: at, sightings: [], sightingCount: 0, silent: true, rings: [], changes: [told] };
  await change(table, editionKey(id, "2026"), () => owe(record, alert, at));
  return alert;
};

/** Thirty alerts, so many minutes apart, with messages looked after each ten minutes, and for two hours more. */
async function thirty(ring: Ring, minutesApart: number): Promise<string[]> {
  const ids: string[] = [];
  now += minute;
  for (const id of series) {
    now += minutesApart * minute;
    ids.push(await ring(id, new Date(now).toISOString()));
    if (minutesApart > 0) await sweep(world);
    if (minutesApart > 0 && ids.length % 5 === 0) await gather(world);
  }
  await sweep(world);
  for (let tens = 0; tens < 12; tens++) {
    now += 10 * minute;
    await gather(world);
  }
  return ids.toSorted();
}

test.each([
  ["late at once", standing("late"), 0],
  ["late within an hour", standing("late"), 2],
  ["blind at once", standing("blind"), 0],
  ["blind within an hour", standing("blind"), 2],
  ["changes at once", changed, 0],
  ["changes within an hour", changed, 2],
] as const)("thirty alerts that come as %s are a few messages to a person, one each to a program, and none is lost", async (_, ring, minutesApart) => {
  const ids = await thirty(ring, minutesApart);
  for (const person of ["ada@example.org", "+821012345678", "hana@example.org"]) {
    const got = messages.filter(({ to }) => to === person);
    expect(got.flatMap(({ alerts }) => alerts).toSorted()).toEqual(ids);
    // Those of the first hour come each by itself; what gathered comes when that hour is over, and once more at most.
    expect(got.length).toBeLessThanOrEqual(singlesAnHour + 2);
  }
  expect(messages.filter(({ to }) => to.startsWith("https")).flatMap(({ alerts }) => alerts).toSorted()).toEqual(ids);
});
