import { standingFacts } from "../functions/notify/facts.ts";
import { knownOf } from "../functions/notify/known.ts";
import { standingAfter } from "../functions/watch/standing.ts";
import type { AlertFacts } from "../shared/alerts/alert.ts";
import { calendar, zoneOf } from "../shared/calendar/calendar.ts";
import { isoDay } from "../shared/calendar/days.ts";
import { forecast } from "../shared/calendar/forecast.ts";
import { knownAt, nowIn } from "../shared/calendar/known.ts";
import { releasers } from "../shared/calendar/readable.ts";
import type { Series } from "../shared/catalogue/schema.ts";
import type { Content } from "../shared/records/records.ts";
import type { StandingRecord, StandingRing } from "../shared/records/standing.ts";
import type { Previewed } from "./preview-facts.ts";

/** Longer than anything is late before it is missed. */
const mostDays = 800;
/** For so long the sources of what we cannot tell are taken to be lost. */
const blindDays = 9;

/** The series as it was known before the edition of a year. */
const before = (series: Series, year: number): Series => ({ ...series, editions: series.editions.filter((edition) => edition.year !== null && edition.year < year) });

/** The last day of the usual days of an edition; undefined where nothing tells. */
function lastDay(series: Series, year: number): number | undefined {
  const now = nowIn("UTC", `${year + 3}-01-01`);
  return forecast(series, knownAt(series, [], now).out, year)?.closes;
}

/**
 * What watch would have told of an edition that did not come, in the order in which it would have: it looks at noon of
 * each day after the usual days, and of the first `blind` of them no source can be read.
 */
function rings({ catalogue, series, edition }: Previewed, blind: number): readonly StandingRing[] {
  if (edition.year === null) return [];
  const early = before(series, edition.year);
  const closes = lastDay(early, edition.year);
  if (closes === undefined) return [];
  const sources = releasers(series, catalogue.sources);
  const told: StandingRing[] = [];
  let record: Content<StandingRecord> | undefined;
  for (let day = 1; day <= mostDays && !told.some(({ late }) => late?.missed); day++) {
    const at = `${isoDay(closes + day)}T12:00:00.000Z`;
    const [standing] = calendar({ catalogue: { ...catalogue, series: [early] }, recorded: [], unreadable: new Set(day <= blind ? sources : []), watched: null, at });
    if (!standing) return told;
    const now = standingAfter(record, { series: early, standing, at, today: nowIn(zoneOf(catalogue, series), at).today, installed: 0 });
    told.push(...now.rings.filter((ring) => ring.edition === edition.year));
    record = now.record;
  }
  return told;
}

/** What would be told of the edition had it not come, or could nobody see whether it came; empty where it is never late. */
export function standingExamples(previewed: Previewed): { readonly name: string; readonly facts: AlertFacts }[] {
  const { catalogue, series } = previewed;
  const [seen, unseen] = [rings(previewed, 0), rings(previewed, blindDays)];
  const found = {
    late: seen.find(({ kind, late }) => kind === "late" && !late?.missed),
    "late-missed": seen.find(({ kind, late }) => kind === "late" && late?.missed),
    blind: unseen.find(({ kind, update }) => kind === "blind" && !update),
    "blind-update": unseen.find(({ kind, update }) => kind === "blind" && update),
  };
  const known = knownOf(catalogue);
  return Object.entries(found).flatMap(([name, ring]) => {
    const facts = ring && standingFacts(known, { series: series.id, rings: [ring] }, ring.alert, []);
    return facts ? [{ name, facts }] : [];
  });
}
