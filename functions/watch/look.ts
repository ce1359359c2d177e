import { calendar, zoneOf } from "../../shared/calendar/calendar.ts";
import { dayNumber, isoDay } from "../../shared/calendar/days.ts";
import { nowIn } from "../../shared/calendar/known.ts";
import { cannotBeRead, type Watched, watchedIn } from "../../shared/calendar/readable.ts";
import { isHurried } from "../../shared/calendar/season.ts";
import { remindersDue } from "../../shared/calendar/telling.ts";
import { manualChecks } from "../../shared/catalogue/check-sources.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import type { Clock } from "../../shared/clock.ts";
import { editionsOf } from "../../shared/records/editions.ts";
import { installKey, watchKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { plannedMinute } from "../../shared/records/plan.ts";
import { change, type Content, read } from "../../shared/records/records.ts";
import { sideBySide } from "../../shared/records/side-by-side.ts";
import { readStates } from "../../shared/records/sources.ts";
import type { Table } from "../../shared/records/table.ts";
import type { Reminder, Watch } from "../../shared/records/watch.ts";
import type { News } from "./news.ts";
import { type Found, tellStanding } from "./standing.ts";

/** What watch looks at the calendar with. */
export interface Looking {
  readonly table: Table;
  readonly clock: Clock;
}

/** The parts of the catalogue that a look needs. Sources that are not read belong to them: a person may have to look at them. */
export type Looked = Pick<Catalogue, "series" | "sources" | "publishers">;

const minuteMs = 60_000;
/** Of a source that was not read for so long nobody can say that it shows nothing. */
const blindMinutes = 60;
/** A day's word comes at noon in UTC: what came late in the evening in America was read by then, and Seoul and Geneva are awake. */
const noonMs = 12 * 60 * minuteMs;
/** A catalogue in which nobody has looked at anything yet does not ask for it all on one morning. */
const remindersADay = 2;
const queriesAtOnce = 16;
/** A state takes some kilobytes, and those of a hundred thousand sources more than the function has. */
const statesAtOnce = 1000;

/** What was found at a moment, ISO 8601. */
interface Sight {
  readonly at: string;
  readonly hour: string;
  readonly day: string;
  readonly unreadable: readonly string[];
  readonly found: readonly Found[];
}

/** The ids of the sources that cannot be read, in order, and between when each was read. */
async function eyes(table: Table, { sources }: Looked, moment: number): Promise<{ readonly unreadable: string[]; readonly watched: Map<string, Watched> }> {
  const enabled = sources.filter(({ disabled }) => disabled === undefined);
  const unreadable: string[] = [];
  const watched = new Map<string, Watched>();
  for (let from = 0; from < enabled.length; from += statesAtOnce) {
    const some = enabled.slice(from, from + statesAtOnce);
    const states = await readStates(table, some.map(({ id }) => id));
    unreadable.push(...some.filter((source) => cannotBeRead(source, states.get(source.id), moment)).map(({ id }) => id));
    for (const [id, days] of watchedIn(states)) watched.set(id, days);
  }
  return { unreadable: unreadable.toSorted(), watched };
}

async function sightOf({ table, clock }: Looking, catalogue: Looked, install: string): Promise<Sight> {
  const now = clock.now();
  const at = new Date(now).toISOString();
  const { unreadable, watched } = await eyes(table, catalogue, now);
  const recorded: Awaited<ReturnType<typeof editionsOf>> = [];
  await sideBySide(catalogue.series, queriesAtOnce, async ({ id }) => void recorded.push(...(await editionsOf(table, id))));
  const standings = new Map(calendar({ catalogue, recorded, unreadable: new Set(unreadable), watched, at }).map((one) => [one.series, one]));
  const found = catalogue.series.flatMap((series): Found[] => {
    const standing = standings.get(series.id);
    const zone = zoneOf(catalogue, series);
    return standing ? [{ series, standing, at, today: nowIn(zone, at).today, installed: nowIn(zone, install).today }] : [];
  });
  return { at, hour: at.slice(0, 13), day: new Date(now - noonMs).toISOString().slice(0, 10), unreadable, found };
}

/** The looks of today that somebody is to be reminded of, each with its alert. */
function reminders(before: Watch | undefined, { sources }: Looked, { at }: Sight): [source: string, reminder: Reminder][] {
  const reminded = new Map(Object.entries(before?.reminded ?? {}).map(([source, last]) => [source, dayNumber(last.at) ?? 0]));
  const today = dayNumber(at) ?? 0;
  return remindersDue(manualChecks(sources), reminded, today).slice(0, remindersADay).map(({ source }) => [source, { alert: `health:${source}:look:${isoDay(today)}`, at }]);
}

/** Notes what was looked at, and with `isDaily` who is reminded of what. */
async function note(table: Table, catalogue: Looked, sight: Sight, isDaily: boolean): Promise<News[]> {
  const { at, hour, day, unreadable, found } = sight;
  const inSeason = found.filter(({ series, standing, today }) => isHurried(series, standing, today)).map(({ series }) => series.id);
  let due: readonly [source: string, reminder: Reminder][] = [];
  await change(table, watchKey, (before) => {
    due = isDaily ? reminders(before, catalogue, sight) : [];
    const now: Content<Watch> = { owed: before?.owed, owedSince: before?.owedSince, hour, day, unreadable, inSeason, reminded: { ...before?.reminded, ...Object.fromEntries(due) } };
    return due.reduce((record, [, { alert }]) => owe(record, alert, at), now);
  });
  return due.map(([source, { alert }]) => ({ key: watchKey, alert, kind: "health", series: null, edition: null, title: `A look by hand is due: ${source}`, url: null, at }));
}

/**
 * Looks once an hour at where every series stands, and gives the alerts that are owed since. Once a day, and when
 * other sources can be read than before, it tells what changed; once a day it reminds of looks that a person must
 * take. While polling has not kept up, nobody looks: what was not read says nothing.
 */
export async function look(looking: Looking, catalogue: Looked): Promise<News[]> {
  const { table, clock } = looking;
  const before = await read(table, watchKey);
  if (before?.hour === new Date(clock.now()).toISOString().slice(0, 13)) return [];
  const [install, planned] = await Promise.all([read(table, installKey), plannedMinute(table)]);
  if (!install || planned === undefined || clock.now() / minuteMs - planned > blindMinutes) return [];
  const sight = await sightOf(looking, catalogue, install.at);
  const isDaily = before?.day !== sight.day;
  const news: News[] = [];
  if (isDaily || before.unreadable.join(" ") !== sight.unreadable.join(" ")) {
    await sideBySide(sight.found, queriesAtOnce, async (found) => void news.push(...(await tellStanding(table, found))));
  }
  return [...news, ...(await note(table, catalogue, sight, isDaily))];
}
