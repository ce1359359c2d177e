import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Validations } from "aws-cdk-lib/core";
import type { IConstruct } from "constructs";
import type { Index } from "../shared/records/table.ts";
import { readersPrefix, type StageNames } from "../shared/stage.ts";
import { capitalised } from "./capitalised.ts";
import type { Kept } from "./kept.ts";

/**
 * Statements for the roles, written by hand: the CDK's own grants give more than is used (GetQueueUrl,
 * ChangeMessageVisibility, DescribeTable, every index). Each has a name that says in the console what it is for.
 */

/** Reads the catalogue, and no other object. Without the right to list the bucket, S3 answers 403 where it is absent. */
export function mayReadCatalogue({ catalogueArn }: Kept): PolicyStatement {
  return new PolicyStatement({ sid: "ReadCatalogue", actions: ["s3:GetObject"], resources: [catalogueArn] });
}

/** Keeps documents and reads what is kept. Nothing is ever deleted, and the bucket keeps what would be overwritten. */
export function mayKeepEvidence({ evidenceArn }: Kept): PolicyStatement {
  return new PolicyStatement({ sid: "KeepEvidence", actions: ["s3:GetObject", "s3:PutObject"], resources: [evidenceArn] });
}

/** Reads documents that are kept. */
export function mayReadEvidence({ evidenceArn }: Kept): PolicyStatement {
  return new PolicyStatement({ sid: "ReadEvidence", actions: ["s3:GetObject"], resources: [evidenceArn] });
}

/** Makes the files for readers, from what they were before. */
export function mayKeepForReaders({ readersArn }: Kept): PolicyStatement {
  return new PolicyStatement({ sid: "KeepForReaders", actions: ["s3:GetObject", "s3:PutObject"], resources: [readersArn] });
}

/** Reads the files for readers. */
export function mayReadForReaders({ readersArn }: Kept): PolicyStatement {
  return new PolicyStatement({ sid: "ReadForReaders", actions: ["s3:GetObject"], resources: [readersArn] });
}

/** Says to the rules of the CDK why the grant of these files ends in a star. */
export function acknowledgeReaders(scope: IConstruct, names: StageNames): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${names.bucket("<AWS::AccountId>", "<AWS::Region>")}/${readersPrefix}*]`, reason: "There is a file for each year that has items." });
}

/** Reads mail that came in. */
export function mayReadMail({ mailArn }: Kept): PolicyStatement {
  return new PolicyStatement({ sid: "ReadMail", actions: ["s3:GetObject"], resources: [mailArn] });
}

/** Actions on records by key. */
type RecordAction = "BatchGetItem" | "GetItem" | "PutItem" | "Query";

/** What a function does with records by key, and with which. */
export interface RecordUse {
  readonly sid: string;
  readonly actions: readonly RecordAction[];
  /** Partition keys, `*` standing for any end: the reader of hostile pages cannot see who subscribed. */
  readonly partitions: readonly string[];
}

/** Uses records of these partitions by key, and reaches no index. */
export function mayUseRecords({ tableArn }: Kept, { sid, actions, partitions }: RecordUse): PolicyStatement {
  return new PolicyStatement({
    sid,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [tableArn],
    conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...partitions] } },
  });
}

/** Asks one index, and nothing else. */
export function mayQueryIndex({ tableArn }: Kept, index: Index["name"]): PolicyStatement {
  return new PolicyStatement({ sid: `Query${capitalised(index)}Index`, actions: ["dynamodb:Query"], resources: [`${tableArn}/index/${index}`] });
}

/** Sends to one queue. SQS has no action of its own for a batch. */
export function maySend(sid: string, queueArn: string): PolicyStatement {
  return new PolicyStatement({ sid, actions: ["sqs:SendMessage"], resources: [queueArn] });
}

/** What Lambda does with the function's role when it feeds queues to it. */
export function mayBeFed(...queueArns: readonly string[]): PolicyStatement {
  return new PolicyStatement({ sid: "LetLambdaReadTheQueue", actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], resources: [...queueArns] });
}

/** Publishes to one topic. */
export function mayPublish(topicArn: string): PolicyStatement {
  return new PolicyStatement({ sid: "PublishAlerts", actions: ["sns:Publish"], resources: [topicArn] });
}
