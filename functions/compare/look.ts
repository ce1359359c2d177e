import { SourceError, type Reason } from "../../shared/intake/health.ts";
import { ageDays, begun, failed, freshDays, isDue, looked, newestVersion, withChanges, type EditionChanges, type Version } from "../../shared/records/documents.ts";
import { type EditionRecord, nameInAlerts } from "../../shared/records/editions.ts";
import type { RecordKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change } from "../../shared/records/records.ts";
import { earlierDocument } from "./earlier.ts";
import { type Answered, fetchDocument } from "./fetch-document.ts";
import { keep, keepPage, readIfPossible, versionOf, type Kept } from "./keep.ts";
import { differences, type Side } from "./tell.ts";
import { hostsOf, type World } from "./world.ts";

/** What came of looking at an edition's document. */
export interface Looked {
  readonly key: RecordKey<"edition">;
  readonly series: string;
  readonly edition: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly at: string;
  /** The version that is kept since now; nothing where it says what it said before. */
  readonly version?: Version | undefined;
  /** The alert that is owed since now. */
  readonly alert?: string | undefined;
  /** Why there is no document. It is looked for again. */
  readonly reason?: Reason;
}

/** Begins a look, unless another has begun it; nothing then. */
async function begin({ table }: World, key: RecordKey<"edition">, at: string): Promise<EditionRecord | undefined> {
  let isOurs = false;
  const edition = await change(table, key, (record) => {
    isOurs = record !== undefined && isDue(record, at);
    return record && isOurs ? begun(record, at) : record;
  });
  return isOurs ? edition : undefined;
}

/** The document that is at hand: what was found now, or what is kept already where that is the same. */
async function documentAtHand({ evidence, names }: World, edition: EditionRecord, { found }: Answered, at: string): Promise<Kept | undefined> {
  if (found) return versionOf(found, at, names);
  const version = newestVersion(edition);
  const bytes = version && (await evidence.get(version.sha256));
  return bytes && { version, document: await readIfPossible({ bytes, contentType: version.type }, names) };
}

const sideOf = ({ year }: EditionRecord, { version, document }: Kept): Side => ({ year, version, document });

/** What it was before it changed. */
async function formerSide({ evidence, names }: World, edition: EditionRecord): Promise<Side | undefined> {
  const version = newestVersion(edition);
  const bytes = version && (await evidence.get(version.sha256));
  return bytes && { year: edition.year, version, document: await readIfPossible({ bytes, contentType: version.type }, names) };
}

/** What there is to tell: at first against the edition before, and once that is told, against what the document itself was. */
async function toTell(world: World, edition: EditionRecord, kept: Kept, isNew: boolean, at: string): Promise<EditionChanges | undefined> {
  const series = world.series.get(edition.series);
  const number = (edition.versions ?? []).length + (isNew ? 1 : 0);
  const tell = async (before: Side | undefined) => before && differences(world.evidence, edition, series?.name ?? edition.series, before, sideOf(edition, kept), number, at);
  const isToldYet = (edition.changes ?? []).some(({ before }) => before.year !== edition.year);
  const first = isToldYet || ageDays(edition, at) > freshDays ? undefined : await tell(await earlierDocument(world, edition, series, at));
  return first ?? (isNew ? tell(await formerSide(world, edition)) : undefined);
}

/** Whether there may be something to tell of a document that is as it was. */
function mayTell(edition: EditionRecord, at: string): boolean {
  return ageDays(edition, at) <= freshDays && (edition.changes ?? []).length === 0;
}

async function lookAt(world: World, key: RecordKey<"edition">, edition: EditionRecord & { readonly url: string }, at: string): Promise<Pick<Looked, "version" | "alert">> {
  const source = world.sources.get(edition.rings.at(-1)?.source ?? "");
  const series = world.series.get(edition.series);
  const answered = await fetchDocument(world.fetch, { series, year: edition.year, hosts: hostsOf(world, series), url: edition.url, source, names: world.names, before: newestVersion(edition) && edition.document });
  const { url, validators, found } = answered;
  const kept = found || mayTell(edition, at) ? await documentAtHand(world, edition, answered, at) : undefined;
  const isNew = kept !== undefined && !(edition.versions ?? []).some(({ text }) => text === kept.version.text);
  const place = { series: edition.series, edition: edition.key };
  if (found && kept && isNew) await keep(world.evidence, place, found, kept.version);
  if (answered.page && isNew) await keepPage(world.evidence, place, answered.page, at);
  const told = kept && (isNew || mayTell(edition, at)) ? await toTell(world, edition, kept, isNew, at) : undefined;
  const rings = told !== undefined && !edition.silent && ageDays(edition, at) <= freshDays && !(edition.changes ?? []).some(({ alert }) => alert === told.alert);
  const version = isNew ? kept.version : undefined;
  await change(world.table, key, (record) => {
    // A person may have said meanwhile that it was something else.
    if (!record || nameInAlerts(record) !== nameInAlerts(edition)) return record;
    const after = looked(record, at, { url, validators, version });
    const withTold = told ? withChanges(after, told) : after;
    return told && rings ? owe(withTold, told.alert, at) : withTold;
  });
  return { version, alert: rings ? told.alert : undefined };
}

/**
 * Looks at the document of an edition, keeps it as evidence where it says something new, compares it, and owes the
 * alert that tells what is different. Nothing where it is not due, or another is at it. What cannot be fetched is a
 * result, and tried again; throws only for faults of our own, after which it is tried again as well.
 */
export async function look(world: World, key: RecordKey<"edition">): Promise<Looked | undefined> {
  const at = new Date(world.clock.now()).toISOString();
  const edition = await begin(world, key, at);
  if (!edition || edition.url === null) return undefined;
  const { series, year, title, url } = edition;
  const about = { key, series, edition: year, title, url, at };
  try {
    return { ...about, ...(await lookAt(world, key, { ...edition, url }, at)) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { reason, retryAfterSeconds } = error;
    await change(world.table, key, (record) => record && failed(record, at, reason, retryAfterSeconds));
    return { ...about, reason };
  }
}
