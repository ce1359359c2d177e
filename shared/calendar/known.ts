import type { Edition, Series } from "../catalogue/schema.ts";
import type { EditionRecord } from "../records/editions.ts";
import { announcedDay } from "./announced.ts";
import { dayAt, dayIn, dayNumber } from "./days.ts";
import { exists } from "./doubt.ts";
import { forecast } from "./forecast.ts";
import { isRecordRight, releasedOn } from "./released.ts";

/** From when a series is looked at: a moment, or a day of which all that happened on it is known. */
export interface Now {
  /** Where the publisher is (IANA): its days are those that an edition is dated and due by. */
  readonly zone: string;
  /** The day that it is there. */
  readonly today: number;
  /** The moment in milliseconds since 1970; null where only the day is given. */
  readonly moment: number | null;
}

/** An edition that was out. */
export interface OutEdition {
  readonly year: number | null;
  /** The day of its release; null where nobody knows it. */
  readonly day: number | null;
  readonly url: string | null;
  /** The day on which it became known; null where nobody knows. */
  readonly seen: number | null;
}

/** Word that an edition will come. */
export interface Notice {
  readonly year: number | null;
  /** The day on which it was given. */
  readonly given: number;
  /** The day that it names, if it names one. */
  readonly names: number | null;
  readonly title: string;
  readonly url: string | null;
}

/** What was known of a series' editions at a moment. */
export interface Known {
  /** The oldest first. */
  readonly out: readonly OutEdition[];
  readonly notices: readonly Notice[];
}

/** What the calendar reads of an edition on record. */
export type Recorded = Pick<EditionRecord, "series" | "year" | "status" | "silent" | "published" | "firstSeen" | "url" | "rings" | "sightings">;

/** The point from which to look: a day (YYYY-MM-DD), which is the same day in every zone, or a moment, ISO 8601. */
export function nowIn(zone: string, at: string): Now {
  if (!at.includes("T")) return { zone, today: dayNumber(at) ?? 0, moment: null };
  const moment = Date.parse(at);
  return { zone, today: dayIn(zone, moment), moment };
}

/** Whether that day or moment had come. */
function hadCome(now: Now, when: string): boolean {
  if (now.moment !== null && when.includes("T")) return Date.parse(when) <= now.moment;
  return (dayAt(now.zone, when) ?? Number.POSITIVE_INFINITY) <= now.today;
}

/** The moment at which a recorded edition was first known to be out, and its day where one was given. */
function outSince({ status, silent, published, firstSeen, rings }: Recorded): { since: string; day: string | null } | undefined {
  if (status !== "out") return undefined;
  const ring = rings.find(({ kind }) => kind === "edition");
  const first = ring ? ring.published : published;
  // What was there before the install and has no date may be of any day before.
  if (silent && first === null) return { since: firstSeen, day: null };
  const rung = ring?.at ?? firstSeen;
  // Nothing is out later than it was seen: a day that lay ahead then is a slip of the pen, or that of an event.
  const liesAhead = first !== null && ring !== undefined && Date.parse(first) > Date.parse(ring.at);
  return first === null || liesAhead ? { since: rung, day: rung } : { since: first, day: first };
}

function noticesOf(now: Now, recorded: Recorded): Notice[] {
  const { year, rings, sightings, status } = recorded;
  const own = rings.filter(({ kind }) => kind === "notice");
  // A later notice may name the day where the first did not, and it rings no more.
  const later = own.length > 0 || status === "announced" ? sightings.filter(({ role }) => role === "notice") : [];
  return [...own.map(({ title, url, published, at }) => ({ title, url, given: published ?? at, at })), ...later.map(({ title, url, at }) => ({ title, url, given: at, at }))]
    .filter(({ at }) => hadCome(now, at))
    .flatMap(({ title, url, given }) => {
      const day = dayAt(now.zone, given);
      return day === null ? [] : [{ year, given: day, names: announcedDay(title, day), title, url }];
    });
}

function ofRecord(now: Now, recorded: Recorded): OutEdition[] {
  const out = outSince(recorded);
  if (!out || !hadCome(now, out.since)) return [];
  const seen = dayAt(now.zone, recorded.rings.at(-1)?.at ?? recorded.firstSeen) ?? now.today;
  return [{ year: recorded.year, day: out.day === null ? null : dayAt(now.zone, out.day), url: recorded.url, seen: Math.min(seen, now.today) }];
}

function ofCatalogue(now: Now, { released, year, url }: Edition): OutEdition[] {
  return released !== "unknown" && hadCome(now, released) ? [{ year, day: dayNumber(released), url: url ?? null, seen: dayNumber(released) }] : [];
}

/** An edition that came on a day that nobody saw: out from the day by which the catalogue says so, or once its usual days are over. */
function withoutDay(now: Now, series: Series, dated: readonly OutEdition[], edition: Edition): OutEdition[] {
  const { year, released, url, by } = edition;
  if (released !== "unknown" || !exists(edition)) return [];
  const closes = year === null ? undefined : forecast(series, dated, year)?.closes;
  const known = dayNumber(by ?? null) ?? (closes === undefined ? Number.POSITIVE_INFINITY : closes + 1);
  return known <= now.today ? [{ year, day: null, url: url ?? null, seen: dayNumber(by ?? null) }] : [];
}

/** By year and day, those without a day first. */
function inOrder(editions: readonly OutEdition[]): OutEdition[] {
  return editions.toSorted((a, b) => (a.year ?? 0) - (b.year ?? 0) || (a.day ?? 0) - (b.day ?? 0));
}

/** One edition a year where the series has one a year: the one whose day is known, else any. The first given stands over later ones. */
function onePerYear(editions: readonly OutEdition[]): OutEdition[] {
  const byYear = new Map<number | null, OutEdition>();
  for (const edition of editions) {
    const before = byYear.get(edition.year);
    if (!before || (before.day === null && edition.day !== null)) byYear.set(edition.year, edition);
  }
  return [...byYear.values()];
}

/** The same edition from the catalogue and from the table, where several come in a year. */
function oncePerDay(editions: readonly OutEdition[]): OutEdition[] {
  return editions.filter(({ day }, index) => day === null || editions.findIndex((other) => other.day === day) === index);
}

/**
 * What was known of a series by then, from the catalogue and from what is on record; what is later is left out. Where
 * both know an edition's day, the catalogue's stands, unless it only recalls it or the edition was seen before.
 */
export function knownAt(series: Series, recorded: readonly Recorded[], now: Now): Known {
  const own = recorded.filter((record) => record.series === series.id);
  const once = (editions: readonly OutEdition[]): OutEdition[] => inOrder(series.several || !series.year ? oncePerDay(editions) : onePerYear(editions));
  const right = (edition: Edition): boolean => own.some((record) => record.year === edition.year && hadCome(now, record.firstSeen) && isRecordRight(edition, releasedOn(record, now.zone), record.firstSeen));
  const catalogued = series.several ? series.editions : series.editions.filter((edition) => edition.year === null || !right(edition));
  const dated = once([...catalogued.flatMap((edition) => ofCatalogue(now, edition)), ...own.flatMap((record) => ofRecord(now, record))]);
  const out = once([...dated, ...series.editions.flatMap((edition) => withoutDay(now, series, dated, edition))]);
  return { out, notices: own.flatMap((record) => noticesOf(now, record)) };
}
