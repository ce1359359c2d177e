import { readdir, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { CatalogueError, type CatalogueFile } from "../shared/catalogue/file.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { messageOf } from "../shared/fault.ts";
import { checkedOnce } from "./checked.ts";

const root = dirname(import.meta.dirname);

/** A path that a person gave, seen from where they stood: npm changes the folder, and keeps the first in INIT_CWD. */
export function givenPath(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}

/** A path inside the project. */
export function projectPath(...parts: string[]): string {
  return resolve(root, ...parts);
}

/** A path as a person would write it from where they stand: whole, where it lies outside. */
export function shownPath(path: string): string {
  const shown = relative(process.env["INIT_CWD"] ?? process.cwd(), path);
  return shown === "" ? "." : shown.startsWith("../") ? path : shown;
}

/** Why a file that a person named cannot be read, as a part of a sentence. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : messageOf(error);
}

async function readText(path: string, how = "Give the file's path with --events or --sources."): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CatalogueError(`cannot read ${shownPath(path)}: ${whyUnreadable(error)}. ${how}`, { cause: error });
  }
}

/** The project's catalogue, or the files that the user named. Throws CatalogueError. */
export async function readCatalogue(named: { events?: string | undefined; sources?: string | undefined } = {}): Promise<Catalogue> {
  const events = named.events ? givenPath(named.events) : projectPath("events.json");
  const sources = named.sources ? givenPath(named.sources) : projectPath("sources.json");
  const [eventsText, sourcesText] = await Promise.all([readText(events), readText(sources)]);
  const files: readonly [CatalogueFile, CatalogueFile] = [{ name: shownPath(events), text: eventsText }, { name: shownPath(sources), text: sourcesText }];
  return checkedOnce(projectPath("node_modules", ".cache", "almanac"), files, async () => (await import("../shared/catalogue/load.ts")).loadCatalogue(...files));
}

/** A file that the user named. Throws CatalogueError where it cannot be read. */
export async function readGiven(path: string): Promise<CatalogueFile> {
  const whole = givenPath(path);
  return { name: shownPath(whole), text: await readText(whole, "Give the file's path with --file.") };
}

/** The project's own labelled items, as files. */
export async function labelledFiles(): Promise<CatalogueFile[]> {
  const names = (await readdir(projectPath("labelled"))).filter((name) => name.endsWith(".jsonl")).toSorted();
  return Promise.all(names.map(async (name) => ({ name: `labelled/${name}`, text: await readText(projectPath("labelled", name), "Take it from the repository again.") })));
}

/** The data folder that the user named, or `.almanac` where they stand. */
export function dataFolder(given: string | undefined): string {
  return givenPath(given ?? ".almanac");
}
