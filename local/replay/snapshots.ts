import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** One recorded poll: when it was made, and what the source answered. */
export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly at: number;
  read(): Promise<Uint8Array | string>;
}

/** A moment at the head of a file's name, such as 2021-05-23T151029+0000_d4eb5ee3.rss. */
function momentOf(name: string): number | undefined {
  const [, day, hours, minutes, seconds, sign, zoneHours = "0", zoneMinutes = "0"] =
    /^(\d{4}-\d\d-\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):?(\d\d))?/.exec(name) ?? [];
  if (!day) return undefined;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === "-" ? -1 : 1);
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`) - zone;
}

/** Kinds of files that a source may have answered with. */
const recorded = /\.(?:rss|xml|atom|rdf|json|html?|txt)$/i;

async function folderOf(path: string): Promise<Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    const at = entry.isFile() && recorded.test(entry.name) ? momentOf(entry.name) : undefined;
    if (at !== undefined) snapshots.push({ at, read: () => readFile(join(entry.parentPath, entry.name)) });
  }
  return snapshots;
}

function parseLine(json: string, line: number, path: string, source: string): Snapshot | undefined {
  const value: unknown = JSON.parse(json);
  const { t, body, path: file, source: of }: { t?: unknown; body?: unknown; path?: unknown; source?: unknown } = typeof value === "object" && value !== null ? value : {};
  if (of !== undefined && of !== source) return undefined;
  const at = typeof t === "string" ? Date.parse(t) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`${path}, line ${line}: "t" must be a moment such as 2021-05-23T15:10:29Z`);
  if (typeof body === "string") return { at, read: async () => body };
  if (typeof file === "string") return { at, read: () => readFile(resolve(dirname(path), file)) };
  throw new Error(`${path}, line ${line}: a recorded poll needs a "body" or a "path"`);
}

/**
 * The recorded polls of a source in order of time: a folder of files named by UTC time, or lines of JSON
 * {t, source, body | path}. Throws a sentence where there is none.
 */
export async function readSnapshots(path: string, source: string): Promise<Snapshot[]> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new Error(`there is no ${path}. Give a folder of recorded polls, or a file of lines {t, source, body}.`);
  const snapshots = kind.isDirectory()
    ? await folderOf(path)
    : (await readFile(path, "utf8")).split("\n").flatMap((json, index) => (json.trim() === "" ? [] : (parseLine(json, index + 1, path, source) ?? [])));
  if (snapshots.length === 0) throw new Error(`${path} holds no recorded poll of ${source}. Files must be named by UTC time, such as 2021-05-23T151029+0000.rss.`);
  return snapshots.toSorted((a, b) => a.at - b.at);
}
