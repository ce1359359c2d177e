import type { AlertFacts, Composed } from "../alerts/alert.ts";
import { months } from "./history.ts";
import { asKind } from "./records.ts";
import { isStored } from "./stored.ts";
import type { Stored, Table } from "./table.ts";

/** An alert that was composed, and what became of it. */
export interface AlertRecord extends Stored {
  readonly kind: "alert";
  readonly id: string;
  readonly facts: AlertFacts;
  /** The texts as they were sent, but for the mark of a possible repeat. */
  readonly composed: Omit<Composed, "facts" | "begun">;
  /** When its sending was first begun, ISO 8601. Absent where an earlier version did. */
  readonly begun?: string;
  /** When it was sent, ISO 8601; null while it was not, or nobody knows. */
  readonly sent: string | null;
  /** How often its sending was begun: more than once where it may be that somebody got it twice. Absent where an earlier version sent it. */
  readonly attempts?: number;
  /** The ids that the publisher gave, one a message. */
  readonly messageIds: readonly string[];
  /** True where it went to all who get such alerts as they come; false where it waits to be gathered. Absent on digests. */
  readonly broadcast?: boolean;
  /** The alert by which it was taken back: whoever was not told it by then is told neither. */
  readonly corrected?: string;
  /** Where it lies among all alerts: the month in which it was told, and the moment. Absent on digests. */
  readonly month?: string;
  readonly at?: string;
}

/** Alerts are apart from items and editions in the index by month: a reader of one does not pay for the other. */
const partition = (month: string): string => `alerts ${month}`;

/** The place among all alerts of one that was told at a moment, ISO 8601. */
export function toldAt(sent: string): { readonly month: string; readonly at: string } {
  return { month: partition(sent.slice(0, 7)), at: sent };
}

/** The alerts told after one moment and up to another, both ISO 8601, oldest first; digests are none. */
export async function alertsBetween(table: Table, after: string, upTo: string): Promise<AlertRecord[]> {
  const found: AlertRecord[] = [];
  for (const month of months(after, upTo)) {
    for await (const record of table.query({ name: "month", month: partition(month) }, { from: after, to: upTo })) {
      if (isStored(record) && "at" in record && record.at !== after) found.push(asKind(record, "alert"));
    }
  }
  return found;
}
