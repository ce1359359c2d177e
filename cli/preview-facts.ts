import { editionFacts, knownOf } from "../functions/notify/facts.ts";
import type { AlertFacts } from "../shared/alerts/alert.ts";
import type { Catalogue, Edition, Series } from "../shared/catalogue/schema.ts";
import { compile } from "../shared/recognition/compile.ts";
import { match } from "../shared/recognition/match.ts";
import { UsageError } from "./command.ts";

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

/**
 * The facts of the alert that rang, or would have rung, when this edition came out: from the catalogue alone, and as
 * if its publisher's first source had shown the thing itself.
 */
export function previewFacts(catalogue: Catalogue, series: Series, edition: Edition): AlertFacts {
  const carrying = catalogue.sources.filter(({ carries }) => carries.includes(series.id));
  const source = carrying.find(({ publisher }) => publisher === series.publisher);
  const { title = `${series.name}${edition.year === null ? "" : ` ${edition.year}`}`, url = null, symbol = null, released } = edition;
  const item = { source: source?.id ?? series.publisher, title, url, symbol, published: released === "unknown" ? null : released };
  const { series: matched, why } = match(compile(catalogue), item);
  const ring = {
    ...item,
    alert: `edition:${series.id}:${edition.year}`,
    kind: "edition",
    at: released,
    update: false,
    basis: "release",
    language: source?.language ?? null,
    why: matched === series.id ? why : ["the catalogue lists this edition"],
  } as const;
  const facts = editionFacts(knownOf(catalogue), { series: series.id, year: edition.year }, ring, []);
  return series.year ? facts : { ...facts, kind: "about" };
}
