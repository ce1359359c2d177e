import { sideBySide } from "../records/side-by-side.ts";
import { type EditionRecord, editionsOf } from "../records/editions.ts";
import type { Table } from "../records/table.ts";
import { inFormat } from "./files.ts";
import type { Keeping } from "./keep-items.ts";

const format = "1";
export const editionsName = "editions.json";
const queriesAtOnce = 32;

/** All editions on record as they were at a moment, ISO 8601, without what only an edition's own page shows: its documents, and its sightings but for notices. */
export interface KeptEditions {
  readonly at: string;
  readonly editions: readonly EditionRecord[];
}

/** What the calendar and the lists read of an edition. */
function lean({ owed: _owed, owedSince: _since, nextAt: _next, versions: _versions, document: _document, corrections: _corrections, sightings, ...edition }: EditionRecord): EditionRecord {
  return { ...edition, sightings: sightings.filter(({ role }) => role === "notice") };
}

/** The editions that a text holds; undefined where it is damaged or another version wrote it. */
export function editionsIn(text: string): KeptEditions | undefined {
  return inFormat(text, format, (value): value is KeptEditions & { readonly format: string } => "at" in value && "editions" in value);
}

/** The editions of these series, one question a series. */
export async function editionsOfAll(table: Table, series: readonly { readonly id: string }[]): Promise<EditionRecord[]> {
  const recorded: EditionRecord[] = [];
  await sideBySide(series, queriesAtOnce, async ({ id }) => void recorded.push(...(await editionsOf(table, id))));
  return recorded;
}

/** Keeps the editions of these series in one file, so that a reader need not ask for each series. */
export async function keepEditions({ table, files, clock }: Keeping, series: readonly { readonly id: string }[]): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  const editions = (await editionsOfAll(table, series)).map(lean);
  await files.write(editionsName, JSON.stringify({ format, at, editions }));
}
