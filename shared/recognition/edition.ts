import type { Series } from "../catalogue/schema.ts";
import { sessionYear } from "./symbols.ts";

/** The year that an item is taken to speak of, and what was weighed. */
export interface EditionYear {
  readonly year: number | null;
  readonly why: string;
}

/** Whether a day (YYYY-MM-DD…) lies in days of the year, both included; a window may run over New Year. */
export function inWindow(day: string, window: { readonly opens: string; readonly closes: string }): boolean {
  const monthDay = day.slice(5, 10);
  return window.opens <= window.closes
    ? monthDay >= window.opens && monthDay <= window.closes
    : monthDay >= window.opens || monthDay <= window.closes;
}

/** What comes this long after a window of autumn, in the next year, is still of that autumn. */
const lateDays = 60;

/** The year in which the window that a day belongs to opened. */
function seasonYear(day: string, series: Series): number {
  const year = Number(day.slice(0, 4));
  const { window } = series;
  if (!window) return year;
  const overNewYear = window.opens > window.closes;
  if (inWindow(day, window)) return overNewYear && day.slice(5, 10) <= window.closes ? year - 1 : year;
  if (series.several) return year;
  const closed = Date.parse(`${overNewYear ? year : year - 1}-${window.closes}`);
  const daysLate = (Date.parse(day.slice(0, 10)) - closed) / 86_400_000;
  return daysLate > 0 && daysLate <= lateDays ? year - 1 : year;
}

/** Years named in folded words: 2021, FY22, both years of 2022/23, and 2016 where somebody typed 0216. Years of Acts are not editions, nor is one that something was "since". */
export function yearsIn(folded: string, actYears: readonly number[]): number[] {
  const years: number[] = [];
  let previous: number | undefined;
  let before = "";
  for (const typed of folded.split(" ")) {
    const word = typed.replace(/^02(?=[0-3]\d$)/, "20");
    const plain = before === "since" ? undefined : /^(?:fy|cy)?((?:19|20)\d\d)(?:년도?|년판)?$/.exec(word)?.[1];
    before = word;
    const short = /^fy(\d\d)$/.exec(word)?.[1] ?? (previous !== undefined && /^\d\d$/.test(word) && Number(word) === (previous + 1) % 100 ? word : undefined);
    const year = plain ? Number(plain) : short ? 2000 + Number(short) : undefined;
    if (year !== undefined && !actYears.includes(year)) years.push(year);
    previous = plain ? year : undefined;
  }
  return years;
}

/**
 * The years that a title names. Where a series comes out when the year is young, a document dated in the last
 * months of a year ("Country Dossier, November 2020") belongs to the edition of the next.
 */
function namedYears(series: Series, folded: string): number[] {
  const years = yearsIn(folded, series.actYears);
  const comesEarly = series.year === "release" && series.window !== undefined && series.window.opens < series.window.closes && series.window.closes < "04-01";
  const [, dated] = /(?:^| )(?:november|december) (20\d\d)(?= |$)/.exec(folded) ?? [];
  if (!comesEarly || dated === undefined || years.length > 1) return years;
  return years.map((year) => (year === Number(dated) ? year + 1 : year));
}

/** The years that an edition released on a day may have, the likeliest first. */
function yearsOnDay(series: Series, day: string): number[] {
  const lags = series.lagYears ?? (series.year === "coverage" ? [1] : [0]);
  return lags.map((lag) => seasonYear(day, series) - lag);
}

/**
 * Which edition an item is about. The symbol's session stands over the title, the title over the date, as
 * long as a release on that day could have that year. Where they disagree by a year the window decides,
 * since publishers and news name the year of release as easily as the year covered; a title that is
 * further off names an old edition that was published again.
 */
export function editionYear(series: Series, folded: string, published: string | null, symbols: readonly string[]): EditionYear {
  if (!series.year) return { year: null, why: "editions of this series are not counted by years" };
  if (series.session) {
    for (const symbol of symbols) {
      const year = sessionYear(symbol, series.session);
      if (year !== undefined) return { year, why: `the symbol ${symbol} is of the session of ${year}` };
    }
  }
  const named = namedYears(series, folded);
  const possible = published ? yearsOnDay(series, published) : [];
  const agreed = possible.find((year) => named.includes(year));
  if (agreed !== undefined) return { year: agreed, why: `the title names ${agreed}, which fits ${published?.slice(0, 10)}` };
  // "2022/23" is the report of 2023 where the year is that of the release.
  const title = series.year === "release" ? named.toSorted((a, b) => b - a)[0] : named[0];
  const [expected] = possible;
  if (title === undefined) {
    return expected === undefined
      ? { year: null, why: "neither title nor date gives a year" }
      : { year: expected, why: `no year in the title; an edition of ${published?.slice(0, 10)} is ${expected}` };
  }
  if (expected === undefined) return { year: title, why: `the title names ${title}; there is no date to hold it against` };
  if (Math.abs(title - expected) <= 1) {
    return { year: expected, why: `the title names ${title}, but an edition of ${published?.slice(0, 10)} is ${expected}: the window decides` };
  }
  return { year: title, why: `the title names ${title}, too far from ${published?.slice(0, 10)} for a slip: an old edition again` };
}
