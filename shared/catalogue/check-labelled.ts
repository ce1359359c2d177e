import { compile } from "../recognition/compile.ts";
import { judge } from "../recognition/evaluate.ts";
import { type Finding, findingsOn } from "./finding.ts";
import type { LabelledItem } from "./labelled.ts";
import type { Catalogue } from "./schema.ts";

/**
 * What the rules make of items of which people know what they are. A rule that takes another series' item, a
 * companion, or something else for its own release would ring the wrong alert, which is a fault.
 */
export function checkLabelled(catalogue: Catalogue, items: readonly LabelledItem[]): Finding[] {
  const compiled = compile(catalogue);
  return items.flatMap((item) => {
    const { verdict } = judge(compiled, item);
    const { series, role, own, why } = verdict;
    if (series === null || series === item.label || role !== "release" || !own) return [];
    const what = item.label === "none" ? "none of ours" : item.label === "related" ? "a companion and no release" : `of ${item.label}`;
    return [findingsOn("events", series).fault(`would ring for "${item.title}" (${item.source ?? "no source"}), which is ${what}: ${why.join("; ")}. Mend the rule: \`almanac explain\` shows how it came about.`)];
  });
}
