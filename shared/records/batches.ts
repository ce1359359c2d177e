import type { AttributeValue, WriteRequest } from "@aws-sdk/client-dynamodb";
import { setTimeout as pause } from "node:timers/promises";
import type { Attributes } from "./attributes.ts";
import type { Dynamo } from "./dynamo.ts";
import { sideBySide } from "./side-by-side.ts";

const readsAtOnce = 100;
const writesAtOnce = 25;
const batchesAtOnce = 4;
const mostTries = 10;

/** Reads all of these keys, in DynamoDB's batches of 100, and again what a batch left over. */
export async function readBatches(dynamo: Dynamo, tableName: string, keys: readonly Attributes[]): Promise<Attributes[]> {
  const found: Attributes[] = [];
  await eachBatch(keys, readsAtOnce, async (batch) => {
    const { Responses, UnprocessedKeys } = await dynamo.batchGetItem({
      RequestItems: { [tableName]: { Keys: [...batch], ConsistentRead: true } },
    });
    const answers = Responses?.[tableName] ?? [];
    found.push(...answers);
    const left: readonly Record<string, AttributeValue>[] = UnprocessedKeys?.[tableName]?.Keys ?? [];
    return { left, progress: answers.length > 0 };
  });
  return found;
}

/** Writes all of these records, in DynamoDB's batches of 25, and again what a batch left over. */
export async function writeBatches(dynamo: Dynamo, tableName: string, records: readonly Attributes[]): Promise<void> {
  const requests: WriteRequest[] = records.map((record) => ({ PutRequest: { Item: record } }));
  await eachBatch(requests, writesAtOnce, async (batch) => {
    const { UnprocessedItems } = await dynamo.batchWriteItem({ RequestItems: { [tableName]: [...batch] } });
    const left = UnprocessedItems?.[tableName] ?? [];
    return { left, progress: left.length < batch.length };
  });
}

/** What a batch left over, and whether it did anything: only a batch that did nothing counts as a failed try. */
interface Outcome<Member> {
  readonly left: readonly Member[];
  readonly progress: boolean;
}

type Send<Member> = (batch: readonly Member[]) => Promise<Outcome<Member>>;

async function eachBatch<Member>(members: readonly Member[], size: number, send: Send<Member>): Promise<void> {
  const batches = Array.from({ length: Math.ceil(members.length / size) }, (_, index) => members.slice(index * size, (index + 1) * size));
  await sideBySide(batches, batchesAtOnce, (batch) => sendAll(batch, send));
}

async function sendAll<Member>(batch: readonly Member[], send: Send<Member>): Promise<void> {
  let left = batch;
  for (let failed = 0; failed < mostTries; ) {
    const outcome = await send(left);
    if (outcome.left.length === 0) return;
    left = outcome.left;
    // A batch that was only too large for one answer goes on at once; a throttled one waits longer each time.
    if (!outcome.progress) await pause(25 * 2 ** failed++ * (0.5 + Math.random()));
  }
  throw new Error(`The table left ${left.length} of ${batch.length} records of a batch undone ${mostTries} times. It is throttled: start again in some minutes, with fewer sources at once.`);
}
