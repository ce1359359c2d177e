import { sayDay, sayDays } from "../alerts/days.ts";
import type { Series } from "../catalogue/schema.ts";
import type { Forecast } from "./forecast.ts";
import type { Lateness } from "./lateness.ts";
import type { SeriesStanding } from "./standing.ts";

const fromWhat = { due: "the statutory day", window: "the end of its usual days" } as const;

/** "The latest ever came 168 days after it (edition 2024)." Nothing where no day is known. */
function latestEver({ latest, days }: Lateness): string | undefined {
  if (latest === null) return undefined;
  if (latest.days <= 0) return "No edition before it that we know of came after that day.";
  const came = `came ${sayDays(latest.days)} after that day (edition ${latest.year})`;
  return days > latest.days ? `Later than ever: the latest before it ${came}.` : `The latest ever ${came}.`;
}

/** How late an edition is, or was, against the law or its own habit, and against the latest that we know of. */
export function latenessWords(lateness: Lateness): string[] {
  const { against, days, from } = lateness;
  return [`${sayDays(days)} after ${fromWhat[against]}, ${sayDay(from)}.`, latestEver(lateness)].filter((sentence) => sentence !== undefined);
}

/** What a forecast rests on, as the end of a sentence. */
export function restsOn({ basis, editions }: Forecast): string {
  if (basis === "history") return `by the days of ${editions} earlier editions`;
  return basis === "catalogue" ? "by the catalogue" : "by law";
}

function expectedWords(expected: Forecast): string {
  return `Expected from ${sayDay(expected.opens)} to ${sayDay(expected.closes)}, ${restsOn(expected)}.`;
}

function noticeWords({ notice }: SeriesStanding): string[] {
  if (notice === null) return [];
  return [notice.names === null ? `Announced on ${sayDay(notice.given)}, without a day.` : `Announced for ${sayDay(notice.names)}.`];
}

function outWords({ out, lateness }: SeriesStanding): string[] {
  if (out === null) return [];
  return [out.day === null ? "It is out; the day of its release is not known." : `Out since ${sayDay(out.day)}.`, ...(lateness ? latenessWords(lateness) : [])];
}

function blindWords({ doubt, unreadable }: SeriesStanding): string[] {
  if (doubt !== null) return ["We cannot tell whether it came.", doubt];
  if (unreadable.length === 0) return ["We cannot tell whether it came: none of our sources could show it."];
  return [`We cannot tell whether it came: ${unreadable.join(", ")} cannot be read.`];
}

/** Why an edition is told as late, or as one of which we cannot tell: when it was expected, and what keeps us from seeing it. */
export function whyTold(at: SeriesStanding): string[] {
  return [...(at.expected ? [expectedWords(at.expected)] : []), ...(at.standing === "blind" ? blindWords(at) : [])];
}

/** Why a series stands where it stands, a sentence each. */
export function standingWords(series: Series, at: SeriesStanding): string[] {
  const { standing, expected, lateness, next } = at;
  const late = lateness ? latenessWords(lateness) : [];
  if (standing === "out") return [...outWords(at), ...(next ? [`The next is expected from ${sayDay(next.opens)}.`] : [])];
  if (standing === "announced") return noticeWords(at);
  if (standing === "blind") return [...blindWords(at), ...late];
  if (standing === "missed") return ["It did not come in its time.", ...late];
  if (standing === "late") return late;
  if (expected === null) return [`It keeps to no time of the year${series.cadence === "irregular" ? ", and comes when it comes" : ""}.`];
  return [...late, expectedWords(expected)];
}

/** How closely earlier editions kept to one time of the year; null where too few are known. */
export function regularity(spreadDays: number | null): "week" | "month" | "season" | "loose" | null {
  if (spreadDays === null) return null;
  if (spreadDays <= 4) return "week";
  if (spreadDays <= 15) return "month";
  return spreadDays <= 45 ? "season" : "loose";
}
