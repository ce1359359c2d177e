import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import * as fc from "fast-check";
import { startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { type FilterPolicy, filterPolicy, wanted } from "../../shared/alerts/filter.ts";
import { publishInput, snsPublisher } from "../../shared/alerts/publish.ts";
import { koreanSeminar, tip } from "./facts.ts";
import { someFacts, someWishes } from "./wishes.ts";

/** The alert's id in what a queue got. */
const alertIn = (body: string): unknown => JSON.parse(String(JSON.parse(body).sqs)).alert;

const topic = "arn:aws:sns:us-east-1:000000000000:alerts";

describe("what SNS is asked to publish", () => {
  const alert = compose(koreanSeminar);
  const input = publishInput(alert, topic);

  test("has a body for each protocol", () => {
    expect(input.MessageStructure).toBe("json");
    const bodies: unknown = JSON.parse(input.Message ?? "");
    expect(bodies).toEqual({ default: alert.json, email: alert.email.text, sms: alert.sms, sqs: alert.json, https: alert.json, lambda: alert.json });
  });

  test("has the email's subject and the attributes that filters read", () => {
    expect(input.Subject).toBe("New: 북한인권백서 2021 — 온라인 세미나 개최 안내 (KINU)");
    expect(input.MessageAttributes).toEqual({
      kind: { DataType: "String", StringValue: "about" },
      publisher: { DataType: "String", StringValue: "kinu" },
      language: { DataType: "String", StringValue: "ko" },
    });
  });

  test("is refused with a sentence when it is larger than SNS takes", () => {
    expect(() => publishInput({ ...alert, json: "x".repeat(70_000) }, topic)).toThrow(/^the alert about-kinu-1 has \d+ bytes and SNS takes at most 262144/);
  });

  test("stays far below that limit with every field at its longest", () => {
    const long = "북".repeat(3000);
    const url = `https://a.example/${"x".repeat(1900)}`;
    const facts = { ...tip, title: long, url, why: Array.from({ length: 50 }, () => long), earlier: Array.from({ length: 50 }, () => ({ year: 2020, released: "2020-01-01", url })) };
    expect(publishInput(compose(facts), topic).Message?.length).toBeLessThan(130_000);
  });
});

describe("on fauxqs", () => {
  let server: Awaited<ReturnType<typeof startFauxqs>>;
  let client: SNSClient;

  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    client = new SNSClient({ endpoint: server.address, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  async function queueWith(topicArn: string, name: string, policy: FilterPolicy): Promise<void> {
    const { queueArn } = server.createQueue(name);
    const Attributes = { FilterPolicy: JSON.stringify(policy), RawMessageDelivery: "true" };
    await client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: queueArn, Attributes }));
  }
  const received = (name: string) => server.inspectQueue(name)?.messages.ready ?? [];

  test("a queue gets the alert with its attributes, raw", async () => {
    const { topicArn } = server.createTopic("one");
    await queueWith(topicArn, "all", filterPolicy({ series: [], publishers: [], kinds: [], languages: [] }));
    const ids = await snsPublisher(client, topicArn)(compose(tip));
    expect(ids).toHaveLength(1);
    const [message] = received("all");
    // Fauxqs does not take the body for the queue out of the message, as SNS does; so the whole message is here.
    expect(JSON.parse(message?.body ?? "")).toMatchObject({ sqs: compose(tip).json });
    expect(message?.messageAttributes["series"]?.StringValue).toBe("us-state-tip-report");
  });

  test("filter policies let through just what is wanted", async () => {
    const { topicArn } = server.createTopic("many");
    const wishes = fc.sample(someWishes, { numRuns: 12, seed: 3 });
    const facts = fc.sample(someFacts, { numRuns: 25, seed: 4 }).map((one, index) => ({ ...one, id: `alert-${index}` }));
    for (const [index, wish] of wishes.entries()) await queueWith(topicArn, `wish-${index}`, filterPolicy(wish));
    for (const one of facts) await snsPublisher(client, topicArn)(compose(one));

    for (const [index, wish] of wishes.entries())
      expect(received(`wish-${index}`).map(({ body }) => alertIn(body))).toEqual(facts.filter((one) => wanted(wish, one)).map(({ id }) => id));
  });

  test("a topic that is not there throws, so that the alert stays owed", async () => {
    await expect(snsPublisher(client, topic)(compose(tip))).rejects.toThrow("does not exist");
  });
});
