import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { awsClient } from "../aws-client.ts";
import { dynamoOver } from "./dynamo-client.ts";
import { createTable } from "./dynamo-table.ts";
import type { Table } from "./table.ts";

/** A table on AWS by its name, and the client that it is reached by. Region and credentials are the environment's. */
export function awsTable(name: string): { readonly table: Table; readonly client: DynamoDBClient } {
  const client = new DynamoDBClient(awsClient);
  return { table: createTable(dynamoOver(client), name), client };
}
