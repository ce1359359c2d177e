import { ChangeMessageVisibilityCommand, DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { region, type Sandbox } from "./sandbox.ts";

/** Between a queue and a function: what the template's event source mapping says. */
export interface Mapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  /** Whether the function says which messages failed. */
  readonly reportsFailures: boolean;
}

/** What one batch came to. */
export interface Delivered {
  readonly messages: number;
  /** The bodies of those that went back to the queue. */
  readonly back: readonly string[];
  /** What the function died of, if it did. */
  readonly fault: string | undefined;
}

function recordOf({ MessageId, ReceiptHandle, Body, Attributes = {}, MD5OfBody }: Message, { queueArn }: Mapping): SQSRecord {
  const { ApproximateReceiveCount = "1", SentTimestamp = "", SenderId = "", ApproximateFirstReceiveTimestamp = "", ...more } = Attributes;
  return {
    messageId: MessageId ?? "",
    receiptHandle: ReceiptHandle ?? "",
    body: Body ?? "",
    attributes: { ApproximateReceiveCount, SentTimestamp, SenderId, ApproximateFirstReceiveTimestamp, ...more },
    messageAttributes: {},
    md5OfBody: MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function isBatchResponse(result: unknown): result is SQSBatchResponse {
  return typeof result === "object" && result !== null && "batchItemFailures" in result && Array.isArray(result.batchItemFailures);
}

/** The messages that failed, as Lambda reads an answer: a word that it cannot read, or an id that it does not know, fails all. */
function failedOf(records: readonly SQSRecord[], result: unknown, { reportsFailures }: Mapping): readonly SQSRecord[] {
  if (!reportsFailures || !isBatchResponse(result)) return [];
  const ids = new Set(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const failed = records.filter(({ messageId }) => ids.has(messageId));
  return failed.length < ids.size ? records : failed;
}

/** The answer to a batch: what failed, and why if all of it did. */
async function handTo(sandbox: Pick<Sandbox, "invoke">, event: SQSEvent, mapping: Mapping): Promise<{ failed: readonly SQSRecord[]; fault?: string }> {
  try {
    const answer = await sandbox.invoke(event);
    if ("result" in answer) return { failed: failedOf(event.Records, answer.result, mapping) };
    return { failed: event.Records, fault: `${answer.error.errorType}: ${answer.error.errorMessage}` };
  } catch (error) {
    return { failed: event.Records, fault: String(error) };
  }
}

/**
 * Takes one batch from the queue to the function, as Lambda's event source mapping does: what the function took is
 * deleted, what failed goes back. Its visibility ends at once, as if the time had passed. Nothing where the queue is empty.
 */
export async function deliver(sqs: SQSClient, mapping: Mapping, sandbox: Pick<Sandbox, "invoke">): Promise<Delivered | undefined> {
  const QueueUrl = mapping.queueUrl;
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: mapping.batchSize, MessageSystemAttributeNames: ["All"] }));
  if (Messages.length === 0) return undefined;
  const records = Messages.map((message) => recordOf(message, mapping));
  const { failed, fault } = await handTo(sandbox, { Records: records }, mapping);
  const back = new Set(failed);
  for (const record of records) {
    const handle = { QueueUrl, ReceiptHandle: record.receiptHandle };
    await (back.has(record) ? sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 })) : sqs.send(new DeleteMessageCommand(handle)));
  }
  return { messages: records.length, back: failed.map(({ body }) => body), fault };
}

/** Delivers until the queue is empty or something went back. */
export async function drain(sqs: SQSClient, mapping: Mapping, sandbox: Sandbox): Promise<Delivered[]> {
  const batches: Delivered[] = [];
  for (;;) {
    const batch = await deliver(sqs, mapping, sandbox);
    if (!batch) return batches;
    batches.push(batch);
    if (batch.back.length > 0) return batches;
  }
}
