import { byId } from "../../shared/catalogue/by-id.ts";
import type { Catalogue, Series, Source } from "../../shared/catalogue/schema.ts";
import { figures } from "./prices.ts";
import { messagesASend, monthsOf, type Traffic, trafficOf } from "./traffic.ts";

/** A month as the bill sees it: what is polled, and what people are told. */
export interface Month extends Traffic {
  /** Such as 2026-11; or what it is the mean of. */
  readonly name: string;
  /** Editions that come out. */
  readonly editions: number;
  /** Items on the subject that are of no series. */
  readonly abouts: number;
  /** How many times the catalogue it is: as many times its series, each with its own readers. */
  readonly times: number;
}

/** Editions are counted over so many years before the one that is reckoned. */
const yearsCounted = 10;

/**
 * How many editions come out in a month of a year, such as 2026-11, by the catalogue: the mean of the ten years
 * before. Editions whose day is unknown are spread over the twelve months.
 */
export function editionsIn(month: string, series: readonly Series[]): number {
  const year = Number(month.slice(0, 4));
  const counts = (of: number): boolean => of < year && of >= year - yearsCounted;
  const editions = series.flatMap((one) => one.editions);
  const dated = editions.filter(({ released }) => released !== "unknown" && counts(Number(released.slice(0, 4))) && released.slice(5, 7) === month.slice(5, 7));
  const undated = editions.filter((edition) => edition.released === "unknown" && edition.year !== null && counts(edition.year));
  return (dated.length + undated.length / 12) / yearsCounted;
}

/** How many items on the subject, of no series, such sources bring in so many days. */
export function aboutsOf(sources: readonly Source[], days: number): number {
  const onTheCountry = sources.filter(({ aboutCountry }) => aboutCountry).length;
  return (onTheCountry * figures.aboutADay.value + (sources.length - onTheCountry) * figures.aboutADayElsewhere.value) * days;
}

/** A month of these sources, such as 2026-11; with `fastest` none is polled more often than so many minutes apart. */
export function monthOf(catalogue: Pick<Catalogue, "series">, sources: readonly Source[], month: string, fastest = 1): Month {
  const traffic = trafficOf(sources, byId(catalogue.series), month, fastest);
  return { name: month, ...traffic, editions: editionsIn(month, catalogue.series), abouts: aboutsOf(sources, traffic.minutes / (24 * 60)), times: 1 };
}

/** The twelve months of a year. */
export function yearOf(catalogue: Pick<Catalogue, "series">, sources: readonly Source[], year: number, fastest = 1): Month[] {
  return monthsOf(year).map((month) => monthOf(catalogue, sources, month, fastest));
}

/** The mean of months. */
export function meanOf(name: string, months: readonly Month[]): Month {
  const mean = (of: (month: Month) => number): number => months.reduce((sum, month) => sum + of(month), 0) / months.length;
  return {
    name,
    minutes: mean((month) => month.minutes),
    sources: mean((month) => month.sources),
    polls: mean((month) => month.polls),
    messages: mean((month) => month.messages),
    sends: mean((month) => month.sends),
    editions: mean((month) => month.editions),
    abouts: mean((month) => month.abouts),
    times: mean((month) => month.times),
  };
}

/**
 * A month of so many times the sources and series, on as many times the hosts. Messages fill their sends as they do,
 * with one that is not full in each minute: rather too many than too few.
 */
export function grownMonth(month: Month, times: number): Month {
  const { name, minutes } = month;
  const messages = month.messages * times;
  return {
    name,
    minutes,
    sources: month.sources * times,
    polls: month.polls * times,
    messages,
    sends: Math.min(messages, messages / messagesASend + minutes),
    editions: month.editions * times,
    abouts: month.abouts * times,
    times: month.times * times,
  };
}
