import { DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { awsTable } from "../../shared/records/aws-table.ts";
import type { Table } from "../../shared/records/table.ts";
import { type StageNames, stageNames } from "../../shared/stage.ts";
import { Failure } from "../command.ts";

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
