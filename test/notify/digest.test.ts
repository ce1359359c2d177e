import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { knownOf } from "../../functions/notify/known.ts";
import { notify, type World } from "../../functions/notify/notify.ts";
import { gather, sweep } from "../../functions/notify/sweep.ts";
import { type OpenTable, openTable } from "../../local/table.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import { subscribeFromNow } from "../../shared/alerts/digests.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import type { To } from "../../shared/alerts/publisher.ts";
import { placedAt } from "../../shared/records/history.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { itemKey, type RecordKey, subscriptionKey } from "../../shared/records/keys.ts";
import { owe, type OwingKind } from "../../shared/records/owed.ts";
import { change, type Content, read } from "../../shared/records/records.ts";
import { subscribe, subscriptionId, type SubscriptionRecord, subscriptions, unsubscribe } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { catalogue } from "../recognition/catalogue.ts";

let folder: string;
let open: OpenTable;
let table: Table;
let now = 0;
let sent: { readonly alert: Composed; readonly to: To | undefined }[] = [];
let fails: (to: To | undefined) => boolean = () => false;
let world: World;

const item: Omit<Content<ItemRecord>, "id" | "title" | "url" | "month" | "at" | "seen"> = { published: null, symbol: null, source: "daily", language: "en", relevance: "about", edition: null, role: null, why: [], earlierTitles: [] };
const monday = Date.parse("2026-11-23T09:00:00.000Z");
const hours = (count: number): number => monday + count * 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-digest-"));
  open = await openTable(folder);
  ({ table } = open);
  world = {
    table,
    known: knownOf(catalogue({})),
    clock: { now: () => now, sleep: async () => undefined },
    async publish(alert, to) {
      if (fails(to)) throw new Error("SNS is away");
      sent.push({ alert, to });
      return [`message-${sent.length}`];
    },
  };
});
beforeEach(async () => {
  for await (const record of table.scan()) await table.remove(record);
  now = monday;
  sent = [];
  fails = () => false;
});
afterAll(async () => {
  await open.close();
  await rm(folder, { recursive: true });
});

const ask = (address: string, over: Partial<SubscriptionRecord> = {}) => ({ protocol: "email" as const, address, language: "en", wishes: allWishes, ...over });
const ada = subscriptionId("email", "ada@example.org");

/** An item of no series is found at this moment, and owes its alert. */
async function found(id: string, at: number): Promise<RecordKey<OwingKind>> {
  const key = itemKey(id);
  now = at;
  await change(table, key, () => owe({ ...item, id, title: `News ${id}`, url: `https://daily.example/${id}`, ...placedAt(iso(at)), seen: iso(at) }, `about:${id}`, iso(at)));
  return key;
}
async function ring(id: string, at: number): Promise<void> {
  const key = await found(id, at);
  await notify(world, key, `about:${id}`);
}
/** Who got which alerts alone, in order: the ids in a digest, or of the one that was told as it is. */
const told = (): string[] => sent.flatMap(({ alert, to }) => (typeof to === "object" ? [`${to.id === ada ? "ada" : "other"} ${idsIn(alert.json)}`] : []));
function idsIn(json: string): string {
  const body: { alert: string; alerts?: { alert: string }[] } = JSON.parse(json);
  return (body.alerts ?? [body]).map(({ alert }) => alert).join(" ");
}
async function lookedAfter(at: number): Promise<void> {
  now = at;
  await gather(world);
}

describe("a daily digest", () => {
  beforeEach(async () => void (await subscribe(table, ask("ada@example.org", { pace: "daily" }), iso(monday))));

  test("tells what came since the last, once, and is kept like any alert", async () => {
    await ring("one", hours(1));
    await ring("two", hours(2));
    await lookedAfter(hours(3));
    expect(told()).toEqual([]);
    await lookedAfter(hours(24));
    await ring("three", hours(25));
    await lookedAfter(hours(26));
    await lookedAfter(hours(48));
    expect(told()).toEqual(["ada about:one about:two", "ada about:three"]);
    expect(sent.find(({ to }) => typeof to === "object")?.alert).toMatchObject({ facts: { kind: "digest" }, email: { subject: "Daily digest, 2 alerts: News one, News two" } });
    expect(await read(table, { pk: `ALERT#digest:${ada}:1`, sk: "ALERT", kind: "alert" })).toMatchObject({ messageIds: ["message-3"], facts: { kind: "digest" } });
    expect(await read(table, subscriptionKey(ada))).toMatchObject({ planned: 2, revision: 5 });
  });

  test("that could not be sent is owed, and is the same when it is sent at last", async () => {
    await ring("one", hours(1));
    fails = (to) => typeof to === "object";
    await lookedAfter(hours(24));
    await ring("two", hours(25));
    await lookedAfter(hours(26));
    expect(told()).toEqual([]);
    fails = () => false;
    expect(await sweep(world)).toEqual({ sent: 1, failed: [] });
    await lookedAfter(hours(48));
    expect(told()).toEqual(["ada about:one", "ada about:two"]);
  });

  test("of which a crash kept the record from knowing is sent again under the same id, as a possible repeat", async () => {
    await ring("one", hours(1));
    const crashing = { ...world, table: { ...table, replace: async (record: Parameters<Table["replace"]>[0]) => (sent.length > 1 ? Promise.reject(new Error("killed")) : table.replace(record)) } };
    now = hours(24);
    expect((await gather(crashing)).failed).toHaveLength(1);
    now = hours(25);
    await sweep(world);
    expect(told()).toEqual(["ada about:one", "ada about:one"]);
    expect(sent.slice(1).map(({ alert }) => alert.begun)).toEqual([iso(hours(24)), iso(hours(24))]);
    expect(new Set(sent.slice(1).map(({ alert }) => alert.facts.id)).size).toBe(1);
    expect(sent.slice(1).map(({ alert: { email, json } }) => [email.subject.includes("(possibly a repeat)"), email.text.startsWith("(possibly a repeat)"), JSON.parse(json).repeat])).toEqual([[false, false, false], [true, true, true]]);
    await lookedAfter(hours(72));
    expect(told()).toHaveLength(2);
  });

  test("that was noted as sent is not sent again, where a crash kept its subscription from knowing", async () => {
    await ring("one", hours(1));
    const crashing = { ...world, table: { ...table, replace: async (record: Parameters<Table["replace"]>[0]) => (sent.length > 1 && record.kind === "subscription" ? Promise.reject(new Error("killed")) : table.replace(record)) } };
    now = hours(24);
    expect((await gather(crashing)).failed).toHaveLength(1);
    expect(await sweep(world)).toEqual({ sent: 0, failed: [] });
    expect(told()).toEqual(["ada about:one"]);
    expect(await subscriptions(table)).not.toMatchObject([{ owed: expect.anything() }]);
  });

  test("is not sent to one that has ended meanwhile", async () => {
    await ring("one", hours(1));
    fails = (to) => typeof to === "object";
    await lookedAfter(hours(24));
    await unsubscribe(table, "email", "ada@example.org", iso(now));
    fails = () => false;
    expect(await sweep(world)).toEqual({ sent: 0, failed: [] });
    await lookedAfter(hours(72));
    expect(told()).toEqual([]);
  });

  test("does not lose what was due by the old wishes when others are asked for", async () => {
    await ring("one", hours(1));
    now = hours(2);
    await subscribeFromNow(table, ask("ada@example.org", { pace: "weekly", wishes: { ...allWishes, kinds: ["about"], publishers: ["daily"] } }), iso(now));
    expect(await subscriptions(table)).toMatchObject([{ waiting: ["about:one"] }]);
    await ring("two", hours(3));
    await lookedAfter(hours(24));
    await lookedAfter(hours(7 * 24));
    expect(told()).toEqual(["ada about:one about:two"]);
    expect((await subscriptions(table))[0]).not.toHaveProperty("waiting");
  });
});

describe("when the clock was set back", () => {
  const quiet = { from: "22:00", to: "07:00" };

  test.each([5, 5 * 60, 30 * 24 * 60])("by %i minutes, what is told then comes once, and nothing that came comes again", async (minutes) => {
    await subscribe(table, ask("ada@example.org", { pace: "daily" }), iso(monday));
    await ring("before", hours(1));
    // In the digest of the next morning, up to which all is looked after then.
    await lookedAfter(hours(24));
    await lookedAfter(hours(49));
    const back = hours(49) - minutes * 60_000;
    await ring("after", back);
    for (let day = 1; day <= 33; day++) await lookedAfter(back + day * 24 * 3_600_000);
    expect(told()).toEqual(["ada about:before", "ada about:after"]);
  });

  test("who has quiet hours is told by day, and after them of what came in them", async () => {
    await subscribe(table, ask("ada@example.org", { pace: "at-once", quiet, zone: "UTC" }), iso(monday));
    await lookedAfter(hours(26));
    await ring("day", hours(24));
    await lookedAfter(hours(26));
    await ring("night", hours(14));
    for (let hour = 15; hour < 72; hour++) await lookedAfter(hours(hour));
    expect(told()).toEqual(["ada about:day", "ada about:night"]);
  });

  test("also where a message was under way, or the wishes are changed first", async () => {
    await subscribe(table, ask("ada@example.org", { pace: "daily" }), iso(monday));
    await ring("before", hours(1));
    fails = (to) => typeof to === "object";
    await lookedAfter(hours(24));
    await ring("after", hours(20));
    fails = () => false;
    await sweep(world);
    now = hours(19);
    await subscribeFromNow(table, ask("ada@example.org", { pace: "daily", zone: "UTC" }), iso(now));
    for (let hour = 20; hour < 96; hour++) await lookedAfter(hours(hour));
    expect(told()).toEqual(["ada about:before", "ada about:after"]);
  });
});

test("a person who wants all at once gets the first of many items by itself, and an hour later the others", async () => {
  await subscribe(table, ask("ada@example.org", { pace: "at-once" }), iso(monday));
  for (let number = 0; number < 30; number++) await ring(`n${number}`, hours(1) + number * 60_000);
  for (let minute = 0; minute < 240; minute += 10) await lookedAfter(hours(1.5) + minute * 60_000);
  expect(told().map((message) => message.split(" ").length - 1)).toEqual([1, 29]);
  expect(told()[0]).toBe("ada about:n0");
  expect(sent.filter(({ to }) => to === "everyone")).toHaveLength(30);
});

test("in quiet hours nothing is sent, and at their end one message has it all; by day it comes at once, as it is", async () => {
  await subscribe(table, ask("ada@example.org", { pace: "at-once", quiet: { from: "22:00", to: "07:00" }, zone: "UTC" }), iso(monday));
  await ring("day", hours(1));
  expect(sent.find(({ to }) => typeof to === "object")?.alert.facts.id).toBe("about:day");
  for (const number of [14, 15, 16]) await ring(`night${number}`, hours(number));
  for (let minute = 0; minute < 24 * 60; minute += 10) await lookedAfter(hours(16.5) + minute * 60_000);
  expect(told()).toEqual(["ada about:day", "ada about:night14 about:night15 about:night16"]);
});

test("what goes to one alone says its moments by the clock of their zone, and what goes to all in UTC", async () => {
  await subscribe(table, ask("ada@example.org", { pace: "at-once", quiet: { from: "22:00", to: "07:00" }, zone: "Asia/Seoul" }), iso(monday));
  await ring("one", hours(1));
  const seen = sent.map(({ alert, to }) => [typeof to === "object", /Seen: .*/.exec(alert.email.text)?.[0]]);
  expect(seen).toEqual([
    [false, "Seen: 23 November 2026, 10:00 UTC"],
    [true, "Seen: 23 November 2026, 19:00 (Asia/Seoul)"],
  ]);
});

test("a fault in telling one subscriber alone holds up nobody else, and it is told later", async () => {
  for (const name of ["ada", "bo"]) await subscribe(table, ask(`${name}@example.org`, { pace: "at-once", quiet: { from: "22:00", to: "07:00" } }), iso(monday));
  fails = (to) => typeof to === "object" && to.id === ada;
  await ring("one", hours(1));
  expect(told()).toEqual(["other about:one"]);
  fails = () => false;
  await sweep(world);
  expect(told()).toEqual(["other about:one", "ada about:one"]);
});
