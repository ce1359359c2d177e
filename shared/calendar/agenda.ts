import { sayDay } from "../alerts/days.ts";
import { byId } from "../catalogue/by-id.ts";
import type { Catalogue, Series } from "../catalogue/schema.ts";
import { dayNumber } from "./days.ts";
import type { Forecast } from "./forecast.ts";
import type { SeriesStanding, Standing } from "./standing.ts";
import { restsOn, standingWords, whyTold } from "./words.ts";

/** What stands in people's calendars: whole days, both included, as numbers since 1970. */
export interface AgendaEvent {
  /** The same for as long as it is about the same edition, whatever its days. */
  readonly uid: string;
  /** Grows when what it says can have changed. */
  readonly sequence: number;
  /** The day on which it came to say so. */
  readonly changed: number;
  readonly first: number;
  readonly last: number;
  readonly summary: string;
  readonly description: string;
  readonly url: string | null;
  readonly publisher: string;
}

/** A sequence counts the days from here: 1 January 2015. */
const sequenceBegins = 16_436;

type Common = Pick<AgendaEvent, "sequence" | "changed" | "publisher">;

function named(series: Series, year: number): string {
  return `${series.short} ${year}`;
}

/** Everything about the series that does not change with the day on which it is asked. */
function about(series: Series, lines: readonly string[]): string {
  return [series.name, ...series.aka.slice(0, 3), "", ...lines, ...(series.due ? [`By law: ${series.due.law}.`] : [])].join("\n");
}

/** Usual days of more than a month would stand above everything else for as long: they are one event, on the first of them. */
const longestDays = 31;

function windowEvent(series: Series, expected: Forecast, common: Common): AgendaEvent {
  const { year, opens, closes } = expected;
  const isLong = closes - opens >= longestDays;
  const summary = isLong ? `Expected until ${sayDay(closes)}: ${named(series, year)}` : `Expected: ${named(series, year)}`;
  return { ...common, uid: `edition:${series.id}:${year}`, first: opens, last: isLong ? opens : closes, summary, description: about(series, [`Expected between ${sayDay(opens)} and ${sayDay(closes)}, ${restsOn(expected)}.`]), url: null };
}

function dueEvent(series: Series, { year, due }: Forecast, common: Common): AgendaEvent[] {
  if (due === null) return [];
  return [{ ...common, uid: `due:${series.id}:${year}`, first: due, last: due, summary: `Due by law: ${named(series, year)}`, description: about(series, []), url: null }];
}

const overdue: Partial<Record<Standing, string>> = { late: "Late", missed: "Missed", blind: "Cannot tell" };

/** The edition's one event: its window, then the day that was announced, then the day on which it came; the day after its window where it did not. */
function editionEvent(series: Series, standing: SeriesStanding, common: Common): AgendaEvent[] {
  const { edition, expected, notice, out } = standing;
  const year = edition ?? out?.year ?? null;
  if (year === null) return expected && !out ? [windowEvent(series, expected, common)] : [];
  const uid = `edition:${series.id}:${year}`;
  if (out) {
    if (out.day === null) return [];
    return [{ ...common, uid, first: out.day, last: out.day, summary: `Out: ${named(series, year)}`, description: about(series, [`Out since ${sayDay(out.day)}.`]), url: out.url }];
  }
  if (notice && notice.names !== null) return [{ ...common, uid, first: notice.names, last: notice.names, summary: `Announced: ${named(series, year)}`, description: about(series, [notice.title]), url: notice.url }];
  if (!expected) return [];
  const window = windowEvent(series, expected, common);
  const word = overdue[standing.standing];
  return [word === undefined ? window : { ...window, first: expected.closes + 1, last: expected.closes + 1, summary: `${word}: ${named(series, year)}`, description: about(series, [...standingWords(series, standing), ...whyTold(standing).slice(0, 1)]) }];
}

/** The newest day that the catalogue names, until today: what it says of events can have changed on it last. */
export function revisedOn({ series, sources }: Pick<Catalogue, "series" | "sources">, today: number): number {
  const days = [...series.flatMap(({ editions }) => editions.map(({ released }) => released)), ...sources.map(({ verified }) => (verified === false ? null : verified))];
  return Math.max(0, ...days.map((day) => dayNumber(day) ?? 0).filter((day) => day <= today));
}

/**
 * The events of a calendar: for each series its current edition and the next, and the days that laws set. `revised` is
 * the day on which the catalogue last changed. A sequence is the day of the newest thing that an event can rest on, so
 * it never goes back, grows with whatever changes the event, and needs no record of what was published before. What is
 * said of an overdue edition can change on any day, so it is that of today.
 */
export function agenda(catalogue: Pick<Catalogue, "series">, standings: readonly SeriesStanding[], revised: number, today: number): AgendaEvent[] {
  const series = byId(catalogue.series);
  return standings.flatMap((standing) => {
    const one = series.get(standing.series);
    if (!one) return [];
    const changed = Math.max(revised, standing.changed ?? revised, standing.standing in overdue ? today : 0, sequenceBegins);
    const common = { sequence: changed - sequenceBegins, changed, publisher: one.publisher };
    const dueNow = standing.out === null && standing.expected ? dueEvent(one, standing.expected, common) : [];
    const next = standing.next ? [windowEvent(one, standing.next, common), ...dueEvent(one, standing.next, common)] : [];
    return [...editionEvent(one, standing, common), ...dueNow, ...next];
  });
}

