import type { Catalogue } from "../shared/catalogue/schema.ts";
import type { Clock } from "../shared/clock.ts";
import type { ReaderFiles } from "../shared/readers/files.ts";
import type { Evidence } from "../shared/records/evidence.ts";
import type { Table } from "../shared/records/table.ts";

/** What the site shows is read from here, and nothing is ever written. */
export interface World {
  readonly table: Table;
  readonly files: Pick<ReaderFiles, "read">;
  readonly evidence: Pick<Evidence, "get">;
  readonly catalogue: () => Promise<Catalogue>;
  readonly clock: Clock;
}
