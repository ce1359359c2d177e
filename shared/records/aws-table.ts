import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoOver } from "./dynamo-client.ts";
import { createTable } from "./dynamo-table.ts";
import type { Table } from "./table.ts";

/**
 * How every client of AWS is set: without these, a connection that hangs would hold a function until its timeout.
 * The SDK tries three times, so a service that is away is told after some 20 seconds.
 */
export const awsClient = { requestHandler: { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true } } as const;

/** A table on AWS by its name, and the client that it is reached by. Region and credentials are the environment's. */
export function awsTable(name: string): { readonly table: Table; readonly client: DynamoDBClient } {
  const client = new DynamoDBClient(awsClient);
  return { table: createTable(dynamoOver(client), name), client };
}
