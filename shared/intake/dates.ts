const monthStarts: Record<string, number> = {};
// English, French and Spanish, by the letters that tell them apart.
const monthNames = [
  "jan ene",
  "feb fév fev",
  "mar",
  "apr avr abr",
  "may mai",
  "jun juin",
  "jul juil",
  "aug aoû aou ago",
  "sep",
  "oct",
  "nov",
  "dec déc dic",
];
for (const [index, names] of monthNames.entries()) for (const name of names.split(" ")) monthStarts[name] = index + 1;

const zoneHours: Record<string, number> = {
  gmt: 0, ut: 0, utc: 0, z: 0, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7, akst: -9, hst: -10,
  bst: 1, cet: 1, cest: 2, eet: 2, eest: 3, msk: 3, ist: 5.5, kst: 9, jst: 9,
};

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const letters = "\\p{L}{3,12}";
const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?![\d])/;
const compact = /^(\d{4})(\d{2})(\d{2})(?=T|\s|$)/;
const packed = /^(\d{8})T(\d{2})(\d{2})(\d{2})/;
const dotted = /^(\d{4})\s?[./년]\s?(\d{1,2})\s?[./월]\s?(\d{1,2})(?!\d)\s?[.일]?/;
const dayFirst = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th|er)?[\\s-]+(?:de\\s+)?(${letters})\\.?,?[\\s-]+(?:de\\s+)?(\\d{4}|\\d{2})(?!\\d)`, "iu");
const monthFirst = new RegExp(`^(${letters})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)`, "iu");
const asctime = new RegExp(`^(${letters})\\s+(\\d{1,2})\\s+(\\d{1,2}:\\d{2}:\\d{2})(?:\\s+[A-Z]{3,4})?\\s+(\\d{4})$`, "iu");
const numbers = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)/;
const time = /^(?:T|[\s,–—-]|at\b|à\b|\()*(\d{1,2})(?::(\d{2})|h(\d{2})?(?=\s|$)|(?=\s?[ap]\.?m))(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\b\.?)?\s*/i;
const offset = /^(?:\(?(?:GMT|UTC)\s?)?([+-])(\d{1,2}):?(\d{2})?/i;

/**
 * Reads the date of an item: ISO 8601, RFC 822 with its usual faults, and dates as people write them.
 * Gives ISO 8601 in UTC to the second, a day alone (YYYY-MM-DD) where no time was given, and null for anything else,
 * 03/04/2026 included, which is two days. A time without a zone is taken as UTC.
 */
export function readDate(written: string): string | null {
  let text = written.trim();
  if (text.length < 6 || text.length > 100) return null;
  const weekday = weekdayAt(text);
  text = text.slice(weekday.length);
  const moved = asctime.exec(text);
  if (moved) text = `${moved[1]} ${moved[2]} ${moved[4]} ${moved[3]}`;
  text = text.replace(packed, "$1T$2:$3:$4");
  const found = dayAt(text, weekday.name);
  return found && isDay(found.day) ? withTime(found.day, text.slice(found.length)) : null;
}

/** The weekday that a date begins with. Mardi and martes begin like March, so there the comma decides. */
function weekdayAt(text: string): { name: string; length: number } {
  const found = /^(\p{L}{2,10})\.?(,?)\s*(?=[\d\p{L}])/u.exec(text);
  const word = found?.[1] ?? "";
  if (!found || (found[2] === "" && monthOf(word))) return { name: "", length: 0 };
  return { name: word.slice(0, 3).toLowerCase(), length: found[0].length };
}

/** The first day that a text names plainly, as YYYY-MM-DD; null when it names none. */
export function dayIn(text: string): string | null {
  const found = plainDay.exec(text)?.[0];
  return found ? readDate(found.replaceAll(/\s+/g, " "))?.slice(0, 10) ?? null : null;
}

const plainDay = new RegExp(
  [
    String.raw`(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)`,
    String.raw`(?<!\d)(?:19|20)\d\d\s?[./년]\s?\d{1,2}\s?[./월]\s?\d{1,2}(?!\d)`,
    String.raw`(?<![\p{L}\d])\d{1,2}(?:st|nd|rd|th|er)?\s(?:de\s)?(?:${letters})\.?,?\s(?:de\s)?(?:19|20)\d\d(?!\d)`,
    String.raw`(?<!\p{L})(?:${letters})\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d(?!\d)`,
    String.raw`(?<!\d)\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)`,
  ].join("|"),
  "iu",
);

function monthOf(name: string): number | undefined {
  const start = name.toLowerCase();
  return monthStarts[start.slice(0, 4)] ?? monthStarts[start.slice(0, 3)];
}

function dayAt(text: string, weekday: string): { day: Day; length: number } | undefined {
  const plain = iso.exec(text) ?? compact.exec(text) ?? dotted.exec(text);
  if (plain) return { day: dayOf(plain[1], plain[2], plain[3]), length: plain[0].length };
  const first = dayFirst.exec(text);
  if (first) return { day: dayOf(first[3], String(monthOf(first[2] ?? "") ?? 0), first[1]), length: first[0].length };
  const second = monthFirst.exec(text);
  if (second) return { day: dayOf(second[3], String(monthOf(second[1] ?? "") ?? 0), second[2]), length: second[0].length };
  const third = numbers.exec(text);
  const day = third && dayOfNumbers(third, weekday);
  return third && day ? { day, length: third[0].length } : undefined;
}

/** 29.05.2019 and 29-05-2019 begin with the day; 05/29/2019 with either, so it must tell by itself or by its weekday. */
function dayOfNumbers(found: RegExpExecArray, weekday: string): Day | undefined {
  const european = dayOf(found[4], found[3], found[1]);
  if (found[2] !== "/") return european;
  const american = dayOf(found[4], found[1], found[3]);
  const fits = [european, american].filter((day) => isDay(day) && (!weekday || weekdayOf(day) === weekday));
  return fits.length === 1 || european.day === american.day ? fits[0] : undefined;
}

function dayOf(year = "", month = "", day = ""): Day {
  // RFC 822 wrote years with two digits.
  const century = year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) : 0;
  return { year: century + Number(year), month: Number(month), day: Number(day) };
}

function isDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function weekdayOf({ year, month, day }: Day): string | undefined {
  return weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
}

function withTime(day: Day, rest: string): string | null {
  const alone = `${day.year}-${twoDigits(day.month)}-${twoDigits(day.day)}`;
  const found = time.exec(rest);
  if (!found) return alone;
  const hour = hourOf(Number(found[1]), found[5]);
  const minute = Number(found[2] ?? found[3] ?? 0);
  const second = Number(found[4] ?? 0);
  if (hour > 24 || minute > 59 || second > 60) return null;
  const minutesAhead = zoneMinutes(rest.slice(found[0].length));
  const at = Date.UTC(day.year, day.month - 1, day.day, hour, minute - minutesAhead, Math.min(second, 59));
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function hourOf(hour: number, half: string | undefined): number {
  if (!half) return hour;
  const isAfternoon = half.toLowerCase().startsWith("p");
  if (hour === 12) return isAfternoon ? 12 : 0;
  return isAfternoon && hour < 12 ? hour + 12 : hour;
}

function zoneMinutes(text: string): number {
  const shift = offset.exec(text);
  if (shift) {
    const digits = shift[2] ?? "0";
    const minutes = Number(digits) * 60 + Number(shift[3] ?? 0);
    return shift[1] === "-" ? -minutes : minutes;
  }
  const name = /^\(?([A-Za-z]{1,4})\b/.exec(text)?.[1]?.toLowerCase() ?? "";
  return (zoneHours[name] ?? 0) * 60;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
