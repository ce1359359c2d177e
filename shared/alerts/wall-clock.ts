/** What a clock on the wall shows: the day, YYYY-MM-DD, and the time, HH:MM of 24 hours. */
export interface WallClock {
  readonly day: string;
  readonly time: string;
}

/** Making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  formats.set(zone, format);
  return format;
}

/** What a clock shows in a time zone at a moment, ISO 8601. Throws RangeError where there is no such zone. */
export function wallClock(moment: string, zone: string): WallClock {
  const parts = new Map(formatOf(zone).formatToParts(Date.parse(moment)).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` };
}

/** Whether there is a time zone of this name. */
export function isZone(zone: string): boolean {
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}
