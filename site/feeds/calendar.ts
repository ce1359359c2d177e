import { agenda } from "../../shared/calendar/agenda.ts";
import { dayNumber } from "../../shared/calendar/days.ts";
import { ics } from "../../shared/calendar/ics.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import type { Overview } from "../reads/overview.ts";
import type { Scope } from "./news.ts";

/** The newest day that the catalogue names: what it says of events can have changed on it last. */
function revisedOn({ series, sources }: Catalogue, today: number): number {
  const days = [...series.flatMap(({ editions }) => editions.map(({ released }) => released)), ...sources.map(({ verified }) => (verified === false ? null : verified))];
  return Math.max(0, ...days.map((day) => dayNumber(day) ?? 0).filter((day) => day <= today));
}

/** The calendar of these series as an iCalendar file. */
export function calendarFile(overview: Overview, title: string, { series, publisher }: Scope): string {
  const { catalogue, standings, at } = overview;
  const chosen = catalogue.series.filter((one) => (series === undefined || one.id === series) && (publisher === undefined || one.publisher === publisher));
  const found = chosen.flatMap(({ id }) => standings.get(id) ?? []);
  return `${ics(title, agenda(catalogue, found, revisedOn(catalogue, dayNumber(at) ?? 0)))}\r\n`;
}
