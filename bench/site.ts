import { join } from "node:path";
import { readCatalogue } from "../cli/paths.ts";
import { folderFiles } from "../local/reader-files.ts";
import { openTable } from "../local/table.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { editionKey, installKey, itemKey } from "../shared/records/keys.ts";
import { toRecord } from "../shared/records/records.ts";
import { keepEditions } from "../shared/readers/editions-file.ts";
import type { ReaderFiles } from "../shared/readers/files.ts";
import { contentsIn, contentsName } from "../shared/readers/item-index.ts";
import { keepItems } from "../shared/readers/keep-items.ts";
import { firstMonth, placedAt } from "../shared/records/history.ts";
import type { Table } from "../shared/records/table.ts";
import { createSite } from "../site/app.ts";

/** What a page took: at the server, when nothing was read before and when it was, and how much it asked and gave. */
export interface PageCost {
  readonly path: string;
  readonly coldMs: number;
  readonly warmMs: number;
  /** Questions to the table, when nothing was read before and when it was. */
  readonly coldAsks: number;
  readonly warmAsks: number;
  readonly kilobytes: number;
}

const itemCount = 50_000;
const years = 10;
const sightingsEach = 20;
const runs = 9;
const now = Date.parse("2026-11-25T12:00:00Z");
const dayMs = 86_400_000;

const paths = ["/", "/year/2021", "/series/us-state-tip-report", "/series/us-state-tip-report/2021", "/items", "/items?month=2019-05", "/items?publisher=hrw", "/items?series=us-state-tip-report", "/items?text=abductions", "/items?text=%EC%9D%B8%EA%B6%8C", "/items?publisher=hrw&language=en&text=prison+camps", "/sources", "/feed.atom", "/api/v1/items", "/api/v1/calendar"] as const;

/** Ten years on record: items evenly spread, one in five of a series, and each series' editions with what showed them. */
async function fill(table: Table, { series, sources }: Catalogue): Promise<void> {
  await table.putAll([toRecord(installKey, { at: "2016-11-25T00:00:00Z" })]);
  const items = Array.from({ length: itemCount }, (_, index) => {
    const at = new Date(now - (index / itemCount) * years * 365 * dayMs).toISOString();
    const own = index % 5 === 0 ? series[(index / 5) % series.length]?.id : undefined;
    const id = `example.org/item/${index}`;
    return toRecord(itemKey(id), { ...placedAt(at), id, title: `Human rights in North Korea: ${index % 997 === 0 ? "abductions" : "prison camps"}${index % 7 === 0 ? ", 북한인권보고서 발간" : ""}, number ${index}`, url: `https://${id}`, published: at, seen: at, symbol: null, source: sources[index % sources.length]?.id ?? "", language: "en", relevance: own ? "series" : "about", ...(own ? { series: own } : {}), edition: own ? at.slice(0, 4) : null, role: own ? "coverage" : null, why: ["the title names the DPRK and \"human rights\""], earlierTitles: [] });
  });
  const editions = series.flatMap(({ id, name }) =>
    Array.from({ length: years }, (_, back) => {
      const year = 2026 - back;
      const at = `${year}-06-15`;
      const sightings = Array.from({ length: sightingsEach }, (_unused, index) => ({ item: `example.org/item/${index * 5}`, role: "coverage" as const, source: "us-state-press", at, title: `${name} ${year}`, url: "https://example.org/" }));
      return toRecord(editionKey(id, String(year)), { ...placedAt(at), series: id, key: String(year), year, status: "out", basis: "release", title: `${name} ${year}`, url: "https://example.org/", symbol: null, published: at, firstSeen: at, sightings, sightingCount: sightingsEach, silent: false, rings: [] });
    }),
  );
  await table.putAll([...items, ...editions]);
}

const clock = { now: () => now, sleep: async () => undefined };

/** Keeps the files for readers as watch does, until the index of items is whole. */
async function keepAll(table: Table, files: ReaderFiles, { series }: Catalogue): Promise<void> {
  await keepEditions({ table, files, clock }, series);
  for (;;) {
    await keepItems({ table, files, clock });
    const contents = await files.read(contentsName);
    if (contents.kind === "content" && contentsIn(contents.text)?.from === firstMonth) return;
  }
}

function counting(table: Table): { readonly table: Table; readonly count: () => number } {
  let asks = 0;
  return {
    table: { ...table, get: (key) => (asks++, table.get(key)), getMany: (keys) => (asks++, table.getMany(keys)), list: (...where) => (asks++, table.list(...where)), query: (...what) => (asks++, table.query(...what)) },
    count: () => {
      const counted = asks;
      asks = 0;
      return counted;
    },
  };
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How long each page takes over ten years and 50,000 items, in a folder that is empty. */
export async function pageCosts(folder: string): Promise<PageCost[]> {
  const [catalogue, open] = await Promise.all([readCatalogue(), openTable(join(folder, "data"))]);
  try {
    const files = folderFiles(join(folder, "data"));
    await fill(open.table, catalogue);
    await keepAll(open.table, files, catalogue);
    const { table, count } = counting(open.table);
    const costs: PageCost[] = [];
    for (const path of paths) {
      const [cold, warm, coldAsks, warmAsks]: [number[], number[], number[], number[]] = [[], [], [], []];
      let bytes = 0;
      for (let run = 0; run <= runs; run++) {
        // A new site has read nothing.
        const site = createSite({ table, files, evidence: { get: async () => undefined }, catalogue: async () => catalogue, clock });
        for (const [times, asks] of [[cold, coldAsks], [warm, warmAsks]] as const) {
          count();
          const started = performance.now();
          bytes = Buffer.byteLength(await (await site.request(path)).text());
          // The first run warms the compiler, and does not count.
          if (run > 0) times.push(performance.now() - started);
          asks.push(count());
        }
      }
      costs.push({ path, coldMs: middle(cold), warmMs: middle(warm), coldAsks: middle(coldAsks), warmAsks: middle(warmAsks), kilobytes: bytes / 1000 });
    }
    return costs;
  } finally {
    await open.close();
  }
}
