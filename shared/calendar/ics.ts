import ical, { ICalEventTransparency } from "ical-generator";
import type { AgendaEvent } from "./agenda.ts";
import { isoDay } from "./days.ts";

/** Whoever keeps a calendar up to date asks again after so long. */
const refreshHours = 6;

/** The start of a day as UTC has it: an event of whole days is written by its days alone. */
const at = (day: number): Date => new Date(`${isoDay(day)}T00:00:00Z`);

/**
 * The events as an iCalendar file (RFC 5545), for Apple, Google and Outlook. The same events give the same file: every
 * id, stamp and sequence is in them.
 */
export function ics(name: string, events: readonly AgendaEvent[]): string {
  const calendar = ical({ name, prodId: { company: "Rights Almanac", product: "calendar", language: "EN" }, ttl: refreshHours * 3600 });
  for (const { uid, sequence, changed, first, last, summary, description, url } of events) {
    calendar.createEvent({
      id: `${uid}@rights-almanac`,
      sequence,
      stamp: at(changed),
      lastModified: at(changed),
      start: at(first),
      // The end of whole days is the day after the last.
      end: at(last + 1),
      allDay: true,
      summary,
      description,
      url,
      // Nobody is busy because a report is expected.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
