import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { readCatalogue } from "../cli/paths.ts";
import { createNames } from "../shared/recognition/names.ts";
import { readDocument } from "../shared/intake/read-document.ts";
import type { Changes } from "../shared/changes/changes.ts";
import { compare } from "../shared/changes/compare.ts";

/** A document under the name that the table gives it. */
export interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;

function cells(before: Named, after: Named, { shares, changes, sections }: Changes): (string | number)[] {
  const count = (kind: string): number => changes.filter((change) => change.kind === kind).length;
  const reworded = changes.filter((change) => change.kind === "changed" && change.wordingOnly).length;
  const figures = changes.reduce((sum, change) => sum + (change.kind === "changed" ? change.figures.length : 0), 0);
  return [`${before.name} to ${after.name}`, percent(shares.unchanged), count("added"), count("removed"), count("changed") - reworded, reworded, count("moved"), sections.added.length, sections.removed.length, sections.renamed.length, figures];
}

/** The comparisons of each document with the next, as a table in Markdown. */
export async function pairTable(documents: readonly Named[]): Promise<string[]> {
  const names = createNames((await readCatalogue()).theme);
  const read = await Promise.all(documents.map(async (named) => ({ named, document: await readDocument({ bytes: named.bytes, contentType: null }, names) })));
  const heads = ["editions", "same words and place", "new", "gone", "changed", "reworded", "moved", "sections new", "gone", "renamed", "numbers"];
  const rows = read.slice(1).flatMap(({ named, document }, at) => {
    const before = read[at];
    return before ? [cells(before.named, named, compare(before.document, document))] : [];
  });
  return [heads, heads.map((_, at) => (at === 0 ? "---" : "--:")), ...rows].map((row) => `| ${row.join(" | ")} |`);
}

/** The year in a file's name, or the name. */
export function nameOf(path: string): string {
  return /\d{4}/.exec(basename(path))?.[0] ?? basename(path);
}

if (import.meta.main) {
  const paths = process.argv.slice(2);
  const documents = await Promise.all(paths.map(async (path) => ({ name: nameOf(path), bytes: await readFile(path) })));
  for (const line of await pairTable(documents)) process.stdout.write(`${line}\n`);
}
