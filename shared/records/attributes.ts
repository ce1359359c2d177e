import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** A record as DynamoDB holds it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * A record's attributes. What is undefined is left out, and so is an empty set, which DynamoDB does not know.
 * Throws on a value that the table cannot hold, such as a date or NaN.
 */
export function toAttributes(record: object): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(record)) {
    const attribute = toAttribute(value, name);
    if (attribute) attributes[name] = attribute;
  }
  return attributes;
}

/** The record that the attributes hold; a string set is a Set. */
export function fromAttributes(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fromAttribute(value)]));
}

function toAttribute(value: unknown, name: string): AttributeValue | undefined {
  if (value === undefined) return undefined;
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "boolean") return { BOOL: value };
  if (typeof value === "number" && Number.isFinite(value)) return { N: String(value) };
  if (value instanceof Set) return toStringSet(value, name);
  if (Array.isArray(value)) return { L: value.flatMap((member: unknown) => toAttribute(member, name) ?? []) };
  if (typeof value === "object" && isPlain(value)) return { M: toAttributes(value) };
  throw new TypeError(`The table holds text, finite numbers, booleans, null, lists, sets of text and plain objects; "${name}" is none of these.`);
}

function toStringSet(set: ReadonlySet<unknown>, name: string): AttributeValue | undefined {
  const members = [...set].filter((member) => typeof member === "string");
  if (members.length < set.size) throw new TypeError(`The table holds sets of text alone; "${name}" has another member.`);
  return members.length === 0 ? undefined : { SS: members };
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function fromAttribute(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.SS !== undefined) return new Set(value.SS);
  if (value.L !== undefined) return value.L.map(fromAttribute);
  if (value.M !== undefined) return fromAttributes(value.M);
  throw new TypeError(`The table gave a value of a type that no record has: ${Object.keys(value).join(", ")}.`);
}

/** What DynamoDB counts against its 400 KB a record, in bytes: names and values, text as UTF-8. */
export function sizeBytes(attributes: Attributes): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(attributes)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.SS !== undefined) return value.SS.reduce((sum, member) => sum + Buffer.byteLength(member), 0);
  if (value.L !== undefined) return value.L.reduce((sum, member) => sum + 1 + valueBytes(member), 3);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + sizeBytes(value.M);
  return 1;
}
