import type { Document } from "../../shared/changes/document.ts";
import type { View } from "../../shared/changes/view.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import type { EditionChanges, Version } from "../../shared/records/documents.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import type { World } from "../world.ts";

/** Two documents, by their SHA-256, always compare the same: the last comparisons are kept. */
const mostKept = 8;

function versionOf(recorded: readonly EditionRecord[], sha256: string): Version | undefined {
  return recorded.flatMap(({ versions = [] }) => versions).find((version) => version.sha256 === sha256);
}

async function documentOf({ evidence, catalogue }: World, recorded: readonly EditionRecord[], sha256: string): Promise<Document | undefined> {
  const [{ readDocument }, { createNames }] = await Promise.all([import("../../shared/intake/read-document.ts"), import("../../shared/recognition/names.ts")]);
  const bytes = await evidence.get(sha256);
  return bytes && readDocument({ bytes, contentType: versionOf(recorded, sha256)?.type ?? null }, createNames((await catalogue()).theme));
}

async function compared(world: World, series: Series, recorded: readonly EditionRecord[], edition: EditionRecord, { before, sha256 }: EditionChanges): Promise<View | undefined> {
  const [earlier, later] = await Promise.all([documentOf(world, recorded, before.sha256), documentOf(world, recorded, sha256)]);
  if (!earlier || !later) return undefined;
  const told = (year: number | null, hash: string) => ({ year: String(year ?? ""), url: versionOf(recorded, hash)?.url ?? null, sha256: hash });
  // Few pages need them, and on Lambda they would be half of what a start loads.
  const [{ compare }, { viewOf }] = await Promise.all([import("../../shared/changes/compare.ts"), import("../../shared/changes/view.ts")]);
  return viewOf({ series: { id: series.id, name: series.name }, before: told(before.year, before.sha256), after: told(edition.year, sha256) }, compare(earlier, later));
}

/** A reader of comparisons: what is different between two kept documents; undefined where one of them is not kept. */
export function createComparisons(world: World) {
  const kept = new Map<string, Promise<View | undefined>>();
  return async (series: Series, recorded: readonly EditionRecord[], edition: EditionRecord, changes: EditionChanges): Promise<View | undefined> => {
    const key = `${changes.before.sha256} ${changes.sha256}`;
    const made = kept.get(key) ?? compared(world, series, recorded, edition, changes);
    kept.delete(key);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
    return made;
  };
}
