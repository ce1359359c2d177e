import type { Series } from "../../shared/catalogue/schema.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { canonicalAddress } from "../../shared/recognition/canonical.ts";
import { newestVersion, quietEdition, type Version, withVersion } from "../../shared/records/documents.ts";
import { type EditionRecord, editionsOf } from "../../shared/records/editions.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import { fetchDocument } from "./fetch-document.ts";
import { keep, type Kept, readIfPossible, versionOf } from "./keep.ts";
import type { Side } from "./tell.ts";
import { hostsOf, type World } from "./world.ts";

/** With what came out longer ago nobody compares. */
const mostYears = 5;

/** The edition before one, as far as the table and the catalogue know it. */
interface Before {
  readonly year: number;
  readonly record: EditionRecord | undefined;
  readonly listed: Series["editions"][number] | undefined;
}

function editionBefore(series: Series, recorded: readonly EditionRecord[], year: number): Before | undefined {
  const out = recorded.filter(({ status }) => status === "out");
  const listed = series.editions.filter(({ url }) => url !== undefined);
  const years = [...out, ...listed].flatMap((edition) => (edition.year !== null && edition.year < year ? [edition.year] : []));
  const newest = Math.max(...years);
  if (years.length === 0 || year - newest > mostYears) return undefined;
  return { year: newest, record: out.find((edition) => edition.year === newest), listed: listed.find((edition) => edition.year === newest) };
}

async function heldDocument({ evidence, names }: World, version: Version): Promise<Kept | undefined> {
  const bytes = await evidence.get(version.sha256);
  return bytes && { version, document: await readIfPossible({ bytes, contentType: version.type }, names) };
}

/** Fetches the document of an edition that came out before, and keeps it. It may have changed since it came out: it is kept as of now. */
async function fetchNow(world: World, series: Series, { year, record, listed }: Before, url: string, at: string): Promise<Kept | undefined> {
  const { found } = await fetchDocument(world.fetch, { series, year, hosts: hostsOf(world, series), url, source: undefined, names: world.names });
  if (!found) return undefined;
  const kept = await versionOf(found, at, world.names);
  const key = editionKey(series.id, record?.key ?? String(year));
  await keep(world.evidence, { series: series.id, edition: record?.key ?? String(year) }, found, kept.version);
  const published = listed && listed.released !== "unknown" ? listed.released : null;
  const quiet = { series: series.id, key: String(year), year, title: listed?.title ?? `${series.name} ${year}`, url, published };
  await change(world.table, key, (stored) => withVersion(stored ?? quietEdition(quiet, at), kept.version));
  return kept;
}

/**
 * The document of the edition before one: as it was kept, or else as it is at its address now, which is then kept.
 * Nothing where there is none, it cannot be had, or its address is the later one's. Where several editions come in a
 * year nobody can say which is the one before.
 */
export async function earlierDocument(world: World, edition: Pick<EditionRecord, "year" | "url">, series: Series | undefined, at: string): Promise<Side | undefined> {
  if (!series?.year || series.several || edition.year === null) return undefined;
  const before = editionBefore(series, await editionsOf(world.table, series.id), edition.year);
  if (!before) return undefined;
  const held = before.record && newestVersion(before.record);
  if (held) {
    const kept = await heldDocument(world, held);
    return kept && { ...kept, year: before.year };
  }
  const url = before.listed?.url ?? (before.record?.basis === "release" ? before.record.url : null);
  if (!url || (edition.url !== null && canonicalAddress(url) === canonicalAddress(edition.url))) return undefined;
  try {
    const kept = await fetchNow(world, series, before, url, at);
    return kept && { ...kept, year: before.year };
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
