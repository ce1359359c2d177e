import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { knownOf } from "../../functions/notify/known.ts";
import { sweep } from "../../functions/notify/sweep.ts";
import { look } from "../../functions/watch/look.ts";
import type { News } from "../../functions/watch/news.ts";
import { openTable } from "../../local/table.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import type { Health } from "../../shared/intake/health.ts";
import { installKey, sourceKey } from "../../shared/records/keys.ts";
import { setPlanned } from "../../shared/records/plan.ts";
import { change } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Table } from "../../shared/records/table.ts";
import { jumpingClock } from "../intake/clock.ts";
import { watchedTable, type Watcher } from "../poll/watched-table.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import { state } from "../records/parts.ts";

/** Watch and notify over a real table, and a clock that jumps. */
export interface Tower {
  readonly table: Table;
  readonly folder: string;
  /** What was written since the last time, as "pk sk". */
  written(): string[];
  /** Sources are read with this health from now on. */
  health(id: string, health: Health, since: string): Promise<void>;
  /** Looks at a moment, at which polling has kept up unless it is said to be older; at its table, or through another. */
  look(at: string, plannedMinutesAgo?: number, through?: Table): Promise<News[]>;
  /** Sends what is owed, and gives what was sent. */
  send(): Promise<Composed[]>;
  close(): Promise<void>;
  /** Closes, and leaves the folder. */
  leave(): Promise<void>;
}

/** How a tower is set. */
export interface TowerSetting {
  readonly parts: Parts;
  readonly installed: string;
  /** A data folder of an earlier tower, which is left alone at the end. */
  readonly folder?: string;
  readonly watcher?: Watcher;
  /** Sources that were never read. */
  readonly unread?: readonly string[];
}

/** Opens a tower; every source was read well since the install. */
export async function openTower({ parts, installed, folder: given, watcher, unread = [] }: TowerSetting): Promise<Tower> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), "almanac-tower-")));
  const opened = await openTable(folder);
  const known = catalogue(parts);
  const writes: string[] = [];
  const counted = watchedTable(opened.table, { after: ({ pk, sk }) => void writes.push(`${pk} ${sk}`) });
  const table = watcher ? watchedTable(counted, watcher) : counted;
  const clock = jumpingClock();
  await change(opened.table, installKey, (before) => before ?? { at: installed });
  for (const { id } of known.sources) {
    if (!unread.includes(id)) await change(opened.table, sourceKey(id), (before) => before ?? { ...state, id, since: installed, firstRead: installed, lastRead: installed });
  }
  return {
    table,
    folder,
    written: () => writes.splice(0),
    health: async (id, health, since) => void (await change(opened.table, sourceKey(id), (before) => before && { ...before, health, since })),
    async look(at, plannedMinutesAgo = 0, through = table) {
      clock.set(Date.parse(at));
      const isWell = ({ health, since }: SourceState): boolean => health === "well" || since > at;
      for (const { id } of known.sources) await change(opened.table, sourceKey(id), (before) => before && (isWell(before) ? { ...before, lastRead: at } : before));
      await setPlanned(opened.table, Math.floor(clock.now() / 60_000) - plannedMinutesAgo);
      return look({ table: through, clock }, known);
    },
    async send() {
      const sent: Composed[] = [];
      const publish = async (alert: Composed): Promise<string[]> => {
        sent.push(alert);
        return ["sent"];
      };
      const { failed } = await sweep({ table, known: knownOf(known), clock, publish });
      if (failed[0]) throw failed[0].error;
      return sent;
    },
    leave: () => opened.close(),
    async close() {
      await opened.close();
      if (!given) await rm(folder, { recursive: true });
    },
  };
}

/** A yearly report of June, and its two sources. */
export const juneReport: Parts = {
  series: [
    {
      id: "report",
      name: "Report on Prisons",
      year: "release",
      due: { day: "06-15", law: "Prisons Act" },
      recognise: [{ role: "release", title: ["report on prisons"] }],
      editions: [2017, 2018, 2019, 2020].map((year) => ({ year, released: `${year}-06-20` })),
    },
  ],
  sources: ["one", "two"].map((id) => ({ id, publisher: "state", url: `https://${id}.example/feed`, read: { as: "feed" }, everyMinutes: 60, carries: ["report"] })),
};
