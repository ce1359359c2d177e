import { S3Client } from "@aws-sdk/client-s3";
import { bucketEvidence } from "../../shared/lambda/bucket-evidence.ts";
import { awsClient } from "../../shared/aws-client.ts";
import type { Evidence } from "../../shared/records/evidence.ts";
import type { Stage } from "./open.ts";

/** Does the work with the evidence that a stage keeps. */
export async function withBucketEvidence<Result>({ names, account, region }: Stage, work: (evidence: Evidence) => Promise<Result>): Promise<Result> {
  const client = new S3Client(awsClient);
  try {
    return await work(bucketEvidence(client, { bucket: names.bucket(account, region), endpoint: process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"] }));
  } finally {
    client.destroy();
  }
}
