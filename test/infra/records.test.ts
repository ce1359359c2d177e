import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { tableDefinition } from "../../shared/records/definition.ts";
import { isStageName, stageNames } from "../../shared/stage.ts";
import { objectsOf } from "../lambda/json.ts";
import { resourceNamed, resourcesOf } from "./resources.ts";
import { almanacApp, monitor, names, records } from "./template.ts";

describe("the table", () => {
  const table = resourceNamed(records, "AWS::DynamoDB::GlobalTable", "TableName", names.table);

  test("has the keys and indexes of the one definition that all tables are made from", () => {
    const { TableName, BillingMode, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = tableDefinition(names.table);
    expect(table).toMatchObject({ TableName, BillingMode, KeySchema });
    expect(objectsOf(table["AttributeDefinitions"])).toEqual(expect.arrayContaining(AttributeDefinitions ?? []));
    expect(objectsOf(table["AttributeDefinitions"])).toHaveLength(AttributeDefinitions?.length ?? 0);
    expect(table["GlobalSecondaryIndexes"]).toEqual(GlobalSecondaryIndexes);
  });

  test("is in one region, can be set back to any second, and cannot be deleted", () => {
    expect(objectsOf(table["Replicas"])).toEqual([expect.objectContaining({ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })]);
  });
});

describe("the bucket", () => {
  const [bucket] = resourcesOf(records, "AWS::S3::Bucket");

  test("is closed to the public, keeps versions, and cannot be given away object by object", () => {
    expect(bucket?.properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: "Enabled" },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
    expect(bucket?.properties).not.toHaveProperty("WebsiteConfiguration");
  });

  test("keeps no earlier versions of the files for readers beyond a day, and every other version", () => {
    expect(bucket?.properties["LifecycleConfiguration"]).toEqual({ Rules: [{ Id: "EarlierFilesForReaders", Prefix: "readers/", Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 1 } }] });
  });

  test("nobody is let in by its policy, and who is let in by others must use TLS", () => {
    const policies = resourcesOf(records, "AWS::S3::BucketPolicy").flatMap(({ properties }) => objectsOf(objectsOf(properties["PolicyDocument"])[0]?.["Statement"]));
    expect(policies.map(({ Effect }) => Effect)).toEqual(["Deny", "Deny"]);
    expect(policies).toContainEqual(expect.objectContaining({ Condition: { Bool: { "aws:SecureTransport": "false" } }, Principal: { AWS: "*" } }));
  });
});

describe("the queue for what SNS could not deliver", () => {
  test("takes messages from the alerts topic, and from nobody else", () => {
    const [{ id } = { id: "" }] = resourcesOf(records, "AWS::SNS::Topic");
    const [policy, ...others] = resourcesOf(records, "AWS::SQS::QueuePolicy");
    const statements = objectsOf(objectsOf([policy?.properties["PolicyDocument"]])[0]?.["Statement"]);
    expect(others).toEqual([]);
    expect(statements.filter(({ Effect }) => Effect === "Allow")).toEqual([
      expect.objectContaining({ Action: "sqs:SendMessage", Principal: { Service: "sns.amazonaws.com" }, Condition: { ArnEquals: { "aws:SourceArn": { Ref: id } } } }),
    ]);
  });
});

describe("what is kept", () => {
  test("is the table, the bucket, the alerts topic and what it could not deliver, and nothing else", () => {
    expect(resourcesOf(records).filter(({ deletionPolicy }) => deletionPolicy === "Retain").map(({ type }) => type).toSorted()).toEqual(["AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::SQS::Queue"]);
    expect(resourcesOf(monitor).filter(({ deletionPolicy }) => deletionPolicy === "Retain")).toEqual([]);
  });

  test("is in a stack that cannot be deleted by mistake", () => {
    const { records: kept, monitor: thrownAway } = almanacApp();
    expect([kept.terminationProtection, thrownAway.terminationProtection]).toEqual([true, false]);
  });

  test("goes with its stack when its protection is taken off on purpose", () => {
    const { records: stack } = almanacApp({ isProtected: false });
    const template = Template.fromStack(stack);
    expect(resourcesOf(template).filter(({ deletionPolicy }) => deletionPolicy === "Retain")).toEqual([]);
    expect(objectsOf(resourceNamed(template, "AWS::DynamoDB::GlobalTable", "TableName", names.table)["Replicas"])).toEqual([expect.objectContaining({ DeletionProtectionEnabled: false })]);
    expect(stack.terminationProtection).toBe(false);
  });

  test("holds no other stack in place: neither exports nor imports", () => {
    expect(JSON.stringify([records.toJSON(), monitor.toJSON()])).not.toMatch(/Fn::ImportValue|"Export"|Fn::GetStackOutput/);
  });
});

test("the alerts topic is standard, encrypted, signs by SHA-256, and takes nothing without TLS", () => {
  const topic = resourceNamed(records, "AWS::SNS::Topic", "TopicName", names.alertsTopic);
  expect(topic).toMatchObject({ KmsMasterKeyId: "alias/aws/sns", SignatureVersion: "2" });
  // SNS puts it in front of every SMS, of which an alert leaves room for so many characters.
  expect(topic["DisplayName"]).toMatch(/^[A-Za-z]{1,10}$/);
  expect(topic).not.toHaveProperty("FifoTopic");
  const statements = resourcesOf(records, "AWS::SNS::TopicPolicy").flatMap(({ properties }) => objectsOf(objectsOf(properties["PolicyDocument"])[0]?.["Statement"]));
  expect(statements).toEqual([expect.objectContaining({ Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } })]);
});

test("the longest stage has a bucket that S3 can name, in the region with the longest name", () => {
  const stage = "a-stage-of-20-letter";
  expect(isStageName(stage)).toBe(true);
  expect(stageNames(stage).bucket("123456789012", "ap-northeast-1").length).toBeLessThanOrEqual(63);
});

test.each(["", "Prod", "-a", "a-", "a_b", "a b", "a".repeat(21), "test-records"])("no stage is called %j", (stage) => expect(() => stageNames(stage)).toThrow("cannot be the name of a stage"));
