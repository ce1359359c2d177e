import type { RecordKey } from "../../shared/records/keys.ts";
import type { OwingKind } from "../../shared/records/owed.ts";

/** An alert that a record owes since this look. */
export interface News {
  readonly key: RecordKey<OwingKind>;
  readonly alert: string;
  readonly kind: "late" | "blind" | "health";
  readonly series: string | null;
  readonly edition: number | null;
  readonly title: string;
  readonly url: null;
  readonly at: string;
  readonly update?: boolean;
}
