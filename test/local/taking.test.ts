import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Asked } from "../../local/hand-over.ts";
import type { OpenTable } from "../../local/table.ts";
import { takingNoted } from "../../local/taking.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { subscriptionKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import { subscribe, type SubscriptionRecord, unsubscribe } from "../../shared/records/subscriptions.ts";
import { freshTable } from "./fresh-table.ts";

const address = "https://hooks.example.org/a";
const dayMs = 86_400_000;
const start = Date.parse("2026-11-01T00:00:00.000Z");
const moment = (day: number): string => new Date(start + day * dayMs).toISOString();

let open: OpenTable;
let id: string;
let now: number;
let said: string[];
beforeAll(async () => {
  open = await freshTable();
});
afterAll(() => open.close());
beforeEach(async () => {
  said = [];
  await unsubscribe(open.table, "https", address, moment(-2));
  ({ id } = await subscribe(open.table, { protocol: "https", address, wishes: { ...allWishes, kinds: ["edition"] }, language: "en", pace: "at-once" }, moment(-1)));
});

/** The receiver says so on that day; gives the record as it is then. */
async function answers(day: number, state: Asked["state"], reply = "it answered 404"): Promise<SubscriptionRecord | undefined> {
  now = start + day * dayMs;
  await takingNoted(open.table, (sentence) => said.push(sentence), () => now)([{ to: id, state, reply }]);
  return read(open.table, subscriptionKey(id));
}

describe("a web address that takes nothing", () => {
  test("has on record since when and why, until it takes one", async () => {
    await answers(0, "later", "ECONNREFUSED");
    expect(await answers(1, "later")).toMatchObject({ state: "active", takesNothing: { since: moment(0), why: "it answered 404" } });
    expect((await answers(1, "later"))?.revision).toBe((await answers(2, "later"))?.revision);
    expect((await answers(2, "taken before"))?.takesNothing).toBeDefined();
    const well = await answers(3, "taken", "204");
    expect([well?.state, well?.takesNothing, well?.since]).toEqual(["active", undefined, moment(-1)]);
    expect((await answers(4, "taken", "204"))?.revision).toBe(well?.revision);
    expect(said).toEqual([]);
  });

  test("is suspended when it says that it is gone, which is said without its address, and owed nothing", async () => {
    await change(open.table, subscriptionKey(id), (record) => record && { ...record, owed: new Set(["digest:x:1"]), owedSince: moment(-1), waiting: ["x"] });
    const gone = await answers(0, "refused", "it answered 410");
    expect(gone).toMatchObject({ state: "suspended", since: moment(0), takesNothing: { since: moment(0), why: "it answered 410" } });
    expect([gone?.owed, gone?.waiting]).toEqual([undefined, undefined]);
    expect(said).toEqual([expect.stringMatching(/is suspended, .*it answered 410.*almanac test-alert/)]);
    expect(said[0]).toContain(id);
    expect(said[0]).not.toContain("hooks.example.org");
  });

  test("is suspended when an alert was given up and none was taken meanwhile", async () => {
    await answers(0, "later");
    expect(await answers(7, "given up")).toMatchObject({ state: "suspended", takesNothing: { since: moment(0) } });
    expect(said).toEqual([expect.stringContaining("is suspended")]);
  });

  test("but took another alert meanwhile goes on, without the one that it did not take", async () => {
    await answers(0, "later");
    await answers(3, "taken", "204");
    await answers(3, "later");
    expect(await answers(7, "given up")).toMatchObject({ state: "active", takesNothing: { since: moment(3) } });
    expect(said).toEqual([expect.stringMatching(/^An alert is given up for the subscription [0-9a-f]{12}, .*it answered 404/)]);
  });

  test("goes on as it was once it takes one, from then on; and not where somebody ended it", async () => {
    await answers(0, "refused");
    expect(await answers(9, "taken", "204")).toMatchObject({ state: "active", since: moment(9), read: { soon: moment(9), digest: moment(9) }, wishes: { kinds: ["edition"] }, pace: "at-once" });
    await answers(10, "refused");
    expect(await unsubscribe(open.table, "https", address, moment(11))).toBe(true);
    const ended = await answers(12, "taken", "204");
    expect([ended?.state, ended?.takesNothing]).toEqual(["ended", undefined]);
    expect((await answers(12, "later"))?.takesNothing).toBeUndefined();
  });
});
