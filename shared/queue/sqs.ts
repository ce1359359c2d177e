import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { awsClient } from "../aws-client.ts";
import type { Clock } from "../clock.ts";
import type { Outgoing, Queue, Received } from "./queue.ts";

/** SQS takes so many messages at once, and so many bytes of them. */
const mostAtOnce = 10;
const mostTries = 4;
const firstPauseMs = 100;

/** A queue of SQS, by its address. What a batch left over is sent again, a few times; then it throws a sentence. */
export function sqsQueue(url: string, clock: Clock, client = new SQSClient(awsClient)): Queue {
  async function sendOnce(batch: readonly Outgoing[]): Promise<{ left: Outgoing[]; why: string }> {
    const entries = batch.map(({ body, group, deduplication }, index) => ({ Id: String(index), MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplication }));
    const { Failed: failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    const lost = new Set(failed.map(({ Id }) => Id));
    return { left: batch.filter((_, index) => lost.has(String(index))), why: failed[0]?.Message ?? failed[0]?.Code ?? "" };
  }

  async function sendBatch(batch: readonly Outgoing[]): Promise<void> {
    let sent = await sendOnce(batch);
    for (let tries = 1; sent.left.length > 0; tries++) {
      if (tries === mostTries) throw new Error(`The queue ${url.split("/").at(-1)} took ${batch.length - sent.left.length} of ${batch.length} messages, after ${mostTries} tries. It says: ${sent.why}`);
      await clock.sleep(firstPauseMs * 2 ** tries);
      sent = await sendOnce(sent.left);
    }
  }

  return {
    async send(messages) {
      for (let start = 0; start < messages.length; start += mostAtOnce) await sendBatch(messages.slice(start, start + mostAtOnce));
    },
  };
}

/** The messages of an event. One without a group is a group by itself. */
export function receivedFrom({ Records }: SQSEvent): Received[] {
  return Records.map(({ messageId, body, attributes }) => ({ id: messageId, body, group: attributes.MessageGroupId ?? messageId }));
}
