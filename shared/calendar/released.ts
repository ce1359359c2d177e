import type { EditionRecord } from "../records/editions.ts";
import { dayAt, isoDay } from "./days.ts";

/** The day of an edition's release, YYYY-MM-DD at its publisher; null where it is not out, or was there before the install and has no date. */
export function releasedOn({ status, published, silent, firstSeen }: Pick<EditionRecord, "status" | "published" | "silent" | "firstSeen">, zone: string): string | null {
  if (status !== "out") return null;
  const day = dayAt(zone, published ?? (silent ? null : firstSeen));
  return day === null ? null : isoDay(day);
}
