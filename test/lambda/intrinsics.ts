import { isObject, textOf, textsOf } from "./json.ts";
import { account, region } from "./sandbox.ts";

/** A resource of a template, as CloudFormation reads it. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** As much of a synthesized template as is looked at here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

/** In place of a property that a template leaves out. */
const noValue = Symbol("AWS::NoValue");

const pseudo: Readonly<Record<string, string>> = {
  "AWS::AccountId": account,
  "AWS::Partition": "aws",
  "AWS::Region": region,
  "AWS::URLSuffix": "amazonaws.com",
};

/** What the physical name of each type of resource is called, and the ARN that it makes. Every such resource of ours has a name. */
const named: Readonly<Record<string, { readonly name: string; readonly arn: (name: string) => string }>> = {
  "AWS::DynamoDB::GlobalTable": { name: "TableName", arn: (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}` },
  "AWS::Lambda::Function": { name: "FunctionName", arn: (name) => `arn:aws:lambda:${region}:${account}:function:${name}` },
  "AWS::Logs::LogGroup": { name: "LogGroupName", arn: (name) => `arn:aws:logs:${region}:${account}:log-group:${name}:*` },
  "AWS::S3::Bucket": { name: "BucketName", arn: (name) => `arn:aws:s3:::${name}` },
  "AWS::SNS::Topic": { name: "TopicName", arn: (name) => `arn:aws:sns:${region}:${account}:${name}` },
  "AWS::SQS::Queue": { name: "QueueName", arn: (name) => `arn:aws:sqs:${region}:${account}:${name}` },
};

/** The address of a queue, as SQS gives it. */
function queueUrlOf(name: string): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

/** Writes out what a template only refers to, as CloudFormation does when it deploys. Throws for what it does not know. */
export function resolver(template: Template, parameters: Readonly<Record<string, string>>): (value: unknown) => unknown {
  function resource(id: string): { type: string; name: string; arn: string } {
    const found = template.Resources[id];
    const form = found && named[found.Type];
    const name = form && resolve(found.Properties?.[form.name]);
    if (!form || typeof name !== "string") throw new Error(`the template refers to ${id}, ${found?.Type ?? "which it does not have"}: its name is not known here`);
    return { type: found.Type, name, arn: form.arn(name) };
  }
  function reference(id: string): string | symbol {
    if (id === "AWS::NoValue") return noValue;
    const known = pseudo[id] ?? parameters[id] ?? template.Parameters?.[id]?.Default;
    if (known !== undefined) return textOf(known);
    const { type, name, arn } = resource(id);
    if (type === "AWS::SQS::Queue") return queueUrlOf(name);
    return type === "AWS::SNS::Topic" ? arn : name;
  }
  function attribute([id = "", name = ""]: readonly string[]): string {
    if (name === "Arn" || name === "TopicArn") return resource(id).arn;
    if (name === "QueueName" || name === "TopicName") return resource(id).name;
    throw new Error(`the template asks for ${id}.${name}, which is not known here`);
  }
  function call(name: string, argument: unknown): unknown {
    if (name === "Ref") return reference(textOf(argument));
    if (name === "Fn::GetAtt") return attribute(Array.isArray(argument) ? textsOf(argument) : textOf(argument).split("."));
    if (name === "Fn::If" && Array.isArray(argument)) return resolve(resolve(template.Conditions?.[textOf(argument[0])]) === true ? argument[1] : argument[2]);
    const resolved = resolve(argument);
    if (name === "Fn::Equals" && Array.isArray(resolved)) return resolved[0] === resolved[1];
    if (name === "Fn::Not" && Array.isArray(resolved)) return resolved[0] !== true;
    if (name === "Fn::Join" && Array.isArray(resolved) && Array.isArray(resolved[1])) return textsOf(resolved[1]).join(textOf(resolved[0]));
    if (name === "Fn::Sub" && typeof resolved === "string") return resolved.replace(/\$\{([^}]+)\}/g, (_, id: string) => String(id.includes(".") ? attribute(id.split(".")) : reference(id)));
    throw new Error(`the template uses ${name}, which is not known here`);
  }
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((one) => one !== noValue);
    if (!isObject(value)) return value;
    const [[name, argument] = ["", undefined], ...more] = Object.entries(value);
    if (more.length === 0 && (name === "Ref" || name.startsWith("Fn::"))) return call(name, argument);
    const properties = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
    return Object.fromEntries(properties.filter(([, inner]) => inner !== noValue));
  }
  return resolve;
}
