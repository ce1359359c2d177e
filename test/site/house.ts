import { readCatalogue } from "../../cli/paths.ts";
import { openMemoryTable } from "../../local/table.ts";
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
  readonly app: ReturnType<typeof createSite>;
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
  const app = createSite({ table: counted(table, asked), evidence, catalogue: async () => own, clock }, (error) => void faults.push(error));
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> => app.request(`http://almanac.example${path}`, { headers });
  return {
    table,
    app,
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
    get,
    text: async (path) => (await get(path)).text(),
    close: () => memory.close(),
  };
}
