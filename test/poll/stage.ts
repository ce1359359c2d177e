import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { knownOf } from "../../functions/notify/known.ts";
import { type Swept, sweep } from "../../functions/notify/sweep.ts";
import { createBodyReader } from "../../functions/poll/body.ts";
import type { Outcome } from "../../functions/poll/poll.ts";
import { pollRound } from "../../functions/poll/round.ts";
import { openTable } from "../../local/table.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import { createFetcher, type Fetcher } from "../../shared/intake/fetch.ts";
import { compiledWhenAsked } from "../../shared/recognition/compile.ts";
import { editionsOf, type EditionRecord } from "../../shared/records/editions.ts";
import { history } from "../../shared/records/history.ts";
import { installedAt } from "../../shared/records/install.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import type { Table } from "../../shared/records/table.ts";
import { jumpingClock } from "../intake/clock.ts";
import { catalogue, type Parts, names } from "../recognition/catalogue.ts";
import { openSite, type Site } from "./site.ts";
import { type Watcher, watchedTable } from "./watched-table.ts";

/** When the stage opens, and the table is first used. */
const opening = "2021-06-20T12:00:00.000Z";

/** The whole path over a site and a table, both real, and a clock that goes five minutes on with each round. */
export interface Stage {
  readonly site: Site;
  readonly table: Table;
  /** What was written since the last time, as "pk sk". */
  written(): string[];
  at(): string;
  /** The clock goes to this moment. */
  jump(at: string): void;
  /** Polls sources, by id; all of them unless some are named. Outcomes come in the order in which they ended. */
  poll(...ids: readonly string[]): Promise<Outcome[]>;
  /** Polls, and gives what rang, one line each. */
  rings(...ids: readonly string[]): Promise<string[]>;
  /** Sends what is owed. */
  sweep(publish?: (alert: Composed) => void): Promise<Swept>;
  editions(series: string): Promise<EditionRecord[]>;
  items(): Promise<ItemRecord[]>;
  close(): Promise<void>;
}

/** How a stage is set. */
export interface Setting {
  /** The catalogue, over the site's address. */
  readonly parts: (site: string) => Parts;
  /** A data folder and a site of an earlier stage, which are then left alone at the end. */
  readonly folder?: string;
  readonly site?: Site;
  readonly credentials?: Record<string, string>;
  /** What the catalogue calls the site, in place of its address. On this machine's own address every source counts as a host of its own. */
  readonly host?: string;
  readonly watcher?: Watcher;
  readonly headersMs?: number;
  readonly wholeMs?: number;
}

async function itemsOf(table: Table): Promise<ItemRecord[]> {
  const items: ItemRecord[] = [];
  for await (const record of history(table, { from: "2021-01", to: "2022-12" })) if (record.kind === "item") items.push(record);
  return items;
}

/** Opens a stage. */
export async function openStage({ parts, folder, site: given, credentials = {}, host, watcher, headersMs = 5000, wholeMs = 60_000 }: Setting): Promise<Stage> {
  const site = given ?? (await openSite());
  const home = folder ?? (await mkdtemp(join(tmpdir(), "almanac-stage-")));
  const opened = await openTable(home);
  const writes: string[] = [];
  const counted = watchedTable(opened.table, { after: ({ pk, sk }) => void writes.push(`${pk} ${sk}`) });
  const table = watcher ? watchedTable(counted, watcher) : counted;
  const clock = jumpingClock(Date.parse(opening));
  const fetch = createFetcher({ contact: undefined, allowLoopback: true, clock, timeouts: { headersMs, wholeMs } });
  const asked: Fetcher = host === undefined ? fetch : (request) => fetch({ ...request, url: request.url.replace(host, site.url) });
  const known = catalogue(parts(host ?? site.url));
  const index = knownOf(known);
  const installed = await installedAt(opened.table, opening);
  const world = { table, fetch: asked, clock, rules: compiledWhenAsked(known), series: index.series, readBody: createBodyReader(asked, names), installed, credentials, random: () => 0.5 };
  const at = (): string => new Date(clock.now()).toISOString();
  async function poll(...ids: readonly string[]): Promise<Outcome[]> {
    clock.set(clock.now() + 5 * 60_000);
    const outcomes: Outcome[] = [];
    await pollRound(world, known.sources.filter(({ id }) => ids.length === 0 || ids.includes(id)), (outcome) => void outcomes.push(outcome));
    return outcomes;
  }

  return {
    site,
    table,
    written: () => writes.splice(0),
    at,
    jump: (to) => clock.set(Date.parse(to)),
    poll,
    rings: async (...ids) =>
      (await poll(...ids)).flatMap(({ rung }) => rung).map(({ kind, series, edition, title, basis, update }) => [kind, series, edition, basis, update && "update", `“${title}”`].filter((word) => word !== null && word !== undefined && word !== false).join(" ")),
    sweep: (publish = () => undefined) =>
      sweep({
        table,
        known: index,
        clock,
        publish: async (alert) => {
          publish(alert);
          return ["sent"];
        },
      }),
    editions: (series) => editionsOf(table, series),
    items: () => itemsOf(table),
    async close() {
      await fetch.close();
      await opened.close();
      if (!given) await site.close();
      if (!folder) await rm(home, { recursive: true });
    },
  };
}
