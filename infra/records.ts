import { AttributeType, type Attribute, Billing, type GlobalSecondaryIndexPropsV2, ProjectionType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { CfnTopic, Topic } from "aws-cdk-lib/aws-sns";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import { tableDefinition } from "../shared/records/definition.ts";
import { mailPrefix, readersPrefix, type StageNames } from "../shared/stage.ts";
import { DeadQueue } from "./queues.ts";
import { mailRuleArn, type MailSettings, mayBySes } from "./mail.ts";

/** How the records of a stage are set up. */
export interface RecordsProps {
  readonly names: StageNames;
  /** False only while all of it is being deleted on purpose. */
  readonly isProtected: boolean;
  /** Where mail comes in; left out where it does not. */
  readonly mail?: MailSettings | undefined;
}

/** What must outlive everything else: the table, the bucket, the topic whose subscriptions people confirmed, and what these did not take. */
export class RecordsStack extends Stack {
  constructor(scope: Construct, { names, isProtected, mail }: RecordsProps) {
    super(scope, names.recordsStack, {
      description: `Rights Almanac, stage ${names.stage}: what is kept.`,
      terminationProtection: isProtected,
      analyticsReporting: false,
    });
    const removalPolicy = isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const table = addTable(this, names.table, isProtected, removalPolicy);
    const bucket = addBucket(this, names.bucket(Aws.ACCOUNT_ID, Aws.REGION), removalPolicy);
    if (mail) takeMail(this, bucket, names, mail);
    const alerts = addAlertsTopic(this, names.alertsTopic, removalPolicy);
    addUndeliveredQueue(this, names.undeliveredQueue, alerts, removalPolicy);
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "BucketName", { value: bucket.bucketName });
    new CfnOutput(this, "AlertsTopicArn", { value: alerts.topicArn });
  }
}

const attributeTypes: Readonly<Record<string, AttributeType>> = { S: AttributeType.STRING, N: AttributeType.NUMBER, B: AttributeType.BINARY };
const projections: Readonly<Record<string, ProjectionType>> = { ALL: ProjectionType.ALL, INCLUDE: ProjectionType.INCLUDE, KEYS_ONLY: ProjectionType.KEYS_ONLY };

type Definition = ReturnType<typeof tableDefinition>;
type Keys = { readonly partitionKey: Attribute; readonly sortKey: Attribute };

/** The key of a table or index as the CDK takes it, from what CreateTable takes. */
function keysOf(definition: Definition, schema: Definition["KeySchema"]): Keys {
  const keyOf = (type: "HASH" | "RANGE"): Attribute => {
    const name = schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const attribute = attributeTypes[definition.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? ""];
    if (name === undefined || attribute === undefined) throw new Error(`The table's definition has no ${type} key of a known type.`);
    return { name, type: attribute };
  };
  return { partitionKey: keyOf("HASH"), sortKey: keyOf("RANGE") };
}

function indexesOf(definition: Definition): GlobalSecondaryIndexPropsV2[] {
  return (definition.GlobalSecondaryIndexes ?? []).map(({ IndexName: indexName, KeySchema, Projection }) => {
    const projectionType = projections[Projection?.ProjectionType ?? ""];
    if (indexName === undefined || projectionType === undefined) throw new Error(`The table's definition has an index without a name or a known projection: ${indexName ?? "?"}.`);
    return { indexName, ...keysOf(definition, KeySchema), projectionType, nonKeyAttributes: Projection?.NonKeyAttributes };
  });
}

/** The table, made from the one definition that the embedded table and DynamoDB Local are made from. */
function addTable(stack: Stack, tableName: string, isProtected: boolean, removalPolicy: RemovalPolicy): TableV2 {
  const definition = tableDefinition(tableName);
  return new TableV2(stack, "Table", {
    tableName,
    ...keysOf(definition, definition.KeySchema),
    globalSecondaryIndexes: indexesOf(definition),
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: isProtected,
    removalPolicy,
  });
}

/** The catalogue and the evidence, of which earlier versions stay, and files that are made again and again, of which they go. */
function addBucket(stack: Stack, bucketName: string, removalPolicy: RemovalPolicy): Bucket {
  const bucket = new Bucket(stack, "Bucket", {
    bucketName,
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [{ id: "EarlierFilesForReaders", prefix: readersPrefix, noncurrentVersionExpiration: Duration.days(1) }],
    removalPolicy,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason: "Access logs need a second bucket that grows with every reading. Nothing in here is secret: the catalogue and what publishers made public.",
  });
  return bucket;
}

const mailKeptDays = 90;

/** Lets SES put mail into the bucket. It holds the address that was subscribed with, and is there no longer than somebody may want to look. */
function takeMail(stack: Stack, bucket: Bucket, names: StageNames, mail: MailSettings): void {
  bucket.addToResourcePolicy(mayBySes("LetSesKeepMail", "s3:PutObject", bucket.arnForObjects(`${mailPrefix}*`), mailRuleArn(stack, names, mail)));
  bucket.addLifecycleRule({ prefix: mailPrefix, expiration: Duration.days(mailKeptDays), noncurrentVersionExpiration: Duration.days(1) });
}

/** Standard, because email and SMS can subscribe to no other. The AWS-managed key serves, because the publisher is a function of this account. */
function addAlertsTopic(stack: Stack, topicName: string, removalPolicy: RemovalPolicy): Topic {
  const topic = new Topic(stack, "Alerts", {
    topicName,
    // It stands in front of every SMS, of which it takes the first 10 characters.
    displayName: "Almanac",
    // Who gets alerts over HTTPS can verify them by SHA-256, and not by SHA-1 as unless asked.
    signatureVersion: "2",
    enforceSSL: true,
  });
  const { defaultChild } = topic.node;
  if (defaultChild instanceof CfnTopic) defaultChild.kmsMasterKeyId = "alias/aws/sns";
  topic.applyRemovalPolicy(removalPolicy);
  return topic;
}

/** For what SNS could not deliver to a web address, a queue or a function. Each subscription names it; only the topic may send to it. */
function addUndeliveredQueue(stack: Stack, queueName: string, { topicArn }: Topic, removalPolicy: RemovalPolicy): void {
  const queue = new DeadQueue(stack, "Undelivered", queueName);
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: "LetTheTopicKeepWhatItCouldNotDeliver",
      principals: [new ServicePrincipal("sns.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { "aws:SourceArn": topicArn } },
    }),
  );
  queue.applyRemovalPolicy(removalPolicy);
}
