import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import * as fc from "fast-check";
import { startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { type FilterPolicy, filterPolicy, messageAttributes } from "../../shared/alerts/filter-policy.ts";
import { isDirect } from "../../shared/alerts/pace.ts";
import { publishInput, snsClient, snsPublisher } from "../../shared/alerts/publish.ts";
import { NotTaken } from "../../shared/alerts/publisher.ts";
import { serve } from "../intake/server.ts";
import { koreanSeminar, tip } from "./facts.ts";
import { someFacts, someSubscriber } from "./wishes.ts";

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
      alert: { DataType: "String", StringValue: "about-kinu-1" },
    });
  });

  test("has no id among its attributes that SNS would refuse", () => expect(publishInput(compose({ ...koreanSeminar, id: "a\u0000b" }), topic).MessageAttributes).not.toHaveProperty("alert"));

  test("is refused with a sentence when it is larger than SNS takes", () => {
    expect(() => publishInput({ ...alert, json: "x".repeat(70_000) }, topic)).toThrow(/^the alert about-kinu-1 has \d+ bytes and SNS takes at most 262144/);
  });

  test("stays far below that limit with every field at its longest", () => {
    const long = "북".repeat(3000);
    const url = `https://a.example/${"x".repeat(1900)}`;
    const facts = { ...tip, title: long, url, why: Array.from({ length: 50 }, () => long), earlier: Array.from({ length: 50 }, () => ({ year: 2020, released: "2020-01-01", url })) };
    expect(publishInput(compose(facts), topic).Message?.length).toBeLessThan(130_000);
  });

  test("takes a digest of fifty alerts with titles and links at their longest, and tells each of them", () => {
    const alerts = Array.from({ length: 50 }, (_, index) => compose({ ...koreanSeminar, id: `about:${index}`, title: `${index} ${"북한 인권 ".repeat(500)}`, url: `https://a.example/${index}/${"x".repeat(1900)}` }));
    const digest = composeDigest({ id: "digest:a:1", at: tip.at, pace: "weekly", alerts });
    expect(alerts.filter(({ email }) => !digest.email.text.replaceAll("\n", " ").includes(email.subject))).toEqual([]);
    for (const protocol of ["https", "email"]) expect(() => publishInput(digest, topic, { id: "a", protocol, address: "a" })).not.toThrow();
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
    await queueWith(topicArn, "all", filterPolicy({ id: "all", protocol: "https", wishes: allWishes }));
    const ids = await snsPublisher(client, topicArn)(compose(tip));
    expect(ids).toHaveLength(1);
    const [message] = received("all");
    // Fauxqs does not take the body for the queue out of the message, as SNS does; so the whole message is here.
    expect(JSON.parse(message?.body ?? "")).toMatchObject({ sqs: compose(tip).json });
    expect(message?.messageAttributes["series"]?.StringValue).toBe("us-state-tip-report");
  });

  test("filter policies let through just what is wanted as it comes, and what is for one alone", async () => {
    const { topicArn } = server.createTopic("many");
    const subscribers = fc.sample(someSubscriber, { numRuns: 12, seed: 3 }).map((one, index) => ({ ...one, id: `wish-${index}` }));
    // Fauxqs takes an array for one string, where SNS takes each of its elements.
    const facts = fc.sample(someFacts.filter((one) => !Object.values(messageAttributes(one)).some(({ DataType }) => DataType === "String.Array")), { numRuns: 25, seed: 4 }).map((one, index) => ({ ...one, id: `alert-${index}` }));
    for (const one of subscribers) await queueWith(topicArn, one.id, filterPolicy(one));
    const publish = snsPublisher(client, topicArn);
    for (const one of facts) await publish(compose(one));
    for (const one of subscribers) expect(received(one.id).map(({ body }) => alertIn(body))).toEqual(facts.filter((alert) => isDirect(one, alert)).map(({ id }) => id));

    const before = subscribers.map(({ id }) => received(id).length);
    await publish(compose(tip), { id: "wish-7", protocol: "sms", address: "+821012345678" });
    expect(subscribers.map(({ id }, index) => received(id).length - (before[index] ?? 0))).toEqual(subscribers.map(({ id }) => (id === "wish-7" ? 1 : 0)));
    expect(JSON.parse(received("wish-7").at(-1)?.body ?? "")).toEqual({ default: compose(tip).sms });
  });

  test("a topic that is not there throws, so that the alert stays owed, and for certain nobody has it", async () => {
    const refusal = snsPublisher(client, topic)(compose(tip));
    await expect(refusal).rejects.toThrow("does not exist");
    await expect(refusal).rejects.toBeInstanceOf(NotTaken);
  });
});

test("where SNS hangs up, nobody knows whether the message came: it is asked once, and begun again by who can mark it", async () => {
  let asked = 0;
  const server = await serve((request) => {
    asked++;
    request.socket.destroy();
  });
  vi.stubEnv("AWS_ENDPOINT_URL_SNS", server.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_REGION", "us-east-1");
  const client = snsClient();
  await expect(snsPublisher(client, topic)(compose(tip))).rejects.not.toBeInstanceOf(NotTaken);
  client.destroy();
  vi.unstubAllEnvs();
  await server.close();
  expect(asked).toBe(1);
});
