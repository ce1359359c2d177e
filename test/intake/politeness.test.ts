import { expect, test } from "vitest";
import { createPoliteness } from "../../shared/intake/politeness.ts";
import { jumpingClock } from "./clock.ts";

const done = () => Promise.resolve("done");

test("a host that was not asked before is asked at once", async () => {
  const clock = jumpingClock();
  const { inTurn } = createPoliteness({ clock, pauseMs: 1000 });
  expect(await inTurn("a.example", done)).toBe("done");
  expect(await inTurn("b.example", done)).toBe("done");
  expect(clock.slept).toEqual([]);
});

test("between two requests to a host lies a pause, counted from the end of the first", async () => {
  const clock = jumpingClock();
  const { inTurn } = createPoliteness({ clock, pauseMs: 1000 });
  await inTurn("a.example", () => clock.sleep(5000));
  clock.set(clock.now() + 300);
  await inTurn("a.example", done);
  expect(clock.slept).toEqual([5000, 700]);
});

test("a longer pause that a host wants is kept, a shorter one is not", async () => {
  const clock = jumpingClock();
  const { inTurn } = createPoliteness({ clock, pauseMs: 1000 });
  await inTurn("a.example", done, 10_000);
  await inTurn("a.example", done, 10_000);
  await inTurn("a.example", done, 200);
  expect(clock.slept).toEqual([10_000, 1000]);
});

test("a clock set back costs one pause and no more", async () => {
  const clock = jumpingClock();
  const { inTurn } = createPoliteness({ clock, pauseMs: 1000 });
  await inTurn("a.example", done);
  clock.set(0);
  await inTurn("a.example", done);
  expect(clock.slept).toEqual([1000]);
});

test("a host gets one request at a time, in order, while other hosts go on", async () => {
  const { inTurn } = createPoliteness({ clock: jumpingClock(), pauseMs: 1000 });
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = inTurn("a.example", async () => {
    log.push("first begins");
    await gate.promise;
    log.push("first ends");
  });
  const second = inTurn("a.example", async () => void log.push("second"));
  await inTurn("b.example", async () => void log.push("elsewhere"));
  gate.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(["first begins", "elsewhere", "first ends", "second"]);
});

test("a request that fails gives its turn on, with the pause", async () => {
  const clock = jumpingClock();
  const { inTurn } = createPoliteness({ clock, pauseMs: 1000 });
  await expect(inTurn("a.example", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await inTurn("a.example", done)).toBe("done");
  expect(clock.slept).toEqual([1000]);
});

test("sixteen local requests run side by side, and no more, also when some fail", async () => {
  const clock = jumpingClock();
  const { amongLocal } = createPoliteness({ clock, pauseMs: 1000 });
  let running = 0;
  let most = 0;
  const ask = async (index: number) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    if (index % 7 === 0) throw new Error("no");
    return index;
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => amongLocal(() => ask(index))));
  expect(most).toBe(16);
  expect(running).toBe(0);
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(15);
  expect(clock.slept).toEqual([]);
});
