import { compile } from "../recognition/compile.ts";
import { judge } from "../recognition/evaluate.ts";
import { byId } from "./by-id.ts";
import { type Finding, findingsOn } from "./finding.ts";
import type { LabelledItem } from "./labelled.ts";
import type { Catalogue } from "./schema.ts";

/**
 * What the rules make of items of which people know what they are. A rule that takes another series' item, a
 * companion, or something else for its own release would ring the wrong alert, which is a fault. Of a catalogue that
 * has none of the series that the items are of, they say nothing: it is on another theme.
 */
export function checkLabelled(catalogue: Catalogue, items: readonly LabelledItem[]): Finding[] {
  const series = byId(catalogue.series);
  if (!items.some(({ label }) => series.has(label))) return [];
  const compiled = compile(catalogue);
  return items.flatMap((item) => {
    const { verdict } = judge(compiled, item);
    const { series: found, role, own, why } = verdict;
    if (found === null || found === item.label || role !== "release" || !own) return [];
    const what = item.label === "none" ? "none of ours" : item.label === "related" ? "a companion and no release" : `of ${item.label}`;
    return [findingsOn("events", found).fault(`would ring for "${item.title}" (${item.source ?? "no source"}), which is ${what}: ${why.join("; ")}. Mend the rule: \`almanac explain\` shows how it came about.`)];
  });
}
