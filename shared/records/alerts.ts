import type { AlertFacts, Composed } from "../alerts/alert.ts";
import type { Stored } from "./table.ts";

/** An alert that was composed, and what became of it. */
export interface AlertRecord extends Stored {
  readonly kind: "alert";
  readonly id: string;
  readonly facts: AlertFacts;
  /** The texts as they were sent. */
  readonly composed: Omit<Composed, "facts">;
  /** When it was sent, ISO 8601; null while it was not. */
  readonly sent: string | null;
  /** The ids that the publisher gave, one a message. */
  readonly messageIds: readonly string[];
}
