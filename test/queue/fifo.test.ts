import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inGroups } from "../../shared/queue/fifo.ts";
import type { Received } from "../../shared/queue/queue.ts";

const someMessages = fc
  .array(fc.record({ group: fc.constantFrom("a", "b", "c"), fails: fc.boolean() }), { maxLength: 10 })
  .map((list) => list.map(({ group, fails }, index) => ({ id: `m${index}`, body: fails ? "fails" : "", group })));
const fail = async ({ body }: Received): Promise<void> => {
  await Promise.resolve();
  if (body === "fails") throw new Error("It fails.");
};

test("what comes again is the first that failed in each group, and all after it in that group", () =>
  fc.assert(
    fc.asyncProperty(someMessages, async (messages) => {
      const again = new Set(await inGroups(messages, fail, () => undefined));
      for (const [index, { id, group }] of messages.entries()) {
        const failed = messages.slice(0, index + 1).some((before) => before.group === group && before.body === "fails");
        expect(again.has(id)).toBe(failed);
      }
    }),
  ));

test("nothing is handled behind a failure in its group, and each failure is told once", () =>
  fc.assert(
    fc.asyncProperty(someMessages, async (messages) => {
      const handled: string[] = [];
      const told: string[] = [];
      await inGroups(messages, async (message) => (handled.push(message.id), fail(message)), (_, { id }) => told.push(id));
      for (const group of ["a", "b", "c"]) {
        const own = messages.filter((message) => message.group === group);
        const first = own.findIndex(({ body }) => body === "fails");
        expect(handled.filter((id) => own.some((message) => message.id === id))).toEqual(own.slice(0, first === -1 ? own.length : first + 1).map(({ id }) => id));
      }
      expect(told.length).toBe(new Set(messages.filter(({ body }) => body === "fails").map(({ group }) => group)).size);
    }),
  ));

test("a group waits for no other, and within a group one waits for the one before", async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const events: string[] = [];
  const all = inGroups(
    [{ id: "slow1", body: "", group: "slow" }, { id: "slow2", body: "", group: "slow" }, { id: "fast1", body: "", group: "fast" }, { id: "fast2", body: "", group: "fast" }],
    async ({ id, group }) => {
      events.push(`begins ${id}`);
      if (group === "slow") await held;
      if (id === "fast2") release();
      events.push(`ends ${id}`);
    },
    () => undefined,
  );
  expect(await all).toEqual([]);
  expect(events).toEqual(["begins slow1", "begins fast1", "ends fast1", "begins fast2", "ends fast2", "ends slow1", "begins slow2", "ends slow2"]);
});
