import type { Publisher, Series, Source } from "../../shared/catalogue/schema.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fetcher } from "../../shared/intake/fetch.ts";
import type { Evidence } from "../../shared/records/evidence.ts";
import type { Names } from "../../shared/recognition/names.ts";
import type { Table } from "../../shared/records/table.ts";

/** What looking at documents needs. */
export interface World {
  readonly table: Table;
  readonly evidence: Evidence;
  readonly fetch: Fetcher;
  readonly clock: Clock;
  readonly names: Names;
  readonly series: ReadonlyMap<string, Series>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly publishers: ReadonlyMap<string, Publisher>;
}

/** The hosts of a series' publisher. */
export function hostsOf({ publishers }: Pick<World, "publishers">, series: Series | undefined): Publisher["hosts"] {
  return publishers.get(series?.publisher ?? "")?.hosts ?? [];
}
