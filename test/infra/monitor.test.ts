import { Template } from "aws-cdk-lib/assertions";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addChecks } from "../../infra/checks.ts";
import { functionNames } from "../../shared/stage.ts";
import { deploymentOf } from "../lambda/deployment.ts";
import { inside, objectsOf, textOf, textsOf } from "../lambda/json.ts";
import { resourceNamed, resourcesOf } from "./resources.ts";
import { almanacApp, mailSettings, monitor, names, parameters, records, templates } from "./template.ts";

const { functions, queues } = deploymentOf(templates, parameters);
const queueNamed = (name: string) => queues.find((queue) => queue.name === name)?.attributes ?? {};

test("nothing goes against AWS's advice (cdk-nag) or CloudFormation's rules but what is acknowledged, not even with a warning", () => {
  const { app } = almanacApp({ isChecked: true, mail: mailSettings });
  addChecks(app);
  const { directory } = app.synth();
  expect(JSON.parse(readFileSync(join(directory, "validation-report.json"), "utf8"))).toMatchObject({ pluginReports: [] });
}, 120_000);

describe("functions", () => {
  const all = resourcesOf(monitor, "AWS::Lambda::Function");

  test("are ours, and no other", () => {
    expect(all.map(({ properties }) => properties["FunctionName"])).toEqual(expect.arrayContaining(functionNames.map((name) => names.function(name))));
    expect(all).toHaveLength(functionNames.length);
    expect([...resourcesOf(records), ...resourcesOf(monitor)].filter(({ type }) => type.startsWith("Custom::"))).toEqual([]);
  });

  test("are called in the template what people call them", () => expect(all.map(({ id }) => id).toSorted()).toEqual(["Compare", "Notify", "Plan", "Poll", "Site", "Watch"]));

  test.each(functionNames)("%s runs on Node 24 and ARM64, logs JSON that keeps its metrics, and reserves no concurrency", (name) => {
    const properties = resourceNamed(monitor, "AWS::Lambda::Function", "FunctionName", names.function(name));
    expect(properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
    expect(properties["LoggingConfig"]).toMatchObject({ LogFormat: "JSON", SystemLogLevel: "WARN", ApplicationLogLevel: "INFO" });
    expect(properties).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  test.each(functionNames)("%s has a log of its name that is kept for 30 days", (name) => {
    const { id } = resourcesOf(monitor, "AWS::Logs::LogGroup").find(({ properties }) => properties["LogGroupName"] === names.logGroup(name)) ?? {};
    expect(resourceNamed(monitor, "AWS::Logs::LogGroup", "LogGroupName", names.logGroup(name))).toMatchObject({ RetentionInDays: 30 });
    expect(inside(resourceNamed(monitor, "AWS::Lambda::Function", "FunctionName", names.function(name)), "LoggingConfig", "LogGroup")).toEqual({ Ref: id });
  });

  test("poll and compare are told whom publishers can reach, notify whom readers can, and poll alone the credentials of sources", () => {
    const told = functions.filter(({ environment }) => "ALMANAC_CONTACT" in environment || "RELIEFWEB_APPNAME" in environment);
    expect(told.map(({ short, environment }) => [short, environment["ALMANAC_CONTACT"], environment["RELIEFWEB_APPNAME"]])).toEqual([
      ["notify", parameters.ContactAddress, undefined],
      ["poll", parameters.ContactAddress, parameters.ReliefwebAppname],
      ["compare", parameters.ContactAddress, undefined],
    ]);
  });

  test("a credential that was not given is no variable", () => {
    const { functions: without } = deploymentOf(templates, { ContactAddress: parameters.ContactAddress });
    expect(without.flatMap(({ environment }) => Object.keys(environment))).not.toContain("RELIEFWEB_APPNAME");
  });
});

describe("schedules", () => {
  test.each([
    ["plan", "cron(0/1 * * * ? *)"],
    ["watch", "cron(0/10 * * * ? *)"],
    ["compare", "cron(0/10 * * * ? *)"],
  ] as const)("%s is started at %s, on the minute, with the time that was meant", (name, expression) => {
    const schedule = resourceNamed(monitor, "AWS::Scheduler::Schedule", "Name", names.function(name));
    expect(schedule).toMatchObject({ ScheduleExpression: expression, FlexibleTimeWindow: { Mode: "OFF" } });
    expect(JSON.parse(textsOf(inside(schedule, "Target", "Input"))[0] ?? "")).toEqual({ scheduled: "<aws.scheduler.scheduled-time>" });
  });

  test("a start that fails is tried once more within a minute, and then kept", () => {
    const [dead] = resourcesOf(monitor, "AWS::SQS::Queue").filter(({ properties }) => properties["QueueName"] === names.deadQueue);
    for (const { properties } of resourcesOf(monitor, "AWS::Scheduler::Schedule")) {
      expect(properties["Target"]).toMatchObject({ RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: { "Fn::GetAtt": [dead?.id, "Arn"] } } });
    }
  });

  test("Lambda itself tries none again, and keeps what failed", () => {
    const configurations = resourcesOf(monitor, "AWS::Lambda::EventInvokeConfig").map(({ properties }) => properties);
    expect(configurations.map(({ FunctionName }) => FunctionName)).toEqual(expect.arrayContaining([{ Ref: "Plan" }, { Ref: "Watch" }, { Ref: "Compare" }]));
    for (const configuration of configurations) expect(configuration).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: {} } });
  });
});

describe("queues", () => {
  const dead = queues.map(({ name }) => name).filter((name) => /-(dead|undelivered)(\.fifo)?$/.test(name));
  const living = queues.map(({ name }) => name).filter((name) => !dead.includes(name));

  test.each(living)("%s has a dead-letter queue of its own kind", (name) => {
    const target: unknown = JSON.parse(queueNamed(name)["RedrivePolicy"] ?? "{}").deadLetterTargetArn;
    expect(textOf(target).split(":").at(-1)).toBe(name.replace(".fifo", "-dead.fifo"));
    expect(dead).toContain(name.replace(".fifo", "-dead.fifo"));
  });

  test.each(dead)("%s keeps what it gets for 14 days", (name) => expect(queueNamed(name)["MessageRetentionPeriod"]).toBe("1209600"));

  test("are encrypted and take nothing without TLS", () => {
    for (const { attributes } of queues) expect(attributes["SqsManagedSseEnabled"]).toBe("true");
    const guarded = [records, monitor].flatMap((stack) => resourcesOf(stack, "AWS::SQS::QueuePolicy")).filter(({ properties }) => JSON.stringify(properties).includes('"aws:SecureTransport":"false"'));
    expect(guarded).toHaveLength(queues.length);
  });

  test.each(functions.filter(({ fed }) => fed).map(({ short }) => short))("the queue of %s is ordered, never deduplicated by content, and hides a message for six timeouts", (short) => {
    const { fed, timeoutMs = 0 } = functions.find((one) => one.short === short) ?? {};
    expect(fed).toMatchObject({ batchSize: 10, reportsFailures: true });
    const attributes = queueNamed(fed?.queue ?? "");
    expect(attributes).toMatchObject({ FifoQueue: "true", ContentBasedDeduplication: "false" });
    expect(Number(attributes["VisibilityTimeout"])).toBeGreaterThanOrEqual((6 * timeoutMs) / 1000);
  });

  test("a poll that fails is given up before it is forgotten", () => {
    const { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } = queueNamed(names.pollQueue);
    expect(Number(MessageRetentionPeriod)).toBe(15 * 60);
    expect(Number(VisibilityTimeout) * Number(JSON.parse(RedrivePolicy ?? "{}").maxReceiveCount)).toBeLessThan(Number(MessageRetentionPeriod));
  });

  test("poll never takes all of the ten functions that a new account may run at once, so that messages are not given up for want of room", () => {
    const mappings = resourcesOf(monitor, "AWS::Lambda::EventSourceMapping").map(({ properties }) => [properties["FunctionName"], properties["ScalingConfig"]]);
    expect(mappings).toEqual(expect.arrayContaining([[{ Ref: "Poll" }, { MaximumConcurrency: 5 }], [{ Ref: "Notify" }, undefined]]));
  });

  test("only poll and notify are fed, and only by their own queue", () => {
    expect(Object.fromEntries(functions.flatMap(({ short, fed }) => (fed ? [[short, fed.queue]] : [])))).toEqual({ notify: names.notifyQueue, poll: names.pollQueue });
  });
});

describe("settings", () => {
  const all: Readonly<Record<string, { readonly Default?: unknown; readonly AllowedPattern?: string; readonly NoEcho?: boolean }>> = monitor.toJSON()["Parameters"];

  test("the contact alone has no default, so that nothing is deployed without one", () => {
    expect(Object.entries(all).filter(([, parameter]) => !("Default" in parameter)).map(([id]) => id)).toEqual(["ContactAddress"]);
  });

  test.each([
    ["desk@example.org", true],
    ["example.org", false],
    ["a b@example.org", false],
    ["", false],
  ])("%j can be the contact: %s", (address, can) => expect(new RegExp(`^(?:${all["ContactAddress"]?.AllowedPattern})$`).test(address)).toBe(can));

  test("credentials are not shown", () => expect(all["ReliefwebAppname"]).toMatchObject({ Default: "", NoEcho: true }));
});

describe("the operator", () => {
  const topic = resourceNamed(monitor, "AWS::SNS::Topic", "TopicName", names.operatorTopic);

  test("hears by a topic to which CloudWatch and Budgets of this account can publish, over TLS", () => {
    expect(topic).not.toHaveProperty("KmsMasterKeyId");
    const policies = resourcesOf(monitor, "AWS::SNS::TopicPolicy");
    // SNS keeps one policy a topic: of two the later would replace the first.
    expect(policies).toHaveLength(1);
    const statements = objectsOf(inside(policies[0]?.properties, "PolicyDocument", "Statement"));
    expect(statements.map(({ Effect, Principal, Action }) => [Effect, Principal, Action])).toEqual([
      ["Deny", "*", "sns:Publish"],
      ["Allow", { Service: "cloudwatch.amazonaws.com" }, "sns:Publish"],
      ["Allow", { Service: "budgets.amazonaws.com" }, "sns:Publish"],
    ]);
    for (const { Condition } of statements.slice(1)) expect(Condition).toMatchObject({ StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } });
  });

  test("is the contact, unless another was named", () => {
    const [subscription] = resourcesOf(monitor, "AWS::SNS::Subscription");
    expect(subscription?.properties).toMatchObject({ Protocol: "email", Endpoint: { "Fn::If": ["HasOperatorAddress", { Ref: "OperatorAddress" }, { Ref: "ContactAddress" }] } });
  });

  test("hears when the month costs more than was planned, or will", () => {
    const [budget] = resourcesOf(monitor, "AWS::Budgets::Budget");
    expect(budget?.properties["Budget"]).toMatchObject({ BudgetLimit: { Amount: { Ref: "MonthlyBudget" }, Unit: "USD" }, TimeUnit: "MONTHLY" });
    expect(budget?.properties["Budget"]).not.toHaveProperty("BudgetName");
    expect(objectsOf(budget?.properties["NotificationsWithSubscribers"]).map((told) => inside(told, "Notification", "NotificationType"))).toEqual(["ACTUAL", "FORECASTED"]);
  });

  test("has no budget where it was asked to have none, not even under a condition", () => {
    const without = Template.fromStack(almanacApp({ hasBudget: false }).monitor);
    expect(resourcesOf(without, "AWS::Budgets::Budget")).toEqual([]);
    expect(resourcesOf(without)).toHaveLength(resourcesOf(monitor).length - 1);
  });
});
