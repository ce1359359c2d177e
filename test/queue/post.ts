import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startFauxqs } from "fauxqs";
import { systemClock } from "../../shared/clock.ts";
import type { Queue, Received } from "../../shared/queue/queue.ts";
import { sqsQueue } from "../../shared/queue/sqs.ts";

/** FIFO queues on a real server that speaks as SQS does. */
export interface Post {
  readonly client: SQSClient;
  /** Makes a queue and gives its address. */
  make(name: string): Promise<string>;
  close(): Promise<void>;
}

/** A queue, and what lies in it. */
export interface Box {
  readonly queue: Queue;
  /** Takes out all that can be had, in order, as a function gets it. */
  take(): Promise<Received[]>;
}

/** Starts a server without queues. */
export async function openPost(): Promise<Post> {
  const server = await startFauxqs({ port: 0, logger: false });
  const client = new SQSClient({ endpoint: server.address, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  return {
    client,
    async make(name) {
      const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { FifoQueue: "true" } }));
      return QueueUrl;
    },
    async close() {
      client.destroy();
      await server.stop();
    },
  };
}

/** Makes a queue. */
export async function openBox(post: Post, name: string): Promise<Box> {
  const { client } = post;
  const url = await post.make(name);
  async function takeSome(): Promise<Received[]> {
    const asked = { QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["MessageGroupId" as const] };
    const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand(asked));
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    if (entries.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    return messages.map(({ MessageId: id = "", Body: body = "", Attributes }) => ({ id, body, group: Attributes?.MessageGroupId ?? "" }));
  }
  return {
    queue: sqsQueue(url, systemClock, client),
    async take() {
      const taken: Received[] = [];
      for (let some = await takeSome(); some.length > 0; some = await takeSome()) taken.push(...some);
      return taken;
    },
  };
}
