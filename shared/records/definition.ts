import type { CreateTableInput, GlobalSecondaryIndex } from "@aws-sdk/client-dynamodb";
import { setTimeout as pause } from "node:timers/promises";
import { type Dynamo, refusedAs } from "./dynamo.ts";
import type { Index } from "./table.ts";

/** An index: its partition and sort attributes, and for a lean one the constant that its partition attribute has. */
interface IndexKeys {
  readonly partition: string;
  readonly sort: string;
  /** Lean indexes hold keys and kind alone. Their partition attribute is written with this value while `sort` is there. */
  readonly mark?: string;
}

/**
 * The four indexes. A record is in one exactly while it has both attributes:
 * `month`: partition `month` (such as 2026-11), sorted by `at`;
 * `series`: partition `series` (a series' id), sorted by `at`;
 * `owed`: partition `owedMark` (always "owed"), sorted by `owedSince`;
 * `deviating`: partition `deviatingMark` (always "deviating"), sorted by `nextAt`: sources that are not read at their
 * pace, and editions whose documents are looked at.
 * The two marks are the table's own: it writes them wherever `owedSince` or `nextAt` is, and never hands them out.
 */
export const indexes: Readonly<Record<Index["name"], IndexKeys>> = {
  month: { partition: "month", sort: "at" },
  series: { partition: "series", sort: "at" },
  owed: { partition: "owedMark", sort: "owedSince", mark: "owed" },
  deviating: { partition: "deviatingMark", sort: "nextAt", mark: "deviating" },
};

/** The one table, as CreateTable takes it: on demand, all key attributes text. */
export function tableDefinition(tableName: string): CreateTableInput {
  const names = new Set(["pk", "sk", ...Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort])]);
  return {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...names].map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: keySchema("pk", "sk"),
    GlobalSecondaryIndexes: Object.entries(indexes).map(([name, keys]) => indexDefinition(name, keys)),
  };
}

function indexDefinition(name: string, { partition, sort, mark }: IndexKeys): GlobalSecondaryIndex {
  return {
    IndexName: name,
    KeySchema: keySchema(partition, sort),
    Projection: mark ? { ProjectionType: "INCLUDE", NonKeyAttributes: ["kind"] } : { ProjectionType: "ALL" },
  };
}

function keySchema(partition: string, sort: string): GlobalSecondaryIndex["KeySchema"] {
  return [
    { AttributeName: partition, KeyType: "HASH" },
    { AttributeName: sort, KeyType: "RANGE" },
  ];
}

const longestWaitSeconds = 60;

/** Creates the table where it is absent, and waits until it and its indexes can be used, for at most a minute. */
export async function ensureTable(dynamo: Dynamo, tableName: string): Promise<void> {
  if (await isActive(dynamo, tableName)) return;
  for (let waitedMs = 0, waitMs = 5; waitedMs < longestWaitSeconds * 1000; waitedMs += waitMs, waitMs = Math.min(waitMs * 2, 1000)) {
    await pause(waitMs);
    if (await isActive(dynamo, tableName)) return;
  }
  throw new Error(`The table ${tableName} was not ready after ${longestWaitSeconds} seconds. Look at its state in the console, and start again.`);
}

async function isActive(dynamo: Dynamo, tableName: string): Promise<boolean> {
  try {
    const { Table: table } = await dynamo.describeTable({ TableName: tableName });
    return table?.TableStatus === "ACTIVE" && (table.GlobalSecondaryIndexes ?? []).every((index) => index.IndexStatus === "ACTIVE");
  } catch (error) {
    if (!refusedAs(error, "ResourceNotFoundException")) throw error;
    await create(dynamo, tableName);
    return false;
  }
}

async function create(dynamo: Dynamo, tableName: string): Promise<void> {
  try {
    await dynamo.createTable(tableDefinition(tableName));
  } catch (error) {
    // Another process creates it at this moment.
    if (!refusedAs(error, "ResourceInUseException")) throw error;
  }
}
