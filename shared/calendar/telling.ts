import type { ManualCheck } from "../catalogue/check-sources.ts";
import { dayNumber, isoDay } from "./days.ts";
import type { SeriesStanding, Standing } from "./standing.ts";

/** What was last told of a series, kept beside its editions. Days are numbers since 1970. */
export interface Told {
  readonly edition: number | null;
  readonly standing: Standing;
  /** Since which day it stands so. */
  readonly since: number;
  /** When it was last told that the edition is late. */
  readonly late?: number;
  /** When it was told that we cannot tell, and the day on which that was taken back. */
  readonly blind?: number;
  readonly seeing?: number;
}

/** An alert that is due now. */
export interface Telling {
  /** Follows from what it says, so that the same news has the same id. */
  readonly alert: string;
  readonly kind: "late" | "blind";
  /** True where an earlier alert is taken back: we can see again. */
  readonly update: boolean;
  readonly standing: SeriesStanding;
}

const weekDays = 7;

function telling(standing: SeriesStanding, kind: Telling["kind"], today: number, update = false): Telling {
  return { alert: [kind, standing.series, String(standing.edition), ...(update ? ["seen"] : []), isoDay(today)].join(":"), kind, update, standing };
}

/** The edition before had not come when the window of the next opened: it is missed, and that was not told yet. */
function leftBehind(before: Told | undefined, now: SeriesStanding): SeriesStanding | undefined {
  if (before?.standing !== "late" || before.edition === now.edition || before.edition === null) return undefined;
  // Nobody knows whether it came while its sources were not read.
  if (now.watchedFrom === null || now.watchedFrom > before.since) return undefined;
  const came = now.lastOut !== null && now.lastOut >= before.edition;
  return came ? undefined : { ...now, edition: before.edition, standing: "missed", expected: null, notice: null, lateness: null, next: null };
}

/** What is told of the current edition, and what was told then. `told` holds what was told of it before. */
function tellCurrent(told: Told, wasMissed: boolean, now: SeriesStanding, today: number): { readonly told: Told; readonly alerts: readonly Telling[] } {
  const { standing } = now;
  const isBlindTold = told.blind !== undefined && told.seeing === undefined;
  // A source that comes and goes would have it told each day that we can tell, and that we cannot.
  const isJustSeen = told.seeing !== undefined && today - told.seeing < weekDays;
  if (standing === "blind") return isBlindTold || isJustSeen ? { told, alerts: [] } : { told: { ...told, blind: today, seeing: undefined }, alerts: [telling(now, "blind", today)] };
  const isLate = standing === "late" || standing === "missed";
  // Whoever hears that we can see again hears how it stands, and needs no second message on the same day.
  if (isBlindTold) {
    const seen: Told = { ...told, seeing: today, ...(isLate ? { late: today } : {}) };
    return { told: seen, alerts: standing === "out" ? [] : [telling(now, "blind", today, true)] };
  }
  const isNews = told.late === undefined || (standing === "missed" && !wasMissed);
  const isWeekly = standing === "late" && told.late !== undefined && today - told.late >= weekDays;
  return isLate && (isNews || isWeekly) ? { told: { ...told, late: today }, alerts: [telling(now, "late", today)] } : { told, alerts: [] };
}

/**
 * What is to be told of a series, from what was told before and where it stands today, and what is told then. Each
 * change is told once, late again each week, and that we can see again as an update of that we could not. What was
 * over before the day of the install is told to nobody: `installed` is that day.
 */
export function tell(before: Told | undefined, now: SeriesStanding, today: number, installed: number): { readonly told: Told; readonly alerts: readonly Telling[] } {
  const { standing, edition, expected } = now;
  const same: Partial<Told> = before?.edition === edition ? before : {};
  const told: Told = { ...same, edition, standing, since: same.standing === standing ? (same.since ?? today) : today };
  const missed = leftBehind(before, now);
  const left = missed ? [telling(missed, "late", today)] : [];
  if (expected !== null && expected.closes < installed) return { told, alerts: left };
  const current = tellCurrent(told, same.standing === "missed", now, today);
  return { told: current.told, alerts: [...left, ...current.alerts] };
}

/**
 * The looks that a person must take and is to be reminded of today: those that are due, once, and again after as many
 * days as lie between two looks. `reminded` has the day of the last reminder, by source.
 */
export function remindersDue(checks: readonly ManualCheck[], reminded: ReadonlyMap<string, number>, today: number): ManualCheck[] {
  return checks.filter(({ source, dueOn, everyDays }) => {
    const due = dueOn === null ? Number.NEGATIVE_INFINITY : (dayNumber(dueOn) ?? Number.NEGATIVE_INFINITY);
    const last = reminded.get(source);
    return due <= today && (last === undefined || last < due || today - last >= everyDays);
  });
}
