import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { byId } from "../../shared/catalogue/by-id.ts";
import type { Catalogue, Series, Source } from "../../shared/catalogue/schema.ts";

/** What composing needs of the catalogue. */
export interface Known {
  readonly theme: NonNullable<AlertFacts["theme"]>;
  readonly series: ReadonlyMap<string, Series>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly publishers: ReadonlyMap<string, Catalogue["publishers"][number]>;
}

/** The catalogue by ids. */
export function knownOf(catalogue: Catalogue): Known {
  const { name, subject } = catalogue.theme;
  return { theme: { name, subject }, series: byId(catalogue.series), sources: byId(catalogue.sources), publishers: byId(catalogue.publishers) };
}

/** The catalogue that was known by ids. */
export function catalogueOf({ series, sources, publishers }: Known): Pick<Catalogue, "series" | "sources" | "publishers"> {
  return { series: [...series.values()], sources: [...sources.values()], publishers: [...publishers.values()] };
}
