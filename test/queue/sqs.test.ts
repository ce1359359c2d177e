import { SQSClient } from "@aws-sdk/client-sqs";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outgoing } from "../../shared/queue/queue.ts";
import { receivedFrom, sqsQueue } from "../../shared/queue/sqs.ts";
import { serve } from "../intake/server.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openBox, openPost, type Post } from "./post.ts";

const message = (number: number, more: Partial<Outgoing> = {}): Outgoing => ({ body: `body ${number}`, group: `host${number % 3}`, deduplication: `one-${number}`, ...more });
const lines = (list: readonly Pick<Outgoing, "body" | "group">[]): string[] => list.map(({ body, group }) => `${group}: ${body}`);
const many = (count: number): Outgoing[] => Array.from({ length: count }, (_, number) => message(number));

describe("into a queue", () => {
  let post: Post;
  beforeAll(async () => {
    post = await openPost();
  });
  afterAll(() => post.close());

  test("go as many messages as there are, each with its group", async () => {
    const box = await openBox(post, "many.fifo");
    await box.queue.send(many(23));
    const taken = await box.take();
    expect(lines(taken).toSorted()).toEqual(lines(many(23)).toSorted());
    for (const group of ["host0", "host1", "host2"]) expect(lines(taken).filter((line) => line.startsWith(group))).toEqual(lines(many(23)).filter((line) => line.startsWith(group)));
  });

  test("the same message goes once, and the same body under two names twice", async () => {
    const box = await openBox(post, "same.fifo");
    await box.queue.send([message(1), message(1, { deduplication: "other" })]);
    await box.queue.send([message(1)]);
    expect((await box.take()).map(({ body }) => body)).toEqual(["body 1", "body 1"]);
  });

  test("goes nothing where nothing is to go", async () => {
    const box = await openBox(post, "nothing.fifo");
    await box.queue.send([]);
    expect(await box.take()).toEqual([]);
  });

  test("that is not there the sending throws", async () => {
    const queue = sqsQueue((await post.make("there.fifo")).replace("there", "absent"), jumpingClock(), post.client);
    await expect(queue.send(many(1))).rejects.toThrow("does not exist");
  });
});

/** A service that takes some messages of a batch and refuses others; the entries of each request are kept. */
async function choosy(refuses: (body: string, request: number) => boolean) {
  const requests: string[][] = [];
  const server = await serve((request, response) => {
    void text(request).then((body) => {
      const { Entries: entries }: { Entries: { Id: string; MessageBody: string }[] } = JSON.parse(body);
      requests.push(entries.map(({ MessageBody }) => MessageBody));
      const refused = entries.filter(({ MessageBody }) => refuses(MessageBody, requests.length));
      const taken = entries.filter((entry) => !refused.includes(entry));
      response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(
        JSON.stringify({
          Successful: taken.map(({ Id }) => ({ Id, MessageId: `m-${Id}`, MD5OfMessageBody: "" })),
          Failed: refused.map(({ Id }) => ({ Id, SenderFault: false, Code: "InternalError", Message: "It is busy." })),
        }),
      );
    });
  });
  const client = new SQSClient({ endpoint: server.url, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, md5: false });
  const clock = jumpingClock();
  const queue = sqsQueue(`${server.url}/000000000000/poll.fifo`, clock, client);
  const close = async (): Promise<void> => {
    client.destroy();
    await server.close();
  };
  return { queue, requests, clock, close };
}

describe("a batch of which some are refused", () => {
  test("is sent again without what was taken, with a longer pause each time", async () => {
    const { queue, requests, clock, close } = await choosy((body, request) => request < 3 && /[12]$/.test(body));
    await queue.send(many(4));
    expect(requests).toEqual([["body 0", "body 1", "body 2", "body 3"], ["body 1", "body 2"], ["body 1", "body 2"]]);
    expect(clock.slept).toEqual([200, 400]);
    await close();
  });

  test("is given up with a sentence when that does not help, and what comes after it is not sent", async () => {
    const { queue, requests, close } = await choosy((body) => body === "body 3");
    await expect(queue.send(many(12))).rejects.toThrow("The queue poll.fifo took 9 of 10 messages, after 4 tries. It says: It is busy.");
    expect(requests.map(({ length }) => length)).toEqual([10, 1, 1, 1]);
    await close();
  });
});

const record = (messageId: string, attributes: object) => ({ messageId, body: "b", receiptHandle: "", md5OfBody: "", eventSource: "aws:sqs", eventSourceARN: "", awsRegion: "", messageAttributes: {}, attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0", SenderId: "", ApproximateFirstReceiveTimestamp: "0", ...attributes } });

test("a message of an event without a group is a group by itself", () => {
  expect(receivedFrom({ Records: [record("m1", { MessageGroupId: "state.gov" }), record("m2", {})] })).toEqual([
    { id: "m1", body: "b", group: "state.gov" },
    { id: "m2", body: "b", group: "m2" },
  ]);
});
