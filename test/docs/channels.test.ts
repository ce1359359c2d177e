import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { startFauxqs } from "fauxqs";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { composeTestAlert } from "../../shared/alerts/compose-test-alert.ts";
import { koreanSeminar, lateReport, tip } from "../alerts/facts.ts";
import { type LocalServer, serve } from "../intake/server.ts";
import { blocks, doc } from "./markdown.ts";

const hostile = { ...koreanSeminar, title: "<!channel> <https://evil.example|state.gov> [report](https://evil.example) @everyone" };
const at = "2026-11-23T08:00:00Z";
const sent = [
  compose(tip),
  compose(lateReport),
  compose(hostile),
  compose({ ...tip, series: tip.series && { ...tip.series, name: "A Report with a Very Long Name ".repeat(20) } }, { language: "ko", site: null, repeat: true }),
  composeDigest({ id: "digest:a:1", at, pace: "weekly", alerts: Array.from({ length: 40 }, (_, index) => compose({ ...tip, id: `${index}`, edition: 1980 + index })) }),
  composeTestAlert("test:a:1", at),
];

const samples = blocks(doc("docs/channels.md"));
function sample(info: string, words: string): string {
  const found = samples.find((block) => block.info === info && block.text.includes(words));
  if (!found) throw new Error(`docs/channels.md has no ${info} with "${words}".`);
  return found.text;
}

let folder: string;
beforeAll(async () => {
  // Beneath the project, where a sample finds the SDK.
  const cache = join(import.meta.dirname, "../../node_modules/.cache");
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, "channels-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

/** Neither a mention nor a link that only a title can hold. */
const isPlain = (said: string): boolean => !/[<[]/.test(said);

test("the relay gives every channel the words of an alert, a digest and a test, in its own form and below its limit", async () => {
  const got: Record<string, unknown>[] = [];
  const channel: LocalServer = await serve((request, response) => {
    void json(request).then((body) => {
      got.push({ [request.url ?? ""]: body });
      response.writeHead(204).end();
    });
  });
  for (const name of ["SLACK_WEBHOOK", "TEAMS_WEBHOOK", "DISCORD_WEBHOOK", "NTFY_SERVER"]) vi.stubEnv(name, `${channel.url}/${name.slice(0, 5)}`);
  vi.stubEnv("NTFY_TOPIC", "almanac");
  const path = join(folder, "relay.mjs");
  await writeFile(path, `export async function tell({ subject, text }) {\n${sample("js", "SLACK_WEBHOOK")}}\n`);
  const { tell }: { tell: (alert: unknown) => Promise<void> } = await import(path);
  for (const { email, json: body } of sent) {
    got.length = 0;
    await tell(JSON.parse(body));
    const said = `${email.subject}\n\n${email.text}`;
    const plain = said.replaceAll("<", "‹").replaceAll("[", "［");
    expect(got).toEqual([
      { "/SLACK": { text: plain } },
      { "/TEAMS": { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: { type: "AdaptiveCard", version: "1.4", body: expect.any(Array) } }] } },
      { "/DISCO": { content: plain.slice(0, 2000), allowed_mentions: { parse: [] } } },
      { "/NTFY_": { topic: "almanac", title: email.subject, message: email.text.slice(0, 1300) } },
    ]);
    const card = JSON.stringify(got[1]);
    expect(Buffer.byteLength(JSON.stringify(got[3]))).toBeLessThan(4096);
    expect(Buffer.byteLength(card)).toBeLessThan(28_000);
    expect(card).toContain(plain.split("\n\n")[0]);
    expect(isPlain(plain)).toBe(true);
  }
  await channel.close();
});

test("a channel that does not take an alert is no alert told", async () => {
  const channel = await serve((_, response) => void response.writeHead(429).end());
  vi.stubEnv("SLACK_WEBHOOK", channel.url);
  const path = join(folder, "refused.mjs");
  await writeFile(path, `export async function tell({ subject, text }) {\n${sample("js", "SLACK_WEBHOOK")}}\n`);
  const { tell }: { tell: (alert: unknown) => Promise<void> } = await import(path);
  await expect(tell(JSON.parse(compose(tip).json))).rejects.toThrow("the channel answered 429");
  await channel.close();
});

test("the function for Amazon Q makes a custom notification of each", async () => {
  const fauxqs = await startFauxqs({ port: 0, logger: false });
  const [{ topicArn }, { queueArn }] = [fauxqs.createTopic("chat"), fauxqs.createQueue("chat")];
  for (const [name, value] of Object.entries({ CHAT_TOPIC_ARN: topicArn, AWS_ENDPOINT_URL: fauxqs.address, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "none" })) vi.stubEnv(name, value);
  const client = new SNSClient({});
  await client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: queueArn, Attributes: { RawMessageDelivery: "true" } }));
  client.destroy();
  const path = join(folder, "function.mjs");
  await writeFile(path, sample("js", "CHAT_TOPIC_ARN"));
  const { handler }: { handler: (event: unknown) => Promise<void> } = await import(path);
  await handler({ Records: sent.map(({ json: body }) => ({ Sns: { Message: body } })) });
  const got = (fauxqs.inspectQueue("chat")?.messages.ready ?? []).map(({ body }) => JSON.parse(body));
  expect(got).toMatchObject(sent.map(({ facts }) => ({ version: "1.0", source: "custom", id: facts.id, metadata: { threadId: facts.id } })));
  for (const [index, { content }] of got.entries()) {
    const { email } = sent[index] ?? compose(tip);
    expect(content).toEqual({ textType: "client-markdown", title: expect.any(String), description: expect.any(String) });
    expect([content.title.length <= 250, isPlain(content.title + content.description)]).toEqual([true, true]);
    expect(content.title.replaceAll("‹", "<").replaceAll("［", "[")).toBe(email.subject);
  }
  await fauxqs.stop();
});

test.each(["receive-alerts.mjs", "receive-webhook.mjs"])("%s says the words of an alert, a digest and a test, once each", async (name) => {
  const { take }: { take: (alert: unknown) => Promise<void> } = await import(join(import.meta.dirname, "../../docs/examples", name));
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  for (const { json: body } of [...sent, ...sent]) await take(JSON.parse(body));
  expect(log.mock.calls).toEqual(sent.filter(({ facts }, index) => sent.findIndex((one) => one.facts.id === facts.id) === index).map(({ email }) => [`${email.subject}\n\n${email.text}`]));
  log.mockRestore();
});
