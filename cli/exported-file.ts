import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { type Foot, footing, fromLine, head, LineError, parse } from "../shared/records/lines.ts";
import type { Kind, Records } from "../shared/records/records.ts";
import { UsageError } from "./command.ts";
import { givenPath, shownPath, whyUnreadable } from "./paths.ts";

/**
 * The records of an export, from the file at this path, or from stdin where none is given. It is read to its end and
 * checked whole. Throws UsageError with file and line where it is no export, or not all of one.
 */
export async function readExport(path: string | undefined): Promise<Records[Kind][]> {
  if (path === undefined && process.stdin.isTTY) throw new UsageError("Which export? Write its file: almanac import almanac.jsonl, or almanac import < almanac.jsonl.");
  const name = path === undefined ? "stdin" : shownPath(givenPath(path));
  const input = path === undefined ? process.stdin : createReadStream(givenPath(path));
  const reading = new Reading(name);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) reading.take(line);
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw new UsageError(`cannot read ${name}: ${whyUnreadable(error)}.`, { cause: error });
    throw error;
  }
  return reading.end();
}

/** An export as far as it was read. */
class Reading {
  readonly #name: string;
  readonly #records: Records[Kind][] = [];
  readonly #places = new Set<string>();
  readonly #footing = footing();
  #line = 0;
  #isWhole = false;

  constructor(name: string) {
    this.#name = name;
  }

  take(text: string): void {
    this.#line++;
    if (text.trim() === "") return;
    if (this.#isWhole) throw this.#fault("comes after the end of the export. Two exports in one file? Import them one after another.");
    if (this.#line === 1) return this.#begin(text);
    const fields = parse(text);
    if (fields?.["almanac"] === "end") return this.#finish(fields);
    this.#footing.add(text);
    this.#add(text);
  }

  end(): Records[Kind][] {
    if (this.#line === 0) throw new UsageError(`${this.#name} is empty. \`almanac export > FILE\` writes an export.`);
    if (!this.#isWhole) throw this.#fault("is not the end of the export: the file was cut off. Take the export again.");
    return this.#records;
  }

  #begin(text: string): void {
    if (text.includes("\uFFFD") || text.includes("\0")) throw this.#fault("is not in UTF-8: something wrote the file anew in another encoding, as PowerShell's `>` does. Take the export again, with `| Out-File -Encoding utf8NoBOM FILE` in PowerShell.");
    const { almanac, format } = parse(text.replace(/^\uFEFF/, "")) ?? {};
    if (almanac !== head.almanac) throw this.#fault(`is not how an export begins (${JSON.stringify(head)}). \`almanac export > FILE\` writes one.`);
    if (format !== head.format) throw this.#fault(`says that the export has format ${String(format)}, and this program reads ${head.format}. Update the older of the two.`);
  }

  #add(text: string): void {
    try {
      const record = fromLine(text);
      const place = `${record.pk}\n${record.sk}`;
      if (this.#places.has(place)) throw new LineError(`holds the record ${record.pk} ${record.sk} a second time. The file was changed: take the export again.`);
      this.#places.add(place);
      this.#records.push(record);
    } catch (error) {
      throw error instanceof LineError ? this.#fault(error.message) : error;
    }
  }

  #finish({ records, sha256 }: { readonly [name in keyof Foot]?: unknown }): void {
    const foot = this.#footing.foot();
    if (records !== foot.records) throw this.#fault(`says that there are ${String(records)} records, and ${foot.records} came before it. Lines were lost: take the export again. To bring in only some of its records, leave the file whole and write --only.`);
    if (sha256 !== foot.sha256) throw this.#fault("has another SHA-256 than the lines before it: the file was changed. Take the export again.");
    this.#isWhole = true;
  }

  #fault(what: string): UsageError {
    return new UsageError(`${this.#name}:${this.#line} ${what}`);
  }
}
