/** The page of a series. */
export const seriesPath = (series: string): string => `/series/${series}`;

/** The page of an edition; of a series without years, the series' own. */
export function editionPath(series: string, year: number | string | null): string {
  return year === null ? seriesPath(series) : `${seriesPath(series)}/${year}`;
}

/** What changed in an edition, side by side; of a series without years, the series' own page. */
export function changesPath(series: string, year: number | null): string {
  return year === null ? seriesPath(series) : `${editionPath(series, year)}/changes`;
}

/** The permanent page of an item. */
export const itemPath = (id: string): string => `/item?id=${encodeURIComponent(id)}`;

/** The items of one publisher. */
export const publisherPath = (publisher: string): string => `/items?publisher=${publisher}`;
