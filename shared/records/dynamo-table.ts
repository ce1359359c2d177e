import type { QueryInput, QueryOutput, ScanOutput } from "@aws-sdk/client-dynamodb";
import { type Attributes, fromAttributes, sizeBytes, toAttributes } from "./attributes.ts";
import { readBatches, writeBatches } from "./batches.ts";
import { indexes } from "./definition.ts";
import { type Dynamo, refusedAs } from "./dynamo.ts";
import { type Found, hasKey, isStored } from "./stored.ts";
import type { Index, Key, Range, Stored, Table } from "./table.ts";

/** DynamoDB's limit for one record. */
const mostBytes = 400 * 1024;

/**
 * The table, over DynamoDB or what speaks like it. Reads by key are strongly consistent; an index shows a write
 * soon after it, as DynamoDB's indexes do.
 */
export function createTable(dynamo: Dynamo, tableName: string): Table {
  const putIf = async (record: Stored, condition: PutCondition): Promise<boolean> => {
    try {
      await dynamo.putItem({ TableName: tableName, Item: toItem(record), ...condition });
      return true;
    } catch (error) {
      if (refusedAs(error, "ConditionalCheckFailedException")) return false;
      throw error;
    }
  };
  return {
    async get(key) {
      const { Item: item } = await dynamo.getItem({ TableName: tableName, Key: keyAttributes(key), ConsistentRead: true });
      return item && fromItem(item);
    },
    async getMany(keys) {
      const items = await readBatches(dynamo, tableName, distinct(keys).map(keyAttributes));
      return items.map(fromItem);
    },
    putNew: (record) => putIf(record, { ConditionExpression: "attribute_not_exists(pk)" }),
    replace: (record, previous = record.revision - 1) =>
      putIf(record, {
        ConditionExpression: "revision = :previous",
        ExpressionAttributeValues: { ":previous": { N: String(previous) } },
      }),
    putAll: (records) => writeBatches(dynamo, tableName, distinct(records).map(toItem)),
    async remove(key) {
      await dynamo.deleteItem({ TableName: tableName, Key: keyAttributes(key) });
    },
    list: (pk, prefix) => whole(pages((start) => dynamo.query({ TableName: tableName, ConsistentRead: true, ...listCondition(pk, prefix), ExclusiveStartKey: start }))),
    scan: () => whole(pages((start) => dynamo.scan({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: start }))),
    query: (index, range = {}) =>
      pages((start) => dynamo.query({ TableName: tableName, IndexName: index.name, ...queryCondition(index, range), ScanIndexForward: range.newestFirst !== true, Limit: range.pageSize, ExclusiveStartKey: start })),
  };
}

type PutCondition = Pick<QueryInput, "ExpressionAttributeValues"> & { readonly ConditionExpression: string };
type Condition = Pick<QueryInput, "KeyConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues">;

function listCondition(pk: string, prefix = ""): Condition {
  const partition = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: pk } } };
  if (prefix === "") return partition;
  return {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": { S: pk }, ":prefix": { S: prefix } },
  };
}

function queryCondition(index: Index, { from, to }: Range): Condition {
  const { partition, sort, mark } = indexes[index.name];
  const value = index.name === "month" ? index.month : index.name === "series" ? index.series : (mark ?? "");
  const expression =
    from !== undefined && to !== undefined
      ? " AND #sort BETWEEN :from AND :to"
      : from !== undefined
        ? " AND #sort >= :from"
        : to !== undefined
          ? " AND #sort <= :to"
          : "";
  return {
    KeyConditionExpression: `#partition = :partition${expression}`,
    ExpressionAttributeNames: { "#partition": partition, ...(expression && { "#sort": sort }) },
    ExpressionAttributeValues: toAttributes({ ":partition": value, ":from": from, ":to": to }),
  };
}

type Start = QueryInput["ExclusiveStartKey"];

async function* pages(ask: (start: Start) => Promise<QueryOutput | ScanOutput>): AsyncGenerator<Found> {
  let start: Start;
  do {
    const page = await ask(start);
    for (const item of page.Items ?? []) yield fromIndex(item);
    start = page.LastEvaluatedKey;
  } while (start);
}

async function* whole(records: AsyncIterable<Found>): AsyncGenerator<Stored> {
  for await (const record of records) {
    if (!isStored(record)) throw unreadable(record);
    yield record;
  }
}

function keyAttributes({ pk, sk }: Key): Attributes {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** One of each key, as a batch takes no key twice; of records with one key the last counts. */
function distinct<Keyed extends Key>(keyed: readonly Keyed[]): Keyed[] {
  return [...new Map(keyed.map((one) => [`${one.pk}\n${one.sk}`, one])).values()];
}

function toItem(record: Stored): Attributes {
  const item = toAttributes(record);
  for (const { partition, sort, mark } of Object.values(indexes)) if (mark && item[sort]) item[partition] = { S: mark };
  const bytes = sizeBytes(item);
  if (bytes > mostBytes) {
    throw new Error(
      `The record ${record.pk} ${record.sk} has ${Math.ceil(bytes / 1024)} KB; the table takes at most 400 KB. Shorten its longest text, or keep the document elsewhere and its address here.`,
    );
  }
  return item;
}

function fromItem(item: Attributes): Stored {
  const record = fromIndex(item);
  if (!isStored(record)) throw unreadable(record);
  return record;
}

function fromIndex(item: Attributes): Found {
  const record = fromAttributes(item);
  for (const { partition, mark } of Object.values(indexes)) if (mark) delete record[partition];
  if (!hasKey(record)) throw new Error("The table gave a record without pk and sk. It is not this program's table: check its name.");
  return record;
}

function unreadable({ pk, sk }: Key): Error {
  return new Error(`The record ${pk} ${sk} has no kind, format and revision, so this program did not write it. Remove it by hand if it is not needed.`);
}
