import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { dayNumber, isoDay } from "../../shared/calendar/days.ts";
import type { Forecast } from "../../shared/calendar/forecast.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import { tell, type Telling } from "../../shared/calendar/telling.ts";
import { whyTold } from "../../shared/calendar/words.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { standingKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, type Content } from "../../shared/records/records.ts";
import { asTold, type StandingRecord, type StandingRing, toldIn, withRings } from "../../shared/records/standing.ts";
import type { Table } from "../../shared/records/table.ts";
import type { News } from "./news.ts";

/** Where a series stands at a moment (ISO 8601), and since when anybody looks. Days are numbers since 1970, at the publisher. */
export interface Found {
  readonly series: Series;
  readonly standing: SeriesStanding;
  readonly at: string;
  readonly today: number;
  readonly installed: number;
}

function windowOf(expected: Forecast | null): AlertFacts["window"] {
  return expected && { opens: isoDay(expected.opens).slice(5), closes: isoDay(expected.closes).slice(5) };
}

/**
 * How late it is; an edition that the next one has overtaken is measured from where it was measured before. Nothing
 * where we cannot tell: it may have come.
 */
function lateOf({ kind, update, standing }: Telling, before: readonly StandingRing[], today: number): AlertFacts["late"] {
  const { edition, lateness } = standing;
  if (kind === "blind" && !update) return undefined;
  const missed = standing.standing === "missed";
  if (lateness) {
    const { against, from, days, latest } = lateness;
    return { missed, against, from: isoDay(from), days, latest: latest && { edition: latest.year, days: latest.days } };
  }
  const last = before.findLast((ring) => ring.edition === edition && ring.late)?.late;
  return last && { ...last, missed, days: today - (dayNumber(last.from) ?? today) };
}

function ringOf(telling: Telling, before: readonly StandingRing[], { at, today }: Found): StandingRing {
  const { alert, kind, update, standing } = telling;
  return { alert, kind, at, update, edition: standing.edition, late: lateOf(telling, before, today), window: windowOf(standing.expected), why: whyTold(standing) };
}

/** The record as it is after what was found, and what it owes since; the same record where it says that already. */
export function standingAfter(before: Content<StandingRecord> | undefined, found: Found): { readonly record: Content<StandingRecord>; readonly rings: readonly StandingRing[] } {
  const { series, standing, at, today, installed } = found;
  const { told, alerts } = tell(before && toldIn(before), standing, today, installed);
  const earlier = before?.rings ?? [];
  const rings = alerts.filter(({ alert }) => earlier.every((ring) => ring.alert !== alert)).map((telling) => ringOf(telling, earlier, found));
  const says = asTold(told);
  if (before && rings.length === 0 && JSON.stringify(asTold(toldIn(before))) === JSON.stringify(says)) return { record: before, rings };
  const record: Content<StandingRecord> = { owed: before?.owed, owedSince: before?.owedSince, series: series.id, ...says, rings: earlier };
  return { record: withRings(rings.reduce((owing, { alert }) => owe(owing, alert, at), record), rings), rings };
}

/**
 * Keeps where a series stands, and gives the alerts that are owed for it since: each change is told once, late again
 * each week. One write keeps what was told together with what is owed, so that no alert is lost, and none comes twice.
 */
export async function tellStanding(table: Table, found: Found): Promise<News[]> {
  const { series, at } = found;
  const key = standingKey(series.id);
  let rings: readonly StandingRing[] = [];
  await change(table, key, (before) => {
    const now = standingAfter(before, found);
    rings = now.rings;
    return now.record;
  });
  return rings.map(({ alert, kind, edition, update }) => ({ key, alert, kind, series: series.id, edition, title: `${series.name}${edition === null ? "" : ` ${edition}`}`, url: null, at, ...(update ? { update } : {}) }));
}
