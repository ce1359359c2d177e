import { appendFile, readFile, stat } from "node:fs/promises";
import { parseLabelled } from "../shared/catalogue/labelled.ts";
import type { ItemRecord } from "../shared/records/items.ts";
import { projectPath, shownPath } from "./paths.ts";

/** A line of the labelled set: an item, and what it is. */
export interface Case {
  readonly source: string;
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly symbol: string | null;
  readonly label: string;
  readonly edition: number | null;
}

/** What rules must make of an item that they took wrongly: `to` is what it was a release of, or null where it was of nothing. */
export function caseOf({ source, title, url, published, symbol, role }: ItemRecord, to: { readonly series: string; readonly year: number | null } | null): Case {
  const isRelease = to !== null && role === "release";
  return { source, title, url, published, symbol, label: isRelease ? to.series : "related", edition: isRelease ? to.year : null };
}

async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
}

/** The checkout's file of corrected cases; undefined where the program was installed without the labelled set. */
export async function casesFile(): Promise<string | undefined> {
  const folder = projectPath("labelled");
  return (await stat(folder).catch(() => undefined))?.isDirectory() ? projectPath("labelled", "corrections.jsonl") : undefined;
}

/** Adds cases to a file of labelled items, but for those that are there; gives how many were added. Throws LabelError where the file is not one. */
export async function addCases(path: string, cases: readonly Case[]): Promise<number> {
  const text = await textOf(path);
  const known = parseLabelled(shownPath(path), text);
  const fresh = cases.filter(({ title, url, label, edition }) => !known.some((one) => one.title === title && one.url === url && one.label === label && one.edition === edition));
  const start = text === "" || text.endsWith("\n") ? "" : "\n";
  if (fresh.length > 0) await appendFile(path, start + fresh.map((one) => `${JSON.stringify(one)}\n`).join(""));
  return fresh.length;
}
