import type { AlertFacts, Composed } from "../alerts/alert.ts";
import type { Stored } from "./table.ts";

/** An alert that was composed, and what became of it. */
export interface AlertRecord extends Stored {
  readonly kind: "alert";
  readonly id: string;
  readonly facts: AlertFacts;
  /** The texts as they were sent. */
  readonly composed: Omit<Composed, "facts">;
  /** When it was sent, ISO 8601; null while it was not, or nobody knows. */
  readonly sent: string | null;
  /** How often its sending was begun: more than once where it may be that somebody got it twice. Absent where an earlier version sent it. */
  readonly attempts?: number;
  /** The ids that the publisher gave, one a message. */
  readonly messageIds: readonly string[];
}
