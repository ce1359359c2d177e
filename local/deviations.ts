import { isStored } from "../shared/records/stored.ts";
import { asKind } from "../shared/records/records.ts";
import type { Table } from "../shared/records/table.ts";

/** The minutes (since 1970) before which sources that deviate from their pace are not asked, by source id. */
export async function notBefore(table: Table): Promise<ReadonlyMap<string, number>> {
  const waits = new Map<string, number>();
  for await (const found of table.query({ name: "deviating" })) {
    const stored = isStored(found) && "nextAt" in found ? found : await table.get(found);
    const state = stored && isStored(stored) ? asKind(stored, "source") : undefined;
    if (state?.nextAt) waits.set(state.id, Math.ceil(Date.parse(state.nextAt) / 60_000));
  }
  return waits;
}
