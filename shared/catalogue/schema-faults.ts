import * as z from "zod";
import { nearestIds } from "../nearest.ts";

type Path = readonly PropertyKey[];

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), json);
}

/** The parts of a JSON Schema that a step of a path may lead to: those of every alternative. */
function step(schemas: readonly unknown[], key: PropertyKey): unknown[] {
  return schemas.filter(isObject).flatMap((schema) => [
    ...(typeof key === "number" ? [schema["items"]] : isObject(schema["properties"]) ? [schema["properties"][key]] : []),
    ...[schema["anyOf"], schema["oneOf"]].flatMap((list) => (Array.isArray(list) ? step(list, key) : [])),
  ]);
}

/** The keys that an object may have at a place of the schema. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  const places = path.reduce<unknown[]>(step, [z.toJSONSchema(schema, { io: "input" })]);
  const alternatives = places.filter(isObject).flatMap((place) => [place, ...(Array.isArray(place["oneOf"]) ? place["oneOf"] : [])]);
  return alternatives.filter(isObject).flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
}

/** The series or source that a place lies in, by its id: nobody counts entries to find the 40th. */
function ownerOf(json: unknown, path: Path): string {
  const owner = valueAt(json, path.slice(0, 2));
  return isObject(owner) && typeof owner["id"] === "string" ? `"${owner["id"]}", ` : "";
}

function pathText(path: Path): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("").replace(/^\./, "");
}

const wanted: Readonly<Record<string, string>> = { object: "an object {…}", array: "a list […]", string: 'a text in "…"', boolean: "true or false" };

function remedy(issue: z.core.$ZodIssue, schema: z.ZodType, isMissing: boolean): string {
  if (issue.code === "invalid_type" && isMissing) return `this is missing. Give it ${wanted[issue.expected] ?? `a value (${issue.expected})`}.`;
  if (issue.code !== "unrecognized_keys") return issue.message;
  const known = [...new Set(keysAt(schema, issue.path))];
  return issue.keys
    .map((key) => {
      const [meant] = nearestIds(key, known);
      return `"${key}" is no field here. ${meant ? `Did you mean "${meant}"?` : `Take it away, or use one of: ${known.join(", ")}.`}`;
    })
    .join(" ");
}

/** What does not fit a schema, a line each: the series or source, the path, what stands there, and what to write. */
export function schemaFaults(error: z.ZodError, json: unknown, schema: z.ZodType): string[] {
  return error.issues.map((issue) => {
    const value = valueAt(json, issue.path);
    const shown = value === undefined || isObject(value) ? "" : ` (there is ${JSON.stringify(value).slice(0, 80)})`;
    return `${ownerOf(json, issue.path)}at ${pathText(issue.path) || "its top"}: ${remedy(issue, schema, value === undefined)}${shown}`;
  });
}
