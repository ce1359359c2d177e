import { zoneOf } from "../../shared/calendar/calendar.ts";
import { exists } from "../../shared/calendar/doubt.ts";
import { isRecordRight, releasedOn } from "../../shared/calendar/released.ts";
import type { Catalogue, Edition, Series } from "../../shared/catalogue/schema.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";

/** An edition as the catalogue and the table know it together. */
export interface EditionView {
  readonly series: string;
  /** The key on record or, of one that the catalogue alone knows, its month where several come in a year, its year, day or title. No other of the series has it. */
  readonly key: string;
  readonly year: number | null;
  readonly status: EditionRecord["status"] | "unknown";
  /** The day of its release, YYYY-MM-DD at the publisher; null where it is not out, or nobody knows. */
  readonly released: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly symbol: string | null;
  /** False where the day was recalled and not seen in a source. */
  readonly certain: boolean;
  /** What a reader must know of the day. */
  readonly why: string | null;
  readonly record: EditionRecord | null;
}

function listed(series: Series, edition: Edition): EditionView {
  const { year, released, title = null, url = null, symbol = null, certain, why = null } = edition;
  const day = released === "unknown" ? null : released;
  return { series: series.id, key: (series.several === "month" ? day?.slice(0, 7) : undefined) ?? String(year ?? day ?? title ?? ""), year, status: exists(edition) ? "out" : "unknown", released: day, title, url, symbol, certain, why, record: null };
}

function onRecord(record: EditionRecord, zone: string): EditionView {
  const { series, key, year, status, title, url, symbol } = record;
  return { series, key, year, status, released: releasedOn(record, zone), title, url, symbol, certain: true, why: null, record };
}

/** What both know of an edition: the catalogue's day stands unless what was seen is surer, and the table adds what was seen. */
function merged(edition: Edition, catalogued: EditionView, recorded: EditionView): EditionView {
  const known = catalogued.status === "out";
  const seen = recorded.record !== null && isRecordRight(edition, recorded.released, recorded.record.firstSeen);
  return {
    ...recorded,
    status: known ? "out" : recorded.status,
    released: seen ? recorded.released : (catalogued.released ?? recorded.released),
    title: recorded.title ?? catalogued.title,
    url: (known ? catalogued.url : null) ?? recorded.url,
    symbol: catalogued.symbol ?? recorded.symbol,
    certain: seen || catalogued.certain,
    // That nobody found it is no longer so.
    why: known ? catalogued.why : null,
  };
}

/** Whether they are one: of the same year, and where several come in a year, of the same day. */
function isSame(series: Series, a: EditionView, b: EditionView): boolean {
  if (a.year !== b.year) return false;
  return series.several === undefined || (a.released !== null && a.released === b.released);
}

const newestFirst = (a: EditionView, b: EditionView): number => (b.released ?? `${b.year ?? ""}`).localeCompare(a.released ?? `${a.year ?? ""}`) || a.key.localeCompare(b.key);

/** Those of which an earlier one has the key are numbered. */
function withOwnKeys(views: readonly EditionView[]): EditionView[] {
  const seen = new Map<string, number>();
  return views.map((view) => {
    const count = (seen.get(view.key) ?? 0) + 1;
    seen.set(view.key, count);
    return count === 1 ? view : { ...view, key: `${view.key} ${count}` };
  });
}

/** The editions of a series, from the catalogue and from what is on record, the newest first. */
export function editionViews(catalogue: Pick<Catalogue, "publishers">, series: Series, recorded: readonly EditionRecord[]): EditionView[] {
  const zone = zoneOf(catalogue, series);
  const left = new Set(recorded.filter((record) => record.series === series.id).map((record) => onRecord(record, zone)));
  const both = series.editions.map((edition) => {
    const view = listed(series, edition);
    const same = [...left].find((one) => isSame(series, view, one));
    if (!same) return view;
    left.delete(same);
    return merged(edition, view, same);
  });
  return withOwnKeys([...left, ...both]).toSorted(series.year === undefined || series.several !== undefined ? newestFirst : (a, b) => (b.year ?? 0) - (a.year ?? 0) || newestFirst(a, b));
}
