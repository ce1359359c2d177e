import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startFauxqs } from "fauxqs";
import { ensureTable } from "../../shared/records/definition.ts";
import { dynamoOver } from "../../shared/records/dynamo-client.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";
import type { Table } from "../../shared/records/table.ts";
import { clientAt, type DynamoLocal, untilReady } from "../records/dynamo-local.ts";
import type { Deployment, FunctionOf } from "./deployment.ts";
import type { Mapping } from "./event-source.ts";
import { openRecorder, type Recorder } from "./recorder.ts";
import { account, region } from "./sandbox.ts";

/** As much of AWS as the functions meet, on this machine: DynamoDB Local, and fauxqs for the rest. */
export interface Cloud {
  readonly recorder: Recorder;
  readonly sqs: SQSClient;
  readonly table: Table;
  /** Where AWS answers a function, and who it is: its name serves as the id of its key. */
  environmentOf(deployed: FunctionOf): Record<string, string>;
  /** How a function is fed from a queue: its first, unless another is named. */
  mappingOf(deployed: FunctionOf, queue?: string): Mapping;
  putObject(bucket: string, key: string, body: string): Promise<void>;
  object(bucket: string, key: string): Promise<Buffer>;
  /** Subscribes a new queue to a topic, with a filter policy over attributes. */
  subscribe(topic: string, queue: string, filterPolicy: object): void;
  /** The bodies of all messages that are in a queue, ready or not; nothing is taken out. */
  messages(queue: string): string[];
  /** Takes everything out of a queue that is ready, and gives the bodies. */
  take(queue: string): Promise<string[]>;
  send(queue: string, body: string, group: string, deduplication: string): void;
  close(): Promise<void>;
}

type Fauxqs = Awaited<ReturnType<typeof startFauxqs>>;

const credentials = { accessKeyId: "test", secretAccessKey: "none" };

/** Dead-letter queues first: a queue that names one may not come before it. */
function createQueues(fauxqs: Fauxqs, { queues }: Deployment): void {
  for (const { name, attributes } of queues.toSorted((a, b) => Number("RedrivePolicy" in a.attributes) - Number("RedrivePolicy" in b.attributes))) fauxqs.createQueue(name, { attributes: { ...attributes } });
}

function queueUrl(fauxqs: Pick<Fauxqs, "address">, name: string): string {
  return `${fauxqs.address}/${account}/${name}`;
}

async function openTables(port: number, { tables }: Deployment): Promise<{ table: Table; close: () => void }> {
  const [tableName = ""] = tables;
  const client = clientAt(`http://127.0.0.1:${port}`, "test");
  await untilReady(client, tableName);
  await ensureTable(dynamoOver(client), tableName);
  return { table: createTable(dynamoOver(client), tableName), close: () => client.destroy() };
}

/** Opens what a deployment's templates ask for. */
export async function openCloud(deployment: Deployment, dynamo: DynamoLocal): Promise<Cloud> {
  const fauxqs = await startFauxqs({ port: 0, logger: false, host: "localhost" });
  const sqs = new SQSClient({ region, endpoint: fauxqs.address, credentials });
  const s3 = new S3Client({ region, endpoint: fauxqs.address, credentials, forcePathStyle: true });
  createQueues(fauxqs, deployment);
  for (const topic of deployment.topics) fauxqs.createTopic(topic);
  for (const Bucket of deployment.buckets) await s3.send(new CreateBucketCommand({ Bucket }));
  const recorder = await openRecorder({ dynamodb: dynamo.port, sqs: fauxqs.port, sns: fauxqs.port, s3: fauxqs.port });
  const { table, close } = await openTables(dynamo.port, deployment);
  const inspected = (queue: string): NonNullable<ReturnType<Fauxqs["inspectQueue"]>> => {
    const found = fauxqs.inspectQueue(queue);
    if (!found) throw new Error(`there is no queue ${queue}`);
    return found;
  };
  return {
    recorder,
    sqs,
    table,
    environmentOf: ({ short, environment }) => ({
      // The SDK asks a queue at the address that it has.
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace(`https://sqs.${region}.amazonaws.com`, recorder.url)])),
      AWS_ACCESS_KEY_ID: short,
      AWS_SECRET_ACCESS_KEY: "none",
      AWS_SESSION_TOKEN: "none",
      ...Object.fromEntries(["DYNAMODB", "SQS", "SNS", "S3"].map((service) => [`AWS_ENDPOINT_URL_${service}`, recorder.url])),
    }),
    mappingOf({ name, feeds }, queue = feeds[0]?.queue) {
      const fed = feeds.find((one) => one.queue === queue);
      if (!fed) throw new Error(`no queue is fed to ${name}`);
      return { queueUrl: queueUrl(fauxqs, fed.queue), queueArn: `arn:aws:sqs:${region}:${account}:${fed.queue}`, batchSize: fed.batchSize, reportsFailures: fed.reportsFailures };
    },
    putObject: async (Bucket, Key, Body) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
    async object(Bucket, Key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    subscribe(topic, queue, filterPolicy) {
      fauxqs.createQueue(queue);
      fauxqs.subscribe({ topic, queue, attributes: { FilterPolicy: JSON.stringify(filterPolicy), RawMessageDelivery: "true" } });
    },
    messages(queue) {
      const { ready, delayed, inflight } = inspected(queue).messages;
      return [...ready, ...delayed, ...inflight.map(({ message }) => message)].map(({ body }) => body);
    },
    async take(queue) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(fauxqs, queue), MaxNumberOfMessages: 10, VisibilityTimeout: 600 }));
      return Messages.map(({ Body }) => Body ?? "");
    },
    send: (queue, body, messageGroupId, messageDeduplicationId) => void fauxqs.sendMessage(queue, body, { messageGroupId, messageDeduplicationId }),
    async close() {
      for (const client of [sqs, s3]) client.destroy();
      close();
      await Promise.all([recorder.close(), fauxqs.stop()]);
    },
  };
}
