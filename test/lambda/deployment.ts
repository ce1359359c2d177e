import { type Resource, resolver, type Template } from "./intrinsics.ts";
import { entriesOf, inside, isObject, objectsOf, type Properties, textOf, textsOf } from "./json.ts";
import type { Statement } from "./policy.ts";

/** A function as the templates have it, with every name written out. */
export interface FunctionOf {
  /** Without the stage, such as plan. */
  readonly short: string;
  readonly name: string;
  readonly handler: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
  /** Of its role. */
  readonly statements: readonly Statement[];
  /** The queue that Lambda feeds to it; of several, the first. */
  readonly fed: Fed | undefined;
  /** All of them. */
  readonly feeds: readonly Fed[];
}

/** How a queue is fed to a function. */
interface Fed {
  readonly queue: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
}

/** A queue with the attributes that SQS takes. */
interface QueueOf {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a stage deploys, as far as the functions meet it. */
export interface Deployment {
  readonly functions: readonly FunctionOf[];
  readonly queues: readonly QueueOf[];
  readonly topics: readonly string[];
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
}

function statementOf(statement: Properties): Statement {
  const conditions = entriesOf(statement["Condition"]).map(([operator, keys]) => [operator, Object.fromEntries(entriesOf(keys).map(([key, values]) => [key, textsOf(values)]))]);
  if ("NotAction" in statement || "NotResource" in statement) throw new Error("a policy says what it does not mean (NotAction, NotResource): write out what it means");
  return { effect: statement["Effect"] === "Deny" ? "Deny" : "Allow", actions: textsOf(statement["Action"]), resources: textsOf(statement["Resource"]), conditions: Object.fromEntries(conditions) };
}

/** Reads a deployment from the templates of its stacks; parameters that have no default are given. */
export function deploymentOf(templates: readonly Template[], parameters: Readonly<Record<string, string>>): Deployment {
  const parts = templates.map((template) => readTemplate(template, parameters));
  return {
    functions: parts.flatMap(({ functions }) => functions),
    queues: parts.flatMap(({ queues }) => queues),
    topics: parts.flatMap(({ topics }) => topics),
    tables: parts.flatMap(({ tables }) => tables),
    buckets: parts.flatMap(({ buckets }) => buckets),
  };
}

function readTemplate(template: Template, parameters: Readonly<Record<string, string>>): Deployment {
  const resolve = resolver(template, parameters);
  const written = (resource: Resource): Properties => {
    const properties = resolve(resource.Properties ?? {});
    return isObject(properties) ? properties : {};
  };
  const all = (type: string): Resource[] => Object.values(template.Resources).filter(({ Type }) => Type === type);
  const names = (type: string, name: string): string[] => all(type).map((resource) => textOf(written(resource)[name]));
  return {
    functions: all("AWS::Lambda::Function").map((resource) => functionOf(template, written, resource)),
    queues: all("AWS::SQS::Queue").map((resource) => queueOf(written(resource))),
    topics: names("AWS::SNS::Topic", "TopicName"),
    tables: names("AWS::DynamoDB::GlobalTable", "TableName"),
    buckets: names("AWS::S3::Bucket", "BucketName"),
  };
}

/** The logical id of the role that a resource names, whose own attributes are only known to AWS. */
function roleOf(value: unknown): string {
  const [reference] = objectsOf(value);
  const [target = ""] = textsOf(reference?.["Fn::GetAtt"] ?? reference?.["Ref"]);
  return target;
}

function statementsOf({ Resources }: Template, resolve: (resource: Resource) => Properties, role: string): Statement[] {
  const own = Resources[role];
  if (own?.Properties?.["ManagedPolicyArns"] !== undefined) throw new Error(`the role ${role} has managed policies, whose statements are not in the template: write out what it needs`);
  const inline = own ? objectsOf(own.Properties?.["Policies"]) : [];
  const attached = Object.values(Resources).filter(({ Type, Properties }) => Type === "AWS::IAM::Policy" && objectsOf(Properties?.["Roles"]).some((reference) => roleOf(reference) === role));
  const documents = [...inline, ...attached.map(({ Properties }) => Properties ?? {})].map(({ PolicyDocument }) => resolve({ Type: "document", Properties: isObject(PolicyDocument) ? PolicyDocument : {} }));
  return documents.flatMap(({ Statement: statements }) => objectsOf(statements).map(statementOf));
}

function functionOf(template: Template, written: (resource: Resource) => Properties, resource: Resource): FunctionOf {
  const { Role, ...properties } = resource.Properties ?? {};
  const { FunctionName, Handler, Runtime, Environment, Timeout, MemorySize } = written({ ...resource, Properties: { ...properties, Code: {} } });
  const name = textOf(FunctionName);
  const environment = Object.fromEntries(entriesOf(inside(Environment, "Variables")).map(([key, value]) => [key, textOf(value)]));
  const feeds = Object.values(template.Resources)
    .filter(({ Type }) => Type === "AWS::Lambda::EventSourceMapping")
    .map(written)
    .filter((mapping) => mapping["FunctionName"] === name)
    .map(({ EventSourceArn, BatchSize, FunctionResponseTypes }): Fed => ({ queue: textOf(EventSourceArn).split(":").at(-1) ?? "", batchSize: Number(BatchSize), reportsFailures: textsOf(FunctionResponseTypes).includes("ReportBatchItemFailures") }));
  return {
    short: name.split("-").at(-1) ?? name,
    name,
    handler: textOf(Handler),
    runtime: textOf(Runtime),
    environment,
    timeoutMs: Number(Timeout) * 1000,
    memoryMegabytes: Number(MemorySize),
    statements: statementsOf(template, written, roleOf(Role)),
    fed: feeds[0],
    feeds,
  };
}

/** CloudFormation and SQS call a queue's attributes the same. */
function queueOf({ QueueName, Tags: _tags, ...properties }: Properties): QueueOf {
  const attributes = Object.entries(properties).map(([key, value]) => [key, textOf(value)]);
  return { name: textOf(QueueName), attributes: Object.fromEntries(attributes) };
}
