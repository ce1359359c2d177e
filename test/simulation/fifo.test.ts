import { expect, test } from "vitest";
import type { Outgoing } from "../../shared/queue/queue.ts";
import { chanceOf } from "./chance.ts";
import { fifo } from "./fifo.ts";
import { timeline } from "./timeline.ts";

const message = (body: string, group: string, deduplication = body): Outgoing => ({ body, group, deduplication });

/** A queue, what it delivered, and its time. */
function open() {
  const time = timeline(0);
  const batches: { at: number; bodies: string[]; ids: string[] }[] = [];
  const queue = fifo({ time, chance: chanceOf(1, "fifo"), name: "q", delay: () => 100, visibilitySeconds: 60, retentionSeconds: 900, maxReceiveCount: 2, deliver: (batch) => void batches.push({ at: time.now(), bodies: batch.map(({ body }) => body), ids: batch.map(({ id }) => id) }) });
  return { time, queue, batches, bodies: () => batches.flatMap((batch) => batch.bodies) };
}

test("a group keeps its order, and waits while one of its messages is handled", async () => {
  const { time, queue, batches } = open();
  queue.take([message("a1", "a"), message("a2", "a")]);
  await time.run(200);
  queue.take([message("a3", "a"), message("b1", "b")]);
  await time.run(1000);
  expect(batches.map(({ bodies }) => bodies)).toEqual([["a1", "a2"], ["b1"]]);
  queue.remove(batches[0]?.ids ?? []);
  await time.run(2000);
  expect(batches[2]?.bodies).toEqual(["a3"]);
});

test("of two messages with one name the second is not taken for five minutes", async () => {
  const { time, queue, bodies } = open();
  queue.take([message("one", "a", "same"), message("two", "b", "same")]);
  await time.run(299_000);
  queue.take([message("three", "c", "same")]);
  await time.run(300_001);
  queue.take([message("four", "d", "same")]);
  await time.run(310_000);
  expect([...new Set(bodies())]).toEqual(["one", "four"]);
});

test("what nobody takes out comes again when it is visible, and is dead after that", async () => {
  const { time, queue, batches } = open();
  queue.take([message("lost", "a")]);
  await time.run(800_000);
  expect([batches.length, (batches[1]?.at ?? 0) >= 60_000, queue.size(), queue.counts.dead]).toEqual([2, true, 0, 1]);
});
