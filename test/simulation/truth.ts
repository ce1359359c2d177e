import type { Composed } from "../../shared/alerts/alert.ts";
import type { StandingRecord } from "../../shared/records/standing.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Publication } from "./publications.ts";
import { day } from "./timeline.ts";
import type { Shown, Site } from "./web.ts";

/** What is known of a seed, apart from what we make of it. */
export interface Truth {
  readonly publications: ReadonlyMap<string, Publication>;
  readonly sites: readonly Site[];
  /** Minutes between two polls that the catalogue gives each source, by id. */
  readonly paces: ReadonlyMap<string, number>;
  readonly now: () => number;
  /** How many lines the trace has. */
  readonly line: () => number;
  readonly installed: () => string | undefined;
  readonly peek: (source: string) => SourceState | undefined;
  readonly standing: (series: string) => StandingRecord | undefined;
  /** How often the sending of an alert was begun, as its record says. */
  readonly attempts: (alert: string) => number;
}

/** Items of no edition that are older than this are told to nobody; a little less, as clocks differ. */
const staleMs = 13.9 * day;
/** The clocks of two functions differ by less than this. */
const skewMs = 4 * 60_000;

/** What was published, by the word in a title that tells it from all others. */
export function idIn(title: string): string {
  return /\b(p\d{4})\b/.exec(title)?.[1] ?? "";
}

/** What rings once, in the oracle's own words: an edition is the same whoever shows it. */
export function ringOf({ kind, series, year, id }: Publication): string {
  return kind === "yearly" || kind === "word" ? `${series} ${year}` : id;
}

/** Whether people are to be told of something, if it is read in time. */
function isNews({ isOld, kind }: Publication): boolean {
  return !isOld && kind !== "noise" && kind !== "others";
}

/** Whether something is too old by its own date for anybody to be told of it, where it is of no edition. */
export function isStale(date: string | null, at: number): boolean {
  return date !== null && at - Date.parse(date) > staleMs;
}

/**
 * Whether people must be told of what is shown at a moment, and whether it is the source's first reading; undefined
 * where that can no more be asked for, neither now nor later.
 */
export function mustRing(publication: Publication, one: Shown, at: number, isFirst: boolean, installed: number): boolean | undefined {
  const { kind } = publication;
  if (!isNews(publication)) return false;
  const date = one.date === null ? undefined : Date.parse(one.date);
  if (isFirst && (date === undefined || date < installed + skewMs || date > at + day - skewMs)) return undefined;
  if (isStale(one.date, at) && (kind === "about" || kind === "free")) return undefined;
  // Of these the title does not tell: their pages do.
  return kind !== "body";
}

/** What an alert says, in the oracle's words: the same if it comes again. Undefined where nothing true is behind it. */
export function behind({ facts }: Composed, publication: Publication | undefined): string | undefined {
  if (!publication || !isNews(publication)) return undefined;
  const { id, kind, series, year } = publication;
  const isOfSeries = facts.kind === "edition" && facts.series?.id === series;
  if (kind === "yearly" || kind === "word") return isOfSeries && facts.edition === year ? `${ringOf(publication)}${facts.update ? " document" : ""}` : undefined;
  if (kind === "several") return isOfSeries ? id : undefined;
  // One whose page could not be read in a day is told as undecided.
  if (kind === "body") return isOfSeries || facts.kind === "about" ? `${id} ${facts.kind}` : undefined;
  return facts.kind === "about" ? id : undefined;
}
