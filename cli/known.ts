import { didYouMean } from "../shared/catalogue/finding.ts";
import type { Catalogue, Series, Source } from "../shared/catalogue/schema.ts";
import { UsageError } from "./command.ts";

function known<T extends { readonly id: string }>(what: string, list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found) return found;
  const hint = didYouMean(id, new Set(list.map((one) => one.id))) || `\`almanac catalogue --list ${what === "series" ? what : `${what}s`}\` lists all ${list.length}.`;
  throw new UsageError(`there is no ${what} "${id}". ${hint}`);
}

/** The series with this id. Throws UsageError with the id that was probably meant. */
export function knownSeries(catalogue: Catalogue, id: string): Series {
  return known("series", catalogue.series, id);
}

/** The source with this id. Throws UsageError with the id that was probably meant. */
export function knownSource(catalogue: Catalogue, id: string): Source {
  return known("source", catalogue.sources, id);
}

/** The publisher with this id. Throws UsageError with the id that was probably meant. */
export function knownPublisher(catalogue: Catalogue, id: string): Catalogue["publishers"][number] {
  return known("publisher", catalogue.publishers, id);
}
