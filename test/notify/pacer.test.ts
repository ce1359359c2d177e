import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createPacer, paced, publishesASecond } from "../../functions/notify/pacer.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { tip } from "../alerts/facts.ts";
import { jumpingClock } from "../intake/clock.ts";

const apart = 1000 / publishesASecond;
/** How long the work between two publishes takes. */
const someWork = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });

/** The moments at which publishes begin when so much work lies before each. */
async function begins(work: readonly number[]): Promise<{ asked: number; began: number }[]> {
  const clock = jumpingClock(0);
  const pacer = createPacer(clock);
  const moments: { asked: number; began: number }[] = [];
  for (const ms of work) {
    clock.set(clock.now() + ms);
    const asked = clock.now();
    await pacer.turn();
    moments.push({ asked, began: clock.now() });
  }
  return moments;
}

test("no second holds more than 8 publishes, wherever it begins", () =>
  fc.assert(
    fc.asyncProperty(someWork, async (work) => {
      const moments = await begins(work);
      for (const { began: start } of moments) expect(moments.filter(({ began }) => began >= start && began < start + 1000).length).toBeLessThanOrEqual(8);
    }),
  ));

test("nobody waits longer than needed: each begins when asked, or an eighth of a second after the one before", () =>
  fc.assert(
    fc.asyncProperty(someWork, async (work) => {
      const moments = await begins(work);
      for (const [index, { asked, began }] of moments.entries()) expect(began).toBe(Math.max(asked, (moments[index - 1]?.began ?? -apart) + apart));
    }),
  ));

test("those that ask at once begin one after another", async () => {
  const clock = jumpingClock(0);
  const pacer = createPacer(clock);
  const began: number[] = [];
  await Promise.all(Array.from({ length: 5 }, () => pacer.turn().then(() => began.push(clock.now()))));
  expect(began).toEqual([0, 125, 250, 375, 500]);
});

test("after a rest another pacer keeps the distance too, and no rest is longer than that", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 8 }), async (batches) => {
      const clock = jumpingClock(0);
      const began: number[] = [];
      for (const size of batches) {
        const pacer = createPacer(clock);
        for (let sent = 0; sent < size; sent++) {
          await pacer.turn();
          began.push(clock.now());
        }
        await pacer.rest();
      }
      expect(began).toEqual(began.map((_, index) => index * apart));
    }),
  ));

test("who has sent nothing rests not at all", async () => {
  const clock = jumpingClock(0);
  await createPacer(clock).rest();
  expect(clock.slept).toEqual([]);
});

test("a clock that is set back by hours makes nobody wait longer than between two", async () => {
  const clock = jumpingClock(36_000_000);
  const pacer = createPacer(clock);
  await pacer.turn();
  clock.set(0);
  await pacer.turn();
  expect(clock.slept).toEqual([apart]);
});

test("a publisher takes its turn before each publish, also after one that failed", async () => {
  const clock = jumpingClock(0);
  const at: number[] = [];
  const publish = paced(async () => {
    at.push(clock.now());
    if (at.length === 1) throw new Error("SNS is away");
    return ["m"];
  }, createPacer(clock));
  await expect(publish(compose(tip))).rejects.toThrow("SNS is away");
  expect(await publish(compose(tip))).toEqual(["m"]);
  expect(at).toEqual([0, apart]);
});
