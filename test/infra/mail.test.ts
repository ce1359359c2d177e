import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { stageArguments, cdkArguments } from "../../infra/arguments.ts";
import { UsageError } from "../../shared/fault.ts";
import { deploymentOf } from "../lambda/deployment.ts";
import { inside, objectsOf } from "../lambda/json.ts";
import { allows } from "../lambda/policy.ts";
import { account, region } from "../lambda/sandbox.ts";
import type { Template as Deployed } from "../lambda/intrinsics.ts";
import { resourceNamed, resourcesOf } from "./resources.ts";
import { almanacApp, mailSettings as mail, monitor as withoutMail, names, parameters } from "./template.ts";

const app = almanacApp({ mail });
const [records, monitor] = [Template.fromStack(app.records), Template.fromStack(app.monitor)];
const templates = [records, monitor].map((template): Deployed => ({ Resources: {}, ...template.toJSON() }));
const { functions, queues } = deploymentOf(templates, parameters);
const poll = functions.find(({ short }) => short === "poll");

const may = (action: string, resource: string): string[] => functions.filter(({ short, statements: own }) => allows(own, { caller: short, action, resource, context: {} })).map(({ short }) => short);
const asked = (...words: string[]) => stageArguments("deploy", words);
const fromRule = { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } }, ArnEquals: { "aws:SourceArn": { "Fn::Join": ["", expect.arrayContaining([`:receipt-rule-set/ours:receipt-rule/${names.mail}`])] } } };
const statements = (template: Template, type: string) => resourcesOf(template, type).flatMap(({ properties }) => objectsOf(inside(properties, "PolicyDocument", "Statement")));
const ofService = (template: Template, type: string, service: string) => statements(template, type).filter(({ Principal }) => inside(Principal, "Service") === service);

describe("where mail comes in", () => {
  test("one rule for the address is added to the set that was named, and neither that nor another set is made or made active", () => {
    const rules = resourcesOf(monitor).filter(({ type }) => type.startsWith("AWS::SES::"));
    expect(rules.map(({ type }) => type)).toEqual(["AWS::SES::ReceiptRule"]);
    expect(rules[0]?.properties).toMatchObject({ RuleSetName: "ours", Rule: { Name: names.mail, Enabled: true, Recipients: [mail.address] } });
    const actions = objectsOf(inside(rules[0]?.properties, "Rule", "Actions"));
    // Another action could stop the rules behind it.
    expect(actions.map((action) => Object.keys(action))).toEqual([["S3Action"]]);
    expect(actions[0]?.["S3Action"]).toMatchObject({ ObjectKeyPrefix: "mail/" });
    expect(resourcesOf(monitor).filter(({ type }) => type.startsWith("Custom::"))).toEqual([]);
  });

  test("SES may put mail below its prefix and tell of it, for this rule of this account alone", () => {
    expect(ofService(records, "AWS::S3::BucketPolicy", "ses.amazonaws.com")).toEqual([expect.objectContaining({ Effect: "Allow", Action: "s3:PutObject", Condition: fromRule, Resource: { "Fn::Join": ["", expect.arrayContaining(["/mail/*"])] } })]);
    expect(ofService(monitor, "AWS::SNS::TopicPolicy", "ses.amazonaws.com")).toEqual([expect.objectContaining({ Effect: "Allow", Action: "sns:Publish", Condition: fromRule })]);
  });

  test("the topic alone sends to the queue, the message as it is", () => {
    const [subscription] = resourcesOf(monitor, "AWS::SNS::Subscription").filter(({ properties }) => properties["Protocol"] === "sqs");
    expect(subscription?.properties).toMatchObject({ RawMessageDelivery: true });
    const [topic] = resourcesOf(monitor, "AWS::SNS::Topic").filter(({ properties }) => properties["TopicName"] === names.mail);
    expect(ofService(monitor, "AWS::SQS::QueuePolicy", "sns.amazonaws.com")).toEqual([expect.objectContaining({ Action: "sqs:SendMessage", Condition: { ArnEquals: { "aws:SourceArn": { Ref: topic?.id } } } })]);
  });

  test("a mail is tried for a day, and then kept where an alarm looks", () => {
    const attributes = queues.find(({ name }) => name === names.mail)?.attributes ?? {};
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(attributes["RedrivePolicy"] ?? "{}");
    expect(String(deadLetterTargetArn).split(":").at(-1)).toBe(names.deadQueue);
    expect(maxReceiveCount * Number(attributes["VisibilityTimeout"])).toBeGreaterThan(24 * 60 * 60);
    expect(maxReceiveCount * Number(attributes["VisibilityTimeout"])).toBeLessThan(Number(attributes["MessageRetentionPeriod"]));
    expect(attributes).toMatchObject({ SqsManagedSseEnabled: "true" });
  });

  test("poll is fed one mail at a time, and may read mail and nothing else that is new", () => {
    const mappings = resourcesOf(monitor, "AWS::Lambda::EventSourceMapping").filter(({ properties }) => properties["BatchSize"] === 1);
    expect(mappings.map(({ properties }) => properties)).toMatchObject([{ FunctionName: { Ref: "Poll" }, FunctionResponseTypes: ["ReportBatchItemFailures"], ScalingConfig: { MaximumConcurrency: 2 } }]);
    expect(poll?.environment["MAIL_QUEUE_ARN"]).toBe(`arn:aws:sqs:${region}:${account}:${names.mail}`);
    const bucket = `arn:aws:s3:::${names.bucket(account, region)}`;
    expect(may("s3:GetObject", `${bucket}/mail/a`)).toEqual(["poll"]);
    for (const action of ["s3:PutObject", "s3:DeleteObject"]) expect(may(action, `${bucket}/mail/a`)).toEqual([]);
    expect(may("s3:GetObject", `${bucket}/evidence/a`)).not.toContain("poll");
    expect(may("sqs:ReceiveMessage", `arn:aws:sqs:${region}:${account}:${names.mail}`)).toEqual(["poll"]);
  });

  test("mail is kept for 90 days, of files for readers what they were for a day, and evidence and catalogue for ever", () => {
    const [bucket] = resourcesOf(records, "AWS::S3::Bucket");
    expect(objectsOf(inside(bucket?.properties, "LifecycleConfiguration", "Rules"))).toEqual([expect.objectContaining({ Prefix: "readers/" }), expect.objectContaining({ Prefix: "mail/", ExpirationInDays: 90, Status: "Enabled" })]);
  });

  test("all of it is left out unless it was asked for", () => {
    expect(resourcesOf(withoutMail).filter(({ type, properties }) => type.startsWith("AWS::SES::") || JSON.stringify(properties).includes(names.mail))).toEqual([]);
    expect(resourceNamed(withoutMail, "AWS::Lambda::Function", "FunctionName", names.function("poll"))).not.toHaveProperty("Environment.Variables.MAIL_QUEUE_ARN");
  });
});

describe("deploying with mail", () => {
  test("is told to the cdk command", () => expect(cdkArguments(asked("--mail", mail.address, "--mail-rules", "ours"))).toEqual(["-c", "stage=prod", "-c", `mail=${mail.address}`, "-c", "mailRules=ours"]));
  test("is not asked for unless it is", () => expect(asked().mail).toBeUndefined());

  test.each([
    [["--mail", "almanac@mail.example.org"], "--mail needs --mail-rules as well: the name of the rule set of SES that is active in the account"],
    [["--mail-rules", "ours"], "--mail takes the address that publishers write to"],
    [["--mail", "Almanac@mail.example.org", "--mail-rules", "ours"], "in small letters"],
    [["--mail", "mail.example.org", "--mail-rules", "ours"], "--mail takes the address"],
    [["--mail", "a@b.example", "--mail-rules", "our rules"], "--mail needs --mail-rules as well"],
  ])("%j is refused: %s", (words, says) => {
    expect(() => asked(...words)).toThrow(UsageError);
    expect(() => asked(...words)).toThrow(says);
  });
});
