import type { Publisher, Series } from "../../shared/catalogue/schema.ts";
import type { PdfLink } from "../../shared/intake/pdf-links.ts";
import { fold } from "../../shared/recognition/fold.ts";
import { isOnHosts } from "../../shared/recognition/publishers.ts";

/** Which document is looked for behind a page. */
export interface Sought {
  readonly series: Pick<Series, "name" | "aka">;
  readonly year: number | null;
  /** Of the publisher, as the catalogue writes them: a host, or a host and the beginning of a path. */
  readonly hosts: Publisher["hosts"];
}

/** The name of a file, as words. */
function fileWords({ pathname }: URL): string {
  const name = pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(name).replace(/\.pdf$/i, "").replace(/[-_+.]/g, " ");
  } catch {
    return name;
  }
}

/** How well a link fits: 2 where it names both the series and the year, 1 where it names one of them. */
function fitOf({ series, year }: Sought, words: string): number {
  const folded = fold(words);
  const isNamed = [series.name, ...series.aka].some((name) => folded.includes(fold(name)));
  const isOfYear = year !== null && folded.split(/\D+/).includes(String(year));
  return Number(isNamed) + Number(isOfYear);
}

/**
 * The one PDF that a page is the front of: on its own host or its publisher's, with the year or a name of the series
 * in the words of the link or the name of the file. Nothing where none fits, or several fit as well.
 */
export function documentBehind(links: readonly PdfLink[], page: string, sought: Sought): string | undefined {
  const here = URL.parse(page);
  const fitting = links.flatMap(({ url, text }) => {
    const address = URL.parse(url);
    if (!address || !here || (address.host !== here.host && !isOnHosts(address, sought.hosts))) return [];
    return [{ url, fit: fitOf(sought, `${text} ${fileWords(address)}`) }];
  });
  const best = Math.max(0, ...fitting.map(({ fit }) => fit));
  const [only, ...others] = best === 0 ? [] : fitting.filter(({ fit }) => fit === best);
  return others.length === 0 ? only?.url : undefined;
}
