import type { Key, Stored } from "./table.ts";

/** A record, or the part of it that an index holds. */
export type Found = Partial<Stored> & Key;

/** Whether a value has the place of a record. */
export function hasKey(record: object): record is Key {
  return "pk" in record && typeof record.pk === "string" && "sk" in record && typeof record.sk === "string";
}

/** Whether it is a whole record, and not the part that an index holds. */
export function isStored(record: Found): record is Stored {
  return typeof record.kind === "string" && typeof record.format === "number" && typeof record.revision === "number";
}
