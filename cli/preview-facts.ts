import { editionFacts } from "../functions/notify/facts.ts";
import { knownOf } from "../functions/notify/known.ts";
import type { AlertFacts } from "../shared/alerts/alert.ts";
import { zoneOf } from "../shared/calendar/calendar.ts";
import { dayNumber, dayOfYear, momentIn } from "../shared/calendar/days.ts";
import type { Catalogue, Edition, Series, Source } from "../shared/catalogue/schema.ts";
import type { Ring } from "../shared/records/editions.ts";
import { compile } from "../shared/recognition/compile.ts";
import { match } from "../shared/recognition/match.ts";
import { titleCannotTell } from "../shared/recognition/role.ts";
import { UsageError } from "./command.ts";

/** What a preview is of. */
export interface Previewed {
  readonly catalogue: Catalogue;
  readonly series: Series;
  readonly edition: Edition;
}

/** The year by which an edition is asked for: its own, or that of its day where a series is not counted by years. */
export function yearAsked({ year, released }: Edition): number | null {
  return year ?? (released === "unknown" ? null : Number(released.slice(0, 4)));
}

/** The edition of that year, the last whose day is known where there are several. Throws UsageError with those that there are. */
export function editionOf({ id, editions }: Series, year: number): Edition {
  const ofYear = editions.filter((edition) => yearAsked(edition) === year);
  const found = ofYear.findLast(({ released }) => released !== "unknown") ?? ofYear[0];
  if (found) return found;
  const years = [...new Set(editions.map(yearAsked).filter((known) => known !== null))];
  throw new UsageError(`the catalogue has no edition ${year} of ${id}. ${years.length > 0 ? `It has ${years.join(", ")}.` : "It has none whose year is known."}`);
}

/** A series with one of its editions, to say how they are asked for: the series that was named, or the catalogue's first. */
export function exampleOf(catalogue: Pick<Catalogue, "series">, named: string | undefined): { readonly series: string; readonly edition: string } {
  const known = catalogue.series.map(({ id, editions }) => ({ id, year: editions.map(yearAsked).findLast((year) => year !== null) })).filter(({ year }) => year !== undefined);
  const example = known.find(({ id }) => id === named) ?? known[0];
  return { series: example?.id ?? "ID", edition: String(example?.year ?? "YEAR") };
}

const morningMinutes = 10 * 60;

/** Ten in the morning at the publisher, so many days after it came out; where nobody knows its day, after the first of the year. */
export function previewMoment({ catalogue, series, edition }: Previewed, days = 0): string {
  const day = dayNumber(edition.released) ?? dayOfYear(yearAsked(edition) ?? 2000, "01-01") ?? 0;
  return new Date(momentIn(zoneOf(catalogue, series), day + days, morningMinutes)).toISOString();
}

/** The source that is taken to have shown it: its publisher's first that carries the series. */
export function firstSource({ catalogue, series }: Previewed): Source | undefined {
  return catalogue.sources.find(({ carries, publisher }) => publisher === series.publisher && carries.includes(series.id));
}

/** Why an item is taken for one of the series; as the catalogue's own edition where recognition does not know it by this. */
export function whyMatched({ catalogue, series }: Previewed, item: Pick<Ring, "source" | "title" | "url" | "symbol" | "published">): Ring["why"] {
  const found = match(compile(catalogue), item);
  // As if the page had been read, where the title cannot tell.
  return found.series === series.id ? found.why.filter((reason) => reason !== titleCannotTell) : ["the catalogue lists this edition"];
}

/** What an edition keeps of the alert that rang, or would have rung, when the thing itself came out. */
export function previewRing(previewed: Previewed): Ring {
  const { series, edition } = previewed;
  const { title = `${series.name}${edition.year === null ? "" : ` ${edition.year}`}`, url = null, symbol = null, released } = edition;
  const source = firstSource(previewed);
  const item = { source: source?.id ?? series.publisher, title, url, symbol, published: released === "unknown" ? null : released };
  return { ...item, alert: series.year ? `edition:${series.id}:${edition.year}` : `about:${series.id}:${released}`, kind: "edition", at: previewMoment(previewed), update: false, basis: "release", language: source?.language ?? null, why: whyMatched(previewed, item) };
}

/** What is said by a ring of the edition. */
export function ringFacts({ catalogue, series, edition }: Previewed, ring: Ring): AlertFacts {
  return editionFacts(knownOf(catalogue), { series: series.id, year: edition.year }, ring, []);
}

/**
 * The facts of the alert that rang, or would have rung, when this edition came out: from the catalogue alone, and as
 * if its publisher's first source had shown the thing itself.
 */
export function previewFacts(previewed: Previewed): AlertFacts {
  const facts = ringFacts(previewed, previewRing(previewed));
  return previewed.series.year ? facts : { ...facts, kind: "about" };
}
