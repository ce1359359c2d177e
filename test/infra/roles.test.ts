import { describe, expect, test } from "vitest";
import { functionNames } from "../../shared/stage.ts";
import { deploymentOf, type FunctionOf } from "../lambda/deployment.ts";
import { inside, objectsOf } from "../lambda/json.ts";
import { allows, type Statement } from "../lambda/policy.ts";
import { account, region } from "../lambda/sandbox.ts";
import { resourcesOf } from "./resources.ts";
import { monitor, names, parameters, records, templates } from "./template.ts";

const { functions } = deploymentOf(templates, parameters);
const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
const table = arn("dynamodb", `table/${names.table}`);

function statementsOf(short: FunctionOf["short"]): readonly Statement[] {
  return functions.find((one) => one.short === short)?.statements ?? [];
}

function may(short: FunctionOf["short"], action: string, resource: string, partition?: string): boolean {
  return allows(statementsOf(short), { caller: short, action, resource, context: partition === undefined ? {} : { "dynamodb:LeadingKeys": [partition] } });
}

/** Who may do something, in the order of the functions' names. */
function who(action: string, resource: string, partition?: string): string[] {
  return functionNames.filter((name) => may(name, action, resource, partition)).toSorted();
}

describe("every role", () => {
  const policies = resourcesOf(monitor, "AWS::IAM::Role").flatMap(({ properties }) => objectsOf(properties["Policies"]).flatMap((policy) => objectsOf(inside(policy, "PolicyDocument", "Statement"))));

  test("is written out in the role itself, and AWS's own policies are not used", () => {
    expect(resourcesOf(monitor, "AWS::IAM::Policy")).toEqual([]);
    expect(resourcesOf(monitor, "AWS::IAM::Role").filter(({ properties }) => "ManagedPolicyArns" in properties)).toEqual([]);
    expect(resourcesOf(records).filter(({ type }) => type.startsWith("AWS::IAM::"))).toEqual([]);
  });

  test("has a name for every statement, and no action with a star", () => {
    expect(policies.filter(({ Sid }) => Sid === undefined)).toEqual([]);
    expect(policies.filter(({ Action }) => JSON.stringify(Action).includes("*"))).toEqual([]);
  });

  test("has a star in a resource only for the streams of its own log, which Lambda names, for evidence, which its hash names, and for the files for readers, which years name", () => {
    for (const { short, statements } of functions) {
      const open = statements.flatMap(({ resources }) => resources).filter((resource) => resource.includes("*"));
      const evidence = short === "compare" || short === "site" ? [`arn:aws:s3:::${names.bucket(account, region)}/evidence/*`] : [];
      const readers = short === "watch" || short === "site" ? [`arn:aws:s3:::${names.bucket(account, region)}/readers/*`] : [];
      expect({ short, open }).toEqual({ short, open: [...evidence, ...readers, arn("logs", `log-group:/aws/lambda/${names.monitorStack}-${short}:log-stream:*`)] });
    }
  });

  test("of the scheduler starts one function of this account, and can be used by this stage's schedules alone", () => {
    const roles = resourcesOf(monitor, "AWS::IAM::Role").filter(({ properties }) => JSON.stringify(properties["AssumeRolePolicyDocument"]).includes("scheduler.amazonaws.com"));
    expect(roles).toHaveLength(3);
    for (const { properties } of roles) {
      expect(JSON.stringify(properties["AssumeRolePolicyDocument"])).toContain(`schedule-group/${names.monitorStack}`);
      expect(JSON.stringify(properties["AssumeRolePolicyDocument"])).toContain("aws:SourceAccount");
    }
  });
});

describe("who may do what", () => {
  test("poll, which reads what strangers write, sees no subscriber; those see them who plan and send what is for one alone", () => {
    for (const action of ["GetItem", "Query", "PutItem"]) expect(who(`dynamodb:${action}`, table, "SUBSCRIPTIONS")).toEqual(["notify", "watch"]);
  });
  test("the site, which everybody reaches, changes nothing, sends nothing, and sees neither subscribers nor alerts", () => {
    for (const partition of ["ITEM#a", "SERIES#a", "SOURCE#a", "ALERT#a", "INSTALL", "PLAN", "WATCH", "SUBSCRIPTIONS"]) expect(may("site", "dynamodb:PutItem", table, partition)).toBe(false);
    for (const action of ["GetItem", "BatchGetItem", "Query"]) for (const partition of ["SUBSCRIPTIONS", "ALERT#a"]) expect(may("site", `dynamodb:${action}`, table, partition)).toBe(false);
    const actions = statementsOf("site").flatMap(({ actions: all }) => all);
    expect([...new Set(actions)].toSorted()).toEqual(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "logs:CreateLogStream", "logs:PutLogEvents", "s3:GetObject"]);
  });
  test("nobody scans the table or deletes from it", () => {
    for (const action of ["Scan", "DeleteItem", "PartiQLSelect"]) expect(who(`dynamodb:${action}`, table, "SUBSCRIPTIONS")).toEqual([]);
  });
  test("plan writes down how far it came, and nothing else", () => {
    expect(who("dynamodb:PutItem", table, "PLAN")).toEqual(["plan"]);
    for (const partition of ["ITEM#a", "SERIES#a", "SOURCE#a", "ALERT#a", "INSTALL"]) expect(may("plan", "dynamodb:PutItem", table, partition)).toBe(false);
  });
  test("poll looks up what is read, and the site what it shows", () => expect(who("dynamodb:BatchGetItem", table, "ITEM#a")).toEqual(["poll", "site"]));
  test("poll and notify change what is read, and watch changes only where series stand, and what it notes itself", () => {
    for (const partition of ["ITEM#a", "SOURCE#a"]) expect(who("dynamodb:PutItem", table, partition)).toEqual(["notify", "poll"]);
    expect(who("dynamodb:PutItem", table, "SERIES#a")).toEqual(["compare", "notify", "poll", "watch"]);
    expect(who("dynamodb:PutItem", table, "WATCH")).toEqual(["notify", "watch"]);
  });
  test("notify alone writes down what was sent, and publishes, to the alerts topic alone", () => {
    expect(who("dynamodb:PutItem", table, "ALERT#a")).toEqual(["notify"]);
    expect(who("sns:Publish", arn("sns", names.alertsTopic))).toEqual(["notify"]);
    expect(who("sns:Publish", arn("sns", names.operatorTopic))).toEqual([]);
  });
  test.each([
    ["owed", ["watch"]],
    ["deviating", ["compare", "plan", "watch"]],
    ["month", ["notify", "site", "watch"]],
    ["series", ["site"]],
  ])("the index %s is asked by %j", (index, callers) => expect(who("dynamodb:Query", `${table}/index/${index}`)).toEqual(callers));
  test.each([
    [names.pollQueue, ["plan", "poll"]],
    [names.notifyQueue, ["compare", "poll", "watch"]],
    [names.deadQueue, ["compare", "plan", "watch"]],
    [names.pollDeadQueue, []],
    [names.notifyDeadQueue, []],
    [names.undeliveredQueue, []],
  ])("%s is sent to by %j", (queue, callers) => expect(who("sqs:SendMessage", arn("sqs", queue))).toEqual(callers));
  test("all read the catalogue, compare alone keeps evidence, the site reads it too, and nobody deletes any", () => {
    const bucket = `arn:aws:s3:::${names.bucket(account, region)}`;
    expect(who("s3:GetObject", `${bucket}/catalogue/current.json`)).toEqual(functionNames.toSorted());
    expect(who("s3:GetObject", `${bucket}/evidence/a`)).toEqual(["compare", "site"]);
    expect(who("s3:PutObject", `${bucket}/evidence/a`)).toEqual(["compare"]);
    for (const place of ["evidence/a", "catalogue/current.json", "readers/items.json"]) expect(who("s3:DeleteObject", `${bucket}/${place}`)).toEqual([]);
    expect(who("s3:PutObject", `${bucket}/catalogue/current.json`)).toEqual([]);
  });
  test("watch alone makes the files for readers, and the site reads them", () => {
    const file = `arn:aws:s3:::${names.bucket(account, region)}/readers/items-2026.json`;
    expect([who("s3:PutObject", file), who("s3:GetObject", file)]).toEqual([["watch"], ["site", "watch"]]);
  });
});
