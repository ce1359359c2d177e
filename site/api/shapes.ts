import * as z from "zod";
import { standings } from "../../shared/calendar/standing.ts";
import { healths } from "../../shared/intake/health.ts";

const day = z.string().nullable().meta({ description: "YYYY-MM-DD, at the publisher; null where nobody knows." });
const moment = z.string().meta({ description: "A moment in UTC, or a day where no more is known (ISO 8601)." });
const address = z.string().nullable();

/** A series, as it is known and where it stands. */
export const SeriesShape = z
  .object({
    id: z.string(),
    name: z.string(),
    short: z.string(),
    publisher: z.string(),
    kind: z.string(),
    cadence: z.string(),
    aka: z.array(z.string()),
    basis: z.string().nullable().meta({ description: "The law or mandate it rests on." }),
    standing: z.enum(standings),
    edition: z.int().nullable().meta({ description: "The edition that the standing is of." }),
    page: z.string(),
  })
  .meta({ id: "Series" });

/** An edition, without what is told of it at length. */
export const EditionShape = z
  .object({
    series: z.string(),
    key: z.string().meta({ description: "The year, and what tells several of a year apart." }),
    year: z.int().nullable(),
    status: z.enum(["out", "announced", "mentioned", "unknown"]),
    released: day,
    certain: z.boolean().meta({ description: "False where the day was recalled and not seen in a source." }),
    title: z.string().nullable(),
    url: address,
    symbol: z.string().nullable(),
    note: z.string().nullable(),
    page: z.string(),
  })
  .meta({ id: "Edition" });

/** What is different in an edition's document. */
export const ChangesShape = z
  .object({
    id: z.string(),
    at: moment,
    series: z.string(),
    edition: z.int().nullable(),
    sha256: z.string(),
    before: z.object({ edition: z.int().nullable(), sha256: z.string(), at: moment }),
    summary: z.array(z.string()),
    page: z.string(),
  })
  .meta({ id: "Changes" });

const Sighting = z.object({ item: z.string(), role: z.enum(["release", "notice", "coverage"]).nullable(), source: z.string(), at: moment, title: z.string(), url: address });
const Version = z.object({ sha256: z.string(), at: moment, url: address, type: z.string().nullable(), bytes: z.int() });

/** An edition with its evidence, its sightings and what changed. */
export const WholeEditionShape = EditionShape.extend({
  firstSeen: moment.nullable(),
  basis: z.enum(["release", "coverage"]).nullable(),
  sightings: z.array(Sighting),
  sightingCount: z.int(),
  evidence: z.array(Version),
  notThereSince: moment.nullable(),
  changes: z.array(ChangesShape),
}).meta({ id: "WholeEdition" });

/** An item on record. */
export const ItemShape = z
  .object({
    id: z.string(),
    at: moment,
    title: z.string(),
    url: address,
    published: z.string().nullable(),
    seen: moment,
    source: z.string(),
    language: z.string().nullable(),
    relevance: z.enum(["series", "about", "none"]),
    series: z.string().nullable(),
    edition: z.int().nullable(),
    role: z.enum(["release", "notice", "coverage"]).nullable(),
    symbol: z.string().nullable(),
    why: z.array(z.string()),
    earlierTitles: z.array(z.string()),
  })
  .meta({ id: "Item" });

/** A source, and whether it can be read. */
export const SourceShape = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    publisher: z.string(),
    url: z.string(),
    language: z.string(),
    carries: z.array(z.string()),
    health: z.enum(healths).nullable().meta({ description: "Null where it was never read." }),
    reason: z.string().nullable(),
    since: moment.nullable(),
    lastChange: moment.nullable(),
  })
  .meta({ id: "Source" });

/** Where a series stands in the year. */
const CalendarShape = z
  .object({
    series: z.string(),
    name: z.string(),
    publisher: z.string(),
    edition: z.int().nullable(),
    standing: z.enum(standings),
    opens: day,
    median: day,
    closes: day,
    due: day,
    released: day,
    announced: day,
    lateDays: z.int().optional(),
    lateAgainst: z.enum(["due", "window"]).optional(),
    latestDays: z.int().optional(),
    latestEdition: z.int().optional(),
    basis: z.enum(["history", "catalogue", "law"]).nullable(),
    editions: z.int(),
    regularity: z.enum(["week", "month", "season", "loose"]).nullable(),
    session: z.int().optional(),
    unreadable: z.array(z.string()),
    next: z.object({ edition: z.int(), opens: z.string(), closes: z.string(), due: day }).nullable(),
    why: z.array(z.string()),
  })
  .meta({ id: "CalendarLine" });

/** What went wrong, and what to do (RFC 9457). */
export const ProblemShape = z.object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }).meta({ id: "Problem" });

const next = z.string().nullable().meta({ description: "Ask again with `after` set to this; null where there is no more." });

export const shapes = {
  seriesList: z.object({ series: z.array(SeriesShape) }),
  oneSeries: SeriesShape.extend({ editions: z.array(EditionShape) }).meta({ id: "SeriesWithEditions" }),
  editions: z.object({ editions: z.array(WholeEditionShape) }),
  items: z.object({ items: z.array(ItemShape), next }),
  sources: z.object({ sources: z.array(SourceShape) }),
  calendar: z.object({ at: moment, series: z.array(CalendarShape) }),
  changes: z.object({ changes: z.array(ChangesShape), next }),
} as const;
