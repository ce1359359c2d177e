import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sweep } from "../../functions/watch/sweep.ts";
import { readOwedMessage } from "../../shared/queue/messages.ts";
import type { Queue } from "../../shared/queue/queue.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { setPlanned } from "../../shared/records/plan.ts";
import { change, type Content } from "../../shared/records/records.ts";
import { type SourceState, writeStates } from "../../shared/records/sources.ts";
import type { Stored } from "../../shared/records/table.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openSurroundings, type Surroundings } from "../lambda-parts/surroundings.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { item, state } from "../records/parts.ts";

const noon = Date.parse("2021-07-01T12:00:00Z");
const ago = (minutes: number): string => new Date(noon - minutes * 60_000).toISOString();

let around: Surroundings;
const clock = jumpingClock();

beforeEach(async () => {
  around = await openSurroundings();
  clock.set(noon);
});
afterEach(() => around.close());

const { sources } = catalogue({
  sources: ["blocked", "dead", "failing", "well", "back", "once", "never", "old", "disabled"].map((id) => ({ id, publisher: "state", url: `https://${id}.example/feed`, read: { as: "feed" as const }, ...(id === "disabled" ? { disabled: "asks for a login" } : {}) })),
});
const run = (queue: Queue = around.box.queue): Promise<number> => sweep({ table: around.table, queue, clock, log: around.kept.log, meter: around.meters.meter }, sources);
const asked = async () => (await around.box.take()).map(({ body }) => readOwedMessage(body));
const said = (): string[] => around.kept.lines();

const owing = (id: string, since: string, ...alerts: readonly string[]): Promise<unknown> => change(around.table, itemKey(id), () => alerts.reduce((record, alert) => owe(record, alert, since), { ...item, id }));

describe("alerts that were left behind", () => {
  test("are handed to notify again, the longest owing first, once they have owed for five minutes", async () => {
    await owing("young", ago(4), "about:young");
    await owing("old", ago(5), "about:old");
    await owing("older", ago(90), "about:older", "about:older:2");
    await run();
    const messages = await asked();
    expect(messages.map((message) => message?.alert)).toEqual(["about:older", "about:older:2", "about:old"]);
    expect(messages[2]).toEqual({ key: itemKey("old"), alert: "about:old", correlation: "2021-07-01T12:00Z watch" });
    expect(around.meters.counted()).toMatchObject({ OldestOwedSeconds: 90 * 60 });
    expect(around.kept.said()).toEqual([expect.objectContaining({ level: "warn", correlation: "2021-07-01T12:00Z watch", particulars: { alerts: ["about:older", "about:older:2", "about:old"], oldest: ago(90) } })]);
  });

  test("are none where all that is owed is young, and its age is measured", async () => {
    await owing("young", ago(4), "about:young");
    await run();
    expect(await asked()).toEqual([]);
    expect(around.meters.counted()).toMatchObject({ OldestOwedSeconds: 240 });
    expect(said()).toEqual([]);
  });

  test("are none where none is owed, which is measured too", async () => {
    await run();
    expect(await asked()).toEqual([]);
    expect(around.meters.counted()).toEqual({ OldestOwedSeconds: 0, SourcesLost: 0, SourcesNewlyLost: 0 });
  });

  test("are handed on again at the next sweep, and the queue takes them again", async () => {
    await owing("old", ago(5), "about:old");
    await run();
    clock.set(noon + 10 * 60_000);
    await run();
    expect(await asked()).toHaveLength(2);
  });

  test("beside a record that this version cannot read are handed on all the same", async () => {
    const strange: Stored = { pk: "DIGEST#tip", sk: "DIGEST", kind: "digest", format: 1, revision: 1 };
    const newer: Stored = { ...itemKey("newer"), format: 99, revision: 1 };
    for (const record of [{ ...strange, owedSince: ago(80) }, { ...newer, owedSince: ago(70) }]) await around.table.putNew(record);
    await owing("old", ago(60), "about:old");
    await run();
    expect((await asked()).map((message) => message?.alert)).toEqual(["about:old"]);
    expect(around.meters.counted()).toMatchObject({ OldestOwedSeconds: 80 * 60 });
    expect(around.kept.said().filter(({ level }) => level === "error").map(({ particulars }) => particulars["record"])).toEqual(["DIGEST#tip DIGEST", "ITEM#newer ITEM"]);
  });

  test("that the queue does not take fail the sweep, and their age is measured before", async () => {
    await owing("old", ago(20), "about:old");
    await expect(run({ send: () => Promise.reject(new Error("The queue is away.")) })).rejects.toThrow("The queue is away.");
    expect(around.meters.counted()).toEqual({ OldestOwedSeconds: 1200 });
  });

  test("are handed on a thousand at a time", async () => {
    for (let number = 0; number < 21; number++) await owing(`item-${number}`, ago(100 - number), ...Array.from({ length: 50 }, (_, index) => `about:${number}:${index}`));
    await run();
    expect(await asked()).toHaveLength(1000);
  }, 120_000);
});

describe("sources that are lost", () => {
  const stands = (id: string, more: Partial<Content<SourceState>>): Promise<void> => writeStates(around.table, [{ before: undefined, after: { ...state, id, since: ago(600), ...more } }]);
  const failed = { failures: 3, nextAt: ago(-10) };

  const told = (health: "blocked" | "dead" | "failing" | "well", minutes: number): Pick<SourceState, "told"> => ({ told: { alert: "health:one", at: ago(minutes), title: "One", why: [], health } });
  const day = 24 * 60;

  test("are those of the catalogue that are blocked or dead", async () => {
    for (const id of ["blocked", "disabled", "removed"]) await stands(id, { ...failed, ...told("blocked", 1), health: "blocked", reason: "http-403" });
    await stands("failing", { ...failed, health: "failing", reason: "http-503" });
    await stands("well", {});
    await run();
    expect(around.meters.counted()).toMatchObject({ SourcesLost: 1, SourcesNewlyLost: 1 });
  });

  test("are news for a day after poll told it, and each is said", async () => {
    await stands("blocked", { ...failed, ...told("blocked", 1), health: "blocked", reason: "http-403" });
    await stands("dead", { ...failed, ...told("blocked", day - 1), health: "dead", reason: "http-404" });
    await stands("old", { ...failed, ...told("dead", day), health: "dead", reason: "http-404" });
    await run();
    expect(around.meters.counted()).toEqual({ OldestOwedSeconds: 0, SourcesLost: 3, SourcesNewlyLost: 2 });
    expect(around.kept.said().map(({ level, particulars }) => ({ level, ...particulars })).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
      { level: "warn", source: "blocked", health: "blocked", reason: "http-403", since: ago(600) },
      { level: "warn", source: "dead", health: "dead", reason: "http-404", since: ago(600) },
    ]);
  });

  test("are no news when they refused us once, could never be read, or came back since", async () => {
    await stands("once", { nextAt: ago(-10), failures: 1, health: "blocked", reason: "http-403", firstRead: ago(900) });
    await stands("never", { ...failed, health: "blocked", reason: "http-403" });
    await stands("back", { ...failed, ...told("well", 1), failures: 1, health: "blocked", reason: "http-403" });
    await run();
    expect(around.meters.counted()).toMatchObject({ SourcesLost: 3, SourcesNewlyLost: 0 });
    expect(said()).toEqual([]);
  });

  test("are news whatever the failure, once it was told", async () => {
    await stands("failing", { ...failed, ...told("failing", 1), health: "failing", reason: "http-503" });
    await run();
    expect(around.meters.counted()).toMatchObject({ SourcesLost: 0, SourcesNewlyLost: 1 });
  });
});

describe("planning", () => {
  test("is as old as the last minute that was planned", async () => {
    await setPlanned(around.table, noon / 60_000 - 17);
    await run();
    expect(around.meters.counted()).toMatchObject({ PlanAgeSeconds: 17 * 60 });
  });
  test("that is ahead of this clock is new", async () => {
    await setPlanned(around.table, noon / 60_000 + 1);
    await run();
    expect(around.meters.counted()).toMatchObject({ PlanAgeSeconds: 0 });
  });
});
