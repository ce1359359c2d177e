import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { openTable } from "../../local/table.ts";
import { ensureTable } from "../../shared/records/definition.ts";
import { dynamoOver } from "../../shared/records/dynamo-client.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";
import type { Table } from "../../shared/records/table.ts";
import { stageNames } from "../../shared/stage.ts";
import { openSns, type Sns } from "../alerts/sns-wire.ts";

/** As much of AWS on this machine as the command line meets. */
export interface Cloud {
  readonly sns: Sns;
  /** What the environment must say for the SDK to find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Deploys a stage: its table, topic, queue and bucket. */
  deploy(stage: string): Promise<Table>;
  close(): Promise<void>;
}

const region = "us-east-1";
const account = "000000000000";

/** Opens the embedded table, served in DynamoDB's protocol, and fauxqs for the rest. */
export async function openCloud(): Promise<Cloud> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-cloud-"));
  const [open, sns] = await Promise.all([openTable(folder), openSns()]);
  const { url, credential } = open.endpoint;
  const client = new DynamoDBClient({ endpoint: url, region, credentials: { accessKeyId: credential, secretAccessKey: "none" } });
  return {
    sns,
    environment: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credential,
      AWS_SECRET_ACCESS_KEY: "none",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ENDPOINT_URL_SNS: sns.url,
      AWS_ENDPOINT_URL_SQS: sns.fauxqs.address,
      AWS_ENDPOINT_URL_S3: sns.fauxqs.address,
    },
    async deploy(stage) {
      const names = stageNames(stage);
      await ensureTable(dynamoOver(client), names.table);
      sns.fauxqs.createTopic(names.alertsTopic);
      sns.fauxqs.createQueue(names.notifyQueue, { attributes: { FifoQueue: "true" } });
      sns.fauxqs.createBucket(names.bucket(account, region));
      return createTable(dynamoOver(client), names.table);
    },
    async close() {
      client.destroy();
      await sns.close();
      await open.close();
      await rm(folder, { recursive: true });
    },
  };
}
