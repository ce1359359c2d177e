import type {
  BatchGetItemInput,
  BatchGetItemOutput,
  BatchWriteItemInput,
  BatchWriteItemOutput,
  CreateTableInput,
  CreateTableOutput,
  DeleteItemInput,
  DeleteItemOutput,
  DescribeTableInput,
  DescribeTableOutput,
  GetItemInput,
  GetItemOutput,
  PutItemInput,
  PutItemOutput,
  QueryInput,
  QueryOutput,
  ScanInput,
  ScanOutput,
} from "@aws-sdk/client-dynamodb";

/**
 * What the table needs of DynamoDB, and no more. The SDK is one way to it (dynamo-client.ts);
 * the embedded table is another, and starts without loading the SDK.
 * A refusal is an Error whose `name` is DynamoDB's own, such as ConditionalCheckFailedException.
 */
export interface Dynamo {
  getItem(input: GetItemInput): Promise<GetItemOutput>;
  putItem(input: PutItemInput): Promise<PutItemOutput>;
  deleteItem(input: DeleteItemInput): Promise<DeleteItemOutput>;
  query(input: QueryInput): Promise<QueryOutput>;
  scan(input: ScanInput): Promise<ScanOutput>;
  batchGetItem(input: BatchGetItemInput): Promise<BatchGetItemOutput>;
  batchWriteItem(input: BatchWriteItemInput): Promise<BatchWriteItemOutput>;
  createTable(input: CreateTableInput): Promise<CreateTableOutput>;
  describeTable(input: DescribeTableInput): Promise<DescribeTableOutput>;
}

/** Whether DynamoDB refused a request for the reason of this name. */
export function refusedAs(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
