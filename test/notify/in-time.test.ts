import { afterAll, beforeAll, expect, test } from "vitest";
import { notifyBatch } from "../../functions/notify/batch.ts";
import { knownOf } from "../../functions/notify/known.ts";
import { sweep } from "../../functions/watch/sweep.ts";
import { planDigests } from "../../shared/alerts/digests.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import type { Publisher } from "../../shared/alerts/publisher.ts";
import { owedOutgoing } from "../../shared/queue/messages.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, read } from "../../shared/records/records.ts";
import { subscribe, subscriptions } from "../../shared/records/subscriptions.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openSurroundings, type Surroundings } from "../lambda-parts/surroundings.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { item } from "../records/parts.ts";

const readers = 20;
const messageMs = 600;
const runMs = 8000;

const clock = jumpingClock();
const known = knownOf(catalogue());
let around: Surroundings;
let sent: { readonly to: string; readonly alerts: readonly string[] }[] = [];

beforeAll(async () => {
  around = await openSurroundings();
  const at = new Date(clock.now()).toISOString();
  for (let number = 0; number < readers; number++) await subscribe(around.table, { address: `reader${number}@example.org`, protocol: "email", wishes: allWishes, language: "ko", pace: "at-once" }, at);
});
afterAll(() => around.close());

/** SNS, which takes its time. */
const publish: Publisher = async ({ json }, to = "everyone") => {
  await clock.sleep(messageMs);
  const body: { alert: string; alerts?: { alert: string }[] } = JSON.parse(json);
  sent.push({ to: typeof to === "string" ? to : to.address, alerts: (body.alerts ?? [body]).map(({ alert }) => alert) });
  return ["m"];
};

const watchOnce = (): Promise<number> => sweep({ table: around.table, queue: around.box.queue, clock, log: around.kept.log, meter: around.meters.meter }, []);

/** Notify takes what the queue holds, as Lambda gives it: ten at a time, each with the time of a run. */
async function notifyAll(): Promise<void> {
  const messages = await around.box.take();
  for (let from = 0; from < messages.length; from += 10) {
    await notifyBatch({ table: around.table, known, publish, clock, log: around.kept.log, meter: around.meters.meter }, messages.slice(from, from + 10), clock.now() + runMs);
  }
}

const told = (): string[] => sent.flatMap(({ to, alerts }) => alerts.map((alert) => `${to} ${alert}`)).toSorted();

test("where more readers are told alone than there is time for, notify ends in time, holds up no alert, and watch has the others told, each once", async () => {
  clock.set(clock.now() + 60_000);
  const ids = ["a", "b"];
  for (const id of ids) await change(around.table, itemKey(id), () => owe({ ...item, id }, `about:${id}`, new Date(clock.now()).toISOString()));
  await around.box.queue.send(ids.map((id) => owedOutgoing({ key: itemKey(id), alert: `about:${id}`, correlation: id }, clock.now())));
  const began = clock.now();
  await notifyAll();
  // What was begun last may take as long as a message takes, and then comes the pause until the next.
  expect(clock.now() - began).toBeLessThan(runMs + 2 * messageMs);
  expect(sent.filter(({ to }) => to === "everyone").map(({ alerts }) => alerts)).toEqual([["about:a"], ["about:b"]]);
  expect([await read(around.table, itemKey("a")), await read(around.table, itemKey("b"))].map((record) => record?.owed)).toEqual([undefined, undefined]);
  // Nobody was refused, so no alarm rings; and nobody owes what was not begun.
  expect(around.meters.counted()).toEqual({ AlertsSent: 2 });
  expect((await subscriptions(around.table)).filter(({ due }) => due)).toEqual([]);
  expect(around.kept.said().filter(({ level }) => level !== "info").map(({ level, particulars }) => [level, particulars["alert"]])).toEqual([["warn", "about:a"], ["warn", "about:b"]]);
  expect(told().length).toBeLessThan(readers);
  for (let looks = 0; looks < 8; looks++) {
    clock.set(clock.now() + 10 * 60_000);
    await watchOnce();
    await notifyAll();
  }
  const everybody = ["everyone", ...Array.from({ length: readers }, (_, number) => `reader${number}@example.org`)];
  expect(told()).toEqual(everybody.flatMap((to) => ids.map((id) => `${to} about:${id}`)).toSorted());
});

test("watch plans for so many readers as it has time for, and for the rest at its next look", async () => {
  clock.set(clock.now() + 3 * 60 * 60_000);
  await change(around.table, itemKey("c"), () => owe({ ...item, id: "c" }, "about:c", new Date(clock.now()).toISOString()));
  const message = { id: "m", ...owedOutgoing({ key: itemKey("c"), alert: "about:c", correlation: "c" }, clock.now()) };
  await notifyBatch({ table: around.table, known, publish, clock, log: around.kept.log, meter: around.meters.meter }, [message], clock.now());
  clock.set(clock.now() + 10 * 60_000);
  const now = new Date(clock.now()).toISOString();
  const planned = [await planDigests(around.table, now, readers - 5), await planDigests(around.table, now, readers - 5), await planDigests(around.table, now)];
  expect(planned.map(({ length }) => length)).toEqual([readers - 5, 5, 0]);
  expect((await subscriptions(around.table)).map(({ due }) => due?.alerts)).toEqual(Array.from({ length: readers }, () => ["about:c"]));
});
