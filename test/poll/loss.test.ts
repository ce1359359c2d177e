import { afterEach, describe, expect, test } from "vitest";
import { sourceKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { feedAt, other, series } from "./parts.ts";
import { openStage, type Stage } from "./stage.ts";

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

/** A stage with one source, at /press. */
async function open(): Promise<Stage> {
  const stage = await openStage({ parts: (site) => ({ series, sources: [feedAt(site, "/press")] }) });
  stages.push(stage);
  return stage;
}

const state = (stage: Stage) => read(stage.table, sourceKey("press"));

describe("a source that is lost", () => {
  test("owes one alert when it was refused twice, none while it stays so, and one when it can be read again", async () => {
    const stage = await open();
    stage.site.feed("/press", [other(1)]);
    expect(await stage.rings()).toEqual([]);
    stage.site.set("/press", { status: 403 });
    expect(await stage.poll()).toMatchObject([{ source: "press", health: "blocked", reason: "http-403", items: 0, fresh: 0, rung: [] }]);
    const [outcome] = await stage.poll();
    expect(outcome?.rung).toMatchObject([{ kind: "health", series: null, edition: null, title: "press cannot be read: http-403" }]);
    expect(await state(stage)).toMatchObject({ health: "blocked", reason: "http-403", failures: 2, owed: new Set([outcome?.rung[0]?.alert]) });
    expect(await stage.rings()).toEqual([]);
    expect(await stage.sweep()).toEqual({ sent: 1, failed: [] });
    expect((await state(stage))?.owed).toBeUndefined();
    stage.site.feed("/press", [other(1), other(2)]);
    expect(await stage.rings()).toEqual(["health “press can be read again”"]);
    expect(await state(stage)).toMatchObject({ health: "well", failures: 0 });
    expect((await state(stage))?.nextAt).toBeUndefined();
    expect(await stage.rings()).toEqual([]);
    expect(await stage.sweep()).toEqual({ sent: 1, failed: [] });
  });

  test("and back and lost again is told each time", async () => {
    const stage = await open();
    for (const _ of [1, 2]) {
      stage.site.feed("/press", [other(1)]);
      await stage.poll();
      await stage.sweep();
      stage.site.set("/press", { status: 410 });
      await stage.poll();
      expect(await stage.rings()).toEqual(["health “press cannot be read: http-410”"]);
      expect(await stage.sweep()).toEqual({ sent: 1, failed: [] });
    }
  });

  test("by a fault of its server is told after three failures in a row, once, and when it is back", async () => {
    const stage = await open();
    stage.site.feed("/press", [other(1)]);
    await stage.poll();
    stage.site.set("/press", { status: 500 });
    expect([await stage.rings(), await stage.rings()]).toEqual([[], []]);
    expect(await stage.rings()).toEqual(["health “press cannot be read: http-500”"]);
    expect(await state(stage)).toMatchObject({ health: "failing", failures: 3 });
    stage.jump("2021-06-29T12:10:00Z");
    expect([await stage.rings(), (await state(stage))?.health]).toEqual([[], "dead"]);
    stage.site.feed("/press", [other(1)]);
    expect(await stage.rings()).toEqual(["health “press can be read again”"]);
    expect((await state(stage))?.failingSince).toBeUndefined();
  });

  test("for two hours is told, however seldom it was asked", async () => {
    const stage = await open();
    stage.site.feed("/press", [other(1)]);
    await stage.poll();
    stage.site.set("/press", { status: 500 });
    expect(await stage.rings()).toEqual([]);
    stage.jump("2021-06-20T14:30:00Z");
    expect(await stage.rings()).toEqual(["health “press cannot be read: http-500”"]);
  });

  test("for two hours to come is told at once: the publisher asked us to wait for longer", async () => {
    const stage = await open();
    stage.site.feed("/press", [other(1)]);
    await stage.poll();
    stage.site.set("/press", { status: 503, headers: { "retry-after": "86400" } });
    expect(await stage.rings()).toEqual(["health “press cannot be read: http-503”"]);
  });

  test("from the first reading on is told after a day, and when it can be read for the first time", async () => {
    const stage = await open();
    for (const _ of [1, 2, 3]) expect(await stage.rings()).toEqual([]);
    expect(await state(stage)).toMatchObject({ health: "dead", firstRead: null, lastRead: null, failures: 3 });
    stage.jump("2021-06-21T11:00:00Z");
    expect(await stage.rings()).toEqual([]);
    stage.jump("2021-06-21T12:30:00Z");
    expect(await stage.rings()).toEqual(["health “press could never be read: http-404”"]);
    expect(await stage.sweep()).toEqual({ sent: 1, failed: [] });
    stage.jump("2021-06-23T12:30:00Z");
    expect(await stage.rings()).toEqual([]);
    stage.site.feed("/press", [{ ...other(1), title: "Human rights in North Korea" }]);
    expect(await stage.rings()).toEqual(["health “press can be read for the first time”"]);
    expect(await stage.sweep()).toEqual({ sent: 1, failed: [] });
  });

  test("by another reason than before is the same loss", async () => {
    const stage = await open();
    stage.site.feed("/press", [other(1)]);
    await stage.poll();
    for (const status of [403, 410]) {
      stage.site.set("/press", { status });
      await stage.poll();
    }
    expect(await stage.rings()).toEqual([]);
    expect(await stage.sweep()).toEqual({ sent: 1, failed: [] });
  });

  test("for a moment is not told, and is asked later", async () => {
    const stage = await open();
    stage.site.set("/press", { status: 503 });
    expect(await stage.rings()).toEqual([]);
    expect(await state(stage)).toMatchObject({ health: "failing", reason: "http-503", failures: 1, nextAt: "2021-06-20T12:12:30.000Z" });
  });

  test("keeps what it knew, so that nothing rings twice when it comes back", async () => {
    const stage = await open();
    const camp = { title: "North Korea: prison camp", url: "https://state.example/camp", at: "2021-06-20T13:00:00Z" };
    stage.site.feed("/press", [other(1)]);
    await stage.poll();
    stage.site.feed("/press", [camp, other(1)]);
    expect(await stage.rings()).toHaveLength(1);
    stage.site.set("/press", { status: 500 });
    await stage.poll();
    stage.site.feed("/press", [camp, other(1)]);
    expect(await stage.rings()).toEqual([]);
  });
});
