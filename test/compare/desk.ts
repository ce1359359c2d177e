import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lookAtDue } from "../../functions/compare/round.ts";
import type { Looked } from "../../functions/compare/look.ts";
import type { World } from "../../functions/compare/world.ts";
import { knownOf } from "../../functions/notify/known.ts";
import { folderEvidence } from "../../local/evidence.ts";
import { openTable } from "../../local/table.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { type EditionRecord, editionsOf } from "../../shared/records/editions.ts";
import type { Evidence } from "../../shared/records/evidence.ts";
import { placedAt } from "../../shared/records/history.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import { jumpingClock } from "../intake/clock.ts";
import { openSite, type Site } from "../poll/site.ts";
import { catalogue, type Parts, names } from "../recognition/catalogue.ts";

const opening = "2021-07-01T12:00:00.000Z";
const minute = 60_000;

/** A table with editions, a publisher with their documents, a folder of evidence, and a clock that jumps. */
export interface CompareDesk {
  readonly site: Site;
  readonly table: Table;
  readonly evidence: Evidence;
  readonly world: World;
  /** The ways in which looks ended by a fault of ours since the last time. */
  faults(): string[];
  /** An edition that came out just now, with its document at this path of the site. */
  release(year: number, path: string, more?: Partial<Content<EditionRecord>>): Promise<void>;
  /** The clock goes on, and what is due is looked at. */
  look(minutes?: number): Promise<Looked[]>;
  edition(year: number): Promise<EditionRecord | undefined>;
  /** The files that are kept, by their paths below evidence/. */
  files(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a desk at noon of 1 July 2021. */
export async function openDesk(parts: (site: string) => Parts): Promise<CompareDesk> {
  const site = await openSite();
  const folder = await mkdtemp(join(tmpdir(), "almanac-compare-"));
  const { table, close } = await openTable(folder);
  const clock = jumpingClock(Date.parse(opening));
  const fetch = createFetcher({ contact: undefined, allowLoopback: true, clock });
  const { series, sources, publishers } = knownOf(catalogue(parts(site.url)));
  const evidence = folderEvidence(folder);
  const world: World = { table, clock, fetch, series, sources, publishers, evidence, names };
  const faults: string[] = [];
  return {
    site,
    table,
    evidence,
    world,
    faults: () => faults.splice(0),
    async release(year, path, more) {
      const at = new Date(clock.now()).toISOString();
      const title = `Trafficking in Persons Report ${year}`;
      const edition: Content<EditionRecord> = { ...placedAt(at), series: "tip", key: String(year), year, status: "out", basis: "release", title, url: `${site.url}${path}`, symbol: null, published: at, firstSeen: at, sightings: [], sightingCount: 0, silent: false, rings: [], nextAt: at, ...more };
      await change(table, editionKey("tip", edition.key), () => edition);
    },
    async look(minutes = 1) {
      clock.set(clock.now() + minutes * minute);
      const looked: Looked[] = [];
      await lookAtDue(world, { mayBegin: () => true, looked: (one) => void looked.push(one), fault: (_, error) => void faults.push(String(error)) });
      return looked;
    },
    edition: async (year) => (await editionsOf(table, "tip")).find((edition) => edition.year === year),
    files: async () => (await readdir(join(folder, "evidence"), { recursive: true }).catch(() => [])).filter((name) => /[\da-f]{64}$|\./.test(name)).toSorted(),
    async close() {
      await fetch.close();
      await close();
      await site.close();
      await rm(folder, { recursive: true });
    },
  };
}
