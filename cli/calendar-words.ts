import { en } from "../shared/alerts/texts/en.ts";
import type { CalendarLine } from "../shared/calendar/line.ts";
import { sayMoment } from "../shared/alerts/days.ts";
import type { Standing } from "../shared/calendar/standing.ts";
import type { StandingRing } from "../shared/records/standing.ts";
import { grid } from "./grid.ts";
import type { Output } from "./output.ts";

/** What needs somebody first. */
const order: readonly Standing[] = ["late", "blind", "missed", "announced", "open", "ahead", "out"];

/** The day by which lines of one standing are told: what comes next, or what came last. */
function dayOf({ standing, announced, opens, released }: CalendarLine): string {
  return (standing === "announced" ? announced : standing === "out" ? released : opens) ?? "9999";
}

function usualDays({ opens, closes }: CalendarLine): string {
  return opens === null || closes === null ? "–" : `${opens} – ${closes}`;
}

/** Where series stand, in aligned lines: what needs somebody first, then what comes next. */
export function calendarTable(lines: readonly CalendarLine[], { style }: Pick<Output, "style">): string[] {
  const sorted = lines.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || dayOf(a).localeCompare(dayOf(b), "en"));
  const cells = sorted.map((line) => [line.standing, line.series, String(line.edition ?? "–"), usualDays(line), line.due ?? "–", line.why.join(" ")]);
  const [head = "", ...rows] = grid([["standing", "series", "edition", "usual days", "by law", "why"], ...cells], process.stdout.columns);
  return [style("dim", head), ...rows];
}

/** What was told last, as a sentence. */
export function toldWords({ kind, update, at, late }: Pick<StandingRing, "kind" | "update" | "at" | "late">): string {
  const what = kind === "late" ? (late?.missed ? "as missed" : "as late") : update ? "that we can tell again" : "that we cannot tell";
  return `Last told ${what}: ${sayMoment(at, en.days) ?? at}.`;
}
