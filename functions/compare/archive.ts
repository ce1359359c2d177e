import type { Series } from "../../shared/catalogue/schema.ts";
import { newestVersion, quietEdition, type Version, withVersion } from "../../shared/records/documents.ts";
import type { Evidence } from "../../shared/records/evidence.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import type { Documents, Found } from "./documents.ts";
import type { Names } from "../../shared/recognition/names.ts";
import { keep, versionOf } from "./keep.ts";

/** Documents as they were kept as evidence, the newest version of each. */
export function keptDocuments(table: Table, evidence: Evidence): Documents {
  return async ({ series, year }) => {
    const edition = await read(table, editionKey(series, String(year)));
    const version = edition && newestVersion(edition);
    const bytes = version && (await evidence.get(version.sha256));
    return bytes && { bytes, contentType: version.type, url: version.url, sha256: version.sha256 };
  };
}

/** What a person gave as an edition's document came to. */
export interface Given {
  readonly version: Version;
  /** It was kept already. */
  readonly known: boolean;
}

/** Keeps a document that a person gave as evidence of an edition. Where that is not on record, it is recorded as out, and nobody is told. `at` is ISO 8601. */
export async function keepGiven(table: Table, evidence: Evidence, names: Names, series: Series, year: number, found: Found, at: string): Promise<Given> {
  const { version } = await versionOf(found, at, names);
  await keep(evidence, { series: series.id, edition: String(year) }, found, version);
  const listed = series.editions.find((edition) => edition.year === year);
  const published = listed && listed.released !== "unknown" ? listed.released : null;
  const quiet = { series: series.id, key: String(year), year, title: listed?.title ?? `${series.name} ${year}`, url: listed?.url ?? found.url, published };
  let known = false;
  await change(table, editionKey(series.id, String(year)), (edition) => {
    known = edition?.versions?.some(({ sha256 }) => sha256 === version.sha256) ?? false;
    return withVersion(edition ?? quietEdition(quiet, at), version);
  });
  return { version, known };
}
