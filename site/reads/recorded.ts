import type { Series } from "../../shared/catalogue/schema.ts";
import { type KeptEditions, editionsIn, editionsName, editionsOfAll } from "../../shared/readers/editions-file.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { months } from "../../shared/records/history.ts";
import { isStored } from "../../shared/records/stored.ts";
import type { Table } from "../../shared/records/table.ts";
import type { World } from "../world.ts";

const dayMs = 86_400_000;
/** Watch makes the file every ten minutes; one that is older than this says that watch does not run. */
const oldestMs = 30 * 60_000;
/** What comes out is dated by its publisher, so up to some days before it was seen. */
const datedBackMs = 3 * dayMs;
const datedAheadMs = 31 * dayMs;

/** All editions on record, without what only an edition's own page shows. */
export type Recorded = (series: readonly Series[]) => Promise<readonly EditionRecord[]>;

/** The series of which an edition lies in these days, by the index of months. */
async function seriesSince(table: Table, from: string, to: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const month of months(from, to)) {
    for await (const record of table.query({ name: "month", month }, { from })) if (isStored(record) && record.kind === "edition" && "series" in record) found.add(String(record.series));
  }
  return found;
}

/**
 * A reader of all editions: from the file that watch keeps, and from the table those of series in which something
 * came since. Without a file, or with an old one, it asks the table for each series.
 */
export function createRecorded({ table, files, clock }: Pick<World, "table" | "files" | "clock">): Recorded {
  let held: { readonly tag: string | undefined; readonly kept: KeptEditions | undefined } | undefined;

  async function kept(): Promise<KeptEditions | undefined> {
    // A file that cannot be read is as good as none: the table has it all.
    const answer = await files.read(editionsName, held?.tag).catch(() => ({ kind: "absent" }) as const);
    if (answer.kind !== "same") held = answer.kind === "content" ? { tag: answer.etag, kept: editionsIn(answer.text) } : undefined;
    return held?.kept;
  }

  return async (series) => {
    const file = await kept();
    const now = clock.now();
    const age = file ? now - Date.parse(file.at) : Number.NaN;
    if (!file || !(age >= 0 && age <= oldestMs)) return editionsOfAll(table, series);
    const since = await seriesSince(table, new Date(Date.parse(file.at) - datedBackMs).toISOString(), new Date(now + datedAheadMs).toISOString());
    const fresh = await editionsOfAll(table, series.filter(({ id }) => since.has(id)));
    return [...file.editions.filter((edition) => !since.has(edition.series)), ...fresh];
  };
}
