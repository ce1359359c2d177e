import * as fc from "fast-check";
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import type { Stored } from "../../shared/records/table.ts";
import type { Watcher } from "../poll/watched-table.ts";
import { juneReport, openTower } from "./tower.ts";

/** The process ends here: what it would have written later is never written. */
class Crash extends Error {
  override readonly name = "Crash";
}

/** Ends the process at a write, before it is made or after. */
function crashAt(nth: number, when: "before" | "after"): Watcher & { readonly writes: () => number } {
  let writes = 0;
  let dead = false;
  const end = (): never => {
    dead = true;
    throw new Crash(`${when} write ${nth}`);
  };
  return {
    writes: () => writes,
    before(_record: Stored) {
      if (dead) throw new Crash("already ended");
      writes++;
      if (when === "before" && writes === nth) end();
    },
    after(_record: Stored) {
      if (when === "after" && writes === nth) end();
    },
  };
}

const parts = {
  series: ["a", "b", "c"].flatMap((id) => (juneReport.series ?? []).map((series) => ({ ...series, id }))),
  sources: [{ id: "one", publisher: "state", url: "https://one.example/feed", read: { as: "feed" as const }, carries: ["a", "b"] }, { id: "two", publisher: "state", url: "https://two.example/feed", read: { as: "feed" as const }, carries: ["c"], manualCheck: { everyDays: 20, message: "Look." }, verified: "2021-06-10" }],
};
/** Hours from noon of 26 June on at which watch runs: late, a source that is lost and comes back, a reminder, late again. */
const hours = [0, 24, 30, 48, 54, 96, 192] as const;
const atHour = (hour: number): string => new Date(Date.parse("2021-06-26T12:00:00Z") + hour * 3_600_000).toISOString();
const healths: Record<number, ["well" | "blocked", string]> = { 30: ["blocked", atHour(30)], 54: ["well", atHour(54)] };

/** Runs watch over one folder, starting again where the process ended, and then sends all that is owed. */
async function play(life: Watcher): Promise<string[]> {
  const setting = { parts, installed: "2021-01-01T00:00:00Z" };
  const first = await openTower({ ...setting, watcher: life });
  const { folder } = first;
  let tower = first;
  const reopen = async (): Promise<void> => {
    // The first tower owns the folder, and would take it away.
    if (tower !== first) await tower.close();
    else await first.leave();
    tower = await openTower({ ...setting, folder });
  };
  for (const hour of hours) {
    const [health, since] = healths[hour] ?? [];
    if (health && since) await tower.health("two", health, since);
    try {
      await tower.look(atHour(hour));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await reopen();
      // The next run is ten minutes later.
      await tower.look(new Date(Date.parse(atHour(hour)) + 600_000).toISOString());
    }
  }
  await reopen();
  const sent = (await tower.send()).map(({ facts }) => facts.id);
  await tower.close();
  await rm(folder, { recursive: true });
  return sent.toSorted();
}

const all = ["blind:c:2021:2021-06-27", "blind:c:2021:seen:2021-06-28", "health:two:look:2021-06-30", "late:a:2021:2021-06-27", "late:a:2021:2021-07-04", "late:b:2021:2021-06-27", "late:b:2021:2021-07-04", "late:c:2021:2021-06-27"];

test("without a crash each change is told once", async () => {
  expect(await play(crashAt(Number.POSITIVE_INFINITY, "before"))).toEqual(all);
});

test("a crash before or after any write of watch loses no alert and repeats none", async () => {
  const counter = crashAt(Number.POSITIVE_INFINITY, "before");
  await play(counter);
  expect(counter.writes()).toBeGreaterThan(12);
  for (let nth = 1; nth <= counter.writes(); nth++) {
    for (const when of ["before", "after"] as const) expect({ nth, when, sent: await play(crashAt(nth, when)) }).toEqual({ nth, when, sent: all });
  }
}, 120_000);

test("however health and runs go, no alert is told twice and late comes at most once a week", async () => {
  const run = fc.record({ hours: fc.integer({ min: 1, max: 60 }), lost: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 25 }), async (runs) => {
      const tower = await openTower({ parts: juneReport, installed: "2021-01-01T00:00:00Z" });
      const told: string[] = [];
      let at = Date.parse("2021-06-25T09:00:00Z");
      for (const { hours: passed, lost } of runs) {
        at += passed * 3_600_000;
        const moment = new Date(at).toISOString();
        for (const id of ["one", "two"]) await tower.health(id, lost ? "blocked" : "well", moment);
        told.push(...(await tower.look(moment)).map(({ alert }) => alert));
      }
      const sent = (await tower.send()).map(({ facts }) => facts.id);
      await tower.close();
      expect(sent.toSorted()).toEqual(told.toSorted());
      expect(new Set(told).size).toBe(told.length);
      const late = told.filter((alert) => alert.startsWith("late:")).map((alert) => Date.parse(alert.slice(-10)));
      for (const [index, day] of late.slice(1).entries()) expect(day - (late[index] ?? 0)).toBeGreaterThanOrEqual(7 * 86_400_000);
    }),
    { numRuns: 15 },
  );
}, 60_000);
