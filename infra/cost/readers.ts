import { inTurn, newest } from "../../shared/readers/keep-items.ts";

/** How many months of items a run of watch asks for, and how many months' items it reads by that. */
export interface MonthsRead {
  readonly queries: number;
  readonly full: number;
}

/** Of the newest months the next one is empty, and the one that runs is half full. */
const emptyOfNewest = 1.5;

/** The months that are read each time where so many items come in each, and have come for years. */
export function monthsRead(itemsAMonth: number): MonthsRead {
  let months = newest.fewest;
  while (months < newest.most && (months - emptyOfNewest) * itemsAMonth < newest.items) months = Math.min(newest.most, months + newest.atOnce);
  const queries = months + inTurn.most;
  return { queries, full: queries - emptyOfNewest };
}
