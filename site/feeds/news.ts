import { dayNumber } from "../../shared/calendar/days.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { type EditionView, editionViews } from "../reads/editions.ts";
import type { Items } from "../reads/items.ts";
import { editionPath, itemPath } from "../paths.ts";
import { type Overview, publisherName } from "../reads/overview.ts";

/** One thing that a feed tells: an edition that is out or announced, or an item on the theme. */
export interface News {
  /** The same for ever. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Its address at the publisher; null where none is known. */
  readonly url: string | null;
  /** Its page here, as a path. */
  readonly path: string;
  readonly at: Date;
  readonly publisher: string;
  readonly language: string | null;
}

/** Whose news: of one series, of one publisher, or all. */
export interface Scope {
  readonly series?: string | undefined;
  readonly publisher?: string | undefined;
}

const most = 50;

/** XML has no way to write control characters and these two, escaped or not. */
const unwritable = /[\p{Cc}\ufffe\uffff]/gu;
const writable = (text: string): string => text.replace(unwritable, " ").toWellFormed();

/** The moment of a day is its noon in UTC, so that it is the same day nearly everywhere. */
function momentOf(at: string): Date {
  const day = dayNumber(at);
  return at.includes("T") && !Number.isNaN(Date.parse(at)) ? new Date(at) : new Date((day ?? 0) * 86_400_000 + 43_200_000);
}

function ofEdition(overview: Overview, series: Series, view: EditionView): News[] {
  const at = view.status === "announced" ? (view.record?.at ?? null) : view.status === "out" ? view.released : null;
  if (at === null) return [];
  const name = `${series.name}${view.year === null ? "" : ` ${view.year}`}`;
  const publisher = overview.publishers.get(series.publisher)?.name ?? series.publisher;
  const said = view.status === "announced" ? "Announced" : "Out";
  return [
    {
      id: `urn:rights-almanac:edition:${series.id}:${encodeURIComponent(view.key)}`,
      title: writable(`${said}: ${name}`),
      summary: writable([view.title, view.symbol].filter((text) => text !== null).join(" · ") || name),
      url: view.url,
      path: editionPath(series.id, view.year),
      at: momentOf(at),
      publisher,
      language: null,
    },
  ];
}

function ofItem(overview: Overview, item: ItemRecord): News {
  return {
    id: `urn:rights-almanac:item:${encodeURIComponent(item.id)}`,
    title: writable(item.title),
    summary: writable(item.why.join("; ") || item.title),
    url: item.url,
    path: itemPath(item.id),
    at: momentOf(item.at),
    publisher: publisherName(overview, item),
    language: item.language,
  };
}

/** The items that are of no series, of one publisher or of all; a series has none, and a publisher while there is no index. */
async function aboutItems(items: Items, overview: Overview, { series, publisher }: Scope): Promise<readonly ItemRecord[]> {
  if (series !== undefined) return [];
  const sources = publisher === undefined ? undefined : new Set(overview.catalogue.sources.filter((source) => source.publisher === publisher).map(({ id }) => id));
  const page = await items(overview, { sources }, most);
  return page?.items.filter(({ relevance }) => relevance === "about") ?? [];
}

/** What is new, the newest first: editions that are out or announced, and items that are of no series. */
export async function newsOf(items: Items, overview: Overview, scope: Scope): Promise<News[]> {
  const series = overview.catalogue.series.filter(({ id, publisher }) => (scope.series === undefined || id === scope.series) && (scope.publisher === undefined || publisher === scope.publisher));
  const editions = series.flatMap((one) => editionViews(overview.catalogue, one, overview.recorded).flatMap((view) => ofEdition(overview, one, view)));
  const about = (await aboutItems(items, overview, scope)).map((item) => ofItem(overview, item));
  return [...editions, ...about].toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1)).slice(0, most);
}
