import { checkLengths } from "./check-lengths.ts";
import { checkSeries } from "./check-series.ts";
import { checkHosts, checkSources } from "./check-sources.ts";
import { checkTitles } from "./check-titles.ts";
import type { Finding } from "./finding.ts";
import type { Catalogue } from "./schema.ts";

/**
 * All that does not hold in a catalogue that fits its schemas: what its two files say of each other, editions out of
 * order, names that no SMS or no SNS message can carry, titles of known editions that the matcher takes for something
 * else, series that one block would blind us for. `today` is YYYY-MM-DD. Faults come first.
 */
export function checkCatalogue(catalogue: Catalogue, today: string): Finding[] {
  const found = [...checkSeries(catalogue, today), ...checkSources(catalogue), ...checkHosts(catalogue), ...checkTitles(catalogue), ...checkLengths(catalogue)];
  return found.toSorted((a, b) => Number(b.level === "fault") - Number(a.level === "fault"));
}
