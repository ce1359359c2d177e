import { type Compiled, compile } from "../recognition/compile.ts";
import { match, type Recognised } from "../recognition/match.ts";
import { type Finding, findingsOn } from "./finding.ts";
import type { Catalogue, Edition, Series } from "./schema.ts";

function matchEdition(compiled: Compiled, series: Series, { title = "", url, released, symbol }: Edition): Recognised {
  return match(compiled, { source: series.publisher, title, url: url ?? null, published: released === "unknown" ? null : released, symbol: symbol ?? null });
}

function inWords({ relevance, series, edition, role }: Recognised): string {
  if (relevance === "none") return "nothing of ours";
  if (series === null) return "an item on our subject, of no series";
  return `${series}${edition === null ? "" : ` ${edition}`}${role === null ? "" : ` (${role})`}`;
}

/**
 * What the matcher makes of the titles of known editions, each as if its publisher had published it that day.
 * Taking it for another series' release would ring the wrong alert and is a fault; any other slip is a warning.
 */
export function checkTitles(catalogue: Catalogue): Finding[] {
  const compiled = compile(catalogue);
  return catalogue.series.flatMap((series) =>
    series.editions.flatMap((edition) => {
      if (edition.title === undefined) return [];
      const found = matchEdition(compiled, series, edition);
      const isOwn = found.series === series.id;
      // Without a day, a title that names no year leaves it open, which is no slip.
      const isSameYear = found.edition === edition.year || (found.edition === null && edition.released === "unknown");
      if (isOwn && (!series.year || isSameYear)) return [];
      const { fault, warning } = findingsOn("events", series.id);
      const ringsWrongly = !isOwn && found.series !== null && found.role === "release" && found.own;
      const message = `edition ${edition.year ?? edition.released}, "${edition.title}", is taken for ${inWords(found)}. ${ringsWrongly ? "That would ring: mend the rules of one of them." : "Mend a rule if an item could come with that title."}`;
      return [ringsWrongly ? fault(message) : warning(message)];
    }),
  );
}
