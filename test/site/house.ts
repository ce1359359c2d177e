import { readCatalogue } from "../../cli/paths.ts";
import { openMemoryTable } from "../../local/table.ts";
import { memoryFiles } from "../readers/memory-files.ts";
import { keepForReaders } from "../../functions/watch/keep.ts";
import type { ReaderFiles } from "../../shared/readers/files.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import type { Evidence } from "../../shared/records/evidence.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { editionKey, installKey, itemKey, sourceKey } from "../../shared/records/keys.ts";
import { type Content, toRecord } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Table } from "../../shared/records/table.ts";
import { createSite } from "../../site/app.ts";
import { jumpingClock } from "../intake/clock.ts";
import { edition, item, state } from "../records/parts.ts";

const catalogue = await readCatalogue();

/** A site over a table in memory and the project's catalogue. */
export interface House {
  readonly table: Table;
  /** The site as it is now. */
  readonly app: ReturnType<typeof createSite>;
  /** Another site over the same, which has read nothing. */
  reopen(): void;
  readonly files: ReaderFiles;
  /** What failed while answers were made. */
  readonly faults: unknown[];
  /** What was asked of the table since the last time. */
  asked(): string[];
  /** From now on this time of the day counts; what was read before is read again. */
  jump(at: string): void;
  install(at: string): Promise<void>;
  items(...items: (Partial<Content<ItemRecord>> & Pick<ItemRecord, "id">)[]): Promise<void>;
  edition(content: Partial<Content<EditionRecord>>): Promise<void>;
  source(content: Partial<Content<SourceState>> & Pick<SourceState, "id">): Promise<void>;
  /** Brings the files for readers up to date, as watch does. */
  keep(): Promise<void>;
  /** A path as the site answers it. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  text(path: string): Promise<string>;
  close(): Promise<void>;
}

/** The table, with every question noted. */
function counted(table: Table, asked: string[]): Table {
  return {
    ...table,
    get: (key) => (asked.push("get"), table.get(key)),
    getMany: (keys) => (asked.push("getMany"), table.getMany(keys)),
    list: (...where) => (asked.push("list"), table.list(...where)),
    scan: () => (asked.push("scan"), table.scan()),
    query: (index, range) => (asked.push(`query ${index.name}`), table.query(index, range)),
  };
}

/** Opens a site at a moment; nothing is on record. */
export async function openHouse(at = "2026-11-25T12:00:00Z", evidence: Pick<Evidence, "get"> = { get: async () => undefined }, own: Catalogue = catalogue): Promise<House> {
  const memory = await openMemoryTable();
  const { table } = memory;
  const clock = jumpingClock(Date.parse(at));
  const asked: string[] = [];
  const faults: unknown[] = [];
  const files = memoryFiles();
  const open = (): ReturnType<typeof createSite> => createSite({ table: counted(table, asked), files, evidence, catalogue: async () => own, clock }, (error) => void faults.push(error));
  let app = open();
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> => app.request(`http://almanac.example${path}`, { headers });
  return {
    table,
    get app() {
      return app;
    },
    reopen: () => void (app = open()),
    files,
    faults,
    asked: () => asked.splice(0),
    jump: (to) => clock.set(Date.parse(to)),
    install: async (moment) => table.putAll([toRecord(installKey, { at: moment })]),
    items: async (...items) => table.putAll(items.map((one) => toRecord(itemKey(one.id), { ...item, ...one }))),
    async edition(content) {
      const whole = { ...edition, ...content };
      await table.putAll([toRecord(editionKey(whole.series, whole.key), whole)]);
    },
    source: async (content) => table.putAll([toRecord(sourceKey(content.id), { ...state, ...content })]),
    keep: () =>
      keepForReaders({ table, files, clock }, own.series, (sentence) => {
        throw new Error(sentence);
      }),
    get,
    text: async (path) => (await get(path)).text(),
    close: () => memory.close(),
  };
}
