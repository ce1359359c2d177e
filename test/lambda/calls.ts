import type { IncomingMessage } from "node:http";
import { inside, isObject, type Properties } from "./json.ts";
import { account, region } from "./sandbox.ts";

const services = ["dynamodb", "sqs", "sns", "s3"] as const;
export type Service = (typeof services)[number];

/** A call to AWS, as IAM sees it. */
export interface Call {
  /** Whose credentials signed it: a function's name. */
  readonly caller: string;
  /** An IAM action, such as dynamodb:PutItem. */
  readonly action: string;
  readonly resource: string;
  /** What conditions may look at, by the names of their keys. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

type Headers = Pick<IncomingMessage, "headers">;

function credentialOf({ headers }: Headers): { caller: string; service: Service } {
  const [, caller = "", name] = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const service = services.find((known) => known === name);
  if (!service) throw new Error(`a request to AWS has no signature that could be read: ${headers.authorization}`);
  return { caller, service };
}

/** The service that a request was signed for. */
export function serviceOf(asked: Headers): Service {
  return credentialOf(asked).service;
}

/** The calls that are in one request: a batch may be to several resources. Throws where it is none that is known. */
export function callsIn(asked: Pick<IncomingMessage, "headers" | "method" | "url">, body: string): Call[] {
  const { caller, service } = credentialOf(asked);
  const found = { dynamodb: () => tableCalls(targetOf(asked), objectIn(body)), sqs: () => [queueCall(targetOf(asked), objectIn(body))], sns: () => [topicCall(new URLSearchParams(body))], s3: () => [bucketCall(asked)] }[service]();
  return found.map((call) => ({ caller, context: {}, ...call }));
}

type Found = Omit<Call, "caller" | "context"> & Partial<Pick<Call, "context">>;

/** The operation that AWS's JSON protocol names in a header. */
function targetOf({ headers }: Headers): string {
  const target = headers["x-amz-target"];
  const operation = typeof target === "string" ? target.split(".").at(-1) : undefined;
  if (operation === undefined) throw new Error("a request to AWS names no operation");
  return operation;
}

function objectIn(body: string): Properties {
  const value: unknown = JSON.parse(body);
  if (!isObject(value)) throw new Error(`a request to AWS is no object: ${body}`);
  return value;
}

function textAt(value: unknown, ...names: readonly string[]): string {
  const text = inside(value, ...names);
  if (typeof text !== "string") throw new Error(`a request to AWS has no ${names.join(".")}: ${JSON.stringify(value)}`);
  return text;
}

function tableCall(operation: string, table: string, keys: readonly string[], index?: unknown): Found {
  const place = `arn:aws:dynamodb:${region}:${account}:table/${table}`;
  const resource = typeof index === "string" ? `${place}/index/${index}` : place;
  return { action: `dynamodb:${operation}`, resource, context: { "dynamodb:LeadingKeys": [...new Set(keys)].sort() } };
}

/** The partition that a query asks for, whatever its attribute is called. */
function queriedKey(input: Properties): string {
  const [, value = ""] = /^#?\w+ = (:\w+)/.exec(textAt(input, "KeyConditionExpression")) ?? [];
  return textAt(input, "ExpressionAttributeValues", value, "S");
}

/** The partition of one member of a batch: a key to be read, a record to be put, or a key to be deleted. */
function batchKey(member: unknown): string {
  const record = inside(member, "PutRequest", "Item") ?? inside(member, "DeleteRequest", "Key") ?? member;
  return textAt(record, "pk", "S");
}

function tableCalls(operation: string, input: Properties): Found[] {
  const batches = input["RequestItems"];
  if (isObject(batches))
    return Object.entries(batches).map(([table, batch]) => {
      const members = Array.isArray(batch) ? batch : inside(batch, "Keys");
      if (!Array.isArray(members)) throw new Error(`a ${operation} names no keys`);
      return tableCall(operation, table, members.map(batchKey));
    });
  const keys = operation === "Query" ? [queriedKey(input)] : [inside(input, "Item", "pk", "S"), inside(input, "Key", "pk", "S")].filter((key) => typeof key === "string");
  return [tableCall(operation, textAt(input, "TableName"), keys, input["IndexName"])];
}

/** Batches need the same permission as single calls. */
function queueCall(operation: string, input: Properties): Found {
  const name = textAt(input, "QueueUrl").split("/").at(-1) ?? "";
  return { action: `sqs:${operation.replace(/Batch$/, "")}`, resource: `arn:aws:sqs:${region}:${account}:${name}` };
}

function topicCall(form: URLSearchParams): Found {
  return { action: `sns:${(form.get("Action") ?? "").replace(/Batch$/, "")}`, resource: form.get("TopicArn") ?? "" };
}

/** S3 has no operations: method and path say what is meant. Only what a function may need is known here. */
function bucketCall({ method = "", url = "" }: Pick<IncomingMessage, "method" | "url">): Found {
  const { pathname } = new URL(url, "http://bucket");
  const action = { GET: "s3:GetObject", HEAD: "s3:GetObject", PUT: "s3:PutObject" }[method];
  if (action === undefined || pathname.split("/").length < 3) throw new Error(`a request to S3 that is not known: ${method} ${url}`);
  return { action, resource: `arn:aws:s3:::${decodeURIComponent(pathname.slice(1))}` };
}
