import type { Series } from "../catalogue/schema.ts";
import { isoDay } from "./days.ts";
import { sessionNumber } from "./session.ts";
import type { SeriesStanding, Standing } from "./standing.ts";
import { regularity, standingWords } from "./words.ts";

/** Where a series stands, as the command and the API give it. Days are YYYY-MM-DD, in the publisher's zone. */
export interface CalendarLine {
  readonly series: string;
  readonly name: string;
  readonly publisher: string;
  readonly edition: number | null;
  readonly standing: Standing;
  /** The usual days of this edition: the first, the middle one and the last. */
  readonly opens: string | null;
  readonly median: string | null;
  readonly closes: string | null;
  /** The day that a law sets. */
  readonly due: string | null;
  readonly released: string | null;
  /** The day that a notice names. */
  readonly announced: string | null;
  /** Days after `due`, or after `closes` where no law sets a day. Absent while it is not past. */
  readonly lateDays?: number;
  readonly lateAgainst?: "due" | "window";
  /** How late the latest was that we know of, measured in the same way, and which edition that was. */
  readonly latestDays?: number;
  readonly latestEdition?: number;
  /** What the days rest on, how many earlier editions, and how closely those kept to one time of the year. */
  readonly basis: "history" | "catalogue" | "law" | null;
  readonly editions: number;
  readonly regularity: ReturnType<typeof regularity>;
  /** The number of the UN session that decides it. */
  readonly session?: number;
  readonly unreadable: readonly string[];
  readonly next: { readonly edition: number; readonly opens: string; readonly closes: string; readonly due: string | null } | null;
  readonly why: readonly string[];
  /** The last alert on where this edition stands; absent where none was told. */
  readonly told?: { readonly alert: string; readonly kind: "late" | "blind"; readonly at: string; readonly update?: boolean };
}

const dayOrNull = (day: number | null | undefined): string | null => (day === null || day === undefined ? null : isoDay(day));

function latenessFields({ lateness }: SeriesStanding): Pick<CalendarLine, "lateDays" | "lateAgainst" | "latestDays" | "latestEdition"> {
  if (lateness === null) return {};
  const { days, against, latest } = lateness;
  return { lateDays: days, lateAgainst: against, ...(latest ? { latestDays: latest.days, latestEdition: latest.year } : {}) };
}

function nextFields({ next }: SeriesStanding): CalendarLine["next"] {
  return next && { edition: next.year, opens: isoDay(next.opens), closes: isoDay(next.closes), due: dayOrNull(next.due) };
}

/** The line of a series. */
export function calendarLine(series: Series, at: SeriesStanding): CalendarLine {
  const { edition, standing, expected, out, notice, unreadable } = at;
  return {
    series: series.id,
    name: series.name,
    publisher: series.publisher,
    edition,
    standing,
    opens: dayOrNull(expected?.opens),
    median: dayOrNull(expected?.median),
    closes: dayOrNull(expected?.closes),
    due: dayOrNull(expected?.due),
    released: dayOrNull(out?.day),
    announced: dayOrNull(notice?.names),
    ...latenessFields(at),
    basis: expected?.basis ?? null,
    editions: expected?.editions ?? 0,
    regularity: regularity(expected?.spreadDays ?? null),
    ...(series.session && edition !== null ? { session: sessionNumber(series.session, edition) } : {}),
    unreadable,
    next: nextFields(at),
    why: standingWords(series, at),
  };
}
