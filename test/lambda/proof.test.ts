import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allWishes } from "../../shared/alerts/filter.ts";
import { filterPolicy } from "../../shared/alerts/filter-policy.ts";
import { pollOutgoing } from "../../shared/queue/messages.ts";
import { toldAt } from "../../shared/records/alerts.ts";
import { editionsOf } from "../../shared/records/editions.ts";
import { alertKey, editionKey, itemKey, sourceKey, standingKey, subscriptionKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, read } from "../../shared/records/records.ts";
import { functionNames } from "../../shared/stage.ts";
import { subscribe, unsubscribe, type Wishes } from "../../shared/records/subscriptions.ts";
import { type DynamoLocal, hasJava, startDynamoLocal } from "../records/dynamo-local.ts";
import type { Call } from "./calls.ts";
import { browsing } from "./browsing.ts";
import { comparing } from "./comparing.ts";
import { documented } from "./documented.ts";
import { buildAll, type Built, deployMonitor, type Monitor } from "./monitor.ts";
import { permitted } from "./permitted.ts";
import { camp, feedAt, moment, other, parts, report, said, year } from "./published.ts";
import { reconciling } from "./reconciling.ts";
import { alertsOf, killAt, messagesOf } from "./steps.ts";

const runs = hasJava();
const minute = (): number => Math.floor(Date.now() / 60_000);

let dynamo: DynamoLocal | undefined;
let built: Built;
let monitor: Monitor;
/** The alerts that came to a subscriber since the last time. */
const got = (subscriber: string): Promise<string[]> => alertsOf(monitor, subscriber);
const published = (): number => monitor.cloud.recorder.count("notify", "sns:Publish");

beforeAll(async () => {
  // Java starts while the rest is built.
  dynamo = runs ? await startDynamoLocal() : undefined;
  built = await buildAll();
});
afterAll(async () => {
  await dynamo?.stop();
  await rm(built.folder, { recursive: true });
});

describe("docs/lambda.md", () => {
  documented(() => built);
});

describe("a bundle", () => {
  const mostBytes = { plan: 430_000, poll: 900_000, notify: 430_000, watch: 430_000, compare: 4_000_000, site: 4_000_000 };
  test.each(Object.entries(mostBytes))("%s has at most %i bytes", (name, most) => expect(built.bundles.find((bundle) => bundle.name === name)?.bytes).toBeLessThan(most));

  test("of the site loads at its start neither the readers of documents nor zod's other languages", () => expect(built.bundles.find(({ name }) => name === "site")?.startBytes).toBeLessThan(800_000));

  test("carries no way to find credentials but Lambda's, and for mail no more than a light parser", () => {
    expect(built.bundles.flatMap(({ weights }) => weights.map(({ part }) => part)).filter((part) => /^(mailparser|mailauth|smtp-server|nodemailer)$|^@aws-sdk\/(credential-provider-(?!env)|nested-clients)/.test(part))).toEqual([]);
  });
});

describe.skipIf(!runs)("the deployed functions", () => {
  beforeAll(async () => {
    if (dynamo) monitor = await deployMonitor(built, dynamo);
    const [topic = ""] = monitor.deployment.topics.filter((name) => name.endsWith("-alerts"));
    const subscribers: Record<string, Wishes> = { everybody: allWishes, readers: { ...allWishes, series: ["tip"] }, council: { ...allWishes, publishers: ["council"] }, operators: { ...allWishes, kinds: ["health"] }, scholars: { ...allWishes, kinds: ["changes"] } };
    for (const [queue, wishes] of Object.entries(subscribers)) monitor.cloud.subscribe(topic, queue, filterPolicy({ id: queue, protocol: "https", pace: "at-once", wishes }));
    monitor.site.feed("/press", [report, other]);
    monitor.site.page("/last", said);
    monitor.site.page("/tip", [...said, "North Korea executed six people in public."]);
    monitor.site.set("/broken", { status: 500 });
    monitor.site.feed("/daily", [other]);
    monitor.site.feed("/weekly", [other]);
  });
  afterAll(() => monitor?.close());
  starting();
  travelling();
  telling();
  comparing(() => monitor);
  browsing(() => monitor);
  digesting();
  dying();
  leftBehind();
  permitted(() => monitor);
});

function starting(): void {
  test("are those of the project, and run as they do here", () => {
    const everyOne = { runtime: "nodejs24.x", handler: "index.handler" };
    expect(monitor.deployment.functions.map(({ short, runtime, handler }) => ({ short, runtime, handler }))).toEqual(expect.arrayContaining(functionNames.map((short) => ({ short, ...everyOne }))));
    expect(monitor.deployment.functions).toHaveLength(functionNames.length);
    expect(process.versions.node).toMatch(/^24\./);
  });

  test("without a catalogue in the bucket they use the one that they were deployed with", async () => {
    expect(await monitor.function("watch").invoke({})).toEqual({ result: null });
    await monitor.function("watch").kill();
    expect(monitor.function("watch").said()).toContainEqual(expect.stringContaining("so the catalogue of the deployment is used"));
    await monitor.push(parts);
  });

  test.each(functionNames)("%s starts, and takes its event of test/events", async (name) => {
    const event: unknown = JSON.parse(readFileSync(join(import.meta.dirname, `../events/${name}.json`), "utf8"));
    const answer = await monitor.function(name).invoke(event);
    expect([{ result: null }, { result: { batchItemFailures: [] } }, { result: expect.objectContaining({ statusCode: 200 }) }]).toContainEqual(answer);
  });
}

function travelling(): void {
  let scheduled: string;
  let asked: string[];

  test("what is due goes to the poll queue, a message a host", async () => {
    // Now, and not when this file was read: a tick that waited for all that is started before would be stale.
    scheduled = moment();
    expect(await monitor.function("plan").invoke({ scheduled })).toEqual({ result: null });
    asked = monitor.waiting("poll");
    expect(asked.map((body): string => JSON.parse(body).host).sort()).toEqual(["127.0.0.1", "council.example", "daily.example", "state.example", "weekly.example"]);
  });

  test("a tick that comes twice is planned once", async () => {
    await monitor.function("plan").invoke({ scheduled });
    expect(monitor.waiting("poll")).toHaveLength(5);
  });

  test("a publisher's failure is a health, and nothing goes back to the queue", async () => {
    expect(await monitor.feed("poll")).toEqual([{ messages: 5, back: [], fault: undefined }]);
    expect(await read(monitor.cloud.table, sourceKey("broken"))).toMatchObject({ health: "failing", reason: "http-500" });
  });

  test("a source on the function's own machine is refused", async () => {
    expect(await read(monitor.cloud.table, sourceKey("inside"))).toMatchObject({ health: "failing", reason: "bad-address" });
  });

  test("what concerns us is in the table, and owed", async () => {
    expect(await editionsOf(monitor.cloud.table, "tip")).toMatchObject([{ year, status: "out", basis: "release", url: report.url }]);
    expect(await monitor.owed()).toEqual([`SERIES#tip EDITION#${year}`]);
  });

  test("the alert comes to whom it was filtered for, and to nobody else", async () => {
    expect(await monitor.feed("notify")).toEqual([{ messages: 1, back: [], fault: undefined }]);
    expect(await got("everybody")).toEqual([`edition:tip:${year}`]);
    expect(await got("readers")).toEqual([`edition:tip:${year}`]);
    expect(await got("council")).toEqual([]);
    expect(await monitor.owed()).toEqual([]);
  });

  test("the log can be read along it, from plan to notify", async () => {
    const { correlation }: { correlation: string } = JSON.parse(asked.find((body) => body.includes("state.example")) ?? "");
    for (const name of ["plan", "poll", "notify"] as const) {
      await monitor.function(name).kill();
      expect(monitor.function(name).said()).toContainEqual(expect.stringContaining(`"${correlation}"`));
    }
  });

  test("messages that are delivered twice ring once", async () => {
    const before = published();
    for (const body of asked) monitor.put("poll", body);
    const key = { pk: "SERIES#tip", sk: `EDITION#${year}`, kind: "edition" };
    monitor.put("notify", JSON.stringify({ format: 1, key, alert: `edition:tip:${year}`, correlation: "again" }));
    await monitor.feed("poll");
    await monitor.feed("notify");
    expect(published()).toBe(before);
    expect(await got("everybody")).toEqual([]);
  });

  test("a message that cannot be read is dropped", async () => {
    monitor.put("poll", "no message of ours");
    expect(await monitor.feed("poll")).toEqual([{ messages: 1, back: [], fault: undefined }]);
  });
}

function telling(): void {
  test("watch tells what is late, to whom that was filtered for, and reminds operators of a look that is due", async () => {
    // Late is what did not come while somebody looked.
    await change(monitor.cloud.table, sourceKey("press"), (state) => state && { ...state, firstRead: "2020-01-01T00:00:00Z" });
    expect(await monitor.function("watch").invoke({})).toEqual({ result: null });
    const one = { messages: 1, back: [], fault: undefined };
    expect(await monitor.feed("notify")).toEqual([one, one]);
    const late = [expect.stringMatching(/^late:overdue:\d{4}:/)];
    expect([await got("everybody"), await got("readers"), await got("operators")]).toEqual([late, [], [expect.stringMatching(/^health:press:look:/)]]);
    expect(await read(monitor.cloud.table, standingKey("overdue"))).toMatchObject({ standing: "late" });
    expect(await monitor.owed()).toEqual([]);
  });

  test("watch tells it once", async () => {
    const before = published();
    await monitor.function("watch").invoke({});
    await monitor.feed("notify");
    expect(published()).toBe(before);
  });
}

function digesting(): void {
  test("a digest that is due comes to the one whom it is for, and to nobody else", async () => {
    const [yesterday, earlier] = [1, 2].map((days) => new Date(Date.now() - days * 24 * 60 * 60_000).toISOString());
    const asked = { protocol: "https", address: "https://hooks.example.org/daily", wishes: allWishes, language: "en", pace: "daily" } as const;
    // What waits since other wishes is looked for by its id; this alert is gone.
    const { id } = await subscribe(monitor.cloud.table, asked, earlier ?? "");
    await change(monitor.cloud.table, subscriptionKey(id), (record) => record && { ...record, waiting: ["about:gone"] });
    await change(monitor.cloud.table, alertKey(`edition:tip:${year}`), (alert) => alert && { ...alert, ...toldAt(yesterday ?? "") });
    monitor.cloud.subscribe(monitor.deployment.topics.find((name) => name.endsWith("-alerts")) ?? "", "digested", filterPolicy({ ...asked, id }));
    expect(await monitor.function("watch").invoke({})).toEqual({ result: null });
    expect(await monitor.owed()).toEqual([`SUBSCRIPTIONS SUBSCRIPTION#${id}`]);
    expect(await monitor.feed("notify")).toEqual([{ messages: 1, back: [], fault: undefined }]);
    expect(await got("digested")).toEqual([`digest:${id}:1`]);
    expect(await got("everybody")).toEqual([]);
    expect(await monitor.owed()).toEqual([]);
    await unsubscribe(monitor.cloud.table, asked.protocol, asked.address, moment());
  });
}

/** Puts one source into the poll queue, as plan does. */
function askFor(source: string, host: string): void {
  monitor.put("poll", pollOutgoing({ minute: minute(), host, sources: [source], correlation: "dying" }).body);
}

const writes = (prefix: string) => ({ action, context }: Call): boolean => /:(Put|BatchWrite)Item$/.test(action) && (context["dynamodb:LeadingKeys"] ?? []).some((key) => key.startsWith(prefix));

function dying(): void {
  test("a plan that dies before it noted what it sent sends nothing twice", async () => {
    await monitor.cloud.table.remove({ pk: "PLAN", sk: "PLAN" });
    const scheduled = moment();
    const killed = killAt(monitor, "plan", "before", writes("PLAN"));
    await expect(monitor.function("plan").invoke({ scheduled })).rejects.toThrow("SIGKILL");
    await killed;
    const sent = monitor.waiting("poll");
    expect(await monitor.function("plan").invoke({ scheduled })).toEqual({ result: null });
    expect(monitor.waiting("poll")).toEqual(sent);
    await monitor.feed("poll");
  });

  test.each([
    ["when it had recorded what it read", "daily", "after", writes("ITEM#")],
    ["when it handed on what is owed", "weekly", "before", ({ action }: Call) => action === "sqs:SendMessage"],
  ] as const)("a poll that dies %s is delivered again, and rings once", async (_, source, when, matches) => {
    const url = `https://${source}.example/camp`;
    monitor.site.feed(`/${source}`, [{ ...camp, url }, other]);
    askFor(source, `${source}.example`);
    const killed = killAt(monitor, "poll", when, matches);
    expect(await monitor.feedOnce("poll")).toMatchObject({ messages: 1, back: [expect.stringContaining(source)], fault: expect.stringContaining("SIGKILL") });
    await killed;
    expect(await monitor.feedOnce("poll")).toEqual({ messages: 1, back: [], fault: undefined });
    // What the dead one could not hand on, watch does when it has been owed for some minutes.
    expect(monitor.waiting("notify")).toEqual([]);
    const owedSince = new Date(Date.now() - 10 * 60_000).toISOString();
    await change(monitor.cloud.table, itemKey(`${source}.example/camp`), (item) => item && { ...item, owedSince });
    for (let sweeps = 0; sweeps < 2; sweeps++) expect(await monitor.function("watch").invoke({})).toEqual({ result: null });
    await monitor.feed("notify");
    expect(await got("everybody")).toEqual([`about:${source}.example/camp`]);
    expect(await monitor.owed()).toEqual([]);
  });

  test("a notify that dies after SNS took the alert sends it again under the same id, as a possible repeat, rather than not at all", async () => {
    const id = "about:daily.example/second";
    monitor.site.feed("/daily", [{ ...camp, url: "https://daily.example/second" }]);
    askFor("daily", "daily.example");
    await monitor.feed("poll");
    const killed = killAt(monitor, "notify", "after", ({ action }) => action === "sns:Publish");
    expect(await monitor.feedOnce("notify")).toMatchObject({ back: [expect.stringContaining(id)] });
    await killed;
    expect(await monitor.feedOnce("notify")).toMatchObject({ messages: 1, back: [] });
    expect(await messagesOf(monitor, "everybody")).toMatchObject([{ alert: id, repeat: false }, { alert: id, repeat: true }]);
    expect(await monitor.owed()).toEqual([]);
  });
}

function leftBehind(): void {
  test("what a poll has no time for goes back into the queue, by its own hand; a source that the bucket's catalogue has gained is polled", async () => {
    const slow = ["one", "two", "three"].map((id) => feedAt(id, "daily", "slow.example"));
    await monitor.push({ ...parts, sources: [...(parts.sources ?? []), ...slow] });
    for (const { id } of slow) monitor.site.feed(`/${id}`, [other]);
    monitor.put("poll", pollOutgoing({ minute: minute(), host: "slow.example", sources: slow.map(({ id }) => id), correlation: "slow" }).body);
    // Its robots.txt and its sources are asked a second apart, and so the third comes too late for the half of what is left of 8.5 seconds.
    expect(await monitor.feedOnce("poll", 8500)).toMatchObject({ messages: 1, back: [] });
    expect(monitor.waiting("poll").map((body) => JSON.parse(body))).toMatchObject([{ host: "slow.example", sources: expect.arrayContaining(["three"]) }]);
    expect(await read(monitor.cloud.table, sourceKey("one"))).toBeDefined();
  });

  test("what a source and an edition were left owing is found by watch, sent and settled", async () => {
    const [at, alert] = [new Date(Date.now() - 10 * 60_000).toISOString(), "health:broken:dead:now"];
    const told = { alert, at, title: "The council cannot be read", why: [], health: "dead" } as const;
    await change(monitor.cloud.table, sourceKey("broken"), (state) => state && owe({ ...state, told }, alert, at));
    // Another edition than this year's: the queue takes an alert that it was handed a moment ago for the same message.
    const [edition, last] = [await read(monitor.cloud.table, editionKey("tip", String(year))), `edition:tip:${year - 1}`];
    await change(monitor.cloud.table, editionKey("tip", String(year - 1)), () => edition && owe({ ...edition, rings: edition.rings.map((ring) => ({ ...ring, alert: last })) }, last, at));
    const before = published();
    expect(await monitor.function("watch").invoke({})).toEqual({ result: null });
    expect((await monitor.feed("notify")).filter(({ back, fault }) => back.length > 0 || fault !== undefined)).toEqual([]);
    expect(published()).toBe(before + 2);
    expect(await monitor.owed()).toEqual([]);
  });

  reconciling(() => monitor);

  test("nothing came to a dead-letter queue", () => {
    const dead = monitor.deployment.queues.filter(({ name }) => /-dead(\.fifo)?$/.test(name));
    expect(dead.flatMap(({ name }) => monitor.cloud.messages(name))).toEqual([]);
  });
}
