import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { placeAt } from "./cursor.ts";
import type { ItemQuestion } from "./items.ts";
import { isMonth } from "./months.ts";

/** What an address asks for: the words of its query, and the question that they make. */
export interface Asked {
  readonly month?: string | undefined;
  readonly publisher?: string | undefined;
  readonly series?: string | undefined;
  readonly language?: string | undefined;
  readonly text?: string | undefined;
  readonly question: ItemQuestion;
}

/** The names that a query may have. */
export const itemQueryKeys = ["month", "publisher", "series", "language", "text", "after"] as const;
const longestText = 100;

/** The question that a query asks; `wrong` names the word whose value is none. Words that it does not know are passed over. */
export function askedItems(catalogue: Catalogue, query: URLSearchParams): Asked | { readonly wrong: (typeof itemQueryKeys)[number] } {
  const given = (name: (typeof itemQueryKeys)[number]): string | undefined => query.get(name)?.trim() || undefined;
  const [month, publisher, series, language, text, after] = itemQueryKeys.map(given);
  if (month !== undefined && !isMonth(month)) return { wrong: "month" };
  if (publisher !== undefined && !catalogue.publishers.some(({ id }) => id === publisher)) return { wrong: "publisher" };
  if (series !== undefined && !catalogue.series.some(({ id }) => id === series)) return { wrong: "series" };
  if (language !== undefined && !/^[a-z]{2,3}$/.test(language)) return { wrong: "language" };
  if (text !== undefined && (text.length > longestText || fold(text) === "")) return { wrong: "text" };
  const place = after === undefined ? undefined : placeAt(after);
  if (after !== undefined && place === undefined) return { wrong: "after" };
  const sources = publisher === undefined ? undefined : new Set(catalogue.sources.filter((source) => source.publisher === publisher).map(({ id }) => id));
  return { month, publisher, series, language, text, question: { month, series, sources, language, text, after: place } };
}
