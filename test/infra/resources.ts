import type { Template } from "aws-cdk-lib/assertions";
import { isObject, type Properties } from "../lambda/json.ts";
import type { Resource } from "../lambda/intrinsics.ts";

/** A resource of a template with its logical id. */
export interface Found {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  readonly deletionPolicy: unknown;
}

/** Every resource of a template, or those of one type. */
export function resourcesOf(template: Template, type?: string): Found[] {
  const all: Readonly<Record<string, Resource & { readonly DeletionPolicy?: unknown }>> = template.toJSON()["Resources"];
  const found = Object.entries(all).map(([id, { Type, Properties: properties = {}, DeletionPolicy }]) => ({ id, type: Type, properties, deletionPolicy: DeletionPolicy }));
  return type === undefined ? found : found.filter((resource) => resource.type === type);
}

/** The one resource of a type whose property has this value. Throws where there is none. */
export function resourceNamed(template: Template, type: string, property: string, value: string): Properties {
  const found = resourcesOf(template, type).find(({ properties }) => properties[property] === value);
  if (!found) throw new Error(`The template has no ${type} with ${property} ${value}.`);
  return found.properties;
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
