import { afterEach, beforeEach, expect, test } from "vitest";
import { notifyBatch } from "../../functions/notify/batch.ts";
import { knownOf } from "../../functions/notify/known.ts";
import type { OpenTable } from "../../local/table.ts";
import { NotTaken, type Publisher } from "../../shared/alerts/publisher.ts";
import { owedOutgoing } from "../../shared/queue/messages.ts";
import type { Received } from "../../shared/queue/queue.ts";
import { editionKey, itemKey, subscriptionKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, read } from "../../shared/records/records.ts";
import { subscribe } from "../../shared/records/subscriptions.ts";
import { jumpingClock } from "../intake/clock.ts";
import { keptLog, keptMeter } from "../lambda-parts/kept-log.ts";
import { freshTable } from "../local/fresh-table.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { edition, item } from "../records/parts.ts";

let opened: OpenTable;
let sent: string[];
let kept: ReturnType<typeof keptLog>;
let meters: ReturnType<typeof keptMeter>;
const clock = jumpingClock();
const known = knownOf(catalogue());

beforeEach(async () => {
  opened = await freshTable();
  sent = [];
  [kept, meters] = [keptLog(), keptMeter()];
});
afterEach(() => opened.close());

/** Items that owe an alert, and the messages that ask for them. */
async function owing(...ids: readonly string[]): Promise<Received[]> {
  for (const id of ids) await change(opened.table, itemKey(id), () => owe({ ...item, id, url: "https://state.example/camp" }, `about:${id}`, "2021-07-01T12:00:00Z"));
  return ids.map((id, index) => ({ id: `m${index}`, ...owedOutgoing({ key: itemKey(id), alert: `about:${id}`, correlation: `12:00Z ${id}` }, clock.now()) }));
}
const owed = async (id: string): Promise<string[]> => [...((await read(opened.table, itemKey(id)))?.owed ?? [])];

function run(messages: readonly Received[], publish: Publisher = async () => ["m"], beginBy = clock.now() + 1000): Promise<void> {
  const keeping: Publisher = async (alert) => {
    const ids = await publish(alert);
    sent.push(alert.facts.id);
    return ids;
  };
  return notifyBatch({ table: opened.table, known, publish: keeping, clock, log: kept.log, meter: meters.meter }, messages, beginBy);
}

test("owed alerts are sent in their order, counted, and said along the correlation id of each", async () => {
  await run(await owing("a", "b", "c"));
  expect(sent).toEqual(["about:a", "about:b", "about:c"]);
  expect(meters.counted()).toEqual({ AlertsSent: 3 });
  expect(kept.said().map(({ sentence, correlation, particulars }) => [sentence, correlation, particulars["alert"]])).toEqual(["a", "b", "c"].map((id) => ["An alert was sent.", `12:00Z ${id}`, `about:${id}`]));
});

test("they begin an eighth of a second apart, in this batch and from its last to the next, as SNS suspends an address that gets more", async () => {
  const began: number[] = [];
  const publish: Publisher = async () => {
    began.push(clock.now());
    return ["m"];
  };
  for (const ids of [["a", "b", "c"], ["d", "e"]]) await run(await owing(...ids), publish);
  expect(began.map((moment) => moment - (began[0] ?? 0))).toEqual([0, 125, 250, 375, 500]);
});

test("a message that is delivered twice, or sent again by watch, sends once", async () => {
  const messages = await owing("a");
  await run([...messages, ...messages]);
  await run(messages);
  expect(sent).toEqual(["about:a"]);
  expect(meters.counted()).toEqual({ AlertsSent: 1 });
});

const refusing: Publisher = async ({ facts }) => {
  if (facts.id === "about:poison") throw new Error("SNS takes no such thing");
  return ["m"];
};

test("an alert that cannot be sent stays owed, is counted and said, and holds no other up", async () => {
  const messages = await owing("a", "poison", "c");
  await run(messages, refusing);
  expect([sent, await owed("poison"), await owed("c")]).toEqual([["about:a", "about:c"], ["about:poison"], []]);
  expect(meters.counted()).toEqual({ AlertsSent: 2, PublishFailures: 1 });
  expect(kept.said().filter(({ level }) => level === "error")).toEqual([
    expect.objectContaining({ sentence: "An alert could not be sent. It stays owed, and watch asks for it again.", correlation: "12:00Z poison", particulars: { alert: "about:poison", error: expect.objectContaining({ message: "SNS takes no such thing" }) } }),
  ]);
  await run(messages);
  expect(sent).toEqual(["about:a", "about:c", "about:poison"]);
});

test("an alert that failed is begun again at once, and says that it may be a repeat where somebody may have it", async () => {
  const subjects: string[] = [];
  const faults = [new NotTaken("SNS refuses the message: Rate exceeded"), new Error("SNS did not answer"), undefined];
  await run(await owing("a"), async ({ email }) => {
    subjects.push(email.subject);
    const fault = faults[subjects.length - 1];
    if (fault) throw fault;
    return ["m"];
  }, clock.now() + 10_000);
  expect([sent, await owed("a")]).toEqual([["about:a"], []]);
  expect(subjects.map((subject) => subject.includes("possibly a repeat"))).toEqual([false, false, true]);
  expect(meters.counted()).toEqual({ AlertsSent: 1 });
});

test("what there is no time to begin stays owed, is counted and said, and does not count as tried by the queue", async () => {
  const messages = await owing("a", "b", "c");
  const beginBy = clock.now() + 1000;
  const slow: Publisher = async () => {
    await clock.sleep(600);
    return ["m"];
  };
  await run(messages, slow, beginBy);
  expect([sent, await owed("c")]).toEqual([["about:a", "about:b"], ["about:c"]]);
  expect(meters.counted()).toEqual({ AlertsSent: 2, PublishFailures: 1 });
  expect(kept.said().at(-1)).toMatchObject({ level: "error", sentence: "There was no time left for some alerts. They stay owed, and watch asks for them again.", particulars: { alerts: ["about:c"] } });
});

test("an edition that owes an alert without a ring goes on owing it, and that is said aloud", async () => {
  const key = editionKey("tip", "2021");
  await change(opened.table, key, () => owe(edition, "edition:tip:2021", "2021-07-01T12:00:00Z"));
  await run([{ id: "m", ...owedOutgoing({ key, alert: "edition:tip:2021", correlation: "12:00Z" }, clock.now()) }]);
  expect([sent, (await read(opened.table, key))?.owed]).toEqual([[], new Set(["edition:tip:2021"])]);
  expect(meters.counted()).toEqual({ PublishFailures: 1 });
  expect(kept.said()).toMatchObject([{ level: "error", particulars: { alert: "edition:tip:2021", error: { message: expect.stringMatching(/^The edition tip 2021 owes the alert edition:tip:2021 but has no ring of it/) } } }]);
});

test("a message that cannot be read is dropped, counted and said, and the next is sent", async () => {
  const [message] = await owing("a");
  if (!message) throw new Error("There is no message.");
  await run([{ ...message, id: "strange", body: '{"format":9}' }, message]);
  expect(sent).toEqual(["about:a"]);
  expect(meters.counted()).toEqual({ AlertsSent: 1, PublishFailures: 1 });
  expect(kept.said()[0]).toMatchObject({ level: "error", particulars: { body: '{"format":9}' } });
});

test("a message to one subscriber that cannot be sent is counted and said, stays owed, and is in its language when it comes", async () => {
  const wishes = { series: [], publishers: [], kinds: [], languages: [] };
  const { id } = await subscribe(opened.table, { address: "kim@example.org", protocol: "email", wishes, language: "ko", pace: "at-once" }, "2021-07-01T11:00:00Z");
  const subjects: string[] = [];
  let isAway = true;
  const publish: Publisher = async ({ email }) => {
    if (subjects.length === 1 && isAway) throw new Error("SNS is away");
    subjects.push(email.subject);
    return ["m"];
  };
  await run(await owing("a"), publish);
  expect(meters.counted()).toEqual({ AlertsSent: 1, PublishFailures: 1 });
  expect(kept.lines()).toContainEqual(expect.stringContaining("to one subscriber"));
  isAway = false;
  await run([{ id: "m", ...owedOutgoing({ key: subscriptionKey(id), alert: `digest:${id}:1`, correlation: "later" }, clock.now()) }], publish);
  expect(subjects).toEqual([expect.stringMatching(/^New: /), expect.stringMatching(/^새 글: /)]);
});
