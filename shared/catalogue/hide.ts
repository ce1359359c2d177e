import type { Catalogue, Edition, Series } from "./schema.ts";

/** The edition is of that year, or came out in it: whoever wrote the catalogue before then could not know it. */
function isOf(year: number, edition: Edition): boolean {
  return edition.year === year || edition.released.startsWith(`${year}-`) || (edition.title ?? "").includes(String(year));
}

/**
 * The catalogue as it would be had nobody seen a year: without that year's editions and those that came out in it.
 * Of rules nothing need go: `namesOneYear` finds none that was learned from a single year.
 */
export function hideYear(catalogue: Catalogue, year: number): Catalogue {
  return {
    ...catalogue,
    series: catalogue.series.map((series) => ({
      ...series,
      editions: series.editions.filter((edition) => !isOf(year, edition)),
      skipped: series.skipped.filter((skipped) => skipped.year !== year),
    })),
  };
}

/** The words and patterns by which a series is recognised. */
function recognisers({ recognise, never }: Series): string[] {
  const inRules = recognise.flatMap(({ title, not, text, form, url, symbol, body }) => [...title, ...not, ...text, ...(form ?? []), ...(url ?? []), ...(symbol ?? []), ...(body?.all ?? []), ...(body?.not ?? [])].flat());
  return [...inRules, ...never];
}

/** What decides in the catalogue and names a year, each with its series. Years in the names of Acts are `actYears`, and no rule names them. */
export function namesOneYear({ series, companions, about }: Catalogue): string[] {
  const year = /(?<!\d)20[0-3]\d(?!\d)/;
  const shared = [...Object.values(companions), ...Object.values(about)].flat();
  return [...shared.map((text) => ({ id: "companions or about", text })), ...series.flatMap((one) => recognisers(one).map((text) => ({ id: one.id, text })))]
    .filter(({ text }) => year.test(text))
    .map(({ id, text }) => `${id}: "${text}"`);
}
