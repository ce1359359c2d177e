import { agenda, revisedOn } from "../../shared/calendar/agenda.ts";
import { dayNumber } from "../../shared/calendar/days.ts";
import { ics } from "../../shared/calendar/ics.ts";
import type { Overview } from "../reads/overview.ts";
import type { Scope } from "./news.ts";

/** The calendar of these series as an iCalendar file. */
export function calendarFile(overview: Overview, title: string, { series, publisher }: Scope): string {
  const { catalogue, standings, at } = overview;
  const chosen = catalogue.series.filter((one) => (series === undefined || one.id === series) && (publisher === undefined || one.publisher === publisher));
  const today = dayNumber(at) ?? 0;
  const found = chosen.flatMap(({ id }) => standings.get(id) ?? []);
  return `${ics(title, agenda(catalogue, found, revisedOn(catalogue, today), today))}\r\n`;
}
