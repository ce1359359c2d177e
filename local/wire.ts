import type { Dynamo } from "../shared/records/dynamo.ts";

/** Asks a table in this or another process to do one of DynamoDB's operations, named as in Dynamo. */
export type Ask = <Output>(operation: keyof Dynamo, input: object) => Promise<Output>;

export const operationNames = [
  "getItem",
  "putItem",
  "deleteItem",
  "query",
  "scan",
  "batchGetItem",
  "batchWriteItem",
  "createTable",
  "describeTable",
] as const satisfies readonly (keyof Dynamo)[];

/** DynamoDB, as far as the table needs it, by asking. */
export function dynamoBy(ask: Ask): Dynamo {
  return {
    getItem: (input) => ask("getItem", input),
    putItem: (input) => ask("putItem", input),
    deleteItem: (input) => ask("deleteItem", input),
    query: (input) => ask("query", input),
    scan: (input) => ask("scan", input),
    batchGetItem: (input) => ask("batchGetItem", input),
    batchWriteItem: (input) => ask("batchWriteItem", input),
    createTable: (input) => ask("createTable", input),
    describeTable: (input) => ask("describeTable", input),
  };
}

/** DynamoDB's own refusal of a request: its name is what callers go by. */
export class Refusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
