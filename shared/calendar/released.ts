import type { Edition } from "../catalogue/schema.ts";
import type { EditionRecord } from "../records/editions.ts";
import { dayAt, isoDay } from "./days.ts";

/** The day of an edition's release, YYYY-MM-DD at its publisher; null where it is not out, or was there before the install and has no date. */
export function releasedOn({ status, published, silent, firstSeen }: Pick<EditionRecord, "status" | "published" | "silent" | "firstSeen">, zone: string): string | null {
  if (status !== "out") return null;
  const day = dayAt(zone, published ?? (silent ? null : firstSeen));
  return day === null ? null : isoDay(day);
}

/**
 * Whether the day on record (YYYY-MM-DD) stands over the catalogue's. That is so where the catalogue only recalls its
 * day, and where the edition came and was seen before it. Else what people found stands over what a feed dates.
 */
export function isRecordRight({ released, certain }: Pick<Edition, "released" | "certain">, onRecord: string | null, firstSeen: string): boolean {
  return onRecord !== null && (released === "unknown" || !certain || (onRecord < released && firstSeen.slice(0, 10) < released));
}
