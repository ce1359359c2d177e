import { sourceKey } from "./keys.ts";
import type { Table } from "./table.ts";

const partition = sourceKey("").pk;

/**
 * The minutes (since 1970) before which sources that deviate from their pace are not asked, by source id. The index
 * has all that is needed, so no state is read.
 */
export async function notBefore(table: Table): Promise<ReadonlyMap<string, number>> {
  const waits = new Map<string, number>();
  for await (const found of table.query({ name: "deviating" })) {
    if (found.kind !== "source" || !("nextAt" in found) || typeof found.nextAt !== "string") continue;
    waits.set(found.pk.slice(partition.length), Math.ceil(Date.parse(found.nextAt) / 60_000));
  }
  return waits;
}
