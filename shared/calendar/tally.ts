import type { Catalogue, Series } from "../catalogue/schema.ts";
import { isExpected } from "./cycle.ts";
import { dayNumber, isoDay, yearOf } from "./days.ts";
import { knownAt, nowIn } from "./known.ts";
import { standing } from "./standing.ts";
import { tell, type Telling, type Told } from "./telling.ts";

/** What would have been told of one edition in one year. */
export interface Tally {
  readonly series: string;
  readonly edition: number | null;
  /** The year in which it was told. */
  readonly year: number;
  /** `late` is the first word of it, `again` the weekly ones, `unknown` that the catalogue cannot say whether it came. */
  readonly what: "late" | "again" | "missed" | "unknown";
}

function kindOf({ kind, standing: { standing: stands } }: Telling, wasLate: boolean): Tally["what"] {
  if (kind === "blind") return "unknown";
  if (stands === "missed") return "missed";
  return wasLate ? "again" : "late";
}

function tallyOf(series: Series, first: number, last: number): Tally[] {
  const found: Tally[] = [];
  let told: Told | undefined;
  // A year before the first, so that what was late already when it began is not told anew.
  for (let day = first - 365; day <= last; day++) {
    const now = nowIn("UTC", isoDay(day));
    const at = standing(series, knownAt(series, [], now), { sources: [series.publisher], unreadable: [], watched: null }, now);
    const wasLate = told?.edition === at.edition && told.late !== undefined;
    const next = tell(told, at, day, first - 365);
    told = next.told;
    if (day >= first) found.push(...next.alerts.map((telling) => ({ series: series.id, edition: telling.standing.edition, year: yearOf(day), what: kindOf(telling, wasLate) })));
  }
  return found;
}

/**
 * What would have been told of late editions in these years, both included, had every source been readable: each day
 * is looked at by what was known on it. Editions of which the catalogue does not know whether they came are `unknown`:
 * whoever reads the sources would have seen them come, or not.
 */
export function tally({ series }: Pick<Catalogue, "series">, since: number, until: number): Tally[] {
  const [first, last] = [dayNumber(`${since}-01-01`) ?? 0, dayNumber(`${until}-12-31`) ?? 0];
  return series.filter(isExpected).flatMap((one) => tallyOf(one, first, last));
}
