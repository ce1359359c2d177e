import { byId } from "../../shared/catalogue/by-id.ts";
import { namedIn } from "../../shared/catalogue/named-in.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import type { Language } from "../texts/texts.ts";
import type { Overview } from "./overview.ts";

/** Kept, because forecasts are kept by their series. */
const said = new WeakMap<Catalogue, Map<Language, Catalogue>>();

function catalogueIn(catalogue: Catalogue, language: Language): Catalogue {
  const ofCatalogue = said.get(catalogue) ?? new Map<Language, Catalogue>();
  said.set(catalogue, ofCatalogue);
  const known = ofCatalogue.get(language) ?? { ...catalogue, series: catalogue.series.map((one) => namedIn(one, language)), publishers: catalogue.publishers.map((one) => namedIn(one, language)) };
  ofCatalogue.set(language, known);
  return known;
}

/** What is known, with the names of series and publishers that the catalogue has in a language. English is as the catalogue is. */
export function inLanguage(overview: Overview, language: Language): Overview {
  if (language === "en") return overview;
  const catalogue = catalogueIn(overview.catalogue, language);
  return { ...overview, catalogue, publishers: byId(catalogue.publishers) };
}
