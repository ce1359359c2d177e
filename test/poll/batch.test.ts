import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Source } from "../../shared/catalogue/schema.ts";
import type { Fetcher } from "../../shared/intake/fetch.ts";
import { editionKey, sourceKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import { readPollMessage } from "../../shared/queue/messages.ts";
import { feedAt, other, series, usual } from "./parts.ts";
import { openRoundTrip, type RoundTrip } from "./round-trip.ts";

const minuteMs = 60_000;
const report = { title: "2021 Trafficking in Persons Report", url: "https://state.example/tip-2021", at: "2021-07-01T14:00:00Z" };
const camp = { title: "North Korea: a new prison camp", url: "https://state.example/camp", at: "2021-07-01T15:00:00Z" };

let trip: RoundTrip;
/** Writes to a partition of this name throw while it is set. */
let broken: string | undefined;
/** Writes to this one happen, and throw all the same, as where the answer is lost. */
let unanswered: string | undefined;
beforeEach(async () => {
  broken = undefined;
  unanswered = undefined;
  trip = await openRoundTrip(usual, {
    before: ({ pk }) => {
      if (pk === broken) throw new Error("The table is away.");
    },
    after: ({ pk }) => {
      if (pk === unanswered) throw new Error("The table did not answer.");
    },
  });
});
afterEach(() => trip.close());

/** The feeds as they were at their first reading; ten days later something may have come. */
async function baseline(...ids: readonly string[]): Promise<void> {
  for (const id of ids) trip.site.feed(`/${id}`, [other(1), other(2)]);
  await trip.plan(ids);
  expect(await trip.run()).toEqual([]);
  trip.clock.set(Date.parse("2021-07-01T16:00:00Z"));
  trip.site.asked();
  trip.kept.said();
  trip.meters.counted();
}
const said = (): string[] => trip.kept.lines();

describe("what rings", () => {
  test("is handed to notify, along the correlation id of its message, and owed by its record", async () => {
    await baseline("press", "reports");
    trip.site.feed("/press", [report, other(1), other(2)]);
    trip.site.feed("/reports", [camp, other(1), other(2)]);
    await trip.plan(["press", "reports"]);
    expect(await trip.run()).toEqual([]);
    const correlation = `${trip.clock.now() / minuteMs} 127.0.0.1`;
    expect((await trip.owed()).toSorted((a, b) => a.alert.localeCompare(b.alert))).toEqual([
      { key: { pk: "ITEM#state.example/camp", sk: "ITEM", kind: "item" }, alert: "about:state.example/camp", correlation },
      { key: { pk: "SERIES#tip", sk: "EDITION#2021", kind: "edition" }, alert: "edition:tip:2021", correlation },
    ]);
    expect((await read(trip.table, editionKey("tip", "2021")))?.owed).toEqual(new Set(["edition:tip:2021"]));
    expect(trip.meters.counted()).toEqual({ SourcesPolled: 2 });
    const lines = trip.kept.said();
    expect(lines.every((line) => line.correlation === correlation)).toBe(true);
    expect(lines.map(({ sentence }) => sentence)).toEqual(["An alert is owed.", "An alert is owed.", "Polled."]);
    expect(lines.at(-1)?.particulars).toMatchObject({ host: "127.0.0.1", sources: 2, items: 6, new: 2, alerts: 2 });
  });

  test("rings once when its message is delivered twice", async () => {
    await baseline("press");
    trip.site.feed("/press", [report, other(1), other(2)]);
    await trip.plan(["press"]);
    const messages = await trip.pollBox.take();
    expect([await trip.runOn(messages), await trip.runOn(messages)]).toEqual([[], []]);
    expect(await trip.owed()).toHaveLength(1);
  });

  test("stays owed where the notify queue takes nothing, which is said and keeps nobody waiting", async () => {
    await baseline("press");
    trip.site.feed("/press", [report, other(1), other(2)]);
    await trip.plan(["press"]);
    expect(await trip.run({ notifyQueue: { send: () => Promise.reject(new Error("The queue is away.")) } })).toEqual([]);
    expect((await read(trip.table, editionKey("tip", "2021")))?.owed).toEqual(new Set(["edition:tip:2021"]));
    expect(said()).toContain("error The queue did not take what is owed. It stays owed, and watch hands it on: The queue is away.");
  });
});

describe("a publisher's failure", () => {
  test("is a result: it is said, its health is kept, and the message does not come again", async () => {
    await baseline("press", "reports");
    trip.site.set("/press", { status: 503 });
    await trip.plan(["press", "reports"]);
    expect(await trip.run()).toEqual([]);
    expect(await read(trip.table, sourceKey("press"))).toMatchObject({ health: "failing", reason: "http-503", failures: 1 });
    expect(trip.meters.counted()).toEqual({ SourcesPolled: 2 });
    expect(trip.kept.said().filter(({ level }) => level === "warn")).toEqual([expect.objectContaining({ sentence: "A source could not be read well.", particulars: expect.objectContaining({ source: "press", health: "failing", reason: "http-503" }) })]);
  });

  test("has it left in peace until its wait is over, though another message asks for it", async () => {
    await baseline("press");
    trip.site.set("/press", { status: 503 });
    await trip.plan(["press"]);
    await trip.run();
    trip.site.asked();
    trip.clock.set(trip.clock.now() + minuteMs);
    await trip.plan(["press"]);
    expect(await trip.run()).toEqual([]);
    expect(trip.site.asked()).toEqual([]);
    trip.clock.set(trip.clock.now() + 9 * minuteMs);
    await trip.plan(["press"]);
    await trip.run();
    expect(trip.site.asked()).toEqual(["/press"]);
  });

  test("has it left in peace for a day at most: a longer wait was noted by a clock that ran ahead", async () => {
    await baseline("press");
    await change(trip.table, sourceKey("press"), (state) => state && { ...state, failures: 1, nextAt: "2021-07-03T00:00:00Z" });
    await trip.plan(["press"]);
    await trip.run();
    expect(trip.site.asked()).toEqual(["/press"]);
  });

  test("to answer before the time is over is a timeout of the source's, and the next is polled", async () => {
    await baseline("press", "reports");
    trip.site.set("/press", "silence");
    await trip.plan(["press"], { host: "slow" });
    await trip.plan(["reports"], { host: "fast" });
    expect(await trip.run({ deadline: { endBy: trip.clock.now() + 100 } })).toEqual([]);
    expect(await read(trip.table, sourceKey("press"))).toMatchObject({ health: "failing", reason: "timeout" });
    expect(trip.meters.counted()).toEqual({ SourcesPolled: 2 });
  });
});

describe("a reader of ours that falls over what a publisher answered", () => {
  // No document is known that does it, so the source is made one that its reader cannot bear.
  const unbearable: Source["read"] = JSON.parse('{"as":"json","api":"list","items":7}');

  test("is that source's health and an error in the log; the others of its host are polled, and no message comes again", async () => {
    await baseline("press", "reports");
    const ready = trip.ready(usual(trip.site.url));
    const press = ready.sources.get("press");
    if (!press) throw new Error("There is no source press.");
    trip.site.set("/press", { body: "[]" });
    trip.site.feed("/reports", [camp, other(1), other(2)]);
    await trip.plan(["press", "reports"]);
    expect(await trip.run({ ready: { ...ready, sources: new Map([...ready.sources, ["press", { ...press, read: unbearable }]]) } })).toEqual([]);
    expect(await read(trip.table, sourceKey("press"))).toMatchObject({ health: "failing", reason: "unreadable", failures: 1 });
    expect((await trip.owed()).map(({ alert }) => alert)).toEqual(["about:state.example/camp"]);
    const [error, ...others] = trip.kept.said().filter(({ level }) => level === "error");
    expect(others).toEqual([]);
    expect(error).toMatchObject({ sentence: expect.stringContaining("Our reader fell over"), particulars: { source: "press", error: { cause: expect.any(TypeError) } } });
  });
});

describe("a fault of our own", () => {
  test("brings back its message and the later ones of its host, and no other's", async () => {
    await baseline("press", "reports", "council", "daily");
    for (const id of ["press", "reports", "council", "daily"]) trip.site.feed(`/${id}`, [other(3), other(1)]);
    broken = "SOURCE#press";
    for (const [id, host] of [["council", "a"], ["press", "a"], ["daily", "b"], ["reports", "a"]] as const) await trip.plan([id], { host, minute: trip.clock.now() / minuteMs - Number(id === "press") - 2 * Number(id === "reports") });
    const messages = await trip.pollBox.take();
    const again = await trip.runOn(messages);
    expect(messages.filter(({ id }) => again.includes(id)).map(({ body }) => readPollMessage(body)?.sources)).toEqual([["press"], ["reports"]]);
    expect(trip.site.asked().toSorted()).toEqual(["/council", "/daily", "/press"]);
    const faults = trip.kept.said().filter(({ level }) => level === "error");
    expect(faults).toEqual([expect.objectContaining({ correlation: expect.stringMatching(/^\d+ a$/), particulars: { error: expect.objectContaining({ message: "The table is away." }) } })]);
  });

  test("at one source does not keep the others of its message from being polled, and all is well when it comes again", async () => {
    await baseline("press", "reports");
    trip.site.feed("/press", [camp, other(1), other(2)]);
    trip.site.feed("/reports", [report, other(1), other(2)]);
    broken = "SOURCE#press";
    await trip.plan(["press", "reports"]);
    const messages = await trip.pollBox.take();
    expect(await trip.runOn(messages)).toEqual(messages.map(({ id }) => id));
    broken = undefined;
    expect(await trip.runOn(messages)).toEqual([]);
    // The camp was handed on at the first time: its record was written, and only how the source stands was not.
    expect((await trip.owed()).map(({ alert }) => alert).toSorted()).toEqual(["about:state.example/camp", "edition:tip:2021"]);
    expect((await read(trip.table, { pk: "ITEM#state.example/camp", sk: "ITEM", kind: "item" }))?.owed).toEqual(new Set(["about:state.example/camp"]));
  });
});

describe("a write that gets no answer", () => {
  test("keeps nobody from hearing that others may have come and gone unseen: where it happened, the next reading finds nothing new", async () => {
    trip.site.feed("/press", [1, 2, 3].map(other));
    await trip.plan(["press"]);
    await trip.run();
    trip.kept.said();
    trip.clock.set(Date.parse("2021-06-22T16:00:00Z"));
    trip.site.feed("/press", [4, 5, 6].map(other));
    await trip.plan(["press"]);
    const messages = await trip.pollBox.take();
    unanswered = "SOURCE#press";
    expect(await trip.runOn(messages)).toEqual(messages.map(({ id }) => id));
    unanswered = undefined;
    expect(await trip.runOn(messages)).toEqual([]);
    const aloud = trip.kept.said().filter(({ level }) => level === "warn");
    expect(aloud).toEqual([expect.objectContaining({ sentence: "A source could not be read well.", particulars: expect.objectContaining({ source: "press", reason: "overflow" }) })]);
  });
});

describe("what there is no time for", () => {
  test("is sent into the queue again, and polled when it comes out", async () => {
    await baseline("press", "reports");
    await trip.plan(["press", "reports"]);
    expect(await trip.run({ deadline: { beginBy: trip.clock.now() } })).toEqual([]);
    expect(trip.site.asked()).toEqual([]);
    expect(trip.meters.counted()).toEqual({});
    expect(said()).toEqual(["info There is no time left for some sources of this host, so they are sent into the queue again."]);
    await trip.run();
    expect(trip.site.asked().toSorted()).toEqual(["/press", "/reports"]);
  });

  test("is no more than was not begun", async () => {
    await baseline("press", "reports", "council");
    // Servers on this machine are polled side by side, so these have a name of a host, and each answer takes its time.
    const host = "http://state.example";
    const fetch: Fetcher = (request) => {
      trip.clock.set(trip.clock.now() + 20_000);
      return trip.fetch({ ...request, url: request.url.replace(host, trip.site.url) });
    };
    const ready = trip.ready({ series, sources: ["press", "reports", "council"].map((id) => feedAt(host, `/${id}`)) });
    await trip.plan(["press", "reports", "council"]);
    expect(await trip.run({ fetch, ready })).toEqual([]);
    expect(trip.site.asked()).toEqual(["/press", "/reports"]);
    expect((await trip.pollBox.take()).map(({ body }) => readPollMessage(body)?.sources)).toEqual([["council"]]);
  });

  test("comes again as it is where the queue does not take it", async () => {
    await baseline("press");
    await trip.plan(["press"]);
    const messages = await trip.pollBox.take();
    const shut = { send: () => Promise.reject(new Error("The queue is away.")) };
    expect(await trip.runOn(messages, { pollQueue: shut, deadline: { beginBy: trip.clock.now() } })).toEqual(messages.map(({ id }) => id));
  });
});

describe("what cannot be polled", () => {
  test("since its message cannot be read is dropped, counted and said, and the next of its group is polled", async () => {
    await baseline("press");
    await trip.put({ body: '{"format":2}', group: "127.0.0.1", deduplication: "strange" });
    await trip.plan(["press"]);
    expect(await trip.run()).toEqual([]);
    expect(trip.site.asked()).toEqual(["/press"]);
    expect(trip.meters.counted()).toEqual({ PollsDropped: 1, SourcesPolled: 1 });
    expect(trip.kept.said()[0]).toMatchObject({ level: "error", sentence: "A message of the poll queue cannot be read by this version, and is dropped.", particulars: { body: '{"format":2}' } });
  });

  test("since the catalogue does not know it is dropped, counted and said, and the others are polled", async () => {
    await baseline("press");
    await trip.plan(["press", "gone"]);
    expect(await trip.run()).toEqual([]);
    expect(trip.site.asked()).toEqual(["/press"]);
    expect(trip.meters.counted()).toEqual({ PollsDropped: 1, SourcesPolled: 1 });
    expect(trip.kept.said()[0]).toMatchObject({ level: "warn", sentence: "Some sources are not polled, as the catalogue does not know them.", particulars: { sources: ["gone"] } });
  });

  test("since only the newest catalogue knows it is polled by that one", async () => {
    await baseline("press");
    trip.site.feed("/added", [other(1)]);
    await trip.plan(["added"]);
    const newer = trip.ready({ series, sources: [feedAt(trip.site.url, "/added")] });
    expect(await trip.run({ readyNow: async () => newer })).toEqual([]);
    expect(trip.site.asked()).toEqual(["/added"]);
    expect(trip.meters.counted()).toEqual({ SourcesPolled: 1 });
  });

  test("since it was disabled meanwhile is left without a word", async () => {
    await baseline("press");
    await trip.plan(["press"]);
    expect(await trip.run({ ready: trip.ready({ series, sources: [feedAt(trip.site.url, "/press", { disabled: "asks for a login" })] }) })).toEqual([]);
    expect([trip.site.asked(), trip.meters.counted(), said()]).toEqual([[], {}, []]);
  });

  test.each([
    [5, 9, true],
    [5, 10, false],
    [60, 59, true],
    [60, 60, false],
  ])("since its pace is %i minutes and its message %i minutes old is dropped and counted, or else polled: %s", async (everyMinutes, age, isPolled) => {
    await baseline("press");
    await trip.plan(["press"], { minute: trip.clock.now() / minuteMs - age });
    expect(await trip.run({ ready: trip.ready({ sources: [feedAt(trip.site.url, "/press", { everyMinutes })] }) })).toEqual([]);
    expect(trip.site.asked()).toEqual(isPolled ? ["/press"] : []);
    expect(trip.meters.counted()).toEqual(isPolled ? { SourcesPolled: 1 } : { PollsDropped: 1 });
  });
});
