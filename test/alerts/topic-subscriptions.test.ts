import { GetSubscriptionAttributesCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OpenTable, openTable } from "../../local/table.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { type FilterPolicy, filterPolicy, policyFault } from "../../shared/alerts/filter-policy.ts";
import { snsTopic } from "../../shared/alerts/sns-topic.ts";
import type { Topic } from "../../shared/alerts/topic.ts";
import { type Asked, reconcile, subscribeAt, unsubscribeAt } from "../../shared/alerts/topic-subscriptions.ts";
import { subscribe, subscriptionId, subscriptions, type Wishes } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { openSns, type Sns } from "./sns-wire.ts";

const now = "2026-11-24T10:00:00.000Z";
const later = "2026-11-25T10:00:00.000Z";

let folder: string;
let open: OpenTable;
let table: Table;
let sns: Sns;
let topic: Topic;
let count = 0;
const undelivered = "arn:aws:sqs:us-east-1:000000000000:undelivered";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-topic-"));
  [open, sns] = await Promise.all([openTable(folder), openSns()]);
  ({ table } = open);
});
beforeEach(async () => {
  topic = snsTopic(sns.client, sns.fauxqs.createTopic(`alerts-${count++}`).topicArn, undelivered);
  for (const { pk, sk } of await subscriptions(table)) await table.remove({ pk, sk });
});
afterAll(async () => {
  await sns.close();
  await open.close();
  await rm(folder, { recursive: true });
});

const email = (address: string, wishes: Partial<Wishes> = {}): Asked => ({ protocol: "email", address, language: "en", wishes: { ...allWishes, ...wishes } });
const phone: Asked = { protocol: "sms", address: "+821012345678", language: "en", wishes: allWishes };

const policyFor = (address: string, wishes: Partial<Wishes> = {}): FilterPolicy => filterPolicy({ ...email(address, wishes), id: subscriptionId("email", address) });

async function policyOf(arn: string | undefined): Promise<unknown> {
  const { Attributes } = await sns.client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  return JSON.parse(Attributes?.["FilterPolicy"] ?? "null");
}

async function standings(): Promise<string[]> {
  const { ours, others } = await reconcile(topic, table, later);
  return [...ours.map(({ record, sns: standing }) => `${record.address} ${standing}`), ...others.map(({ endpoint, delivery }) => `other ${endpoint} ${delivery}`)].toSorted();
}

describe("subscribing", () => {
  test("an email address waits to be confirmed, and is on record with its wishes and its policy", async () => {
    const { record, delivery, count: all } = await subscribeAt(topic, table, email("ada@example.org", { kinds: ["edition"] }), now);
    expect({ delivery, all }).toEqual({ delivery: "pending", all: 1 });
    expect(record).toMatchObject({ address: "ada@example.org", state: "active", language: "en", sns: { topic: topic.arn } });
    expect(await policyOf(record.sns?.arn)).toEqual(policyFor("ada@example.org", { kinds: ["edition"] }));
    expect(await standings()).toEqual(["ada@example.org pending"]);
    await sns.confirm("ada@example.org");
    expect(await standings()).toEqual(["ada@example.org confirmed"]);
  });

  test("what a program did not take is kept in the queue for that, also where it was subscribed before; what people did not get is not", async () => {
    const redriveOf = async (asked: Asked): Promise<string | undefined> => {
      const { record } = await subscribeAt(topic, table, asked, now);
      return (await sns.client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: record.sns?.arn }))).Attributes?.["RedrivePolicy"];
    };
    const kept = JSON.stringify({ deadLetterTargetArn: undelivered });
    const before = "https://hooks.example.org/before";
    await sns.client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: "https", Endpoint: before }));
    await sns.confirm(before);
    const programs: Asked[] = [before, "https://hooks.example.org/a"].map((address) => ({ ...email(address), protocol: "https" }));
    const queue: Asked = { ...email(sns.fauxqs.createQueue(`programs-${count}`).queueArn), protocol: "sqs" };
    const found: unknown[] = [];
    for (const asked of [...programs, queue, phone, email("ada@example.org")]) found.push(await redriveOf(asked));
    expect(found).toEqual([kept, kept, kept, undefined, undefined]);
  });

  test("a phone number is confirmed at once", async () => {
    expect(await subscribeAt(topic, table, phone, now)).toMatchObject({ delivery: "confirmed" });
    expect(await standings()).toEqual(["+821012345678 confirmed"]);
  });

  test("asked again, an address keeps its one subscription and gets the new policy, confirmed or not", async () => {
    const first = await subscribeAt(topic, table, email("ada@example.org"), now);
    const second = await subscribeAt(topic, table, email("Ada@example.org", { languages: ["ko"] }), later);
    expect(second).toMatchObject({ delivery: "pending", before: { revision: 1 }, record: { revision: 2, sns: { ...first.record.sns, changed: later } }, count: 1 });
    await sns.confirm("ada@example.org");
    const third = await subscribeAt(topic, table, email("ADA@example.org", { series: ["us-state-tip-report"] }), later);
    expect(third).toMatchObject({ delivery: "confirmed", record: { address: "ADA@example.org", since: now, sns: { arn: first.record.sns?.arn } } });
    expect(await topic.list()).toHaveLength(1);
    expect(await policyOf(first.record.sns?.arn)).toEqual(policyFor("ada@example.org", { series: ["us-state-tip-report"] }));
  });

  test("asked for another pace, it is remembered since when, as SNS may go by the old one for a while", async () => {
    await subscribeAt(topic, table, phone, now);
    const { record } = await subscribeAt(topic, table, { ...phone, pace: "daily" }, later);
    expect(record).toMatchObject({ pace: "daily", sns: { changed: later } });
    expect(await policyOf(record.sns?.arn)).toEqual({ to: [record.id] });
    const again = await subscribeAt(topic, table, { ...phone, pace: "daily" }, "2026-11-26T10:00:00.000Z");
    expect(again.record.sns?.changed).toBe(later);
  });

  test("asked again with the same wishes, one that is unconfirmed is asked once more", async () => {
    await subscribeAt(topic, table, email("ada@example.org"), now);
    expect(await subscribeAt(topic, table, email("ada@example.org"), later)).toMatchObject({ delivery: "pending", record: { since: now } });
    expect(await topic.list()).toHaveLength(1);
  });

  test("one that somebody subscribed in the console with other wishes, and that is unconfirmed, is left alone and said", async () => {
    await topic.subscribe({ protocol: "email", address: "ada@example.org" }, policyFor("ada@example.org", { kinds: ["late"] }));
    await expect(subscribeAt(topic, table, email("ada@example.org"), now)).rejects.toThrow("Once it has confirmed, ask again");
    expect(await subscriptions(table)).toEqual([]);
  });

  test("one more wish is a branch more in the one policy", async () => {
    const also = [{ ...allWishes, kinds: ["edition"], publishers: ["ohchr"] }];
    await subscribeAt(topic, table, email("ada@example.org", { series: ["us-state-tip-report"] }), now);
    const { record } = await subscribeAt(topic, table, { ...email("ada@example.org", { series: ["us-state-tip-report"] }), also }, later);
    expect(await policyOf(record.sns?.arn)).toMatchObject({ $or: [{ series: ["us-state-tip-report"] }, { publisher: ["ohchr"], ring: ["edition"] }, { to: [record.id] }] });
    expect(record.sns?.changed).toBe(later);
    expect(await subscriptions(table)).toMatchObject([{ also }]);
    expect(await topic.list()).toHaveLength(1);
  });

  test("wishes that SNS cannot take are refused before it is asked", async () => {
    const series = Array.from({ length: 151 }, (_, index) => `series-${index}`);
    await expect(subscribeAt(topic, table, email("ada@example.org", { series }), now)).rejects.toThrow("152 combinations");
    expect([await topic.list(), await subscriptions(table)]).toEqual([[], []]);
  });
});

describe("ending", () => {
  test("a confirmed subscription ends at SNS and on record, and can begin again", async () => {
    await subscribeAt(topic, table, phone, now);
    expect(await unsubscribeAt(topic, table, phone, later)).toEqual({ ended: true, unconfirmed: false });
    expect(await topic.list()).toEqual([]);
    expect(await subscriptions(table)).toMatchObject([{ state: "ended", since: later }]);
    expect(await unsubscribeAt(topic, table, phone, later)).toEqual({ ended: false, unconfirmed: false });
    expect(await subscribeAt(topic, table, phone, later)).toMatchObject({ delivery: "confirmed", record: { state: "active" } });
  });

  test("one that is unconfirmed ends on record; confirmed after all, it is shown as lingering until it is ended too", async () => {
    await subscribeAt(topic, table, email("ada@example.org"), now);
    expect(await unsubscribeAt(topic, table, email("ADA@example.org"), later)).toEqual({ ended: true, unconfirmed: true });
    expect(await standings()).toEqual(["ada@example.org ended"]);
    await sns.confirm("ada@example.org");
    expect(await standings()).toEqual(["ada@example.org lingering"]);
    expect(await unsubscribeAt(topic, table, email("ada@example.org"), later)).toEqual({ ended: true, unconfirmed: false });
    expect(await standings()).toEqual(["ada@example.org ended"]);
  });

  test("who unsubscribes by the link in a mail is noted as ended", async () => {
    for (const address of ["ada@example.org", "bo@example.org"]) await subscribeAt(topic, table, email(address), now);
    await sns.confirm("ada@example.org");
    await sns.leave("ada@example.org");
    expect(await standings()).toEqual(["ada@example.org left", "bo@example.org pending"]);
    expect(await standings()).toEqual(["ada@example.org ended", "bo@example.org pending"]);
    expect((await subscriptions(table)).map(({ address, state, since }) => `${address} ${state} ${since}`).toSorted()).toEqual([`ada@example.org ended ${later}`, `bo@example.org active ${now}`]);
  });
});

describe("the record and the topic", () => {
  test("who came from another table is unasked until subscribed here, and then keeps what was asked for", async () => {
    const moved = await subscribe(table, email("ada@example.org", { kinds: ["notice"] }), now);
    expect(await standings()).toEqual(["ada@example.org unasked"]);
    await subscribeAt(topic, table, moved, later);
    expect(await standings()).toEqual(["ada@example.org pending"]);
    expect(await subscriptions(table)).toMatchObject([{ wishes: { kinds: ["notice"] }, since: now }]);
  });

  test("who was subscribed at another topic is unasked at this one, and not taken for one that left", async () => {
    await subscribe(table, { ...email("ada@example.org"), sns: { topic: `${topic.arn}-other`, arn: `${topic.arn}-other:1` } }, now);
    expect(await standings()).toEqual(["ada@example.org unasked"]);
  });

  test("what somebody subscribed in the console is shown, be it a queue", async () => {
    const { queueArn } = sns.fauxqs.createQueue(`watching-${count}`);
    sns.fauxqs.subscribe({ topic: topic.arn.split(":").at(-1) ?? "", queue: `watching-${count}` });
    await topic.subscribe({ protocol: "email", address: "eve@example.org" }, policyFor("eve@example.org"));
    expect(await standings()).toEqual([`other ${queueArn} confirmed`, "other eve@example.org pending"]);
  });

  test("more subscriptions than one answer lists are all seen", async () => {
    for (let number = 0; number < 105; number++) await topic.subscribe({ protocol: "sms", address: `+8210000000${String(number).padStart(3, "0")}` }, policyFor("eve@example.org"));
    expect(await topic.list()).toHaveLength(105);
  });
});

test.each<[string, FilterPolicy, string | undefined]>([
  ["five keys", { a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"] }, undefined],
  ["six keys", { a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"], f: ["1"] }, "filter by series, publisher and language together, which makes 6 keys and SNS takes at most 5: leave out the languages, or name series in place of publishers, or ask for a digest (--pace daily), which needs none"],
  ["150 combinations", { a: Array.from({ length: 10 }, String), b: Array.from({ length: 15 }, String) }, undefined],
  ["151 combinations", { a: Array.from({ length: 151 }, String) }, "make 151 combinations and SNS takes at most 150 a subscription: name fewer series, or ask for their publishers, or for a digest (--pace daily), which needs none"],
  ["more than 256 KB", { a: ["한".repeat(90_000)] }, "make a filter of 270010 bytes and SNS takes at most 262144: name fewer series"],
])("a policy with %s is judged before SNS is asked as SNS judges it", async (_, policy, fault) => {
  expect(policyFault(policy)).toBe(fault);
  const refusal = await topic.subscribe(phone, policy).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.name : error),
  );
  expect(refusal).toBe(fault === undefined ? undefined : "InvalidParameterException");
});

test("a topic with all the filter policies that it may have takes no more, and nothing is stored", async () => {
  sns.fill();
  await expect(subscribeAt(topic, table, phone, now)).rejects.toMatchObject({ name: expect.stringContaining("FilterPolicyLimitExceeded") });
  expect(await subscriptions(table)).toEqual([]);
});
