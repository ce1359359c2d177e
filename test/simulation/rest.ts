import { editionKey } from "../../shared/records/keys.ts";
import { asKind } from "../../shared/records/records.ts";
import type { Stored } from "../../shared/records/table.ts";

/** What is wrong, and words by which the lines of the trace are found that tell how it came. */
type Fault = readonly [what: string, ...words: string[]];

/** What an item shows stands with its edition: nobody's write undid another's. */
function* lostSightings(records: readonly Stored[]): Generator<Fault> {
  const editions = new Map(records.filter(({ kind }) => kind === "edition").map((record) => [`${record.pk} ${record.sk}`, asKind(record, "edition")]));
  for (const record of records) {
    if (record.kind !== "item") continue;
    const { id, series, edition, role, title } = asKind(record, "item");
    if (!series || edition === null || role === null) continue;
    const { pk, sk } = editionKey(series, edition);
    const kept = editions.get(`${pk} ${sk}`);
    if (!kept?.sightings.some(({ item }) => item === id)) yield [`the item ${id} “${title}” shows ${series} ${edition}, and that has lost it`, id, `${pk} ${sk}`];
  }
}

/** What of these records cannot be, once everything has come to rest. */
export function* restFaults(records: readonly Stored[]): Generator<Fault> {
  yield* lostSightings(records);
  for (const record of records) {
    if ("owed" in record || "owedSince" in record) yield [`${record.pk} ${record.sk} still owes an alert, long after all faults`, record.pk];
    if (record.kind !== "source") continue;
    const { id, failures, health, reason } = asKind(record, "source");
    if (failures > 0) yield [`${id} is well again, and its state says ${health} (${reason})`, id];
  }
}
