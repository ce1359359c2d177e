import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nextSlot } from "../../functions/plan/plan.ts";
import { messagesASend, type Plannable, scheduledAt, sendsAtOnce, tick } from "../../functions/plan/tick.ts";
import { readPollMessage } from "../../shared/queue/messages.ts";
import type { Queue } from "../../shared/queue/queue.ts";
import { plannedMinute, setPlanned } from "../../shared/records/plan.ts";
import { writeStates } from "../../shared/records/sources.ts";
import { watchKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openSurroundings, type Surroundings } from "../lambda-parts/surroundings.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import { state } from "../records/parts.ts";

const minuteMs = 60_000;
const noon = Date.parse("2021-03-01T12:00:00Z") / minuteMs;
type SourceEntry = NonNullable<Parts["sources"]>[number];

let around: Surroundings;
const clock = jumpingClock();

beforeEach(async () => {
  around = await openSurroundings();
});
afterEach(() => around.close());

function known(...sources: readonly Partial<SourceEntry>[]): Plannable {
  const { sources: list, series } = catalogue({
    sources: sources.map((source, index) => ({ id: `source-${index}`, publisher: "state", url: `https://h${index}.example/feed`, read: { as: "feed" as const }, everyMinutes: 1, ...source })),
  });
  return { sources: list, series: new Map(series.map((one) => [one.id, one])) };
}
const hourly = (count: number): Plannable => known(...Array.from({ length: count }, () => ({ everyMinutes: 60 })));

/** The tick of a minute after noon, so many seconds late. */
async function pass(plannable: Plannable, minute: number, late = 0, parts: { table?: Table; queue?: Queue } = {}): Promise<void> {
  const scheduled = (noon + minute) * minuteMs;
  clock.set(scheduled + late * 1000);
  await tick({ table: around.table, queue: around.box.queue, clock, log: around.kept.log, meter: around.meters.meter, ...parts }, plannable, scheduled);
}
const messages = async () => (await around.box.take()).map(({ body, group }) => ({ group, ...readPollMessage(body) }));
const sources = async (): Promise<string[]> => (await messages()).flatMap((message) => message.sources ?? []).toSorted();
const planned = async (): Promise<number> => ((await plannedMinute(around.table)) ?? Number.NaN) - noon;
const said = (): string[] => around.kept.lines();

const waitUntil = (minute: number): Promise<void> =>
  writeStates(around.table, [{ before: undefined, after: { ...state, id: "source-0", health: "failing", reason: "http-503", failures: 1, nextAt: new Date((noon + minute) * minuteMs).toISOString() } }]);

test("what is due goes into the queue, one message a host, and is noted", async () => {
  await setPlanned(around.table, noon);
  await pass(known({ url: "https://www.state.gov/a" }, { url: "https://un.org/b" }, { url: "https://2017-2021.state.gov/c" }), 1, 3);
  expect(await messages()).toEqual([
    { group: "state.gov", host: "state.gov", minute: noon + 1, sources: ["source-0", "source-2"], correlation: "2021-03-01T12:01Z state.gov" },
    { group: "un.org", host: "un.org", minute: noon + 1, sources: ["source-1"], correlation: "2021-03-01T12:01Z un.org" },
  ]);
  expect(await planned()).toBe(1);
  expect(around.meters.counted()).toEqual({ MinutesPlanned: 1 });
  expect(around.kept.said()).toEqual([expect.objectContaining({ level: "info", sentence: "Planned.", particulars: { minute: noon + 1, hosts: 2, sources: 3, correlations: ["2021-03-01T12:01Z state.gov", "2021-03-01T12:01Z un.org"] } })]);
});

test("a minute in which nothing is due is noted as well", async () => {
  await setPlanned(around.table, noon);
  await pass(known(), 1);
  expect([await messages(), await planned()]).toEqual([[], 1]);
});

test("sources that are disabled are not asked", async () => {
  await pass(known({ disabled: "asks for a login" }, {}), 0);
  expect(await sources()).toEqual(["source-1"]);
});

describe("a tick that was lost", () => {
  test("is made up for by the next one: each source is asked once in its hour", async () => {
    const plannable = hourly(12);
    await setPlanned(around.table, noon);
    for (const minute of [1, 2, 5, 6, 20, 21, 22, 40, 60]) await pass(plannable, minute);
    expect(await sources()).toEqual(plannable.sources.map(({ id }) => id).toSorted());
    expect(around.meters.counted()).toEqual({ MinutesPlanned: 60 });
  });

  test("and a whole day of them has each source asked once, however slow its pace, and is said", async () => {
    await setPlanned(around.table, noon);
    await pass(known({}, { everyMinutes: 60 }, { everyMinutes: 1440 }), 1440);
    expect(await sources()).toEqual(["source-0", "source-1", "source-2"]);
    expect(said()).toEqual(["warn Nothing was planned for some minutes: each source that was due is polled once now.", "info Planned."]);
    expect(around.meters.counted()).toEqual({ MinutesPlanned: 1440 });
  });

  test("is none where nothing was ever planned: each source is asked, and one minute counted", async () => {
    await pass(known({}, { everyMinutes: 1440 }), 0);
    expect(await sources()).toEqual(["source-0", "source-1"]);
    expect(said()).toEqual(["info Planned."]);
    expect(around.meters.counted()).toEqual({ MinutesPlanned: 1 });
  });
});

describe("a tick that comes late", () => {
  test("by two minutes is planned", async () => {
    await pass(known({}), 0, 120);
    expect(await sources()).toEqual(["source-0"]);
  });
  test("by more is left to the next one, counted and said", async () => {
    await setPlanned(around.table, noon);
    await pass(known({}), 1, 121);
    expect([await messages(), await planned()]).toEqual([[], 0]);
    expect(around.meters.counted()).toEqual({ TicksDropped: 1 });
    expect(around.kept.said()).toEqual([expect.objectContaining({ level: "warn", sentence: "The tick of 2021-03-01T12:01:00.000Z is stale, so it is left to the next one.", particulars: { late_seconds: 121 } })]);
    await pass(known({}), 3);
    expect([await sources(), await planned()]).toEqual([["source-0"], 3]);
  });
  test("and was overtaken has nothing more to plan, and takes nothing back", async () => {
    await setPlanned(around.table, noon);
    await pass(known({}), 2);
    await around.box.take();
    await pass(known({}), 1, 70);
    expect([await messages(), await planned()]).toEqual([[], 2]);
  });
  test("and is overtaken while it sends takes nothing back", async () => {
    await setPlanned(around.table, noon);
    const slow: Queue = {
      async send(outgoing) {
        await around.box.queue.send(outgoing);
        await pass(known({}), 2);
      },
    };
    await pass(known({}), 1, 0, { queue: slow });
    expect(await planned()).toBe(2);
    await pass(known({}), 3);
    expect((await messages()).map(({ minute }) => minute)).toEqual([noon + 1, noon + 2, noon + 3]);
  });
});

test("what is noted goes back for a clock that was set back, and for no tick that was overtaken", async () => {
  for (const [minute, then] of [[10, 10], [5, 10], [4, 4], [6, 6]] as const) {
    await setPlanned(around.table, noon + minute);
    expect(await planned()).toBe(then);
  }
});

describe("a tick that comes twice", () => {
  test("after it was done has nothing more to plan", async () => {
    await setPlanned(around.table, noon);
    await pass(known({}), 1);
    await pass(known({}), 1, 20);
    expect(await messages()).toHaveLength(1);
  });
  test("since the first died before it was noted is taken once by the queue", async () => {
    await setPlanned(around.table, noon);
    const dying = { ...around.table, replace: () => Promise.reject(new Error("It died.")) };
    await expect(pass(known({}), 1, 0, { table: dying })).rejects.toThrow("It died.");
    await pass(known({}), 1, 30);
    expect(await messages()).toHaveLength(1);
    expect(await planned()).toBe(1);
  });
});

test("a queue that takes nothing leaves the minute unplanned, and the next tick makes up for it", async () => {
  await setPlanned(around.table, noon);
  const shut: Queue = { send: () => Promise.reject(new Error("The queue is away.")) };
  await expect(pass(known({}), 1, 0, { queue: shut })).rejects.toThrow("The queue is away.");
  expect([await planned(), around.meters.counted()]).toEqual([0, {}]);
  await pass(known({}), 2);
  expect([await sources(), await planned()]).toEqual([["source-0"], 2]);
});

test("what was noted by a clock that ran ahead does not stop planning", async () => {
  await setPlanned(around.table, noon + 6000);
  await pass(known({}), 1);
  expect([await sources(), await planned()]).toEqual([["source-0"], 1]);
  expect(said()[0]).toMatch(/^warn What is noted as planned lies in the future\./);
});

describe("a source that is to wait", () => {
  test("is not asked before its wait ends, and is asked then", async () => {
    await setPlanned(around.table, noon);
    await waitUntil(7);
    for (let minute = 1; minute < 7; minute++) await pass(known({}), minute);
    expect(await messages()).toEqual([]);
    await pass(known({}), 7);
    expect(await sources()).toEqual(["source-0"]);
  });

  test("is not asked again each minute until its poll was done, but in its slot if that poll was lost", async () => {
    const plannable = known({ everyMinutes: 30 });
    await setPlanned(around.table, noon);
    await waitUntil(7);
    for (let minute = 1; minute <= 37; minute++) await pass(plannable, minute);
    const [source] = plannable.sources;
    const slot = source && nextSlot(source, noon + 8, plannable.series);
    expect((await messages()).map(({ minute }) => minute)).toEqual([noon + 7, slot]);
  });

  test("is known by the index alone: no state is read", async () => {
    await setPlanned(around.table, noon);
    await waitUntil(7);
    const read: string[] = [];
    const watched: Table = { ...around.table, get: (key) => (read.push(key.pk), around.table.get(key)), getMany: (keys) => (read.push(...keys.map(({ pk }) => pk)), around.table.getMany(keys)) };
    await pass(known({}), 1, 0, { table: watched });
    expect([...new Set(read)]).toEqual(["PLAN", "WATCH"]);
  });
});

describe("the schedule's event", () => {
  test("gives its own moment", () => expect(scheduledAt({ scheduled: "2021-03-01T12:00:00Z" })).toBe(noon * minuteMs));
  test.each([{}, null, "2021-03-01T12:00:00Z", { scheduled: 7 }, { scheduled: "<aws.scheduler.scheduled-time>" }])("is refused with a sentence when it is %o", (event) =>
    expect(() => scheduledAt(event)).toThrow(/^The schedule's event has no moment under "scheduled": /),
  );
});

test("sources of a series that watch found to be in season are planned as in season", async () => {
  const { sources: list, series } = catalogue({ series: [{ id: "report", year: "release", recognise: [{ role: "release", title: ["report"] }], editions: [2018, 2019, 2020].map((year) => ({ year, released: `${year}-09-20` })) }], sources: [{ id: "one", publisher: "state", url: "https://one.example/feed", read: { as: "feed" }, everyMinutes: 60, carries: ["report"] }] });
  const plannable = { sources: list, series: new Map(series.map((one) => [one.id, one])) };
  const hour = async (from: number): Promise<number> => {
    await setPlanned(around.table, noon + from);
    for (let minute = from + 1; minute <= from + 60; minute++) await pass(plannable, minute);
    return (await messages()).length;
  };
  expect(await hour(0)).toBeLessThanOrEqual(1);
  await change(around.table, watchKey, () => ({ hour: "", day: "", unreadable: [], inSeason: ["report"], reminded: {} }));
  expect(await hour(60)).toBe(12);
});

describe("of very many hosts", () => {
  const many = 401;
  const toAll = known(...Array.from({ length: many }, () => ({})));

  test("all are sent, some sends side by side and never more than SQS takes", async () => {
    let [under, most] = [0, 0];
    const sizes: number[] = [];
    const queue: Queue = {
      send: async (some) => {
        sizes.push(some.length);
        most = Math.max(most, ++under);
        await around.box.queue.send(some);
        under--;
      },
    };
    await setPlanned(around.table, noon);
    await pass(toAll, 1, 0, { queue });
    expect([most, sizes.length, Math.max(...sizes)]).toEqual([sendsAtOnce, 41, messagesASend]);
    expect(await sources()).toHaveLength(many);
  });

  test("the log names some and counts all", async () => {
    await setPlanned(around.table, noon);
    await pass(toAll, 1);
    const [line] = around.kept.said();
    expect(line?.particulars).toMatchObject({ hosts: many, correlations: expect.objectContaining({ length: 100 }) });
  });

  test("one that was not taken leaves the minute to be planned again", async () => {
    let sends = 0;
    const queue: Queue = { send: (some) => (++sends === 7 ? Promise.reject(new Error("away")) : around.box.queue.send(some)) };
    await setPlanned(around.table, noon);
    await expect(pass(toAll, 1, 0, { queue })).rejects.toThrow("away");
    expect(await planned()).toBe(0);
  });
});
