import { type AlertFacts, byHand } from "./alert.ts";
import { dayAt, dayNumber, dayOfYear, yearOf, yearsLater } from "../calendar/days.ts";
import { en } from "./texts/en.ts";
import type { Owner, Texts } from "./texts/texts.ts";

type Earlier = AlertFacts["earlier"][number];

/** An opening day this much after the day in question still belongs to the same season. */
const earlyDays = 60;
/** Without a window, a statutory day is taken for the next one when it is no further ahead than this. */
const aheadDays = 120;

/** The earlier edition that a reader compares with: the newest one before this, whether or not its day is known. */
export function editionBefore(facts: AlertFacts): Earlier | null {
  return facts.earlier.find(({ year }) => year === null || facts.edition === null || year <= facts.edition) ?? null;
}

function ownerOf(before: Earlier, beforeDay: number, day: number, edition: number): Owner {
  if (before.year === edition - 1 && yearOf(beforeDay) === yearOf(day) - 1) return "last-year";
  return before.year ?? "last";
}

/** The earlier edition whose day is known to lie before this one's. */
function datedBefore(facts: AlertFacts, day: number): (Earlier & { readonly day: number }) | null {
  const before = facts.earlier.find(
    ({ year, released }) =>
      (dayNumber(released) ?? Infinity) <= day && (year === null || facts.edition === null || year <= facts.edition),
  );
  const beforeDay = before ? dayNumber(before.released) : null;
  return before && beforeDay !== null ? { ...before, day: beforeDay } : null;
}

/** The day that is compared, where the publisher is; null where there is none. */
function dayCompared(facts: AlertFacts): number | null {
  const zone = facts.publisher.zone ?? "UTC";
  // Who entered it by hand without its day may have seen it long after it came out.
  if (facts.series === null || (facts.source.id === byHand && facts.published === null)) return null;
  return dayAt(zone, facts.kind === "edition" ? (facts.published ?? facts.at) : facts.at) ?? dayAt(zone, facts.at);
}

/** How many days later in its year an edition came than the one before in its own; null where there is none of another year to compare with. */
export function daysLater(facts: AlertFacts): { readonly days: number; readonly year: number } | null {
  const day = facts.kind === "edition" ? dayCompared(facts) : null;
  const before = day === null ? null : datedBefore(facts, day);
  if (day === null || !before || before.year === null || facts.edition === null || before.year === facts.edition) return null;
  // At the same distance from the edition's year.
  const days = day - yearsLater(before.day, facts.edition - before.year);
  return Number.isFinite(days) ? { days, year: before.year } : null;
}

function againstBefore(facts: AlertFacts, day: number, { compared, days }: Texts): string | null {
  const before = datedBefore(facts, day);
  if (!before) return null;
  const later = daysLater(facts)?.days;
  if (later === undefined || facts.edition === null) return compared.afterTheOneBefore(day - before.day, days.day(before.day));
  const owner = ownerOf(before, before.day, day, facts.edition);
  const date = owner === "last-year" ? days.dayOfYear(before.day) : days.day(before.day);
  return later === 0 ? compared.sameDay(owner, date) : compared.later(later, owner, date);
}

/** The statutory day of the season in which `day` lies. */
function dueDay(facts: AlertFacts, day: number): number | null {
  const due = facts.due?.day;
  if (due === undefined) return null;
  const years = [-1, 0, 1].map((step) => yearOf(day) + step);
  const inYears = (monthDay: string) => years.map((year) => dayOfYear(year, monthDay)).filter((found) => found !== null);
  const opens = facts.window ? inYears(facts.window.opens).findLast((open) => open <= day + earlyDays) : undefined;
  if (opens === undefined) return inYears(due).findLast((found) => found <= day + aheadDays) ?? null;
  return inYears(due).sort((a, b) => Math.abs(a - opens) - Math.abs(b - opens))[0] ?? null;
}

function usualWindow({ window }: Pick<AlertFacts, "window">, { compared, days }: Texts): string | null {
  // Any leap year will do to say a day of the year.
  const [opens, closes] = window ? [dayOfYear(2000, window.opens), dayOfYear(2000, window.closes)] : [null, null];
  return opens === null || closes === null ? null : compared.window(days.dayOfYear(opens), days.dayOfYear(closes));
}

function againstLaw(facts: AlertFacts, day: number, measured: boolean, { compared, days }: Texts): string | null {
  const due = dueDay(facts, day);
  return due === null ? null : compared.law(days.dayOfYear(due), measured ? day - due : null);
}

/** How late it is against the law or its own habit, and against the latest that we know of. */
function againstLatest({ late, window }: AlertFacts, texts: Texts): string[] {
  const from = late ? dayNumber(late.from) : null;
  if (!late || from === null) return [];
  const said = texts.compared.late(late, from);
  // Measured from the end of the window, it says that day already.
  const usual = late.against === "due" ? usualWindow({ window }, texts) : null;
  return usual === null ? said : [...said, sentence(usual)];
}

const sentence = (part: string): string => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`;

/**
 * How the day of this alert compares with other years, with the usual window and with the law, a sentence each;
 * none where nothing is known to compare with. Only what is out or late is measured in days, which are the publisher's.
 */
export function comparison(facts: AlertFacts, texts: Texts = en): string[] {
  const out = facts.kind === "edition";
  // Where we cannot tell, it may be out: then nothing is late. What once was blind is late where it was not found.
  const late = facts.kind === "late" || (facts.kind === "blind" && facts.update);
  const day = dayCompared(facts);
  if (day === null) return [];
  const measured = late ? againstLatest(facts, texts) : [];
  if (measured.length > 0) return measured;
  const parts = [out ? againstBefore(facts, day, texts) : null, usualWindow(facts, texts), againstLaw(facts, day, out || late, texts)];
  return parts.filter((part) => part !== null).map(sentence);
}
