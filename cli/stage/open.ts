import { DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { awsTable } from "../../shared/records/aws-table.ts";
import type { Table } from "../../shared/records/table.ts";
import { type StageNames, stageNames } from "../../shared/stage.ts";
import { Failure, UsageError } from "../command.ts";

/** A stage on AWS, found by its name alone. */
export interface Stage {
  readonly names: StageNames;
  /** Of regions: aws, aws-cn or aws-us-gov. */
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly table: Table;
  close(): void;
}

/** Finds a stage's table by the ordinary credential chain, and by it where the stage lies. Throws Failure where there is no such stage. */
export async function openStage(stage: string): Promise<Stage> {
  const names = stageNames(stage);
  takeDefaultRegion();
  refuseUnusable(process.env);
  const { table, client } = awsTable(names.table);
  try {
    const region = await client.config.region();
    return { names, region, ...(await owner(client, names.table, region)), table, close: () => client.destroy() };
  } catch (error) {
    client.destroy();
    throw error;
  }
}

/** The tools of AWS, the CDK among them, read AWS_DEFAULT_REGION as well, and its SDK does not. */
function takeDefaultRegion(): void {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: byDefault } = process.env;
  if (!region && byDefault) process.env["AWS_REGION"] = byDefault;
}

/** What the SDK would refuse in words that name no variable. */
function refuseUnusable({ AWS_REGION: region, ...variables }: NodeJS.ProcessEnv): void {
  if (region && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) throw new UsageError(`AWS_REGION is "${region}", which is no region. Write it as eu-west-1.`);
  const endpoint = Object.entries(variables).find(([name, value]) => name.startsWith("AWS_ENDPOINT_URL") && value && !URL.canParse(value));
  if (endpoint) throw new UsageError(`${endpoint[0]} is "${endpoint[1]}", which is no address. Unset it, or write it as http://127.0.0.1:8000.`);
}

/** Whose the table is, by its ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME. */
async function owner(client: DynamoDBClient, tableName: string, region: string): Promise<Pick<Stage, "partition" | "account">> {
  try {
    const { Table: described } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    const [, partition = "aws", , , account = ""] = (described?.TableArn ?? "").split(":");
    return { partition, account };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
    throw new Failure(`There is no table ${tableName} in ${region}. Was the stage deployed there (npm run deploy), and are AWS_PROFILE and AWS_REGION those that it was deployed with?`, { cause: error });
  }
}
