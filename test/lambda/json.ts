/** An object out of JSON, of which nothing more is known. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as text: itself where it is text, and JSON otherwise. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** The texts of a list, or of the one value that stands for it. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf);
  return value === undefined ? [] : [textOf(value)];
}

/** The objects of a list, or the one that stands for it. */
export function objectsOf(value: unknown): Properties[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** The properties of an object; of anything else there are none. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** What lies inside a value under these names, one in the other. */
export function inside(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);
}
